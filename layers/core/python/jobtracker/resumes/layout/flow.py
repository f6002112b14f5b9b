"""Pages with columns into lines in the order in which a person reads them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jobtracker.resumes.layout.columns import Block, Columns, Part, Table, parts_of
from jobtracker.resumes.layout.model import Box, Line, Piece, Sheet, Word
from jobtracker.resumes.layout.rows import line_of, rows_of, words_in
from jobtracker.resumes.layout.words import right_to_left
from jobtracker.resumes.sections import heading

_SAME: Final = 12.0
"""Points by which a column's edge may differ from page to page."""


_LEVEL: Final = 0.75
"""Of a label's size: how far above its baseline the first line may stand that it names."""

_LABEL_LEADING: Final = 1.7
"""Of the letters' size: how far the lines of one label lie apart."""

_ENDING: Final = re.compile(
    r"(?:[a-z]{0,2}[sct]ions?|[a-z]?ments?|ness|i?ties|i?ty|i?cally|ally|ly|[a-z]?ing|ings|[td]?ed|[td]?ers?|[cs]?ies"
    r"|cies|[ia]bles?|[ae]n[ct]es?|ive|tives?|ous|ates?|ated|ating|i[zs]ed|i[zs]ing|tures?|sors?|tors?|gies|gy|cs)[.,;:)]*"
)
"""Ends of English words that are no words themselves."""


@dataclass(frozen=True, slots=True)
class _Flow:
    """Lines of one page, or of a column that goes on over pages. ``edges`` are those of the column."""

    left: float
    right: float
    lines: tuple[Line, ...]


def lines_of_sheets(sheets: Sequence[Sheet]) -> list[Line]:
    """All lines. A column that goes on over the pages is read through before the one beside it."""
    name = max((piece.size for piece in sheets[0].pieces), default=0.0) if sheets else 0.0
    lines: list[Line] = []
    standing: list[_Flow] = []
    for sheet in sheets:
        upright = [piece for piece in sheet.pieces if piece.upright]
        parts = parts_of(upright)
        for place, part in enumerate(parts):
            if isinstance(part, Columns):
                flows = _columns(part, sheet.number, name)
                joined = _joined(standing, flows) if place == 0 else None
                if joined is None:
                    lines += _told(standing)
                    joined = flows
                standing = joined
            elif place == 0 and len(parts) == 1 and (goes_on := _continued(standing, part, sheet.number)):
                standing = goes_on
            else:
                lines += _told(standing)
                standing = []
                lines += _lines(part, sheet.number)
        turned = [piece for piece in sheet.pieces if not piece.upright]
        if turned:
            lines += _told(standing)
            standing = []
            lines += [Line(piece.text, sheet.number, piece.box) for piece in turned]
    return [*lines, *_told(standing)]


def _columns(part: Columns, page: int, name: float) -> list[_Flow]:
    """The columns in order: from left to right, but first the one with the name, in the largest letters of all."""
    flows = [
        _Flow(box.left, box.right, tuple(line for inner in side for line in _lines(inner, page)))
        for side in (part.left, part.right)
        for box in [Box.around(inner.box for inner in side)]
    ]
    backwards = right_to_left("".join(line.text for flow in flows for line in flow.lines))
    sizes = [max((piece.size for piece in _pieces(side)), default=0.0) for side in (part.left, part.right)]
    named = page == 1 and sizes[1] >= name > sizes[0]
    return flows[::-1] if backwards or named else flows


def _joined(standing: Sequence[_Flow], flows: Sequence[_Flow]) -> list[_Flow] | None:
    """The columns of the page before, each with the one below it on this page; None if these are others."""
    if len(standing) != len(flows):
        return None
    joined: list[_Flow] = []
    for above in standing:
        below = [flow for flow in flows if abs(flow.left - above.left) <= _SAME]
        if len(below) != 1:
            return None
        joined.append(replace(above, lines=above.lines + below[0].lines))
    return joined


def _continued(standing: Sequence[_Flow], part: Part, page: int) -> list[_Flow] | None:
    """The columns of the page before, of which this page, which has one, carries one on; None if it does not."""
    for place, flow in enumerate(standing):
        if flow.left - _SAME <= part.box.left and part.box.right <= flow.right + _SAME:
            grown = replace(flow, lines=flow.lines + tuple(_lines(part, page)))
            return [*standing[:place], grown, *standing[place + 1 :]]
    return None


def _told(flows: Sequence[_Flow]) -> Iterator[Line]:
    for flow in flows:
        yield from flow.lines


def _pieces(parts: Sequence[Part]) -> Iterator[Piece]:
    for part in parts:
        match part:
            case Block():
                yield from part.pieces
            case Table():
                yield from (*part.labels, *part.cells)
            case Columns():
                yield from _pieces((*part.left, *part.right))


def _lines(part: Part, page: int) -> list[Line]:
    match part:
        case Block():
            return _whole(_block_lines(part.pieces, page))
        case Table():
            return _whole(_table_lines(part, page))
        case Columns():
            return [line for flow in _columns(part, page, 0.0) for line in flow.lines]


