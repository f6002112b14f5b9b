"""The profile: the structured person read from a resume (JSON Resume's fields, https://jsonresume.org/schema)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, EmailStr, Field, SerializerFunctionWrapHandler, model_serializer

from jobtracker.postings.model import Place, Seniority, WorkMode
from jobtracker.resumes.uploads import ReadBy


class LinkKind(StrEnum):
    """Whose page a link leads to. WEBSITE is a site of the person's own, OTHER anything else."""

    LINKEDIN = "linkedin"
    XING = "xing"
    GITHUB = "github"
    GITLAB = "gitlab"
    BITBUCKET = "bitbucket"
    STACKOVERFLOW = "stackoverflow"
    ORCID = "orcid"
    SCHOLAR = "scholar"
    RESEARCHGATE = "researchgate"
    KAGGLE = "kaggle"
    HUGGINGFACE = "huggingface"
    X = "x"
    BLUESKY = "bluesky"
    MEDIUM = "medium"
    WEBSITE = "website"
    OTHER = "other"


class Link(BaseModel):
    """A link that the resume names."""

    kind: LinkKind
    url: str


class Work(BaseModel):
    """One position. Dates are partial ISO dates: ``2021`` or ``2021-03``; None is unknown."""

    company: str | None = None
    title: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    current: bool = False
    bullets: tuple[str, ...] = ()


class Education(BaseModel):
    """One course of study. Dates as in Work."""

    institution: str | None = None
    degree: str | None = None
    area: str | None = None
    start: str | None = None
    end: str | None = None
    score: str | None = Field(default=None, description="the grade as stated")


class LanguageLevel(StrEnum):
    """How well a language is spoken: a level of the CEFR where one is stated, else what the stated words come to."""

    A1 = "a1"
    A2 = "a2"
    B1 = "b1"
    B2 = "b2"
    C1 = "c1"
    C2 = "c2"
    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    FLUENT = "fluent"
    NATIVE = "native"


class Language(BaseModel):
    """A language that the person speaks. ``fluency`` is what the resume says of it, ``level`` the same by rule."""

    language: str
    code: str | None = Field(default=None, description="ISO 639: two letters where there are two")
    fluency: str | None = None
    level: LanguageLevel | None = None


class Certificate(BaseModel):
    """A certificate or licence. ``date`` is when it was issued, as in Work."""

    name: str
    issuer: str | None = None
    date: str | None = None
    url: str | None = None


class Project(BaseModel):
    """A project. Dates as in Work; ``description`` has a line for each item."""

    name: str | None = None
    url: str | None = None
    description: str | None = None
    start: str | None = None
    end: str | None = None


class Publication(BaseModel):
    """Something published. ``name`` is its title, or the reference as it stands where the title cannot be told."""

    name: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


class Award(BaseModel):
    """An award, honour or scholarship."""

    title: str
    awarder: str | None = None
    date: str | None = None


class WorkRightKind(StrEnum):
    """What a statement about the right to work says. AUTHORIZED: may work, or needs no sponsorship."""

    CITIZEN = "citizen"
    PERMANENT_RESIDENT = "permanent_resident"
    PERMIT = "permit"
    AUTHORIZED = "authorized"
    NEEDS_SPONSORSHIP = "needs_sponsorship"


class WorkRight(BaseModel):
    """What the person states of the right to work, in the words of the resume. Nothing is inferred from elsewhere."""

    words: str
    kind: WorkRightKind | None = Field(default=None, description="None for words that fit no kind")


class SkillUse(BaseModel):
    """Where a skill was used: the positions whose title or bullets name it, by their place in ``Profile.work``."""

    skill: str = Field(description="id of the taxonomy")
    positions: tuple[int, ...]
    months: int | None = Field(default=None, description="overlaps counted once; None where dates do not tell")


class LinkedSkill(BaseModel):
    """A skill that the resume does not name, and the words of it that mean the skill."""

    skill: str = Field(description="id of the taxonomy")
    phrases: tuple[str, ...]


class Preferences(BaseModel):
    """What the person wants. None or empty is no preference. Pay is per year in ``pay_currency``."""

    model_config = ConfigDict(extra="forbid")

    titles: tuple[str, ...] = ()
    countries: tuple[str, ...] = Field(default=(), description="ISO 3166-1 alpha-2")
    work_modes: tuple[WorkMode, ...] = ()
    pay_floor: float | None = Field(default=None, ge=0)
    pay_currency: str = "USD"


