"""What a person may say of themselves in place of what was read. See ``schemas`` for the rules.

The bounds are wider than what any resume says, so that a list can be sent back as it was read with one entry changed.
"""

import re
from typing import Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    EmailStr,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from functions.api.person_schemas import Phone
from functions.api.schemas import RequestBody, ShortText
from functions.api.search_parameters import SkillName
from jobtracker.postings import model as postings
from jobtracker.resumes import dates, languages, links, rights
from jobtracker.resumes import model as resumes

LARGEST: Final = 100_000
"""Bytes of all corrections together. They are stored beside what was read and once more in the profile, all in one item
of at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""
_ENTRIES: Final = 100
_DATE: Final = re.compile(r"(?:18|19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_PAGE: Final = re.compile(r"https?://[^\s/:@]+\.[^\s/:@]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def _partial_date(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise ValueError("a date is a year, or a year and a month: 2021 or 2021-03")
    return text


def _page(text: str) -> str:
    url = text if "://" in text else f"https://{text}"
    if not _PAGE.fullmatch(url):
        raise ValueError("this is no address of a page, as https://example.com/ada is one")
    return url


PartialDate = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20), AfterValidator(_partial_date)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000), AfterValidator(_page)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


class _Span(RequestBody):
    """When something began and ended; dates are ``2021`` or ``2021-03``, null where nobody knows."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    @field_validator("end")
    @classmethod
    def _not_before_its_start(cls, end: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start")
        if start and end and dates.before(end, start):
            raise ValueError("the end lies before the start")
        return end


class WorkEntry(_Span):
    """A position. One that goes on is ``current`` and has no end."""

    company: Words | None = None
    title: Words | None = None
    place: Words | None = None
    current: bool = False
    bullets: list[Line] = Field(default=[], max_length=_ENTRIES)

    @field_validator("current")
    @classmethod
    def _without_an_end(cls, current: bool, info: ValidationInfo) -> bool:
        if current and info.data.get("end"):
            raise ValueError("a position that goes on has no end")
        return current

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.company is None and self.title is None:
            raise ValueError("a position needs a title or an employer")
        return self


class EducationEntry(_Span):
    """A course of study."""

    institution: Words | None = None
    degree: Words | None = None
    area: Words | None = None
    score: ShortText | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.institution is None and self.degree is None and self.area is None:
            raise ValueError("a course of study needs a school, a degree or a subject")
        return self


class LanguageEntry(RequestBody):
    """A language. Without a level, that of the words holds."""

    language: ShortText
    fluency: ShortText | None = None
    level: resumes.LanguageLevel | None = None

    def language_said(self) -> resumes.Language:
        """The same as the domain's type, with the language's code."""
        level = self.level or (languages.level_of(self.fluency) if self.fluency else None)
        code = languages.code_of(self.language)
        return resumes.Language(language=self.language, code=code, fluency=self.fluency, level=level)


class CertificateEntry(RequestBody):
    """A certificate or licence."""

    name: Words
    issuer: Words | None = None
    date: PartialDate | None = None
    url: Url | None = None


class ProjectEntry(_Span):
    """A project; the description has a line for each item."""

    name: Words | None = None
    url: Url | None = None
    description: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.name is None and self.description is None:
            raise ValueError("a project needs a name or a description")
        return self


class PublicationEntry(RequestBody):
    """Something published."""

    name: Line
    publisher: Words | None = None
    date: PartialDate | None = None
    url: Url | None = None


class AwardEntry(RequestBody):
    """An award, honour or scholarship."""

    title: Words
    awarder: Words | None = None
    date: PartialDate | None = None


class WorkRightEntry(RequestBody):
    """A statement about the right to work. Without a kind, that of the words holds."""

    words: Words
    kind: resumes.WorkRightKind | None = None


class LinkEntry(RequestBody):
    """A link; whose page it leads to is told by its address."""

    url: Url


class CorrectionsRequest(RequestBody):
    """What the person says of themselves in place of what was read: the fields that are sent. Null or an empty list
    says that there is none; a field that is not sent is as it was read. Lists are sent whole, in the order in which
    they are to stand. ``skills`` are ids, names or other spellings, ``place`` is a place in words."""

    name: ShortText | None = None
    label: ShortText | None = None
    email: EmailStr | None = None
    phone: Phone | None = None
    links: list[LinkEntry] = Field(default=[], max_length=50)
    place: ShortText | None = None
    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_500)] | None = None
    skills: list[SkillName] = Field(default=[], max_length=200)
    other_skills: list[ShortText] = Field(default=[], max_length=200)
    work: list[WorkEntry] = Field(default=[], max_length=_ENTRIES)
    education: list[EducationEntry] = Field(default=[], max_length=_ENTRIES)
    languages: list[LanguageEntry] = Field(default=[], max_length=_ENTRIES)
    certificates: list[CertificateEntry] = Field(default=[], max_length=_ENTRIES)
    projects: list[ProjectEntry] = Field(default=[], max_length=_ENTRIES)
    publications: list[PublicationEntry] = Field(default=[], max_length=_ENTRIES)
    awards: list[AwardEntry] = Field(default=[], max_length=_ENTRIES)
    work_rights: list[WorkRightEntry] = Field(default=[], max_length=_ENTRIES)
    seniority: postings.Seniority | None = None
    years: float | None = Field(default=None, ge=0, le=80, allow_inf_nan=False)

    @model_validator(mode="after")
    def _not_too_much(self) -> Self:
        if len(self.model_dump_json(exclude_unset=True).encode()) > LARGEST:
            raise ValueError(f"all corrections together may have {LARGEST:,} bytes")
        return self

    def corrections(self) -> resumes.Corrections:
        """The same as the domain's type."""
        sent: dict[str, Any] = self.model_dump(exclude_unset=True)
        told: dict[str, Any] = {
            "links": [{"kind": links.kind_of(one.url), "url": one.url} for one in self.links],
            "place": None if self.place is None else _place(self.place),
            "skills": tuple(dict.fromkeys(self.skills)),
            "languages": [one.language_said() for one in self.languages],
            "work_rights": [
                {"words": one.words, "kind": one.kind or rights.kind_of(one.words)} for one in self.work_rights
            ],
        }
        return resumes.Corrections.model_validate(sent | {name: told[name] for name in told if name in sent})


def _place(words: str) -> postings.Place:
    """The place that the words name; of one that no table knows, the words alone."""
    # The tables of places take a third of a second to load: only for who says where they live.
    from jobtracker.postings.places import read_place

    return read_place(words) or postings.Place(text=words)
