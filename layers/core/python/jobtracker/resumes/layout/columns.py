"""The columns of a page: a recursive cut along the white between them.

After the XY cut of Nagy and Seth (1984) and the white rectangles of Breuel (2002): the page is cut where the best white
rectangle parts text on its left from text on its right, and what lies above, beside and below is cut again.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from jobtracker.resumes.dates import read_date, read_range
from jobtracker.resumes.layout.model import Box, Piece
from jobtracker.resumes.layout.rows import ON_LINE, rows_of
from jobtracker.resumes.sections import heading

_NARROWEST: Final = 6.0
"""Points of white that may part columns."""

_FEWEST_LINES: Final = 3
"""Lines of a column."""

_FEWEST_UNTITLED: Final = 4
"""Lines of a column beside one without a heading."""

_ALIGNED: Final = 0.7
"""The share of lines on one line with those of the other side that makes two sides one table."""

_PROSE: Final = 35
"""Characters of a line, on the average, that is text and no cell of a table."""

_LEVEL: Final = 0.15
"""Of the letters' size: how far apart two lines are that stand on one level."""

_DEEPEST: Final = 4
_TRIED: Final = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that are read line by line."""

    pieces: tuple[Piece, ...]

    @property
    def box(self) -> Box:
        """The box around them."""
        return Box.around(piece.box for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Table:
    """Labels on the left, each beside the lines that it names."""

    labels: tuple[Piece, ...]
    cells: tuple[Piece, ...]

    @property
    def box(self) -> Box:
        """The box around labels and cells."""
        return Box.around(piece.box for piece in (*self.labels, *self.cells))


@dataclass(frozen=True, slots=True)
class Columns:
    """Two parts side by side, each to be read whole."""

    left: tuple["Part", ...]
    right: tuple["Part", ...]

    @property
    def box(self) -> Box:
        """The box around both."""
        return Box.around(part.box for part in (*self.left, *self.right))


Part = Block | Table | Columns


def parts_of(pieces: Sequence[Piece], depth: int = _DEEPEST) -> list[Part]:
    """The parts of a page or a column from the top down."""
    if not pieces:
        return []
    for cut in _cuts(pieces) if depth else ():
        made = _made(cut, depth)
        if not made:
            continue
        beside = {id(piece) for piece in (*cut.left, *cut.right)}
        rest = [piece for piece in pieces if id(piece) not in beside]
        above = [piece for piece in rest if piece.baseline <= cut.top]
        below = [piece for piece in rest if piece.baseline > cut.top]
        return [*parts_of(above, depth - 1), *made, *parts_of(below, depth - 1)]
    return [Block(tuple(pieces))]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A white rectangle with what stands on both sides of it."""

    left: list[Piece]
    right: list[Piece]

    @property
    def top(self) -> float:
        return min(piece.baseline for piece in (*self.left, *self.right))


def _cuts(pieces: Sequence[Piece]) -> list[_Cut]:
    """Where columns may be, the likeliest first: the more lines stand beside the white, the likelier."""
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    found: dict[tuple[int, int, int], tuple[float, _Cut]] = {}
    for at in sorted({round(piece.box.right * 2) / 2 + 0.5 for piece in pieces}):
        for run in _runs(ordered, at):
            left = [piece for piece in run if piece.box.right <= at]
            right = [piece for piece in run if piece.box.left >= at]
            if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
                continue
            white = min(piece.box.left for piece in right) - max(piece.box.right for piece in left)
            if white < _NARROWEST:
                continue
            key = (id(run[0]), len(left), len(right))
            score = min(len(left), len(right)) * 2 + len(run) + white / 100
            found[key] = (score, _Cut(left, right))
    best = sorted(found.values(), key=lambda scored: -scored[0])
    return [cut for _, cut in best[:_TRIED]]


def _runs(ordered: Sequence[Piece], at: float) -> Iterator[list[Piece]]:
    """The pieces between the lines that stand across ``at``."""
    across = [piece.baseline for piece in ordered if piece.box.left < at < piece.box.right]
    place = 0
    run: list[Piece] = []
    for piece in ordered:
        reach = ON_LINE * piece.size
        while place < len(across) and across[place] < piece.baseline - reach:
            if run:
                yield run
            run, place = [], place + 1
        if place == len(across) or across[place] > piece.baseline + reach:
            run.append(piece)
    if run:
        yield run


