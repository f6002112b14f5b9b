"""A profile as the person corrected it, with nothing beside a correction that says otherwise."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from jobtracker.resumes.model import Conflict, Corrections, Profile
from jobtracker.resumes.usage import skill_uses, years_of


def corrected(read: Profile, corrections: Corrections, *, today: date | None = None) -> Profile:
    """What was ``read`` with what the person says in place of it.

    What is worked out from a corrected field follows it: the uses of skills from skills and positions, the years from
    positions. Years that the person names themselves stand.

    Args:
        read: the profile as it was read.
        corrections: what the person says.
        today: the day until which a current position counts; the present day by default.
    """
    said = corrections.said()
    profile = read.model_copy(update=said | _others(read, said))
    today = today or datetime.now(UTC).date()
    also: dict[str, Any] = {}
    if "skills" in said or "work" in said:
        also["skill_uses"] = tuple(skill_uses(profile.skills, profile.work, today, profile.linked_skills))
    if "work" in said and "years" not in said:
        also["years"] = years_of(profile.work, today)
    return profile.model_copy(update=also)


def _others(read: Profile, said: dict[str, Any]) -> dict[str, Any]:
    """All addresses and numbers, the corrected one first and the wrong one gone."""
    found: dict[str, Any] = {}
    for one, several in (("email", "emails"), ("phone", "phones")):
        if one in said:
            others = (other for other in getattr(read, several) if other not in (getattr(read, one), said[one]))
            found[several] = (*filter(None, [said[one]]), *others)
    return found


def still_open(conflicts: Iterable[Conflict], profile: Profile, corrections: Corrections) -> list[Conflict]:
    """The conflicts of resumes that the corrections of ``profile`` leave.

    A corrected field is decided. Of a corrected list those parts are open that still say what was in use.
    """
    said = corrections.said()
    return [one for one in conflicts if one.field not in said or _untouched(one, profile)]


def said_of(entry: object, part: str) -> object:
    """What an entry of a list says of a part; an end that has not come is "present"."""
    return "present" if part == "end" and getattr(entry, "current", False) else getattr(entry, part)


def _untouched(conflict: Conflict, profile: Profile) -> bool:
    if conflict.index is None or conflict.part is None:
        return False
    entries = getattr(profile, conflict.field)
    return conflict.index < len(entries) and said_of(entries[conflict.index], conflict.part) == conflict.used.value
