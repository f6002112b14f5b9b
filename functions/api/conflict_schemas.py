"""Several resumes in one profile, and where they disagree."""

from typing import Self

from pydantic import Field, field_validator

from functions.api.schemas import RequestBody, ShortText, View
from jobtracker.resumes import model as resumes
from jobtracker.resumes.corrected import still_open
from jobtracker.resumes.settled import called, conflict_id, is_settled


class ResumesRequest(RequestBody):
    """The resumes that make the profile together. Of two that disagree, the earlier one counts."""

    resume_ids: list[ShortText] = Field(min_length=1, max_length=resumes.MOST_TOGETHER)

    @field_validator("resume_ids")
    @classmethod
    def _each_once(cls, ids: list[str]) -> list[str]:
        if len(set(ids)) < len(ids):
            raise ValueError("each resume counts once")
        return ids


class Stated(View):
    """A value and the resumes that state it. An end that has not come is ``present``."""

    value: str
    resume_ids: list[str]


class SettledRequest(RequestBody):
    """Whether the value in use is right as it is. It is asked again once one of the values is another."""

    settled: bool


class Conflict(View):
    """Where resumes disagree: a field of the profile, or the part of an entry of a list, which is ``called`` so.
    ``id`` is the same as long as the values are."""

    id: str
    field: str
    index: int | None
    part: str | None
    called: str | None
    used: Stated
    others: list[Stated]

    @classmethod
    def of(cls, conflict: resumes.Conflict, stored: resumes.StoredProfile) -> Self:
        """The conflict, with what the entry is called by."""
        entry = None if conflict.index is None else getattr(stored.profile, conflict.field)[conflict.index]
        return cls(
            **conflict.model_dump(),
            id=conflict_id(conflict, stored.as_read),
            called=None if entry is None else called(entry),
        )


def open_conflicts(stored: resumes.StoredProfile, *, settled: bool = False) -> list[Conflict]:
    """The conflicts that no correction decides: those of which the person said nothing, or those of which the person
    said that the value in use is right as it is."""
    found = still_open(stored.conflicts, stored.profile, stored.corrections)
    return [Conflict.of(one, stored) for one in found if is_settled(one, stored) is settled]
