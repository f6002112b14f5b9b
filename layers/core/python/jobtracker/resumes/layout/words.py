"""Glyphs into words."""

import unicodedata
from collections.abc import Iterable
from statistics import median
from typing import Final

from jobtracker.resumes.layout.model import Box, Glyph, Word

_GAP: Final = 0.15
"""Of the letters' size: what parts two words where the file has no space between them."""

_OFF_LINE: Final = 0.1
"""Of the letters' size: how far a baseline may move within a word."""

_WORD_BULLET: Final = "\uf0b7"
"""The bullet of Word's Symbol font, which no icon font has at this place."""

_DINGBATS: Final = "§·lnqvØü¨¡òð"
"""What the bullets of Wingdings and its like are called where the file takes them for Latin letters."""

_MEANINGLESS: Final = frozenset({"Co", "Cc", "Cn", "Cs"})

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})

BULLET: Final = "•"
ICON: Final = "\ue000"
"""Stands for a picture of an icon font until its line is put together."""


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """The words of a page in the file's order."""
    words: list[Word] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if current and _parts(current[-1], glyph):
            words.append(_word(current, len(words)))
            current = []
        current.append(glyph)
    if current:
        words.append(_word(current, len(words)))
    return words


def right_to_left(text: str) -> bool:
    """Whether a text runs from right to left: more of its letters do than do not."""
    ways = [unicodedata.bidirectional(character) for character in text if character.isalpha()]
    return 2 * sum(way in _RIGHT_TO_LEFT for way in ways) > len(ways)


def _parts(last: Glyph, glyph: Glyph) -> bool:
    """Whether a new word begins."""
    if glyph.spaced or glyph.symbol != last.symbol or abs(glyph.baseline - last.baseline) > _OFF_LINE * last.size:
        return True
    size = max(glyph.size, last.size)
    gap = glyph.box.left - last.box.right
    if gap < -0.5 * size and right_to_left(glyph.text):
        gap = last.box.left - glyph.box.right
    return not -size <= gap <= _GAP * size


def _word(glyphs: list[Glyph], order: int) -> Word:
    first = glyphs[0]
    return Word(
        text=_text(glyphs),
        box=Box.around(glyph.box for glyph in glyphs),
        baseline=first.baseline,
        size=median(glyph.size for glyph in glyphs),
        order=order,
        spaced=first.spaced,
        broken=glyphs[-1].broken,
    )


def _text(glyphs: list[Glyph]) -> str:
    return "".join(_character(glyph, alone=len(glyphs) == 1) for glyph in glyphs)


def _character(glyph: Glyph, *, alone: bool) -> str:
    """A glyph as plain text: ligatures as their letters, bullets of symbol fonts as bullets, pictures as ICON."""
    character = glyph.text
    if len(character) > 1:
        return character
    if "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    private = unicodedata.category(character) in _MEANINGLESS
    if character == _WORD_BULLET or (alone and glyph.symbol and (private or character in _DINGBATS)):
        return BULLET
    if alone and unicodedata.category(character) == "Cc":
        # Where TeX's fonts keep their bullets.
        return BULLET
    return ICON if private else character
