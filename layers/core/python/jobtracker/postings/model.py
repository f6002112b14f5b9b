"""A posting: one job advertisement as a source published it, normalised (after schema.org JobPosting)."""

import hashlib
import re
from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

_PIECES = re.compile(r"[,()]|\s[-–|]\s")


class Seniority(StrEnum):
    """Career level, lowest first."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    EXECUTIVE = "executive"


class WorkMode(StrEnum):
    """Where the work is done."""

    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Eligibility(StrEnum):
    """What a posting says about who may apply."""

    VISA_OFFERED = "visa_offered"
    VISA_REFUSED = "visa_refused"
    WORK_PERMIT_REQUIRED = "work_permit_required"
    CITIZENSHIP_REQUIRED = "citizenship_required"
    CLEARANCE_REQUIRED = "clearance_required"
    RELOCATION_OFFERED = "relocation_offered"


class ClosedReason(StrEnum):
    """How a posting came to an end."""

    NOT_LISTED = "not_listed"
    GONE = "gone"
    NO_LONGER_ACCEPTING = "no_longer_accepting"
    EXPIRED = "expired"
    UNSEEN = "unseen"


class PayPeriod(StrEnum):
    """What one payment of the stated amount covers."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Pay(BaseModel):
    """Pay as stated: amounts in ``currency`` (ISO 4217) per ``period``; an open end is None."""

    model_config = ConfigDict(frozen=True)

    minimum: float | None = None
    maximum: float | None = None
    currency: str
    period: PayPeriod


class Place(BaseModel):
    """A place as far as it is known. ``country`` is ISO 3166-1 alpha-2; coordinates are degrees (WGS 84)."""

    model_config = ConfigDict(frozen=True)

    text: str
    city: str | None = None
    region: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Posting(BaseModel):
    """A normalised posting. None means unknown, never zero and never no."""

    model_config = ConfigDict(frozen=True)

    id: str
    source_id: str
    source_posting_id: str
    url: str
    apply_url: str | None = None
    title: str
    role: str | None = Field(default=None, description='the title\'s role without its level: "backend engineer"')
    company: str | None = None
    company_key: str | None = Field(default=None, description="the company's name without legal form, case and accents")
    places: tuple[Place, ...] = ()
    work_mode: WorkMode | None = None
    remote_countries: tuple[str, ...] = ()
    pay: Pay | None = None
    seniority: Seniority | None = None
    skills: tuple[str, ...] = Field(default=(), description="skill ids of the taxonomy, in order of first mention")
    employment_type: str | None = None
    eligibility: tuple[Eligibility, ...] = ()
    requisition_id: str | None = Field(default=None, description="the employer's own number of the job")
    language: str | None = None
    description_html: str = Field(default="", description="sanitised")
    description_text: str = ""
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    fetched_at: datetime
    attribution: str = Field(description="the credit that the source demands; shown with the posting")
    sample: bool = False

    @property
    def content_hash(self) -> str:
        """SHA-256 over all that the source published; ``fetched_at`` does not count."""
        content = self.model_dump_json(exclude={"fetched_at"})
        return hashlib.sha256(content.encode()).hexdigest()


class Life(BaseModel):
    """What became of a posting since we first saw it. ``versions`` counts its contents, ``reposts`` its returns."""

    model_config = ConfigDict(frozen=True)

    first_seen_at: datetime
    changed_at: datetime | None = None
    versions: int = 1
    reposts: int = 0
    closed_at: datetime | None = None
    closed_reason: ClosedReason | None = None

    @property
    def open(self) -> bool:
        """Whether it may still be applied for, as far as is known."""
        return self.closed_at is None


class StoredPosting(BaseModel):
    """A posting with its life. ``separated`` are postings that a person said it is no duplicate of."""

    model_config = ConfigDict(frozen=True)

    posting: Posting
    life: Life
    separated: tuple[str, ...] = ()

    @classmethod
    def fresh(cls, posting: Posting) -> Self:
        """The posting as it is when it is first seen."""
        return cls(posting=posting, life=Life(first_seen_at=posting.fetched_at))


class Event(StrEnum):
    """What happened to a posting after we first saw it."""

    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"


class FieldChange(BaseModel):
    """One field before and after a change, as people read it; None is unknown."""

    model_config = ConfigDict(frozen=True)

    field: str
    old: str | None
    new: str | None


class Version(BaseModel):
    """One event in a posting's life, with what it changed."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    event: Event
    reason: ClosedReason | None = None
    changes: tuple[FieldChange, ...] = ()
    words_added: int = 0
    words_removed: int = 0
    old_text: str | None = Field(default=None, description="the beginning of the text before, where the text changed")


def posting_id(source_id: str, source_posting_id: str) -> str:
    """The posting's own id: stable for the same posting of the same source (24 hex digits)."""
    return hashlib.sha256(f"{source_id}\n{source_posting_id}".encode()).hexdigest()[:24]


def place_line(text: str, mode: str | None) -> str:
    """A place and the way of working in one line, saying nothing twice: "Remote, Austria", "Hybrid, Singapore"."""
    pieces = [mode.capitalize() if mode else "", *(piece.strip() for piece in _PIECES.split(text))]
    told = dict.fromkeys(piece.lower() for piece in pieces if piece)
    first = {piece.lower(): piece for piece in reversed(pieces) if piece}
    return ", ".join(first[piece] for piece in told)
