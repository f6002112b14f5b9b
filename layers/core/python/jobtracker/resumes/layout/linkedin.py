"""The lines of a profile that LinkedIn printed ("Save to PDF"), whose form is always the same.

On a letter page stands a bar with the contact, and beside it the name in the largest letters and the career, which goes
on over the pages. Nothing but the size of the letters tells an employer from a title and from the text above both. In
the text a blank line stands wherever that size changes; lines that wrap are one; a place stands behind the dates that
it stands close below, after a tab.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from jobtracker.resumes.layout.model import Box, Line, Piece, Sheet, Word
from jobtracker.resumes.layout.rows import line_of, pieces_of, rows_of, words_in

_MARK: Final = re.compile(r"\blinkedin\.com/|\(LinkedIn\)", re.IGNORECASE)
# "Page 1 of 3" in whatever language.
_FOOT: Final = re.compile(r"\D{0,20}(\d{1,3})\D{1,20}\d{1,3}\D{0,20}")
_FOOT_TOP: Final = 0.9
"""Of the page's height: where its foot begins."""
_NAME_LEFT: Final = (0.3, 0.45)
"""Of the page's width: where the name begins."""
_NAME_SIZE: Final = 1.8
"""Of the size of most letters: that of the name at least."""
_HEADING_SIZE: Final = 1.25
_SAME_SIZE: Final = 0.3
"""Points by which letters of one kind may differ in size."""
_EDGE: Final = 4.0
_SPACE: Final = 0.25
"""Of the letters' size: the space between two words."""
_CLOSE: Final = 1.45
"""Of the letters' size: how far below its dates a place stands, which a text never does."""
_APART: Final = 1.85
"""Of the letters' size: how far the lines of one paragraph lie apart at most."""
_LOOSER: Final = 1.15
"""Of the least distance of lines in the bar's lists: what parts two of their items."""
_ITEMS: Final = 1.5
"""Of the letters' size: how far the items of the bar's lists lie apart at least."""
_WIDTH: Final = 0.6
"""Of the page's width: that of the career."""
_MARGIN: Final = 10.0
"""Points by which the bar's lines end before its margin."""
_LINKS: Final = (",", "–", "-", "&", "/", " and", " of", " for", " und", " et", " y", " de")
_BULLETS: Final = ("•", "-", "–", "*", "·", "●", "▪", "►", "✓", "➢")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it is printed. ``size`` is that of most of its letters."""

    line: Line
    size: float
    baseline: float

    @property
    def first(self) -> float:
        """The width of the first word."""
        word = self.line.words[0].box
        return word.right - word.left


def profile_lines(sheets: Sequence[Sheet]) -> list[Line] | None:
    """The profile's lines in the order of reading; None for another document."""
    name = _name(sheets[0]) if sheets else None
    if name is None:
        return None
    edge = name.box.left - _EDGE
    bar: list[list[_Row]] = []
    main: list[list[_Row]] = []
    for sheet in sheets:
        body = _without_foot(sheet)
        # A dash at the end of the bar's line is no bullet of the line beside it: the sides are parted word by word.
        words = [word for piece in body or () for word in piece.words]
        if body is None or any(word.box.left < edge < word.box.right for word in words):
            return None
        bar.append(list(_rows(pieces_of(word for word in words if word.box.right <= edge), sheet.number)))
        main.append(list(_rows(pieces_of(word for word in words if word.box.left >= edge), sheet.number)))
    if not any(_MARK.search(row.line.text) for row in bar[0]):
        return None
    return list(_parted([*_main(main, sheets[0].width), *_bar(bar, name.box.left)]))


def _name(sheet: Sheet) -> Piece | None:
    """The name on the first page, where a profile has it."""
    upright = [piece for piece in sheet.pieces if piece.upright]
    if not upright:
        return None
    name = max(upright, key=lambda piece: (piece.size, -piece.baseline))
    low, high = _NAME_LEFT
    stands = low * sheet.width <= name.box.left <= high * sheet.width
    return name if stands and name.size >= _NAME_SIZE * median(piece.size for piece in upright) else None


def _without_foot(sheet: Sheet) -> list[Piece] | None:
    """What stands above the page's number; None where no number stands below."""
    upright = [piece for piece in sheet.pieces if piece.upright]
    lowest = max((piece.baseline for piece in upright), default=0.0)
    feet = [piece for piece in upright if piece.baseline > lowest - 1]
    told = _FOOT.fullmatch(" ".join(piece.text for piece in feet))
    if told is None or int(told[1]) != sheet.number or lowest < _FOOT_TOP * sheet.height:
        return None
    return [piece for piece in upright if piece.baseline <= lowest - 1]


def _rows(pieces: Iterable[Piece], page: int) -> Iterator[_Row]:
    for row in rows_of(pieces):
        words = words_in(row)
        if not words:
            continue
        line = Line(line_of(row).replace("\t", " "), page, Box.around(piece.box for piece in row), words)
        yield _Row(line, _size(words), median(piece.baseline for piece in row))


