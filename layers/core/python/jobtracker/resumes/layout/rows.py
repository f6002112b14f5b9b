"""Words into pieces of lines, and pieces into lines."""

import itertools
import re
from bisect import bisect_left, bisect_right
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

_BULLETS: Final = frozenset("•▪●◦○-–—*·►‣")
_BULLET: Final = 4.0
"""Of the letters' size: how far a bullet may stand from the item that it begins, which is no column beside it."""

_TAB: Final = 1.6
"""Of the letters' size: a gap that is no space between words."""

ON_LINE: Final = 0.35
"""Of the letters' size: how far the baselines of one line may lie apart."""

_WITHIN = re.compile(rf"(?<=[^\W\d]){ICON}+(?=[^\W\d])")

_FEWEST_SPACED: Final = 4
"""Letters that make a spaced-out word."""


def rows_of(items: Iterable[Placed]) -> list[list[Placed]]:
    """Words or pieces by the line they stand on, from the top down, each line from left to right."""
    left = sorted(items, key=lambda item: item.baseline)
    heights: dict[int, float] = {}
    for item in left:
        height = round(2 * item.baseline)
        heights[height] = heights.get(height, 0.0) + item.box.right - item.box.left
    rows: list[tuple[float, list[Placed]]] = []
    # The line that says most takes raised and lowered letters to itself.
    for height in sorted(heights, key=lambda height: -heights[height]):
        baseline = height / 2
        reach = ON_LINE * max((item.size for item in _near(left, baseline, 0.3)), default=0.0)
        row = _near(left, baseline, reach) if reach else []
        if row:
            taken = {id(item) for item in row}
            left = [item for item in left if id(item) not in taken]
            rows.append((baseline, sorted(row, key=lambda item: item.box.left)))
    rows.sort(key=lambda placed: placed[0])
    return [row for _, row in rows]


def _near(items: list[Placed], baseline: float, reach: float) -> list[Placed]:
    """Those of ``items``, which stand in the order of their baselines, whose baseline is within reach of another."""
    first = bisect_left(items, baseline - reach, key=lambda item: item.baseline)
    last = bisect_right(items, baseline + reach, key=lambda item: item.baseline)
    return items[first:last]


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


def words_in(row: Sequence[Piece]) -> tuple[Word, ...]:
    """The words of pieces on one line in the order in which ``line_of`` tells them."""
    backwards = right_to_left("".join(piece.text for piece in row))
    return tuple(word for piece in (reversed(row) if backwards else row) for word in piece.words)


def _apart(row: list[Word]) -> list[list[Word]]:
    """A line in parts at its wide gaps, save those between the letters of a spaced-out word."""
    row = _closed_up(row)
    parts = [[row[0]]]
    for last, word in itertools.pairwise(row):
        gap, size = word.box.left - last.box.right, max(word.size, last.size)
        if gap > (_BULLET if last.text in _BULLETS else _COLUMN) * size:
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
        words=tuple(words),
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
        while end < len(row) and len(row[end].text) == 1 and row[end].text.isalpha():
            end += 1
        joined = _letters_joined(row[start:end]) if end - start >= _FEWEST_SPACED else []
        if joined and all(map(_is_cased, joined)):
            closed += joined
        else:
            end = max(end, start + 1)
            closed += row[start:end]
        start = end
    return closed


def _is_cased(word: Word) -> bool:
    """Whether a word is written as words are: in one case, or with a capital before small letters."""
    return word.text[1:].islower() or word.text.isupper() or len(word.text) == 1


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
