"""The text of Markdown, by markdown-it: as HTML, which Markdown is defined by and may hold."""

import re
from typing import Final

from markdown_it import MarkdownIt

from jobtracker.resumes.html import page_text
from jobtracker.resumes.plain import decoded

# More is no resume, and takes time: parsing is in Python, and not always linear.
_LONGEST: Final = 100_000
_FRONT_MATTER: Final = re.compile(r"\A\s*---\n((?:[^\n]*\n){1,100}?)(?:---|\.\.\.)\n")
# Static sites keep a person's name and whereabouts in the front matter; the rest is for the site.
_TOLD: Final = ("name", "author", "headline", "email", "phone", "location")
_FIELD: Final = re.compile(rf"^(?:{'|'.join(_TOLD)}):[ \t]*(\S.*)$", re.MULTILINE | re.IGNORECASE)


def markdown_text(data: bytes) -> str:
    """The text of a CommonMark document with tables, one line for a line."""
    text = "\n".join(decoded(data).splitlines())[:_LONGEST]
    told: list[str] = []
    if front := _FRONT_MATTER.match(f"{text}\n"):
        told = [value.strip(" \t\"'") for value in _FIELD.findall(front[1])]
        text = text[front.end() :]
    # Indented lines are wrapped ones in resumes, not code; and a line's end is meant.
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").disable("code")
    return "\n".join([*told, page_text(parser.render(text))])
