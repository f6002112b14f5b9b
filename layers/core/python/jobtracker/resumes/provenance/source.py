"""A text in which words are found however they are spaced, cased, broken over lines or joined."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jobtracker.resumes.dates import Dated, dated
from jobtracker.resumes.document import LONGEST_TEXT
from jobtracker.resumes.lines import ICON, clean, lines_of
from jobtracker.resumes.sections import Kind, kinds_of

Place = tuple[int, int]
"""Where words begin and end in the text."""

# Words shorter than this stand inside other words by chance.
_LONG: Final = 6
_MOST_PLACES: Final = 1_000
_MOST_TRIES: Final = 200


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as the readers see it, where it stands, and in which section."""

    text: str
    start: int
    end: int
    kind: Kind
    is_heading: bool


class Source:
    """A document's text with what is needed to find words in it."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST_TEXT]
        folded = [(letter, at) for at, sign in enumerate(self.text) for letter in _letters(sign)]
        self._letters = "".join(letter for letter, _ in folded)
        self._at = [at for _, at in folded]
        # An entry says what others say: its employer, a month, a place.
        self._known: dict[tuple[str, Place | None], list[Place]] = {}

    @cached_property
    def lines(self) -> list[SourceLine]:
        """The lines that say something."""
        told: list[tuple[str, int, int]] = []
        start = 0
        for raw in self.text.splitlines(keepends=True):
            if line := " ".join(lines_of(clean(raw))):
                told.append((line, start, start + len(raw.rstrip())))
            start += len(raw)
        kinds = kinds_of([line for line, _, _ in told])
        return [
            SourceLine(line, begin, end, kind, is_heading)
            for (line, begin, end), (kind, is_heading) in zip(told, kinds, strict=True)
        ]

    @cached_property
    def dates(self) -> list[Dated]:
        """All dates that the text names, ranges before single ones, in the order of the text."""
        # Signs that the readers never see become spaces, so that places stay.
        plain = "".join(sign if clean(sign) == sign else " " for sign in self.text)
        found = list(dated(plain))
        for line in self.lines:
            found += [one.moved(line.start) for one in dated(plain[line.start : line.end])]
        return list(dict.fromkeys(found))

    def line_at(self, place: int) -> SourceLine | None:
        """The line in which a sign of the text stands."""
        at = bisect_right(self.lines, place, key=lambda line: line.start) - 1
        return self.lines[at] if at >= 0 and place <= self.lines[at].end else None

    def section(self, *kinds: Kind) -> Place | None:
        """From the first to the last line of the first section of one of the kinds that has lines."""
        run: list[SourceLine] = []
        for line in self.lines:
            if line.kind in kinds and not line.is_heading:
                run.append(line)
            elif run:
                break
        return (run[0].start, run[-1].end) if run else None

    def find(self, words: str, within: Place | None = None) -> list[Place]:
        """Where the words stand, letter by letter, whatever stands between the letters; as whole words if they do."""
        asked = (words, within)
        if asked not in self._known:
            self._known[asked] = self._find(words, within)
        return self._known[asked]

    def _find(self, words: str, within: Place | None) -> list[Place]:
        wanted = folded(words)
        if not wanted:
            return self._signs(words)
        first, last = self._range(within)
        whole: list[Place] = []
        parts: list[Place] = []
        at = self._letters.find(wanted, first, last)
        while at >= 0 and len(whole) < _MOST_PLACES:
            end = at + len(wanted)
            if self._parted(at) and self._parted(end):
                whole.append(self._place(at, end, words))
            elif len(wanted) >= _LONG:
                parts.append(self._place(at, end, words))
            at = self._letters.find(wanted, at + 1, last)
        return whole or parts

    def pieces(self, words: str, within: Place | None = None) -> tuple[list[Place], float]:
        """Where parts of the words stand that stand apart, in their order where there is a choice, as long as can be.

        Also the share of the words' letters that were found.
        """
        told = [part for word in words.split() if (part := folded(word))]
        first, last = self._range(within)
        found: list[Place] = []
        at, after, known = 0, first, 0
        while at < len(told):
            run, begin, end = self._longest(told[at:], first, after, last)
            if run:
                found.append(self._place(begin, end, words))
                known += end - begin
                after = end
            at += max(run, 1)
        return _joined(found), known / max(1, sum(map(len, told)))

    def _longest(self, told: list[str], first: int, after: int, last: int) -> tuple[int, int, int]:
        """How many of the words stand in one run that begins with the first of them, and where it begins and ends."""
        best = (0, 0, 0)
        at, tried = self._letters.find(told[0], first, last), 0
        while at >= 0 and tried < _MOST_TRIES:
            tried += 1
            run, end = 0, at
            while run < len(told) and self._letters.startswith(told[run], end) and end + len(told[run]) <= last:
                end += len(told[run])
                run += 1
            while run and not (self._parted(at) and self._parted(end)):
                run -= 1
                end -= len(told[run])
            best = max(best, (run, at, end), key=lambda one: (one[0], one[1] >= after, -one[1]))
            at = self._letters.find(told[0], at + 1, last)
        return best

    def _range(self, within: Place | None) -> tuple[int, int]:
        if within is None:
            return 0, len(self._letters)
        return bisect_left(self._at, within[0]), bisect_left(self._at, within[1])

    def _place(self, begin: int, end: int, words: str) -> Place:
        """The letters' place, with the signs around them that belong to the words: "C++", "(Berlin)"."""
        start, stop = self._at[begin], self._at[end - 1] + 1
        before = re.match(r"[^\w\s]*", words)
        behind = re.search(r"[^\w\s]*$", words)
        if before and before.group() and self.text[:start].endswith(before.group()):
            start -= len(before.group())
        if behind and behind.group() and self.text.startswith(behind.group(), stop):
            stop += len(behind.group())
        return start, stop

    def _parted(self, at: int) -> bool:
        """Whether a word begins or ends before the letter at this number."""
        if at <= 0 or at >= len(self._letters):
            return True
        before, after = self._at[at - 1], self._at[at]
        if after == before:
            return False
        if after - before > 1:
            # An accent that is a sign of its own belongs to the letter before it.
            return not all(unicodedata.combining(sign) for sign in self.text[before + 1 : after])
        # Languages without spaces have no letters of two cases; an icon's letter counts as none.
        return not (self.text[before].isalnum() and self.text[after].isalnum()) or any(
            unicodedata.category(self.text[place]) == "Lo" for place in (before, after)
        )

    def _signs(self, words: str) -> list[Place]:
        at = self.text.find(words) if words else -1
        return [(at, at + len(words))] if at >= 0 else []


def folded(words: str) -> str:
    """The letters and digits of the words alone, in one case and without accents."""
    return "".join(letter for sign in words for letter in _letters(sign))


def _letters(sign: str) -> Iterator[str]:
    if sign.isascii():
        if sign.isalnum():
            yield sign.lower()
        return
    if sign != ICON:
        yield from (letter for letter in unicodedata.normalize("NFKD", sign.casefold()) if letter.isalnum())


def _joined(places: list[Place]) -> list[Place]:
    return list(dict.fromkeys(places))
