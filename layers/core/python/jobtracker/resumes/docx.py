"""The text of a Word document, by python-docx."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.section import _Footer, _Header
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.model import RefusalCode

_BOXES = ".//*[local-name()='txbxContent'][not(ancestor::*[local-name()='Fallback'])]"


def docx_text(data: bytes) -> str:
    """The text of the headers (contact details often stand there), the body with its tables, and the footers."""
    try:
        document = Document(BytesIO(data))
        # A header that is linked to the one before says the same again.
        heads = [line for section in document.sections for line in _header_lines(section.header)]
        feet = [line for section in document.sections for line in _header_lines(section.footer)]
        lines = [*heads, *_lines(document), *_boxes(document), *feet]
        addresses = [
            relation.target_ref.removeprefix("mailto:")
            for relation in document.part.rels.values()
            if relation.is_external and relation.target_ref.startswith(("http://", "https://", "mailto:"))
        ]
    # A Word document is a tree of files that lean on each other; python-docx answers a missing one with KeyError.
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, EOFError, OSError, NotImplementedError) as error:
        raise RefusedError(
            RefusalCode.CORRUPT, "The document is damaged and cannot be opened. Save it anew and upload that."
        ) from error
    text = "\n".join(lines)
    return "\n".join([text, *dict.fromkeys(address for address in addresses if address not in text)])


def _header_lines(part: _Header | _Footer) -> Iterator[str]:
    if not part.is_linked_to_previous:
        yield from _lines(part)


def _lines(container: BlockItemContainer | WordDocument) -> Iterator[str]:
    """Paragraphs and tables in the order of the document. A row of single lines is one line."""
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from block.text.splitlines()
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        # Merged cells come once for each column that they span.
        cells = list(dict.fromkeys(row.cells))
        told = [[line for line in _lines(cell) if line.strip()] for cell in cells]
        if all(len(lines) <= 1 for lines in told):
            yield "\t".join(line for lines in told for line in lines)
        else:
            for lines in told:
                yield from lines


def _boxes(document: WordDocument) -> Iterator[str]:
    """The text of text boxes, whose second copy for old versions of Word is left out."""
    for box in document.element.body.xpath(_BOXES):
        for paragraph in box.xpath(".//w:p"):
            yield from Paragraph(paragraph, document).text.splitlines()
