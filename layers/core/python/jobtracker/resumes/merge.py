"""Several resumes as one profile, and where they disagree.

The first resume counts most: what it says stays, in its order, and the others add what it does not say. A value that
differs from the one in use is told as a conflict.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from pydantic import BaseModel

from jobtracker.postings.gazetteer import fold
from jobtracker.postings.model import Place
from jobtracker.resumes import dates
from jobtracker.resumes.alike import LIKENESS
from jobtracker.resumes.corrected import said_of
from jobtracker.resumes.model import Conflict, Profile, Reading, Stated, Work
from jobtracker.resumes.phrases import together
from jobtracker.resumes.usage import skill_uses, years_of

_SCALARS: Final = ("name", "label", "email", "phone", "place", "summary", "seniority")
# Of each list, the parts in which two mentions of one thing may disagree. The others are filled in where they lack.
_TOLD: Final[dict[str, tuple[str, ...]]] = {
    "links": (),
    "work": ("title", "start", "end"),
    "education": ("degree", "area", "start", "end", "score"),
    "languages": ("level",),
    "certificates": ("date",),
    "projects": ("start", "end"),
    "publications": ("date",),
    "awards": ("date",),
    "work_rights": (),
}
# What is said together is taken together: a level with its words, an end with whether it has come.
_TOGETHER: Final = (("end", "current"), ("fluency", "level"))
_SEVERAL: Final = {"email": "emails", "phone": "phones"}


@dataclass(slots=True)
class _Thing:
    """One thing, as one or more resumes tell it; the first mention is in use."""

    mentions: list[tuple[str, Any]] = field(default_factory=list)


def merge(readings: Sequence[Reading], *, today: date | None = None) -> tuple[Profile, tuple[Conflict, ...]]:
    """The profile that the resumes make together, and where they disagree.

    Args:
        readings: what was read of each resume, the one that counts most first; at least one.
        today: the day until which a current position counts; the present day by default.
    """
    first = readings[0].profile
    merged: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name in _SCALARS:
        said = [(one.resume_id, getattr(one.profile, name)) for one in readings]
        merged[name] = next((value for _, value in said if value is not None), None)
        known = getattr(first, _SEVERAL[name]) if name in _SEVERAL else ()
        conflicts += _disagreement([(id_, value) for id_, value in said if value not in known[1:]], name)
    for name in ("emails", "phones", "skills", "other_skills"):
        merged[name] = _united(getattr(one.profile, name) for one in readings)
    merged["linked_skills"] = together(one.profile.linked_skills for one in readings)
    for name, told in _TOLD.items():
        things = _things(name, readings)
        merged[name] = tuple(_entry(thing) for thing in things)
        for at, thing in enumerate(things):
            for part in told:
                said = [(id_, said_of(mention, part)) for id_, mention in thing.mentions]
                conflicts += _disagreement(said, name, at, part)
    merged |= _worked_out(first, merged, readings, today or datetime.now(UTC).date())
    return first.model_copy(update=merged), tuple(conflicts)


def _worked_out(first: Profile, merged: dict[str, Any], readings: Sequence[Reading], today: date) -> dict[str, Any]:
    """Years and the uses of skills, anew where what they are worked out from is not the first resume's alone."""
    same_work = merged["work"] == first.work
    years = next((one.profile.years for one in readings if one.profile.years is not None), None)
    if not same_work:
        years = years_of(merged["work"], today)
    uses = first.skill_uses
    if not same_work or merged["skills"] != first.skills:
        uses = tuple(skill_uses(merged["skills"], merged["work"], today, merged["linked_skills"]))
    return {"years": years, "skill_uses": uses}


def _united(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first list whole, and of the others what is not in it, whatever its case and signs."""
    whole: list[str] = []
    for one in lists:
        known = {_plain(text) for text in whole}
        whole += [text for text in one if _plain(text) not in known]
    return tuple(whole)


def _things(name: str, readings: Sequence[Reading]) -> list[_Thing]:
    things: list[_Thing] = []
    for resume_id, profile, _ in readings:
        entries = list(getattr(profile, name))
        found = _matched(things, entries, LIKENESS[name])
        before = list(things)
        for at, entry in enumerate(entries):
            if at in found:
                before[found[at]].mentions.append((resume_id, entry))
            else:
                things.insert(_place_for(entry, things) if before else len(things), _Thing([(resume_id, entry)]))
    return things


def _matched(things: list[_Thing], entries: list[Any], likeness: Callable[[Any, Any], float]) -> dict[int, int]:
    """Which entry is which thing, each one of the other: those that are the same first, then the likest."""
    pairs = [
        (2.0 if _entry(thing) == entry else likeness(_entry(thing), entry), -at, -to)
        for at, entry in enumerate(entries)
        for to, thing in enumerate(things)
    ]
    found: dict[int, int] = {}
    for likely, at, to in sorted(pairs, reverse=True):
        if likely > 0 and -at not in found and -to not in found.values():
            found[-at] = -to
    return found


def _place_for(entry: Any, things: list[_Thing]) -> int:
    """Where a position goes among others: before the first that began earlier; anything else goes last."""
    if isinstance(entry, Work) and entry.start:
        for at, thing in enumerate(things):
            start = _entry(thing).start
            if start and dates.before(start, entry.start):
                return at
    return len(things)


def _entry(thing: _Thing) -> Any:
    """The first mention, filled in by the later ones."""
    entry: BaseModel = thing.mentions[0][1]
    for _, other in thing.mentions[1:]:
        changes = {name: getattr(other, name) for name in _lacking(entry) if _says(getattr(other, name))}
        if isinstance(entry, Work):
            changes["bullets"] = _united([entry.bullets, other.bullets])
        entry = entry.model_copy(update=changes)
    return entry


def _lacking(entry: BaseModel) -> list[str]:
    lacking = {name for name in type(entry).model_fields if not _says(getattr(entry, name))}
    for group in _TOGETHER:
        if not lacking.issuperset(name for name in group if name in type(entry).model_fields):
            lacking.difference_update(group)
    return sorted(lacking)


def _says(value: object) -> bool:
    return value not in (None, False, ())


def _disagreement(
    said: Iterable[tuple[str, object]], name: str, index: int | None = None, part: str | None = None
) -> list[Conflict]:
    """The conflict of the values that resumes say of one thing, if there is any."""
    told: list[tuple[str, list[str]]] = []
    for resume_id, value in said:
        if value is None:
            continue
        text = value.text if isinstance(value, Place) else str(value)
        ids = next((ids for other, ids in told if _agree(other, text, part or name)), None)
        if ids is None:
            told.append((text, [resume_id]))
        else:
            ids.append(resume_id)
    if len(told) < 2:
        return []
    used, *others = [Stated(value=text, resume_ids=tuple(ids)) for text, ids in told]
    return [Conflict(field=name, index=index, part=part, used=used, others=tuple(others))]


def _agree(one: str, other: str, part: str) -> bool:
    """Whether two values say the same: 2021 and 2021-03 do, and names in other cases and signs."""
    if part in ("start", "end", "date"):
        return one.startswith(other) or other.startswith(one)
    return one == other or _plain(one) == _plain(other) != ""


def _plain(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum() or letter in "+#@.").strip(".")
