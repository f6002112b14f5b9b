"""Finding positions that say no dates, where their title and their employer are plain."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from jobtracker.resumes.entries import Entry, is_head
from jobtracker.resumes.lines import is_bullet
from jobtracker.resumes.whereabouts import is_place

_MOST_HEAD_LINES: Final = 3


class Naming(Enum):
    """How lines name a title and an employer: by labels, in words that are plain, or not at all."""

    LABELLED = "labelled"
    PLAIN = "plain"
    NONE = "none"


def split(lines: list[str], names: Callable[[list[str]], Naming]) -> list[Entry]:
    """The entries of a section without dates. ``names`` tells whether lines name a title and an employer."""
    return _split(lines, names, whole=True)[1]


def apart(lines: list[str], names: Callable[[list[str]], Naming]) -> tuple[list[str], list[Entry]]:
    """The text of an entry with dates, and apart from it the undated entries that follow below its bullets."""
    return _split(lines, names, whole=False)


def _split(lines: list[str], names: Callable[[list[str]], Naming], *, whole: bool) -> tuple[list[str], list[Entry]]:
    before: list[str] = []
    entries: list[Entry] = []
    at = 0
    while at < len(lines):
        after_bullet = any(map(is_bullet, lines[:at]))
        if count := _heads(lines, at, names, whole=whole, after_bullet=after_bullet):
            entries.append(Entry(above=lines[at : at + count]))
            at += count
            continue
        (entries[-1].body if entries else before).append(lines[at])
        at += 1
    return before, entries


def _heads(lines: list[str], at: int, names: Callable[[list[str]], Naming], *, whole: bool, after_bullet: bool) -> int:
    """How many lines from ``at`` are the head of an undated entry; 0 for none."""
    count = 0
    while count < _MOST_HEAD_LINES and at + count < len(lines) and is_head(lines[at + count]):
        count += 1
        naming = names(lines[at : at + count])
        if naming is Naming.NONE:
            continue
        if count < _MOST_HEAD_LINES and at + count < len(lines) and is_place(lines[at + count].strip()):
            count += 1
        follows = at + count < len(lines) and is_bullet(lines[at + count])
        # Among dated entries only the form of a list shows that a line is no sentence of the entry above it.
        return count if whole or naming is Naming.LABELLED or (follows and after_bullet) else 0
    return 0
