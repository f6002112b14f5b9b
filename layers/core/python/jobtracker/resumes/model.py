"""The profile: the structured person read from a resume (JSON Resume's fields, https://jsonresume.org/schema)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, EmailStr, Field, SerializerFunctionWrapHandler, model_serializer

from jobtracker.postings.model import Place, Seniority, WorkMode

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes that a resume's file may have."""

CONTENT_TYPES: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    # Of two endings of one type, the last one names the stored file.
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".zip": "application/zip",
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".tiff": "image/tiff",
    ".tif": "image/tiff",
}
"""The file types that are read, by the ending of their names. A ZIP is LinkedIn's export, JSON a JSON Resume."""


class ResumeStatus(StrEnum):
    """How far an uploaded resume has come."""

    WAITING = "waiting"
    EXTRACTED = "extracted"
    READ = "read"
    REFUSED = "refused"


class RefusalCode(StrEnum):
    """Why a resume was refused."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    NO_TEXT = "no_text"
    UNSAFE = "unsafe"
    UNREADABLE_FONT = "unreadable_font"


class Refusal(BaseModel):
    """A refusal with a sentence that tells the person what to do."""

    code: RefusalCode
    reason: str


class Scanner(StrEnum):
    """What reads text off pictures."""

    TESSERACT = "tesseract"
    TEXTRACT = "textract"


class Scan(BaseModel):
    """How a text was read off pictures, which is less sure than a text that a file holds."""

    by: Scanner
    confidence: float = Field(ge=0, le=1, description="how sure the letters are on average; 1 is certain")
    pages: int = Field(ge=1, description="pages that had to be read off pictures")
    pages_read: int = Field(ge=0, description="how many of them could be")


class Resume(BaseModel):
    """An uploaded document and what became of it."""

    id: str
    person_id: str
    filename: str
    content_type: str
    size: int | None = None
    status: ResumeStatus = ResumeStatus.WAITING
    refusal: Refusal | None = None
    scan: Scan | None = Field(default=None, description="set where the text was read off pictures")
    created_at: datetime
    read_at: datetime | None = None


class Extracted(BaseModel):
    """What extraction made of a file: its text and how it was read, or why there is none."""

    text: str = ""
    refusal: Refusal | None = None
    scan: Scan | None = None


class Link(BaseModel):
    """A link; ``kind`` is linkedin, github, gitlab, website or other."""

    kind: str
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
    phone: str | None = Field(default=None, description="E.164")
    links: tuple[Link, ...] = ()
    place: Place | None = None
    summary: str | None = None
    skills: tuple[str, ...] = Field(default=(), description="skill ids of the taxonomy")
    work: tuple[Work, ...] = ()
    education: tuple[Education, ...] = ()
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
    summary: str | None = None
    skills: tuple[str, ...] = ()
    seniority: Seniority | None = None
    years: float | None = None

    @model_serializer(mode="wrap")
    def _only_what_is_set(self, serialised: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialised(self).items() if name in self.model_fields_set}

    def said(self) -> dict[str, Any]:
        """The corrected fields with their values."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}

    def applied_to(self, read: Profile) -> Profile:
        """The profile that was read, as the person corrected it."""
        return read.model_copy(update=self.said())


class StoredProfile(BaseModel):
    """A profile with the resume it came from and its version, which grows by one at each change.

    ``profile`` is what was ``read`` with the person's corrections.
    """

    person_id: str
    version: int
    resume_id: str | None
    profile: Profile
    read: Profile | None = Field(default=None, description="None where it is the profile")
    corrections: Corrections = Corrections()
    preferences: Preferences = Preferences()
    changed_at: datetime

    @property
    def as_read(self) -> Profile:
        """The profile without the person's corrections."""
        return self.read or self.profile
