"""The text of an HTML page as a browser shows it, by libxml2's HTML parser.

That parser bounds the depth of what it builds, so that no page takes more than its share of time.
"""

import re
from typing import Any, Final

from lxml import etree

from jobtracker.resumes.blocks import bulleted, row, with_links
from jobtracker.resumes.plain import decoded

# Characters of a page and of its text that are read; what is longer is no resume, and its tree takes memory.
_LONGEST_PAGE: Final = 3_000_000
_LONGEST: Final = 200_000
_EMBEDDED: Final = re.compile(r"data:[\w/+.;=-]{0,100};base64,[\w+/=\s%-]*")
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE
)
# Python calls by these names what browsers read as Windows' encoding (WHATWG Encoding Standard, 4.2).
_LATIN: Final = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1"}
_HIDING: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![\d.]*[1-9])|opacity\s*:\s*0(?![\d.]*[1-9])",
    re.IGNORECASE,
)
_COLOUR: Final = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND: Final = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE: Final = re.compile(
    r"white|#fff(?:f{3})?|rgba?\(\s*(?:(?:255|100%)\s*[, ]?\s*){3}(?:[,/]?\s*1(?:\.0+)?\s*)?\)",
    re.IGNORECASE,
)
_UNSEEN: Final = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas",
    "audio", "video", "picture", "map", "select", "datalist", "textarea", "button", "input", "dialog",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    "caption",
})  # fmt: skip
# Two of these side by side are shown apart by the style of most pages; others, as <b>, go on in the same word.
_APART: Final = frozenset({"span", "time", "a", "small", "label"})
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")


def html_text(data: bytes) -> str:
    """The lines of a page; addresses behind words come as lines at the end. Raises RefusedError if it is no text."""
    declared = _CHARSET.search(data[:2048])
    name = declared[1].decode("ascii").lower() if declared else None
    return page_text(decoded(data, "cp1252" if name in _LATIN else name))


def page_text(page: str) -> str:
    """The lines of a page that was decoded."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        bare = _EMBEDDED.sub("", page.replace("\0", ""))[:_LONGEST_PAGE]
        root = etree.fromstring(bare.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return ""
    if root is None:
        return ""
    # Where a style sheet colours what lies beneath, nobody can tell here what white letters stand on.
    reader = _Reader(grounds=any("background" in (sheet.text or "") for sheet in root.iter("style")))
    lines = [line for line in reader.lines(root) if line.strip()]
    return with_links(lines, reader.addresses)


class _Reader:
    """Walks a tree, whose depth the parser bounds, and gathers lines and the addresses of links."""

    def __init__(self, *, grounds: bool) -> None:
        self.addresses: list[str] = []
        self._grounds = grounds
        self._left = _LONGEST

    def lines(self, node: Any) -> list[str]:
        """The lines of one block."""
        if node.tag == "tr":
            return list(
                row([self.lines(cell) for cell in node if cell.tag in {"td", "th"} and not self._is_hidden(cell)])
            )
        lines = [""]
        self._add(lines, node.text, preserve=node.tag == "pre")
        self._children(lines, node, preserve=node.tag == "pre")
        tidy = [line if node.tag == "pre" else line.strip(" ") for line in lines]
        return list(bulleted(tidy)) if node.tag == "li" else tidy

    def _children(self, lines: list[str], node: Any, *, preserve: bool) -> None:
        before = None
        for child in node:
            if self._left <= 0:
                return
            if isinstance(child.tag, str) and not self._is_hidden(child):
                if {before, child.tag} <= _APART and not lines[-1].endswith(" "):
                    lines[-1] += " "
                self._take(lines, child, preserve=preserve)
            self._add(lines, child.tail, preserve=preserve)
            before = None if child.tail else child.tag

    def _take(self, lines: list[str], node: Any, *, preserve: bool) -> None:
        if node.tag == "br":
            lines.append("")
        elif node.tag in _BLOCKS:
            lines += [*self.lines(node), ""]
        else:
            if node.tag == "a" and (address := node.get("href")):
                self.addresses.append(address)
            self._add(lines, node.text, preserve=preserve)
            self._children(lines, node, preserve=preserve)

    def _add(self, lines: list[str], text: str | None, *, preserve: bool) -> None:
        if not text:
            return
        text = text[: self._left]
        self._left -= len(text)
        if preserve:
            first, *more = text.splitlines() or [""]
            lines[-1] += first
            lines += more
            return
        # A run of white space is shown as one space, and as none where a line begins.
        shown = _SPACES.sub(" ", text)
        lines[-1] += shown.lstrip(" ") if lines[-1].endswith(" ") or not lines[-1] else shown

    def _is_hidden(self, node: Any) -> bool:
        return (
            node.tag in _UNSEEN
            or node.get("hidden") is not None
            or node.get("aria-hidden") == "true"
            or bool(_HIDING.search(node.get("style") or ""))
            or (not self._grounds and _is_white_on_white(node))
        )


def _is_white_on_white(node: Any) -> bool:
    """Whether an element makes its letters white, and neither it nor what it lies in has a ground of another colour."""
    told = _COLOUR.search(node.get("style") or "")
    colour = told[1] if told else node.get("color") if node.tag == "font" else None
    if colour is None or not _WHITE.fullmatch(colour.strip()):
        return False
    for one in (node, *node.iterancestors()):
        told = _GROUND.search(one.get("style") or "")
        ground = told[1] if told else one.get("bgcolor")
        if ground is not None:
            return _WHITE.fullmatch(ground.strip()) is not None
    return True
