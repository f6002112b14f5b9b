"""The types of the HTTP API about what the language model reads in postings."""

from collections.abc import Iterable
from typing import Self

from functions.api.posting_schemas import Span
from functions.api.schemas import View
from jobtracker.postings import readings
from jobtracker.postings.readings import ReadingStatus


class Point(View):
    """Something that the posting says, in its own words, and the places of its ``description_text`` that say so."""

    text: str
    spans: list[Span]

    @classmethod
    def all_of(cls, points: Iterable[readings.Point]) -> list[Self]:
        """The same points."""
        return [cls(text=one.text, spans=[Span(start=start, end=end) for start, end in one.spans]) for one in points]


class PostingReading(View):
    """What the posting says. Each point stands in its text; a line of ``summary`` only leaves words of it out."""

    must_have: list[Point]
    nice_to_have: list[Point]
    seniority: list[Point]
    benefits: list[Point]
    visa: list[Point]
    remote: list[Point]
    summary: list[Point]


class Reading(View):
    """How far the reading of a posting has come. ``reason`` says why there is none."""

    status: ReadingStatus
    reason: str | None
    reading: PostingReading | None

    @classmethod
    def read(cls, reading: readings.PostingReading) -> Self:
        """A reading that is there."""
        points = {name: Point.all_of(getattr(reading, name)) for name in PostingReading.model_fields}
        return cls(status=ReadingStatus.READ, reason=None, reading=PostingReading(**points))

    @classmethod
    def of(cls, wished: readings.Wish) -> Self:
        """What became of a wish."""
        if wished.reading is not None:
            return cls.read(wished.reading)
        return cls(status=wished.status, reason=wished.reason, reading=None)
