"""Looking up in a document what a language model says of it: what is not there is not believed.

A quote is found whatever its case, its white space, and its kind of dashes, quotation marks and composed letters. It
stands there as whole words, and as whole numbers: "5,000" is not found in "25,000" nor in "5,000,000".
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

LONGEST_FIELD: Final = 300
"""Characters that the value of a field may have: a quote that is longer is no name and no date."""

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES: Final = dict.fromkeys(map(ord, "‘’‚‛`´′‹›"), "'") | dict.fromkeys(map(ord, "“”„‟«»″"), '"')
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
_PLAIN: Final = _DASHES | _QUOTES | _INVISIBLE
# Letters that stand without spaces between words are bounded by nothing.
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Span(NamedTuple):
    """A piece of a document: the characters from ``start`` to before ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text in which quotes are looked up. ``_ends[i]`` counts the letters of ``_folded`` that come of the first
    characters of ``text``, up to and with the one at ``i``."""

    text: str
    _folded: str
    _ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Document":
        """The text, ready for looking up."""
        pieces = _pieces(text)
        return cls(text, "".join(pieces), tuple(accumulate(len(piece) for piece in pieces)))

    def find(self, quote: str | None, start: int = 0) -> Span | None:
        """Where the quote stands first from the character ``start`` on, None where it does not."""
        wanted = folded(quote or "")
        if not wanted:
            return None
        at = self._ends[start - 1] if 0 < start <= len(self._ends) else start
        while (at := self._folded.find(wanted, at)) >= 0:
            if _stands_alone(self._folded, at, at + len(wanted)) and (span := self._span(at, at + len(wanted))):
                return span
            at += 1
        return None

    def quoted(self, quote: str | None, *, longest: int = LONGEST_FIELD) -> str | None:
        """The quote as the document writes it, in one line; None where it is not there, or is longer than that."""
        span = self.find(quote)
        if span is None or span.end - span.start > longest:
            return None
        return " ".join(self.text[span.start : span.end].translate(_INVISIBLE).split())

    def _span(self, begin: int, end: int) -> Span | None:
        """The characters that these letters come of; None where they are but a part of a character."""
        first, last = bisect_left(self._ends, begin + 1), bisect_left(self._ends, end)
        before = self._ends[first - 1] if first else 0
        return Span(first, last + 1) if before == begin and self._ends[last] == end else None


def folded(text: str) -> str:
    """The text as it is compared: equal for texts that differ in nothing but what a quote may differ in."""
    return "".join(_pieces(text)).strip()


def _pieces(text: str) -> list[str]:
    """What comes of each character: mostly one letter, and nothing of white space after white space."""
    pieces: list[str] = []
    blank = False
    for character in text:
        if character.isspace():
            pieces.append("" if blank else " ")
            blank = True
            continue
        plain = unicodedata.normalize("NFKD", character.translate(_PLAIN)).casefold().translate(_PLAIN)
        # Signs that are written as a space and an accent bound words all the same.
        plain = "".join("" if letter.isspace() else letter for letter in plain)
        pieces.append(plain)
        blank = blank and not plain
    return pieces


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether the piece is no part of a longer word, or of a longer number."""
    return not _joined(text[max(0, begin - 2) : begin][::-1], text[begin]) and not _joined(
        text[end : end + 2], text[end - 1]
    )


def _joined(beyond: str, edge: str) -> bool:
    """Whether what lies beyond the edge of a piece goes on with the word or the number at its edge."""
    if not beyond or _UNSPACED.match(edge) or _UNSPACED.match(beyond):
        return False
    if beyond[0].isalnum() or beyond[0] == "_" or unicodedata.combining(beyond[0]):
        # At the edge of a quote stands a word, or a sign that another word may be glued to: ".NET" of "ASP.NET".
        return True
    return edge.isdigit() and beyond[0] in ".," and beyond[1:].isdigit()
