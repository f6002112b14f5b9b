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
_PLAIN = re.compile(r"(?:[\n\x20-\x7e]++|[\xa0-\xc1\xc4-\xe1\xe3-\u017f\u2010-\u2026\u20ac](?![^\x00-\x7f]))*+")
_MENDING: Final = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False)
_LOOKS_LIKE_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z]")
# The sanitiser writes every tag in one way: lower case, values in double quotes.
_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>')
_KEPT_LINES = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
# Each matches what must change and not the single spaces between words, of which there are hundreds.
_ANY_SPACE = re.compile(r"[^\S ]\s*| \s+")
_SPACE = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_ITEM_APART = re.compile(r"^\*\n+(?=\S)", re.MULTILINE)


def _breaks() -> dict[str, str]:
    paragraphs = ("p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
    both = dict.fromkeys(paragraphs, "\n\n") | dict.fromkeys(("div", "tr"), "\n") | dict.fromkeys(("td", "th"), " ")
    closed = {f"/{name}": text for name, text in both.items()}
    return both | closed | {"br": "\n", "hr": "\n\n", "li": "\n* ", "/li": "\n"}


_BREAKS: Final = _breaks()


def mend(text: str) -> str:
    """``text`` with broken encodings ("MÃ¼nchen"), ligatures and control characters put right."""
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
    safe = nh3.clean(
        mend(markup),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_whole_links,
        url_schemes=_LINKS,
        link_rel="noopener nofollow",
    )
    return safe, plain_text(safe)


def _whole_links(_tag: str, attribute: str, value: str) -> str | None:
    """No link without its host: it would lead into our own pages."""
    return value if attribute != "href" or value.lower().startswith(_LINK_STARTS) else None


def plain_text(safe: str) -> str:
    """The text of sanitised HTML: a line for each block, "* " before the items of lists, no other layout."""
    parts = _KEPT_LINES.split(safe)
    folded = "".join(part if part.startswith("<pre>") else _ANY_SPACE.sub(" ", part) for part in parts)
    text = html.unescape(_TAG.sub(lambda tag: _BREAKS.get(tag[1], ""), folded))
    lines = _AROUND_BREAKS.sub("\n", _SPACE.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", _ITEM_APART.sub("* ", lines)).strip()
