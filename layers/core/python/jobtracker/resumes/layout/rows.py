"""Words into pieces of lines, and pieces into lines."""

import itertools
import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, TypeVar

from jobtracker.resumes.layout.model import Box, Piece, Word
from jobtracker.resumes.layout.words import ICON, right_to_left

Placed = TypeVar("Placed", Word, Piece)

_SPACE: Final = 0.15
"""Of the letters' size: the narrowest space between two words."""

_COLUMN: Final = 0.8
"""Of the letters' size: a gap that may be the space between two columns."""

_TAB: Final = 1.6
"""Of the letters' size: a gap that is no space between words."""

ON_LINE: Final = 0.35
"""Of the letters' size: how far the baselines of one line may lie apart."""

_WITHIN = re.compile(rf"(?<=[^\W\d]){ICON}+(?=[^\W\d])")

_FEWEST_SPACED: Final = 4
"""Letters that make a spaced-out word."""


def rows_of(items: Iterable[Placed]) -> list[list[Placed]]:
    """Words or pieces by the line they stand on, from the top down, each line from left to right."""
    rows: list[list[Placed]] = []
    for item in sorted(items, key=lambda item: item.baseline):
        if rows and item.baseline - rows[-1][0].baseline <= ON_LINE * max(item.size, rows[-1][0].size):
            rows[-1].append(item)
        else:
            rows.append([item])
    for row in rows:
        row.sort(key=lambda item: item.box.left)
    return rows


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """The pieces of a page's upright words."""
    return [_piece(part) for row in rows_of(words) for part in _apart(row)]


def line_of(row: Sequence[Piece]) -> str:
    """The text of pieces on one line, with a tab for each gap that is wider than a space."""
    backwards = right_to_left("".join(piece.text for piece in row))
    told = ""
    for last, piece in zip([None, *row[:-1]], row, strict=True):
        if last is None:
            told = piece.text
            continue
        wide = piece.box.left - last.box.right > _TAB * max(piece.size, last.size)
        gap = "\t" if wide else " "
        told = f"{piece.text}{gap}{told}" if backwards else f"{told}{gap}{piece.text}"
    return told


def _apart(row: list[Word]) -> list[list[Word]]:
    """A line in parts at its wide gaps, save those between the letters of a spaced-out word."""
    row = _closed_up(row)
    parts = [[row[0]]]
    for last, word in itertools.pairwise(row):
        if word.box.left - last.box.right > _COLUMN * max(word.size, last.size):
            parts.append([])
        parts[-1].append(word)
    return parts


def _piece(words: list[Word]) -> Piece:
    if right_to_left("".join(word.text for word in words)):
        # The file's order is the order of reading; the places run the other way.
        words = sorted(words, key=lambda word: word.order)
    told = words[0].text
    for last, word in itertools.pairwise(words):
        size = max(word.size, last.size)
        gap = max(word.box.left - last.box.right, last.box.left - word.box.right)
        # A raised or lowered letter touches its word; a space of the file's own parts words however narrow it is.
        told += f" {word.text}" if gap > _SPACE * size or word.spaced else word.text
    return Piece(
        text=_without_icons(told),
        box=Box.around(word.box for word in words),
        baseline=median(word.baseline for word in words),
        size=max(word.size for word in words),
        broken=words[-1].broken,
    )


def _without_icons(text: str) -> str:
    """The text without pictures: one between words becomes a tab, as it parts what stands before and after it.

    One between the letters of a word is a letter that the file does not name.
    """
    text = _WITHIN.sub("", text)
    return "\t".join(part for told in text.split(ICON) if (part := told.strip()))


def _closed_up(row: list[Word]) -> list[Word]:
    """A line in which the letters of spaced-out words are put together."""
    closed: list[Word] = []
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and _is_like(row[end].text, row[start].text):
            end += 1
        if end - start >= _FEWEST_SPACED:
            closed += _letters_joined(row[start:end])
        else:
            end = max(end, start + 1)
            closed += row[start:end]
        start = end
    return closed


def _is_like(text: str, first: str) -> bool:
    """Whether a word is a letter, of the same case as the first."""
    return len(text) == 1 and text.isalpha() and text.isupper() == first.isupper()


def _letters_joined(letters: list[Word]) -> list[Word]:
    """Spaced-out letters as words: what parts the words is a gap half as wide again as that between the letters."""
    gaps = [word.box.left - last.box.right for last, word in itertools.pairwise(letters)]
    widest = 1.5 * median(gaps)
    groups = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > widest:
            groups.append([])
        groups[-1].append(letter)
    return [
        Word(
            text="".join(letter.text for letter in group),
            box=Box.around(letter.box for letter in group),
            baseline=group[0].baseline,
            size=group[0].size,
            order=group[0].order,
            spaced=group[0].spaced,
        )
        for group in groups
    ]