def _size(words: Sequence[Word]) -> float:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0]


def _main(pages: Sequence[Sequence[_Row]], width: float) -> list[_Row]:
    """The career: what stands above its first heading line by line, the rest by paragraphs."""
    rows = [row for page in pages for row in page]
    usual = median(row.size for row in rows)
    headings = (at for at, row in enumerate(rows) if _HEADING_SIZE * usual <= row.size < rows[0].size - _SAME_SIZE)
    begin = next(headings, len(rows))
    right = max(rows[0].line.box.left + _WIDTH * width, *(row.line.box.right for row in rows))
    return [*rows[:begin], *_paragraphs(rows[begin:], right, _APART, close=True)]


def _bar(pages: Sequence[Sequence[_Row]], name_left: float) -> list[_Row]:
    """The bar: its first list, the contact, line by line, as its entries are told by what they are."""
    contact, *lists = _chunks([row for page in pages for row in page], heads=True)
    rows = [row for chunk in lists for row in chunk]
    if not rows:
        return contact
    left = min(row.line.box.left for row in rows)
    right = max(name_left - left - _MARGIN, *(row.line.box.right for row in rows))
    steps = [step for chunk in lists for step in _steps(chunk)]
    least = min(steps, default=_APART)
    is_even = max(steps, default=least) <= _LOOSER * least
    made = contact
    for chunk in lists:
        if is_even and least > _ITEMS:
            # Either no item has two lines, or they stand no closer than the items.
            made += _paragraphs(chunk, right, _APART, goes_on=_is_open)
        else:
            made += _paragraphs(chunk, right, _APART if is_even else min(_APART, _LOOSER * least))
    return made


def _steps(chunk: Sequence[_Row]) -> list[float]:
    """How far the rows lie apart, of the letters' size."""
    steps = [(two.baseline - one.baseline) / two.size for one, two in pairwise(chunk) if _beside(one, two)]
    return [step for step in steps if step > 0]


def _is_open(text: str, after: str) -> bool:
    """Whether words go on with those below them by the words alone."""
    return after[:1].islower() or after.startswith("(") or text.count("(") > text.count(")") or text.endswith(_LINKS)


def _chunks(rows: Sequence[_Row], *, heads: bool) -> list[list[_Row]]:
    """Rows that follow each other in letters of one size. With ``heads`` the first two runs, a heading's and its
    list's, are one."""
    chunks: list[list[_Row]] = []
    for row in rows:
        if chunks and abs(chunks[-1][-1].size - row.size) <= _SAME_SIZE:
            chunks[-1].append(row)
        else:
            chunks.append([row])
    return [[row for chunk in chunks[:2] for row in chunk], *chunks[2:]] if heads else chunks


def _paragraphs(
    rows: Sequence[_Row],
    right: float,
    most: float,
    *,
    close: bool = False,
    goes_on: Callable[[str, str], bool] = lambda _text, _after: True,
) -> list[_Row]:
    """The rows with each paragraph in one of them: a line goes on below where the next word had no room in it.

    Args:
        rows: what a column holds.
        right: where its lines end at most, in points.
        most: of the letters' size, how far the lines of a paragraph lie apart at most.
        close: whether what stands close below another line of its size is told behind it, after a tab.
        goes_on: what the words of two lines of a paragraph have to be like.
    """
    made: list[_Row] = []
    last: _Row | None = None
    for row in rows:
        step = (row.baseline - last.baseline) / row.size if last and _beside(last, row) else None
        if last is None or step is None or step > most or row.line.text.startswith(_BULLETS):
            made.append(row)
        elif last.line.box.right + _SPACE * row.size + row.first > right and goes_on(last.line.text, row.line.text):
            made[-1] = _joined(made[-1], row, "" if last.line.text.endswith("-") else " ")
        elif close and step <= _CLOSE and "\t" not in made[-1].line.text:
            made[-1] = _joined(made[-1], row, "\t")
        else:
            made.append(row)
        last = row
    return made


def _beside(last: _Row, row: _Row) -> bool:
    return last.line.page == row.line.page and abs(last.size - row.size) <= _SAME_SIZE


def _joined(one: _Row, two: _Row, between: str) -> _Row:
    line = Line(
        f"{one.line.text}{between}{two.line.text}",
        one.line.page,
        Box.around((one.line.box, two.line.box)),
        (*one.line.words, *two.line.words),
    )
    return replace(one, line=line)


def _parted(rows: Sequence[_Row]) -> Iterator[Line]:
    """The lines with a blank one between letters of different sizes."""
    last: _Row | None = None
    for row in rows:
        if last is not None and abs(last.size - row.size) > _SAME_SIZE:
            yield Line("", row.line.page, row.line.box)
        yield row.line
        last = row
