"""A text as sentences of words, the way the sets that the model learned from are divided."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Signs at a word's ends stand alone; within it they belong to it: "front-end", "Node.js". C++ and C# are whole.
_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?[+#]*|[^\s]")
_STOP = re.compile(r"[.!?]+(?=\s+[^\sa-z])|[\n\r\u2028]+|\s(?=[•▪●◦‣·]\s)")
# A point after these ends no sentence.
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|incl|approx|min|max|bzw|ca|inkl|vs|no|st|dr|mr|mrs|ms|\w)$", re.IGNORECASE)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a sign that stands alone, from the character ``start`` to before ``end``."""

    text: str
    start: int
    end: int


def sentences_of(text: str) -> Iterator[list[Word]]:
    """The sentences of a text, none of them empty; a line ends one, and what is too long for one is parted."""
    begin = 0
    for stop in _STOP.finditer(text):
        if text[stop.start()] == "." and _SHORT.search(text, begin, stop.start()):
            continue
        yield from _sentence(text, begin, stop.end())
        begin = stop.end()
    yield from _sentence(text, begin, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[list[Word]]:
    words = [Word(word.group(), word.start(), word.end()) for word in _WORD.finditer(text, start, end)]
    for begin in range(0, len(words), _LONGEST):
        yield words[begin : begin + _LONGEST]
