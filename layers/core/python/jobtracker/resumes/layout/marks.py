"""Bullets that are drawn and not written: a browser paints the marks of a list as small discs or squares."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jobtracker.resumes.layout.model import Box, Piece, Word
from jobtracker.resumes.layout.words import BULLET
from jobtracker.resumes.sections import heading

_LARGEST: Final = 0.45
"""Of the letters' size: the side of a mark. What stands along the line of time of a resume is larger."""

_LEAST: Final = 1.0
"""Points of a mark's side."""

_ROUND: Final = 1.25
"""How many times as long as the other a side of a mark may be."""

_FARTHEST: Final = 1.5
"""Of the letters' size: from the mark to the words that it opens."""

_ASCENT: Final = 0.8
"""Of the letters' size: how far above the baseline a mark may stand."""


def is_mark(box: Box) -> bool:
    """Whether something drawn in ``box`` may be a bullet: small, and as high as it is wide."""
    sides = sorted((box.right - box.left, box.bottom - box.top))
    return sides[0] >= _LEAST and sides[1] <= _ROUND * sides[0]


def with_marks(pieces: Sequence[Piece], marks: Sequence[Box]) -> list[Piece]:
    """The pieces, of which those behind a mark open with a bullet. A heading keeps its words alone."""
    opened: dict[int, Box] = {}
    for mark in marks:
        behind = [piece for piece in pieces if _opens(mark, piece)]
        first = min(behind, key=lambda piece: piece.box.left, default=None)
        if first is not None:
            opened.setdefault(id(first), mark)
    return [_bulleted(piece, opened[id(piece)]) if id(piece) in opened else piece for piece in pieces]


def _opens(mark: Box, piece: Piece) -> bool:
    middle, size = (mark.top + mark.bottom) / 2, piece.size
    return (
        piece.upright
        and mark.right - mark.left <= _LARGEST * size
        and 0 <= piece.box.left - mark.right <= _FARTHEST * size
        and piece.baseline - _ASCENT * size <= middle <= piece.baseline
        and not piece.text.startswith(BULLET)
        and heading(piece.text) is None
    )


def _bulleted(piece: Piece, mark: Box) -> Piece:
    order = piece.words[0].order if piece.words else 0
    bullet = Word(BULLET, mark, piece.baseline, piece.size, order, spaced=True)
    return replace(
        piece,
        text=f"{BULLET} {piece.text}",
        box=Box.around((mark, piece.box)),
        words=(bullet, *piece.words),
    )