def _block_lines(pieces: Sequence[Piece], page: int) -> list[tuple[Line, bool]]:
    rows = rows_of(pieces)
    for at in range(1, len(rows)):
        last, row = rows[at - 1], rows[at]
        beside = row[-1].box.right <= last[0].box.left and row[0].baseline - last[0].baseline <= _LEVEL * row[0].size
        # A heading in the margin, in larger letters than the text that it stands by, has a lower baseline.
        if beside and len(row) == 1 and heading(row[0].text):
            rows[at - 1 : at + 1] = [row, last]
    return [_line(row, page) for row in rows]


def _table_lines(table: Table, page: int) -> list[tuple[Line, bool]]:
    """Each label before the lines beside it: on their first line where it has one line itself, else on its own."""
    cells = rows_of(table.cells)
    labels = _label_blocks(table.labels, cells)
    lines: list[tuple[Line, bool]] = []
    for place, label in enumerate(labels):
        first = label[0]
        end = labels[place + 1][0].baseline - _LEVEL * first.size if place + 1 < len(labels) else float("inf")
        begin = first.baseline - _LEVEL * first.size if place else float("-inf")
        beside = [row for row in cells if begin <= row[0].baseline < end]
        before = [row for row in beside if row[0].baseline < first.baseline - _LEVEL * first.size]
        lines += [_line(row, page) for row in before]
        named = beside[len(before) :]
        told, broken = _label(label, page), False
        if named and len(rows_of(label)) == 1 and heading(told.text) is None and not _is_titled(named[0], first):
            line, broken = _line(named.pop(0), page)
            both = Box.around((told.box, line.box))
            told = Line(f"{told.text}\t{line.text}", page, both, (*told.words, *line.words))
        lines.append((told, broken))
        lines += [_line(row, page) for row in named]
    return lines


def _is_titled(row: Sequence[Piece], label: Piece) -> bool:
    """Whether a line below a label is the heading of what follows, which the label does not name."""
    return row[0].baseline - label.baseline > _LEVEL * label.size and heading(line_of(row)) is not None


def _label(label: Sequence[Piece], page: int) -> Line:
    words = tuple(word for piece in label for word in piece.words)
    return Line(" ".join(piece.text for piece in label), page, Box.around(piece.box for piece in label), words)


def _label_blocks(labels: Sequence[Piece], cells: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The labels, each of one or more lines."""
    blocks: list[list[Piece]] = []
    box = Box.around(piece.box for piece in labels)
    for row in rows_of(labels):
        last = blocks[-1][-1] if blocks else None
        near = last is not None and row[0].baseline - last.baseline <= _LABEL_LEADING * last.size
        if last is not None and near and _wraps(last, row[0], box) and not _own_cells(last, row[0], cells):
            blocks[-1] += row
        else:
            blocks.append(list(row))
    return blocks


def _own_cells(last: Piece, piece: Piece, cells: Sequence[Sequence[Piece]]) -> bool:
    """Whether two lines of labels each have a cell, of which the first ends in its line."""
    level = [[row for row in cells if abs(row[0].baseline - at.baseline) <= 0.3 * at.size] for at in (last, piece)]
    if not all(level):
        return False
    right = max(row[-1].box.right for row in cells)
    left = min(row[0].box.left for row in cells)
    return level[0][0][-1].box.right < left + 0.7 * (right - left)


def _wraps(last: Piece, piece: Piece, box: Box) -> bool:
    """Whether a line goes on with the one before: in letters of one size, and its first word did not fit there."""
    if abs(piece.size - last.size) > 0.5 or (heading(last.text) and not heading(f"{last.text} {piece.text}")):
        return False
    width = piece.box.right - piece.box.left
    word = width * (len(piece.text.split(" ", 1)[0]) + 1) / max(len(piece.text), 1)
    return last.box.right - last.box.left + word > box.right - box.left


def _line(row: Sequence[Piece], page: int) -> tuple[Line, bool]:
    return Line(line_of(row), page, Box.around(piece.box for piece in row), words_in(row)), row[-1].broken


def _whole(lines: Sequence[tuple[Line, bool]]) -> list[Line]:
    """The lines with the words that hyphens part at their ends made whole."""
    made: list[Line] = []
    open_word = False
    for line, broken in lines:
        rest = line
        if open_word and line.text[:1].islower():
            tail, _, after = line.text.partition(" ")
            head = made[-1].text
            # A hyphen at a line's end may be the word's own ("cloud-native"): it goes before an ending alone.
            if _ENDING.fullmatch(tail):
                head = head.removesuffix("-")
            words = (*_without_hyphen(made[-1].words, head), *line.words[:1])
            made[-1] = replace(made[-1], text=head + tail, words=words)
            if not after.strip():
                open_word = broken
                continue
            rest = replace(line, text=after, words=line.words[1:])
        made.append(rest)
        open_word = broken
    return made


def _without_hyphen(words: tuple[Word, ...], head: str) -> tuple[Word, ...]:
    """The words of a line of which ``head`` is what is left once the last one may have lost its hyphen."""
    if not words or head.endswith(words[-1].text):
        return words
    return (*words[:-1], replace(words[-1], text=words[-1].text.removesuffix("-")))
