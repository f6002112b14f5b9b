"""Where the fields of entries stand: positions, courses of study, languages and the like, each in its own block.

What an entry says may stand in many places of a text: a title of three positions, a year of ten. The fields of one
entry stand together, so the place is taken around which all of them are nearest.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance import searching
from jobtracker.resumes.provenance.found import Found, in_words
from jobtracker.resumes.provenance.source import Place, Source
from jobtracker.resumes.sections import Kind

# Signs. What is farther away than this is as good as not there.
_FAR: Final = 3_000
_ELSEWHERE: Final = 400
_BACKWARDS: Final = 200
_TAKEN: Final = 150
# How far around the middle of an entry its broken words are looked for.
_BEFORE: Final = 500
_BEHIND: Final = 6_000
# Of a text that says the same many times, how many places are tried; and how many on either side of one.
_MOST_ANCHORS: Final = 40
_MOST_SLOTS: Final = 4
_SIDE: Final = 4

_SECTIONS: Final = {
    "work": (Kind.WORK,),
    "education": (Kind.EDUCATION,),
    "languages": (Kind.LANGUAGES,),
    "certificates": (Kind.CERTIFICATES, Kind.COURSES),
    "projects": (Kind.PROJECTS,),
    "publications": (Kind.PUBLICATIONS,),
    "awards": (Kind.AWARDS,),
    "work_rights": (Kind.WORK_RIGHT, Kind.HEAD, Kind.CONTACT, Kind.SUMMARY, Kind.OTHER),
}
# Of each kind of entry the fields that are words; texts of several lines have their own fields below.
_WORDS: Final = {
    "work": ("title", "company", "place"),
    "education": ("institution", "degree", "area", "score"),
    "languages": ("language", "fluency"),
    "certificates": ("name", "issuer"),
    "projects": ("name", "description"),
    "publications": ("name", "publisher"),
    "awards": ("title", "awarder"),
    "work_rights": ("words",),
}
PRESENT: Final = "Present"


@dataclass(slots=True)
class _Slot:
    """Something that an entry says: the values by their paths, and the places at which all of them may stand."""

    values: dict[str, str]
    choices: list[dict[str, Place]] = field(default_factory=list)


def listed(profile: Profile, source: Source) -> Iterator[Found]:
    """The fields of all entries that stand in the text themselves."""
    for name, kinds in _SECTIONS.items():
        entries = getattr(profile, name)
        slots = [_slots(f"/{name}/{number}", name, entry, source) for number, entry in enumerate(entries)]
        yield from _placed(slots, kinds, source)


def _slots(path: str, name: str, entry: object, source: Source) -> list[_Slot]:
    slots = [
        _words(f"{path}/{field_name}", value, source)
        for field_name in _WORDS[name]
        if (value := getattr(entry, field_name))
    ]
    for number, bullet in enumerate(getattr(entry, "bullets", ())):
        slots.append(_words(f"{path}/bullets/{number}", bullet, source))
    if url := getattr(entry, "url", None):
        slots.append(_Slot({f"{path}/url": url}, [{f"{path}/url": at} for at in searching.link(url, source)]))
    if date := getattr(entry, "date", None):
        slots.append(_date(f"{path}/date", date, source))
    start, end = getattr(entry, "start", None), getattr(entry, "end", None)
    if start or end:
        slots += _range(path, start, end, source, current=bool(getattr(entry, "current", False)))
    return slots


def _words(path: str, value: str, source: Source) -> _Slot:
    return _Slot({path: value}, [{path: place} for place in source.find(value)])


def _date(path: str, date: str, source: Source, value: str | None = None) -> _Slot:
    places = [one.start_at if one.start == date else one.end_at for one in source.dates if date in (one.start, one.end)]
    return _Slot({path: value or in_words(date)}, [{path: place} for place in dict.fromkeys(places) if place])


def _range(path: str, start: str | None, end: str | None, source: Source, *, current: bool) -> list[_Slot]:
    """Both dates at one place; where they stand nowhere together, each by itself."""
    values = {f"{path}/start": in_words(start)} if start else {}
    values |= {f"{path}/end": in_words(end)} if end else {}
    if current:
        values[f"{path}/current"] = PRESENT
    choices = []
    for one in source.dates:
        # A single date is the end of a course, and both ends of a position.
        single = one.start is None and one.end == end and start in (None, end)
        if single or (one.start, one.end, one.current) == (start, end, current):
            begin, stop = one.start_at or one.end_at, one.end_at or one.start_at
            at = {f"{path}/start": begin, f"{path}/end": stop, f"{path}/current": stop}
            choices.append({key: place for key in values if (place := at[key])})
    if choices:
        return [_Slot(values, choices)]
    apart: list[tuple[str, str, str | None]] = [
        (name, date, None) for name, date in (("start", start), ("end", end)) if date
    ]
    # What says that a position goes on stands beside its beginning.
    apart += [("current", start, PRESENT)] if current and start else []
    return [_date(f"{path}/{name}", date, source, value) for name, date, value in apart]


def _placed(entries: Sequence[Sequence[_Slot]], kinds: Sequence[Kind], source: Source) -> Iterator[Found]:
    taken: set[Place] = set()
    before = -1
    for slots in entries:
        anchor = _anchor(slots, kinds, source, taken, before)
        paths = frozenset(path for slot in slots for path in slot.values)
        mine: list[Found] = []
        for slot in slots:
            mine += _found(slot, anchor, source, taken, paths)
        taken |= {place for one in mine for place in one.places}
        before = anchor if anchor is not None else before
        yield from mine


def _anchor(
    slots: Sequence[_Slot], kinds: Sequence[Kind], source: Source, taken: set[Place], before: int
) -> int | None:
    """The sign of the text around which the entry's fields are nearest."""
    heads = [sorted(min(choice.values()) for choice in slot.choices if choice) for slot in slots]
    rarest = sorted((places for places in heads if places), key=len)[:_MOST_SLOTS]
    anchors = {place[0] for places in rarest for place in _around(places, before)}

    def cost(anchor: int) -> int:
        line = source.line_at(anchor)
        elsewhere = 0 if line is not None and line.kind in kinds else _ELSEWHERE
        backwards = _BACKWARDS if anchor < before else 0
        return elsewhere + backwards + sum(_nearest(places, anchor, taken) for places in heads if places)

    return min(sorted(anchors), key=cost, default=None)


