"""What a page is made of: glyphs, words, pieces of lines, and the lines that come of them.

All measures are in points (1/72 inch) from the page's top left corner as the page is shown, y growing downwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @staticmethod
    def around(boxes: Iterable["Box"]) -> "Box":
        """The smallest box that holds all of ``boxes``, of which there is one at least."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Glyph(NamedTuple):
    """A visible character, or the word that an icon stands for. ``spaced`` says that white space stands before it in
    the file."""

    text: str
    box: Box
    baseline: float
    size: float
    upright: bool
    spaced: bool
    symbol: bool
    unmapped: bool
    broken: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs that touch. ``order`` is the word's place in the file, ``broken`` whether a hyphen parts it at its end."""

    text: str
    box: Box
    baseline: float
    size: float
    order: int
    spaced: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side with no more than a word's space between them: a line of one column. ``words`` are in the
    order of reading."""

    text: str
    box: Box
    baseline: float
    size: float
    broken: bool = False
    upright: bool = True
    words: tuple[Word, ...] = ()

    def moved(self, text: str) -> "Piece":
        """The piece with another text in its place."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page before its order is found."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order. Wide gaps in it are tabs; ``page`` counts from 1."""

    text: str
    page: int
    box: Box
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a page is as it is shown."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's lines in reading order, and what is not among them.

    ``hidden`` counts characters that no reader of the page sees, ``unmapped`` those of ``seen`` that have no known
    meaning in Unicode, ``repeated`` the lines of running heads and feet that were left out.
    """

    lines: tuple[Line, ...]
    seen: int
    hidden: int
    unmapped: int
    repeated: int
    pages: tuple[PageSize, ...] = ()

    @property
    def text(self) -> str:
        """The lines as a text."""
        return "\n".join(line.text for line in self.lines)
