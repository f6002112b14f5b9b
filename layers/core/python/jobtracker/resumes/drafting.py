"""A text that is put together line by line, and knows where each line and word of it stands."""

from dataclasses import dataclass, field
from typing import NamedTuple

from jobtracker.resumes.document import Box, Line, Page, PlacedWord


class TextLine(NamedTuple):
    """A line that is still in no text. The places of its words are counted from its own beginning."""

    text: str
    box: Box | None = None
    words: tuple[PlacedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text, its lines in order, and the pages that it stands on."""

    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]


@dataclass(slots=True)
class Draft:
    """A text in the making."""

    _told: list[str] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _end: int = 0

    def add(self, line: TextLine, page: int | None = None) -> None:
        """Put a line below the others. One that says nothing parts what stands above it from what follows."""
        if line.text.strip():
            self._lines.append(
                Line(
                    start=self._end,
                    end=self._end + len(line.text),
                    page=page,
                    box=line.box,
                    words=tuple(
                        PlacedWord(self._end + word.start, self._end + word.end, word.box) for word in line.words
                    ),
                )
            )
        self._told.append(line.text)
        self._end += len(line.text) + 1

    def __contains__(self, words: str) -> bool:
        """Whether a line has these words in it."""
        return any(words in line for line in self._told)

    def read(self, pages: tuple[Page, ...] = ()) -> ReadText:
        """The text as far as it came."""
        return ReadText("\n".join(self._told), tuple(self._lines), pages)
