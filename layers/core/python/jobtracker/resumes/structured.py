"""A person's data as the lines of a resume that is read without doubt.

Data that comes in fields is written as text and not taken as a profile at once: so it goes the one way that all
resumes go, and one reader judges places, telephone numbers, skills and levels. Each position opens with its dates, and
what its fields are called stands before them, so that nothing about them has to be guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from jobtracker.resumes.blocks import BULLET

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2}.*)?)?")
_NOW: Final = "Present"


@dataclass(frozen=True, slots=True)
class Position:
    """One position. Dates are as written; empty is unknown, and no end is the present."""

    title: str
    company: str
    place: str
    start: str
    end: str
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """One course of study. Dates as in Position, but no end is unknown."""

    institution: str
    degree: str
    area: str
    start: str
    end: str
    score: str = ""


@dataclass(slots=True)
class Sheet:
    """What a person's data says; ``sections`` are further ones by their headings."""

    name: str = ""
    label: str = ""
    place: str = ""
    reach: list[str] = field(default_factory=list)
    summary: str = ""
    positions: list[Position] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The sheet as lines, its links at the end."""
        return "\n".join(line for line in self._lines() if line.strip())

    def _lines(self) -> Iterator[str]:
        yield from map(one_line, (self.name, self.label, self.place, *self.reach))
        yield from _section("Summary", self.summary.splitlines())
        # A position without dates is known by the fields' names, which are all that sets it apart from the one above.
        positions = sorted(self.positions, key=lambda one: not one.start)
        yield from _section("Work Experience", (line for one in positions for line in _position(one)))
        yield from _section("Education", (line for one in self.studies for line in _study(one)))
        for heading, lines in self.sections.items():
            yield from _section(heading, map(one_line, lines))
        yield from dict.fromkeys(map(one_line, self.links))


def one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def items(text: str) -> tuple[str, ...]:
    """The lines of a text that may be written as a list, without its signs."""
    return tuple(bare for line in text.splitlines() if (bare := line.strip(" \t•·*–-")))


def joined(parts: Iterable[str], separator: str = ", ") -> str:
    """Those parts that say something."""
    return separator.join(part for part in map(one_line, parts) if part)


def date(written: str) -> str:
    """A date as resumes write it: "2014-06-29" is "Jun 2014"; any other words stay as they are."""
    iso = _ISO.fullmatch(written.strip())
    if iso is None:
        return one_line(written)
    return f"{_MONTHS[int(iso[2]) - 1]} {iso[1]}" if iso[2] else iso[1]


def named(what: str, name: str, *, text: Iterable[str] = (), **fields: str) -> tuple[str, ...]:
    """An item of a list with its fields' names before them, and below it the lines of its text."""
    told = [f"{field.capitalize()}: {one_line(value)}" for field, value in fields.items() if value.strip()]
    return (f"{what}: {one_line(name)}", *told, *(f"{BULLET}{one_line(line)}" for line in text)) if name.strip() else ()


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    told = [line for line in lines if line.strip()]
    if told:
        yield heading
        yield from told


def _position(one: Position) -> Iterator[str]:
    if one.start:
        yield f"{date(one.start)} – {date(one.end) or _NOW}"
    # The place comes first: what follows a title and an employer is taken as the entry's text.
    for name, value in (("Location", one.place), ("Company", one.company), ("Position", one.title)):
        if value.strip():
            yield f"{name}: {one_line(value)}"
    yield from (f"{BULLET}{one_line(line)}" for line in one.text)


def _study(one: Study) -> Iterator[str]:
    yield joined((date(one.start), date(one.end)), " – ")
    yield one_line(one.institution)
    yield joined((one.degree, one.area))
    if one.score.strip():
        yield f"Grade: {one_line(one.score)}"