def _around(places: Sequence[Place], before: int) -> Sequence[Place]:
    """Those of many places at which an entry is likely: after the one before it."""
    if len(places) <= _MOST_ANCHORS:
        return places
    first = max(0, bisect_left(places, (before, 0)) - _MOST_ANCHORS // 4)
    return places[first : first + _MOST_ANCHORS]


def _nearest(places: Sequence[Place], anchor: int, taken: set[Place]) -> int:
    """How far the nearest place is, of which those that are taken count as farther."""
    at = bisect_left(places, (anchor, 0))
    return min(_away(place, anchor, taken) for place in places[max(0, at - _SIDE) : at + _SIDE])


def _away(place: Place, anchor: int, taken: set[Place]) -> int:
    return min(abs(place[0] - anchor), _FAR) + (_TAKEN if place in taken else 0)


def _found(
    slot: _Slot, anchor: int | None, source: Source, taken: set[Place], beside: frozenset[str]
) -> Iterator[Found]:
    choices = [choice for choice in slot.choices if choice]
    if choices and anchor is not None:
        best = min(choices, key=lambda choice: _away(min(choice.values()), anchor, taken))
        for path, value in slot.values.items():
            place = best.get(path)
            found = Found(path, value, [place] if place else [], 1.0 if place else 0.0, len(choices) - 1, beside)
            found.shared = place in taken
            yield found
        return
    for path, value in slot.values.items():
        within = None if anchor is None else (max(0, anchor - _BEFORE), anchor + _BEHIND)
        places, share = source.pieces(value, within)
        if share < 1.0 and within:
            wider, more = source.pieces(value)
            places, share = (wider, more) if more > share else (places, share)
        yield Found(path, value, places, share, 0, beside)
