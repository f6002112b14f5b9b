"""The text of an OpenDocument text (ODF 1.3, part 3), by lxml without entities."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree

from jobtracker.resumes.blocks import bulleted, row, with_links
from jobtracker.resumes.packed import DAMAGE, damaged

_NAMESPACE: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT: Final = f"{_NAMESPACE}text:1.0}}"
_TABLE: Final = f"{_NAMESPACE}table:1.0}}"
_STYLE: Final = f"{_NAMESPACE}style:1.0}}"
_DRAW: Final = f"{_NAMESPACE}drawing:1.0}}"
_OFFICE: Final = f"{_NAMESPACE}office:1.0}}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
# What is not shown in its place: comments, deleted text, footnotes, hidden text, a table of contents' source.
_LEFT_OUT: Final = {
    f"{_OFFICE}annotation",
    f"{_OFFICE}annotation-end",
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",
    f"{_TEXT}hidden-text",
    f"{_TEXT}hidden-paragraph",
    f"{_TEXT}table-of-content-source",
    f"{_TEXT}ruby-text",
    f"{_DRAW}image",
    f"{_DRAW}object",
}
_MOST_SPACES: Final = 40


def odt_text(data: bytes) -> str:
    """The text of the headers, the body with its tables and boxes, and the footers.

    Addresses behind words come as lines at the end. Raises RefusedError for a document that cannot be opened.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            content = _parsed(package.read("content.xml"))
            styles = _parsed(package.read("styles.xml")) if "styles.xml" in package.namelist() else None
    except (*DAMAGE, etree.LxmlError, KeyError) as error:
        raise damaged() from error
    body = content.find(f".//{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise damaged()
    reader = _Reader(_hidden_styles(content, styles))
    heads = list(dict.fromkeys(reader.running(styles, "header")))
    lines = [*heads, *reader.lines(body), *dict.fromkeys(reader.running(styles, "footer"))]
    return with_links(lines, reader.addresses)


def _parsed(part: bytes) -> Any:
    # Without "huge", the parser bounds the depth of the tree and the length of its texts.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    return etree.fromstring(part, parser)


def _hidden_styles(*parts: Any) -> set[str]:
    """The names of the styles whose text is not displayed."""
    return {
        style.get(f"{_STYLE}name", "")
        for part in parts
        if part is not None
        for style in part.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}text-properties")
        if properties.get(f"{_TEXT}display") == "none"
    }


class _Reader:
    def __init__(self, hidden: set[str]) -> None:
        self.addresses: list[str] = []
        self._hidden = hidden

    def running(self, styles: Any, kind: str) -> Iterator[str]:
        """The lines of the headers or footers of all master pages."""
        if styles is None:
            return
        for page in styles.iter(f"{_STYLE}master-page"):
            for part in page:
                if isinstance(part.tag, str) and part.tag.startswith(f"{_STYLE}{kind}"):
                    yield from self.lines(part)

    def lines(self, container: Any) -> Iterator[str]:
        """The lines of what holds paragraphs, lists and tables, in the order of the document."""
        for node in container:
            if not isinstance(node.tag, str) or node.tag in _LEFT_OUT:
                continue
            if node.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield from self._paragraph(node)
            elif node.tag == f"{_TEXT}list-item":
                yield from bulleted(self.lines(node))
            elif node.tag == f"{_TABLE}table-row":
                yield from row([list(self.lines(cell)) for cell in node if cell.tag == f"{_TABLE}table-cell"])
            else:
                yield from self.lines(node)

    def _paragraph(self, node: Any) -> Iterator[str]:
        """The lines of a paragraph, and below them those of the boxes that are anchored in it."""
        if node.get(f"{_TEXT}style-name") in self._hidden:
            return
        boxes: list[Any] = []
        text = "".join(self._inline(node, boxes))
        yield from text.splitlines()
        for box in boxes:
            yield from self.lines(box)

    def _inline(self, node: Any, boxes: list[Any]) -> Iterator[str]:
        yield _spaced(node.text)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self._piece(child, boxes)
            yield _spaced(child.tail)

    def _piece(self, node: Any, boxes: list[Any]) -> Iterator[str]:
        if node.tag == f"{_TEXT}s":
            count = node.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 1, _MOST_SPACES)
        elif node.tag == f"{_TEXT}tab":
            yield "\t"
        elif node.tag == f"{_TEXT}line-break":
            yield "\n"
        elif node.tag.startswith(_DRAW):
            boxes.append(node)
        elif node.get(f"{_TEXT}style-name") not in self._hidden:
            if address := node.get(_HREF):
                self.addresses.append(address)
            yield from self._inline(node, boxes)


def _spaced(text: str | None) -> str:
    """Text of a paragraph, in which white space is one space (ODF 1.3, part 3, 6.1.2)."""
    if not text:
        return ""
    words = " ".join(text.split())
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if lead else ''}{words}{' ' if tail and words else ''}"
