"""The text of a Word document, by python-docx."""

import struct
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

from jobtracker.resumes.blocks import bulleted, row, with_links
from jobtracker.resumes.packed import DAMAGE, damaged

# Number 0 takes a paragraph out of the list that its style puts it in (ECMA-376 part 1, 17.9.18).
_NUMBERED = "./w:pPr/w:numPr/w:numId[@w:val!='0']"
_BOXES = ".//*[local-name()='txbxContent'][not(ancestor::*[local-name()='Fallback'])]"


def docx_text(data: bytes) -> str:
    """The text of the headers (contact details often stand there), the body with its tables, and the footers."""
    try:
        document = Document(BytesIO(data))
        # A header that is linked to the one before says the same again.
        heads = [line for section in document.sections for line in _header_lines(section.header)]
        feet = [line for section in document.sections for line in _header_lines(section.footer)]
        lines = [*heads, *_lines(document), *_boxes(document), *feet]
        addresses = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    # A Word document is a tree of files that lean on each other; python-docx trusts that all are there and whole.
    except (
        *DAMAGE,
        OpcError,
        LxmlError,
        LookupError,
        AttributeError,
        TypeError,
        struct.error,
    ) as error:
        raise damaged() from error
    return with_links(lines, addresses)


def _header_lines(part: _Header | _Footer) -> Iterator[str]:
    if not part.is_linked_to_previous:
        yield from _lines(part)


def _lines(container: BlockItemContainer | WordDocument) -> Iterator[str]:
    """Paragraphs and tables in the order of the document. A row of single lines is one line."""
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _paragraph_lines(block)
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _paragraph_lines(paragraph: Paragraph) -> Iterator[str]:
    """The lines of a paragraph. Word draws the bullet of a list's item, which is none of its text."""
    lines = paragraph.text.splitlines()
    yield from bulleted(lines) if _is_item(paragraph) else lines


def _is_item(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an item of a list, by itself or by its style; headings may be numbered, too."""
    # By the style's id: looking for its name goes through all styles each time.
    style = paragraph._p.style or ""  # noqa: SLF001
    if style.startswith(("Heading", "Title")):
        return False
    return style.startswith(("ListBullet", "ListNumber")) or bool(paragraph._p.xpath(_NUMBERED))  # noqa: SLF001


def _table_lines(table: Table) -> Iterator[str]:
    for cells in table.rows:
        # Merged cells come once for each column that they span.
        yield from row([list(_lines(cell)) for cell in dict.fromkeys(cells.cells)])


def _boxes(document: WordDocument) -> Iterator[str]:
    """The text of text boxes, whose second copy for old versions of Word is left out."""
    for box in document.element.body.xpath(_BOXES):
        for paragraph in box.xpath(".//w:p"):
            yield from Paragraph(paragraph, document).text.splitlines()
