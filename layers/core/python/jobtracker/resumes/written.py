"""What a text really is: HTML, Markdown, RTF, JSON, or plain text."""

import re
from typing import Final

from jobtracker.resumes.files import FileType, wrong_type

# What a file begins with tells its type; a resume's first pages tell whether it is written in Markdown.
_LOOKED_AT: Final = 64 * 1024
_TAGS: Final = (
    "html|head|body|title|meta|link|style|script|div|main|header|section|article|table|p|h[1-6]|ul|ol|center|font|span"
)
_PROLOGUE: Final = re.compile(
    r"(?:\s+|<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!DOCTYPE(?!\s*html)[^>]{0,500}>)*", re.DOTALL | re.IGNORECASE
)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT: Final = re.compile(rf"<(?:{_TAGS})(?:\s[^<>]{{0,1000}})?>", re.IGNORECASE)
_XML: Final = re.compile(r"<(?:\?xml\b|!doctype\b|[a-z][\w.-]*:[a-z])", re.IGNORECASE)
_JSON: Final = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]]")
_SIGNS: Final = {
    "heading": re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE),
    "underlined": re.compile(r"^[^\s|][^\n|]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    "bold": re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"),
    "link": re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?:|mailto:|tel:|#|/|\w)[^()\s]{0,500}\)"),
    "fence": re.compile(r"^```", re.MULTILINE),
    "front matter": re.compile(r"\A---\n(?:[\w-]+:.*\n)+---\n"),
}


def type_of_text(data: bytes) -> FileType:
    """The type of a text. Raises RefusedError for what is written for machines: XML, LaTeX, PostScript, a drawing."""
    text = _beginning(data)
    start = text.lstrip()
    if start.startswith("{\\rtf"):
        return FileType.RTF
    if start.startswith("\\documentclass") or "\n\\documentclass" in start:
        raise wrong_type("the LaTeX source of a document", "Upload the PDF that is made from it.")
    if start.startswith("%!PS"):
        raise wrong_type("a PostScript file", "Convert it to PDF and upload that.")
    if _JSON.match(start):
        return FileType.JSON_RESUME
    if start.startswith("<"):
        return _marked_up(start)
    return FileType.MARKDOWN if is_markdown(text) else FileType.TEXT


def is_markdown(text: str) -> bool:
    """Whether a text is written in Markdown: it has a heading of its own kind, or two kinds of its other signs.

    Reading plain text as Markdown does little harm, as lines stay lines: a star or an underscore may be lost.
    """
    signs = [name for name, sign in _SIGNS.items() if sign.search(text)]
    return "heading" in signs or "front matter" in signs or len(signs) >= 2


def _marked_up(start: str) -> FileType:
    opened = _PROLOGUE.match(start)
    rest = start[opened.end() :] if opened else start
    if _PAGE.match(rest):
        return FileType.HTML
    if _FRAGMENT.match(rest):
        # Markdown may open with HTML, say to centre a name.
        return FileType.MARKDOWN if _SIGNS["heading"].search(rest) else FileType.HTML
    if rest.lower().startswith("<svg"):
        raise wrong_type("a picture, whose text cannot be read")
    if _XML.match(start):
        raise wrong_type("XML data, not a document")
    return FileType.MARKDOWN if is_markdown(start) else FileType.TEXT


def _beginning(data: bytes) -> str:
    head = data[:_LOOKED_AT]
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
