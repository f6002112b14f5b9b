"""HTML from sources: broken encodings mended, made safe to show, and turned into plain text."""

import html
import re
from typing import Final

import ftfy
import nh3

_TAGS: Final = {
    "p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "h1", "h2", "h3", "h4", "h5", "h6", "a", "div", "span",
    "blockquote", "table", "thead", "tbody", "tr", "td", "th", "hr", "code", "pre",
}  # fmt: skip
_LINKS: Final = {"http", "https", "mailto"}
_LINK_STARTS: Final = ("https://", "http://", "mailto:")
# In such a text nothing is broken, and most texts are such: a wrongly read UTF-8 sequence shows as two or more foreign
# characters side by side, or as one of Â, Ã and â before a space.
_PLAIN = re.compile(
    r"(?:[\n\x20-\x7e]++|[\xa0-\xc1\xc4-\xe1\xe3-\u017f\u2010-\u2026\u20a0-\u20bf\u2190-\u22ff\u2460-\u27bf\U0001f300-\U0001faff]"
    r"(?![^\x00-\x7f]))*+"
)
_MENDING: Final = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False)
_LOOKS_LIKE_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z]")
# The sanitiser writes every tag in one way, in lower case, and only links have attributes.
_LINK = re.compile(r'<a (?:[^<>"]|"[^"]*")*>')
_KEPT_LINES = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def _whole_links(_tag: str, attribute: str, value: str) -> str | None:
    """No link without its host: it would lead into our own pages."""
    return value if attribute != "href" or value.lower().startswith(_LINK_STARTS) else None


_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}},
    attribute_filter=_whole_links,
    url_schemes=_LINKS,
    link_rel="noopener nofollow",
)


def _breaks() -> dict[str, str]:
    paragraphs = ("p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
    both = dict.fromkeys(paragraphs, "\n\n") | dict.fromkeys(("div", "tr"), "\n") | dict.fromkeys(("td", "th"), " ")
    closed = {f"/{name}": text for name, text in both.items()}
    return both | closed | {"br": "\n", "hr": "\n\n", "li": "\n* ", "/li": "\n"}


_BREAKS: Final = _breaks()


def mend(text: str) -> str:
    """``text`` with broken encodings ("MÃ¼nchen"), ligatures and control characters put right."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return text if _PLAIN.fullmatch(text) else ftfy.fix_text(text, _MENDING)


def clean_html(markup: str, *, escaped: bool = False) -> tuple[str, str]:
    """Sanitised HTML and its plain text.

    Args:
        markup: what the source published.
        escaped: whether the source escapes its HTML once more, as Greenhouse does; HTML that comes unescaped all the
            same is taken as it is.
    """
    if escaped and not _LOOKS_LIKE_MARKUP.search(markup):
        markup = html.unescape(markup)
    safe = _CLEANER.clean(mend(markup))
    return safe, plain_text(safe)


def plain_text(safe: str) -> str:
    """The text of sanitised HTML: a line for each block, "* " before the items of lists, no other layout."""
    parts = _KEPT_LINES.split(safe) if "<pre>" in safe else [safe]
    folded = " ".join(part if part.startswith("<pre>") else " ".join(part.split()) for part in parts)
    start, *tagged = (_LINK.sub("", folded) if "<a " in folded else folded).split("<")
    pieces = [start]
    for piece in tagged:
        name, _, rest = piece.partition(">")
        pieces += (_BREAKS.get(name, ""), rest)
    return _laid_out(html.unescape("".join(pieces)))


def _laid_out(text: str) -> str:
    """Lines with single spaces, one empty line at most between two, and an item's mark before its text."""
    lines: list[str] = []
    # White space other than single spaces: of what there is, only these are printable.
    wide = "  " in text or not text.replace("\n", "").isprintable()
    for line in text.split("\n"):
        words = " ".join(line.split()) if wide else line.strip()
        if words and lines and (lines[-1] == "*" or (not lines[-1] and lines[-2:-1] == ["*"])):
            while lines[-1] != "*":
                lines.pop()
            lines[-1] = f"* {words}"
        elif words or (lines and lines[-1]):
            lines.append(words)
    return "\n".join(lines).strip()
