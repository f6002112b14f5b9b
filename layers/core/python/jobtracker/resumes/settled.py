"""Conflicts of which the person said that the value in use is right as it is.

What is kept of that is a mark for each pair of the value in use and another one, of the same thing. A conflict is
settled while all its pairs are marked: a resume that goes takes nothing of it away, and a value that is new, in use or
not, has no mark.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from jobtracker.resumes import model
from jobtracker.resumes.model import MOST_SETTLED, Conflict, Profile, StoredProfile

_CALLED_BY: Final[dict[type, tuple[str, ...]]] = {
    model.Link: ("url",),
    model.Work: ("title", "company"),
    model.Education: ("degree", "area", "institution"),
    model.Language: ("language",),
    model.Certificate: ("name",),
    model.Project: ("name",),
    model.Publication: ("name",),
    model.Award: ("title",),
    model.WorkRight: ("words",),
}
# Of the SHA-256, hexadecimal digits that tell some hundred marks apart.
_DIGITS: Final = 24


def called(entry: object) -> str:
    """What an entry of a profile's list is called by."""
    parts = (getattr(entry, part) for part in _CALLED_BY[type(entry)])
    return ", ".join(part for part in parts if part) or "one without a name"


def conflict_id(conflict: Conflict, read: Profile) -> str:
    """The name of a conflict of the profile ``read``: the same as long as it is about the same thing and values."""
    return _digest(sorted(_marks(conflict, read)))


def is_settled(conflict: Conflict, stored: StoredProfile) -> bool:
    """Whether the person said that the value in use is right as it is."""
    return _marks(conflict, stored.as_read).issubset(stored.settled)


def settled(conflict: Conflict, stored: StoredProfile, *, is_right: bool) -> tuple[str, ...]:
    """The marks of the profile once the person said, or takes back, that the value in use is right as it is."""
    marks = _marks(conflict, stored.as_read)
    others = [mark for mark in stored.settled if mark not in marks]
    return (*others, *sorted(marks))[-MOST_SETTLED:] if is_right else tuple(others)


def _marks(conflict: Conflict, read: Profile) -> set[str]:
    # By its name and not by its place: a resume that comes or goes moves the entries of lists.
    entry = None if conflict.index is None else called(getattr(read, conflict.field)[conflict.index])
    about = (conflict.field, entry, conflict.part, conflict.used.value)
    return {_digest((*about, other.value)) for other in conflict.others}


def _digest(parts: Iterable[str | None]) -> str:
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()[:_DIGITS]
