"""Where the lines and words of a resume's text stand in its document."""

import itertools
from bisect import bisect_right
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

LONGEST_TEXT: Final = 100_000
"""Characters of a text that are read and shown; pages and pages of text are no resume."""


class Box(NamedTuple):
    """A rectangle as shares of the page's width and height, from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class PlacedWord(NamedTuple):
    """A word of a text and its place on the line's page."""

    start: int
    end: int
    box: Box


class Line(BaseModel):
    """One line of a text, ``text[start:end]``, and where it stands.

    ``page`` counts from 1 and is None in formats without pages. ``box`` is None where nobody said where the line
    stands; ``words`` are those of its words whose place is known, in the order of the text.
    """

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    words: tuple[PlacedWord, ...] = ()


class Page(BaseModel):
    """A page and its measures: of a PDF in points (1/72 inch), of a picture in pixels."""

    model_config = ConfigDict(frozen=True)

    number: int = Field(ge=1)
    width: float
    height: float


class Span(BaseModel):
    """Where a value stands: ``text[start:end]``, with its place on the page where that is known.

    A value that runs over several lines has a span on each of them.
    """

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    page: int | None = None
    box: Box | None = None


def lines_in(text: str) -> tuple[Line, ...]:
    """The lines of a text without pages that say something."""
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start=start, end=start + len(line)))
        start += len(line) + 1
    return tuple(lines)


def around(boxes: list[Box]) -> Box | None:
    """The smallest box that holds all of ``boxes``."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def placed(lines: tuple[Line, ...], start: int, end: int) -> list[Span]:
    """``text[start:end]`` as a span on each line that it touches: in the box of its words, else in that of the line.

    The rest of a word that a hyphen parts stands on the page's next line, and is a span of its own.
    """
    spans = []
    first = bisect_right(lines, start, key=lambda line: line.end)
    for line in itertools.takewhile(lambda line: line.start < end, itertools.islice(lines, first, None)):
        begin, stop = max(start, line.start), min(end, line.end)
        rows = _rows([word for word in line.words if word.start < stop and begin < word.end])
        starts = [begin, *(row[0].start for row in rows[1:])]
        for row, opens, closes in zip(rows or [[]], starts, [*starts[1:], stop], strict=True):
            box = around([word.box for word in row]) or line.box
            spans.append(Span(start=opens, end=closes, page=line.page, box=box))
    return spans or [Span(start=start, end=end)]


def _rows(words: list[PlacedWord]) -> list[list[PlacedWord]]:
    """Words that stand side by side, apart from those below them."""
    rows: list[list[PlacedWord]] = []
    for word in words:
        if rows and (word.box.y0 + word.box.y1) / 2 < rows[-1][-1].box.y1:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows
