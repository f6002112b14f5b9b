"""A page that nothing else can read, read by a language model, whose every word is looked up in the page."""

import html
import re
from typing import Final, Protocol, TypeVar

from pydantic import BaseModel, Field

from jobtracker.llm.found import Document
from jobtracker.llm.model import LlmError, Reading
from jobtracker.sources.imports import links
from jobtracker.sources.imports.model import RefusedError
from jobtracker.sources.source import Draft

Answer = TypeVar("Answer", bound=BaseModel)
# Longer than any posting; what a page goes on with after it are other postings.
_LONGEST: Final = 60_000
INSTRUCTIONS: Final = (
    "The document is the text of a web page on which somebody found a job posting. Give the page's one main posting. "
    "Copy every value from the document letter by letter; never translate, complete, correct or infer. Leave out what "
    "the document does not say. Give no title where the page is no posting, or lists several without a main one. "
    "description_begins and description_ends are the first and the last eight to twelve words of the posting's own "
    "description, requirements and benefits together."
)


class PageReading(BaseModel):
    """What the model finds on the page."""

    title: str | None = Field(default=None, description="the job's title")
    company: str | None = Field(default=None, description="the employer's name")
    place: str | None = Field(default=None, description="where the work is done, as written")
    pay: str | None = Field(default=None, description="what is paid, as written")
    employment_type: str | None = Field(default=None, description="such as full-time or contract, as written")
    description_begins: str | None = None
    description_ends: str | None = None


class ReadsDocuments(Protocol):
    """What is used of ``llm.client.Claude``."""

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = ..., max_tokens: int = ...
    ) -> Reading[Answer]:
        """The document in the form of ``form``."""


def read(claude: ReadsDocuments, url: str, text: str) -> Draft:
    """The page's posting. What the model says and the page does not is dropped.

    Raises:
        RefusedError: there is none, the model could not be asked, or the title that it gave is not on the page.
    """
    document = text[:_LONGEST]
    try:
        reading = claude.read(PageReading, INSTRUCTIONS, document, title="web page").value
    except LlmError as error:
        raise RefusedError(f"No posting was recognised on this page, and {error}.") from error
    page = Document.of(document)
    title = page.quoted(reading.title)
    if not title:
        raise RefusedError("No posting was recognised on this page, by a language model neither.")
    address = links.cleaned(url)
    return Draft(
        source_posting_id=address[:500],
        url=address,
        title=title,
        company=page.quoted(reading.company),
        place=page.quoted(reading.place) or "",
        html=_description(page, reading),
        pay_text=page.quoted(reading.pay) or "",
        employment_type=page.quoted(reading.employment_type) or "",
    )


def _description(page: Document, reading: PageReading) -> str:
    """The page's own text from where the description begins to where it ends; all of it where that is not told."""
    begins = page.find(reading.description_begins)
    ends = page.find(reading.description_ends, begins.end) if begins else None
    if begins is None or ends is None:
        return _lines(page.text)
    # With what is written together with its first and its last word, such as the full stop.
    words = [word.span() for word in re.finditer(r"\S+", page.text)]
    first = max(start for start, _ in words if start <= begins.start)
    last = min(end for _, end in words if end >= ends.end)
    return _lines(page.text[first:last])


def _lines(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())
