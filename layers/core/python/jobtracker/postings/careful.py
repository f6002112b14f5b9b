"""A posting's text read by a language model: what it demands, offers and says, each as a passage of the text itself.

A passage that is not in the text is dropped. A line of the summary may leave words out, and may not bring any: each of
its words stands in the passages that it gives for itself.
"""

import re
from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from pydantic import BaseModel, Field

from jobtracker.llm.found import Document, Span, folded
from jobtracker.llm.model import Reading
from jobtracker.postings.readings import Point, PostingReading

Answer = TypeVar("Answer", bound=BaseModel)
LONGEST: Final = 40_000
MAX_TOKENS: Final = 3_000
TITLE: Final = "job posting"
_LONGEST_PASSAGE: Final = 300
_LONGEST_LINE: Final = 240
_MOST_POINTS: Final = 20
_MOST_LINES: Final = 3
_MOST_PASSAGES: Final = 4
_WORD: Final = re.compile(r"[^\W_](?:[^\s,;:!?()\[\]{}\"/-]*[^\W_]|[+#]+)?")
# What joins words and says nothing.
_JOINING: Final = frozenset(["a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"])
INSTRUCTIONS: Final = (
    "The document is the text of a job posting. Give what it says, as passages of it: each is copied letter by "
    "letter, is one requirement, benefit or statement, and is as short as it can be while it says all of that. Never "
    "translate, complete, correct or infer, and leave out what the document does not say. must_have holds what "
    "applicants need, nice_to_have what is a plus. seniority holds what tells the level or the years of experience, "
    "benefits what is offered besides pay, visa what is said of visas, sponsorship and the right to work, remote what "
    "is said of where the work is done. summary has up to three lines about what the job is; each names in quotes the "
    "one to four passages that it shortens, and is made of words of those passages alone: leave words out, add none."
)


class ReadLine(BaseModel):
    """One line of the summary."""

    line: str
    quotes: list[str] = Field(description="the passages that the line shortens")


class AdReading(BaseModel):
    """What the model finds in a posting."""

    must_have: list[str] = []
    nice_to_have: list[str] = []
    seniority: list[str] = []
    benefits: list[str] = []
    visa: list[str] = []
    remote: list[str] = []
    summary: list[ReadLine] = []


class ReadsDocuments(Protocol):
    """What is used of ``llm.reader.Reader``."""

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = ..., max_tokens: int = ...
    ) -> Reading[Answer]:
        """The document in the form of ``form``."""


def read(claude: ReadsDocuments, text: str) -> PostingReading:
    """What the text of a posting says. Raises LlmError where there is no reading."""
    document = text[:LONGEST]
    return found(claude.read(AdReading, INSTRUCTIONS, document, title=TITLE, max_tokens=MAX_TOKENS).value, document)


def found(reading: AdReading, text: str) -> PostingReading:
    """What of the model's reading stands in the text."""
    document = Document.of(text)
    must = _points(reading.must_have, document)
    demanded = {span for point in must for span in point.spans}
    return PostingReading(
        must_have=must,
        # One passage is not both: what somebody needs is the safer half.
        nice_to_have=tuple(one for one in _points(reading.nice_to_have, document) if demanded.isdisjoint(one.spans)),
        seniority=_points(reading.seniority, document),
        benefits=_points(reading.benefits, document),
        visa=_points(reading.visa, document),
        remote=_points(reading.remote, document),
        summary=tuple(_lines(reading.summary, document)),
    )


def _points(quotes: Iterable[str], document: Document) -> tuple[Point, ...]:
    spans = [_passage(quote, document) for quote in quotes]
    told = list(dict.fromkeys(span for span in spans if span is not None))[:_MOST_POINTS]
    return tuple(Point(text=_in_one_line(span, document), spans=(span,)) for span in told)


def _lines(lines: Iterable[ReadLine], document: Document) -> list[Point]:
    told: list[Point] = []
    for one in lines:
        spans = [_passage(quote, document) for quote in one.quotes[:_MOST_PASSAGES]]
        line = " ".join(one.line.split())
        if not line or len(line) > _LONGEST_LINE or not spans or None in spans:
            continue
        passages = tuple(dict.fromkeys(span for span in spans if span is not None))
        said = {word for span in passages for word in _words(_in_one_line(span, document))}
        if set(_words(line)) <= said | _JOINING:
            told.append(Point(text=line, spans=passages))
    return told[:_MOST_LINES]


def _passage(quote: str, document: Document) -> Span | None:
    """Where a passage stands; None for one that is not there, is long, or has no word."""
    span = document.find(quote)
    if span is None or span.end - span.start > _LONGEST_PASSAGE or not _words(quote):
        return None
    return span


def _in_one_line(span: Span, document: Document) -> str:
    return " ".join(document.text[span.start : span.end].split())


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
