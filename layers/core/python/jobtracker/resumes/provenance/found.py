"""What was found of one field of a profile."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from jobtracker.resumes.provenance.source import Place, Source
from jobtracker.resumes.sections import Kind

_NUMBER: Final = re.compile(r"/\d+(?=/|$)")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(slots=True)
class Found:
    """A field by its path with its value as people read it, and where it stands.

    ``share`` is how much of the value's words stands there, ``rivals`` how many other places it could stand at,
    ``beside`` the paths of its entry's other fields, and ``shared`` whether another entry is at the same place.
    """

    path: str
    value: str
    places: list[Place] = field(default_factory=list)
    share: float = 1.0
    rivals: int = 0
    beside: frozenset[str] = frozenset()
    shared: bool = False

    @property
    def kind(self) -> str:
        """The path without the numbers of entries: "work.title"."""
        return _NUMBER.sub("", self.path).strip("/").replace("/", ".")


def in_words(date: str) -> str:
    """A partial ISO date as people write it: "Mar 2021"."""
    year, _, month = date.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year


def nearest(source: Source, places: Iterable[Place], kinds: Iterable[Kind] = (), after: int = 0) -> Place | None:
    """The first place in a section of these kinds at or after a sign of the text; else the first in one; else any."""
    wanted = set(kinds)

    def rank(place: Place) -> tuple[bool, bool, int]:
        line = source.line_at(place[0])
        return (line is None or line.kind not in wanted, place[0] < after, place[0])

    return min(places, key=rank, default=None)


def told(source: Source, path: str, value: str, kinds: Iterable[Kind] = (), after: int = 0) -> Found:
    """Words at their best place, or in pieces: within the sections of these kinds, if they are all there."""
    places = source.find(value)
    if best := nearest(source, places, kinds, after):
        return Found(path, value, [best], rivals=len(places) - 1)
    within = source.section(*kinds)
    pieces, share = source.pieces(value, within) if within else ([], 0.0)
    if share < 1.0:
        wider, more = source.pieces(value)
        pieces, share = (wider, more) if more > share else (pieces, share)
    return Found(path, value, pieces, share)
