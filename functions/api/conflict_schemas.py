"""Several resumes in one profile, and where they disagree."""

from typing import Final, Self

from pydantic import Field, field_validator

from functions.api.schemas import RequestBody, ShortText, View
from jobtracker.resumes import model as resumes
from jobtracker.resumes.corrected import still_open

_CALLED_BY: Final[dict[type, tuple[str, ...]]] = {
    resumes.Link: ("url",),
    resumes.Work: ("title", "company"),
    resumes.Education: ("degree", "area", "institution"),
    resumes.Language: ("language",),
    resumes.Certificate: ("name",),
    resumes.Project: ("name",),
    resumes.Publication: ("name",),
    resumes.Award: ("title",),
    resumes.WorkRight: ("words",),
}


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


class Conflict(View):
    """Where resumes disagree: a field of the profile, or the part of an entry of a list, which is ``called`` so."""

    field: str
    index: int | None
    part: str | None
    called: str | None
    used: Stated
    others: list[Stated]

    @classmethod
    def of(cls, conflict: resumes.Conflict, profile: resumes.Profile) -> Self:
        """The conflict, with what the entry is called by."""
        entry = None if conflict.index is None else getattr(profile, conflict.field)[conflict.index]
        return cls(**conflict.model_dump(), called=None if entry is None else called(entry))


def open_conflicts(stored: resumes.StoredProfile) -> list[resumes.Conflict]:
    """The conflicts of which the person did not yet say which value is right."""
    return list(still_open(stored.conflicts, stored.profile, stored.corrections))


def called(entry: object) -> str:
    """What an entry of a profile's list is called by."""
    parts = (getattr(entry, part) for part in _CALLED_BY[type(entry)])
    return ", ".join(part for part in parts if part) or "one without a name"
