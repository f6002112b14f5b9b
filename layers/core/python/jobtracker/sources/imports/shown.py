"""What a person sees of HTML: its lines of text in order, with their links and with how much they stand out."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

import lxml.etree
import lxml.html

_BLOCKS: Final = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "select",
     "table", "tbody", "td", "th", "thead", "tr", "ul")
)  # fmt: skip
_NOT_SHOWN: Final = frozenset(("script", "style", "head", "title", "template", "noscript", "svg"))
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SIZE: Final = re.compile(r"font-size\s*:\s*(\d{1,3})", re.IGNORECASE)
_HEADINGS: Final = {"h1": 8.0, "h2": 7.0, "h3": 6.0, "h4": 5.0, "b": 4.0, "strong": 4.0}
# Mails hold their sentences apart with signs that are not seen.
_SPACE: Final = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, the innermost link around it, how much it stands out, and whether it parts what is around."""

    text: str
    href: str | None = None
    weight: float = 0.0
    breaks: bool = False


def parsed(html: str) -> lxml.html.HtmlElement | None:
    """The page as a tree of a bounded depth; None where there is nothing in it."""
    # As bytes: text that declares an encoding is refused.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def flat(html: str) -> str:
    """The same HTML nested no deeper than a page is: HTML5 parsers take the square of the depth."""
    try:
        tree = lxml.html.document_fromstring(
            html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    return str(lxml.html.tostring(tree, encoding="unicode"))


def in_one_line(text: str) -> str:
    """The text with every kind of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def lines(tree: lxml.html.HtmlElement, *, without: Set[str] = frozenset()) -> Iterator[Line]:
    """The lines that are seen, but those in elements that are left out (``without``)."""
    unseen = _NOT_SHOWN | without
    pieces: list[str] = []
    weight, href = 0.0, None
    links, weights = [""], [0.0]
    walk = lxml.etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        if node.tag in _BLOCKS or node.tag == "a":
            if line := in_one_line("".join(pieces)):
                yield Line(line, href, weight)
            pieces, weight, href = [], 0.0, None
        if event == "start":
            style = str(node.get("style") or "")
            links.append(str(node.get("href") or "") if node.tag == "a" else links[-1])
            weights.append(max(weights[-1], _weight(node.tag, style)))
            if node.tag in unseen or _HIDDEN.search(style) or node.get("hidden") is not None:
                walk.skip_subtree()
                continue
            piece = node.text
        else:
            links.pop()
            weights.pop()
            piece = node.tail
        if piece and piece.strip():
            weight, href = max(weight, weights[-1]), links[-1] or href
        pieces.append(piece or "")
    if line := in_one_line("".join(pieces)):
        yield Line(line, href, weight)


def _weight(tag: object, style: str) -> float:
    size = _SIZE.search(style)
    return max(
        _HEADINGS.get(str(tag), 0.0),
        4.0 if _BOLD.search(style) else 0.0,
        (int(size[1]) - 14) / 2 if size and int(size[1]) > 16 else 0.0,
    )
