"""Whether the letters of a file mean what they show.

A font without a Unicode map shows letters and says only numbers: what is read of it is rubbish in the shape of a text.
"""

import re
import unicodedata
from typing import Final

from jobtracker.resumes.layout.model import Glyph, Layout

_MOST_UNMAPPED: Final = 0.3
"""The share of characters without a meaning above which a text cannot be trusted."""

_FEWEST: Final = 40
"""Characters, and words, below which nothing is judged."""

_LEAST_PLAUSIBLE: Final = 0.5
"""The share of Latin words that could be words below which a text is rubbish; nearly all of any language could."""

_MEANINGLESS: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_SOLID = re.compile(r"\S{4,}")
_WORD = re.compile(r"\w+(?:['’.&/@-]+\w+)*")
_MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_VOWELS: Final = frozenset("aeiouy")


def is_unmapped(glyph: Glyph) -> bool:
    """Whether the file does not say which letter this is."""
    if glyph.symbol:
        return False
    return glyph.unmapped or glyph.text == "\ufffd" or unicodedata.category(glyph.text[0]) in _MEANINGLESS


def is_legible(layout: Layout) -> bool:
    """Whether a layout's text can be trusted: its fonts say what their letters are, or it reads like words anyway."""
    if layout.seen < _FEWEST:
        return True
    share = _plausible(layout.text)
    if layout.unmapped > _MOST_UNMAPPED * layout.seen:
        # Some programs write fonts without a map whose numbers are those of ASCII.
        return share is not None and share >= 1 - _MOST_UNMAPPED
    return share is None or share >= _LEAST_PLAUSIBLE


def _plausible(text: str) -> float | None:
    """The share of words of four letters or more that could be words; None where too few are Latin to tell."""
    found = [word.strip(".,;:!?()[]{}<>\"'“”‘’„–—-•|/") for word in _SOLID.findall(text)]
    latin = [word for word in found if len(word) >= 4 and sum(map(_is_ascii_letter, word)) * 2 > len(word)]
    if len(latin) < _FEWEST:
        return None
    return sum(map(_could_be_word, latin)) / len(latin)


def _is_ascii_letter(character: str) -> bool:
    return "a" <= character.lower() <= "z"


def _could_be_word(word: str) -> bool:
    """Whether it has a vowel and among its letters no digits and no signs that no word has."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    spoken = any(character in _VOWELS for character in folded)
    return spoken and _WORD.fullmatch(word) is not None and _MIXED.search(word) is None
