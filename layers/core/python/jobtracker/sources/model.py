"""A source: where postings come from, how it may be used, and how it fares."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel


class Terms(StrEnum):
    """What a source asks before it may be read."""

    OPEN = "open"
    KEY = "key"
    RESTRICTED = "restricted"


class SourceStatus(StrEnum):
    """How the last collection ended."""

    OK = "ok"
    STALE = "stale"
    BLOCKED = "blocked"
    SUSPICIOUS = "suspicious"
    FAILING = "failing"
    OFF = "off"
    NEVER = "never"


class SourceState(BaseModel):
    """One source's memory between collections."""

    source_id: str
    status: SourceStatus = SourceStatus.NEVER
    reason: str | None = None
    postings: int = 0
    etag: str | None = None
    last_modified: str | None = None
    last_run_at: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0


class Collection(BaseModel):
    """The ledger of one collection. ``rejected`` counts records that could not be read, with example reasons."""

    id: str
    source_id: str
    started_at: datetime
    ended_at: datetime
    status: SourceStatus
    reason: str | None = None
    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: tuple[str, ...] = ()