class Profile(BaseModel):
    """A person as read from a resume. Nothing is invented: what was not found is None or empty."""

    name: str | None = None
    label: str | None = Field(default=None, description="the headline under the name, or the current title")
    email: EmailStr | None = None
    emails: tuple[EmailStr, ...] = Field(default=(), description="all addresses, the first being ``email``")
    phone: str | None = Field(default=None, description="E.164")
    phones: tuple[str, ...] = Field(default=(), description="all numbers in E.164, the first being ``phone``")
    links: tuple[Link, ...] = ()
    place: Place | None = None
    summary: str | None = None
    skills: tuple[str, ...] = Field(default=(), description="skill ids of the taxonomy")
    linked_skills: tuple[LinkedSkill, ...] = Field(default=(), description="those of ``skills`` that words only mean")
    other_skills: tuple[str, ...] = Field(default=(), description="in the person's words, unknown to the taxonomy")
    work: tuple[Work, ...] = ()
    skill_uses: tuple[SkillUse, ...] = Field(default=(), description="of skills that positions name")
    education: tuple[Education, ...] = ()
    languages: tuple[Language, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    projects: tuple[Project, ...] = ()
    publications: tuple[Publication, ...] = ()
    awards: tuple[Award, ...] = ()
    work_rights: tuple[WorkRight, ...] = ()
    seniority: Seniority | None = None
    years: float | None = Field(default=None, description="total years of work, overlaps counted once")


class Corrections(BaseModel):
    """What a person says of themselves in place of what was read: those fields of a Profile that are set. None says
    that there is none.

    A correction is of a whole field, and outlives later resumes. What these say of it is kept beside it, and counts
    again once the correction is taken back.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    label: str | None = None
    email: EmailStr | None = None
    phone: str | None = None
    links: tuple[Link, ...] = ()
    place: Place | None = None
    summary: str | None = None
    skills: tuple[str, ...] = ()
    other_skills: tuple[str, ...] = ()
    work: tuple[Work, ...] = ()
    education: tuple[Education, ...] = ()
    languages: tuple[Language, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    projects: tuple[Project, ...] = ()
    publications: tuple[Publication, ...] = ()
    awards: tuple[Award, ...] = ()
    work_rights: tuple[WorkRight, ...] = ()
    seniority: Seniority | None = None
    years: float | None = None

    @model_serializer(mode="wrap")
    def _only_what_is_set(self, serialised: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialised(self).items() if name in self.model_fields_set}

    def said(self) -> dict[str, Any]:
        """The corrected fields with their values."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class Reading(NamedTuple):
    """What was read of a resume."""

    resume_id: str
    profile: Profile
    read_by: ReadBy = ReadBy.RULES


class Stated(BaseModel):
    """A value and the resumes that state it. An end that has not come is ``present``."""

    model_config = ConfigDict(frozen=True)

    value: str
    resume_ids: tuple[str, ...]


class Conflict(BaseModel):
    """Where resumes disagree: a field of the profile, or a part of an entry of a list."""

    model_config = ConfigDict(frozen=True)

    field: str
    index: int | None = Field(default=None, description="which entry of the list; None of a field that is none")
    part: str | None = Field(default=None, description="the part of the entry, as ``start``")
    used: Stated
    others: tuple[Stated, ...]


MOST_TOGETHER: Final = 5
"""Resumes that one profile is made of at most."""

MOST_SETTLED: Final = 500
"""Pairs of values of which a person's word is kept; the oldest go first."""


class StoredProfile(BaseModel):
    """A profile with the resumes it came from and its version, which grows by one at each change.

    ``profile`` is what was ``read`` with the person's corrections.
    """

    person_id: str
    version: int
    resume_id: str | None = Field(description="the first of the resumes in use")
    resume_ids: tuple[str, ...] = Field(default=(), description="empty where ``resume_id`` is the only one")
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[str, ...] = Field(default=(), description="marks of ``resumes.settled``, the oldest first")
    profile: Profile
    read: Profile | None = Field(default=None, description="None where it is the profile")
    read_by: ReadBy = ReadBy.RULES
    corrections: Corrections = Corrections()
    preferences: Preferences = Preferences()
    changed_at: datetime

    @property
    def in_use(self) -> tuple[str, ...]:
        """The resumes that the profile is made of; of two that disagree, the earlier one counts."""
        return self.resume_ids or tuple(filter(None, [self.resume_id]))

    @property
    def as_read(self) -> Profile:
        """The profile without the person's corrections."""
        return self.read or self.profile