def _made(cut: _Cut, depth: int) -> list[Part]:
    """Columns, a table or a grid; nothing where the two sides are one text."""
    left, right = rows_of(cut.left), rows_of(cut.right)
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return []
    if _are_dates(right):
        return []
    titled = _headings(left), _headings(right)
    short = min(len(left), len(right)) < _FEWEST_UNTITLED
    if _are_labels(left, right, titled):
        return [Table(tuple(cut.left), tuple(cut.right))]
    if all(titled) or not (short or _beside(left, right)):
        return [Columns(tuple(parts_of(cut.left, depth - 1)), tuple(parts_of(cut.right, depth - 1)))]
    return _grid(left, right)


def _are_labels(left: list[list[Piece]], right: list[list[Piece]], titled: tuple[int, int]) -> bool:
    """Whether the left side names what stands beside it: in shorter lines, with headings or wrapped lines."""
    widths = [max(row[-1].box.right for row in rows) - min(row[0].box.left for row in rows) for rows in (left, right)]
    if 2 * widths[0] > widths[1] or _mean(left) >= _PROSE:
        return False
    if titled[0] > 1:
        return not titled[1] or (3 * len(left) < len(right) and _beside(left, right))
    wrapped = any(len(block) > 1 for block in _blocks(left))
    return wrapped and 4 * len(left) < 3 * len(right) and _beside(left, right)


def _grid(left: list[list[Piece]], right: list[list[Piece]]) -> list[Part]:
    """The cells of a grid of two columns, each of some lines; nothing where the right side is one of dates."""
    cells = list(zip(_blocks(left), _blocks(right), strict=False))
    flush = max(row[0].box.left for row in right) - min(row[0].box.left for row in right) <= 2 * right[0][0].size
    even = len(_blocks(left)) == len(_blocks(right)) and all(len(one) > 1 < len(other) for one, other in cells)
    if not flush or not even or len(cells) < 2:
        return []
    return [Columns(*(((Block(tuple(piece for row in cell for piece in row)),)) for cell in pair)) for pair in cells]


def _beside(left: list[list[Piece]], right: list[list[Piece]]) -> bool:
    """Whether the two sides belong together line by line: labels and what they name, or entries and their dates."""
    if _mean(left) >= _PROSE and _mean(right) >= _PROSE:
        return False
    labels = [block[0] for block in _blocks(left)]
    return max(_aligned(labels, right), _aligned(right, left)) >= _ALIGNED


def _aligned(rows: list[list[Piece]], others: list[list[Piece]]) -> float:
    """The share of rows that stand by one of the others, all of them as much above or below its line."""
    lines = [other[0].baseline for other in others]
    offsets = [min((row[0].baseline - line for line in lines), key=abs) for row in rows]
    size = rows[0][0].size
    usual = median(offsets)
    if abs(usual) > 0.5 * size:
        return 0.0
    return sum(abs(offset - usual) <= _LEVEL * size for offset in offsets) / len(rows)


def _blocks(rows: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Rows that follow each other without more than a line's distance."""
    blocks = [[rows[0]]]
    for last, row in itertools.pairwise(rows):
        if row[0].baseline - last[0].baseline > 1.6 * max(row[0].size, last[0].size):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _are_dates(rows: list[list[Piece]]) -> bool:
    """Whether a side holds nothing but dates, and headings that stand in the middle of the page, not of the side."""
    told = [" ".join(piece.text for piece in row) for row in rows if heading(row[0].text) is None]
    read = ((text, read_range(text) or read_date(text)) for text in told)
    return bool(told) and all(dates is not None and dates.span == (0, len(text)) for text, dates in read)


def _headings(rows: list[list[Piece]]) -> int:
    return sum(heading(row[0].text) is not None for row in rows)


def _mean(rows: list[list[Piece]]) -> float:
    return sum(len(piece.text) for row in rows for piece in row) / len(rows)
