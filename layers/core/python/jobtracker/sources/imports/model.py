"""What a person brings in: the address or the text of a page, a mail, the name of a company; and what became of it."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.postings.model import ClosedReason

# Of what may be brought in, in bytes. A saved page with its scripts is rarely larger.
LARGEST_CONTENT = 6_000_000


class ImportKind(StrEnum):
    """What was brought in. BOARD asks by which system a company publishes its postings."""

    URL = "url"
    PAGE = "page"
    MAIL = "mail"
    BOARD = "board"


class ImportStatus(StrEnum):
    """How far it is."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class How(StrEnum):
    """By what the postings were read: the page's own schema.org data, the interface of the company's system, the known
    layout of a page, a language model (and checked against the page), the layout of alert mails."""

    STRUCTURED = "structured"
    SYSTEM = "system"
    LAYOUT = "layout"
    LANGUAGE_MODEL = "language_model"
    MAIL = "mail"


class FoundBoard(BaseModel):
    """A company's board that was found for a name or an address."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    system: str = Field(description="what the system is called, for people to read")
    company: str
    how: str = Field(description="by what it was found")
    evidence: str = Field(description="what shows that it is this company's")


class Import(BaseModel):
    """One thing that a person brought in. What came of it is that person's alone."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="ids in their order are imports in the order of their making")
    person_id: str
    kind: ImportKind
    url: str | None = Field(default=None, description="the page's address; for BOARD also a company's name")
    filename: str | None = Field(default=None, description="what the file was called that it came in")
    subject: str | None = Field(default=None, description="what a mail is about, in its sender's words")
    sender: str | None = Field(default=None, description="who a mail says it is from")
    status: ImportStatus = ImportStatus.PENDING
    reason: str | None = Field(default=None, description="why it failed and what else to do, for people to read")
    posting_ids: tuple[str, ...] = ()
    refusals: tuple[str, ...] = Field(default=(), description="why parts of it are no posting")
    boards: tuple[FoundBoard, ...] = ()
    how: How | None = None
    created_at: datetime
    finished_at: datetime | None = None


class RefusedError(Exception):
    """What was brought in holds no posting that can be read.

    Attributes:
        reason: why, in a sentence for people.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OverError(RefusedError):
    """The posting that was brought in is over.

    Attributes:
        url: its address.
        closed: how it came to its end.
    """

    def __init__(self, reason: str, url: str, closed: ClosedReason) -> None:
        super().__init__(reason)
        self.url = url
        self.closed = closed


def new_id(now: datetime) -> str:
    """An id for an import made at ``now``: 12 hex digits of the time, 20 of chance."""
    milliseconds = int(now.astimezone(UTC).timestamp() * 1000)
    return f"{milliseconds:012x}{uuid4().hex[:20]}"
