"""A source: where postings come from, how it may be used, and how it fares."""

import re
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field


class Terms(StrEnum):
    """What a source asks before it may be read."""

    OPEN = "open"
    KEY = "key"
    RESTRICTED = "restricted"


class SourceKind(StrEnum):
    """What sort of place a source is."""

    BOARD = "board"
    COMPANY = "company"
    CUSTOM = "custom"
    SAMPLE = "sample"


class SourceStatus(StrEnum):
    """How the last collection ended."""

    OK = "ok"
    STALE = "stale"
    BLOCKED = "blocked"
    SUSPICIOUS = "suspicious"
    FAILING = "failing"
    OFF = "off"
    NEVER = "never"


class SourceError(Exception):
    """A source did not answer as it should.

    Attributes:
        status: what the source now counts as.
        reason: why, in one sentence for people.
        retry_at: when the host asked to be asked again, if it did.
        http_status: what the host answered with, if it answered.
    """

    def __init__(
        self,
        status: SourceStatus,
        reason: str,
        *,
        retry_at: datetime | None = None,
        http_status: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.retry_at = retry_at
        self.http_status = http_status


class GoneError(SourceError):
    """The address answers that what it held is gone for good (404, 410)."""


class PostponedError(Exception):
    """A host may not be asked before ``until``: the collection goes on then, from where it stands."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class Politeness(BaseModel):
    """How often one host may be asked. None is no limit beyond the seconds between two requests."""

    model_config = ConfigDict(frozen=True)

    between_s: float = Field(default=1.0, description="least seconds between two requests")
    per_hour: int | None = None
    per_day: int | None = None
    silence_s: float = Field(default=30.0, description="longest silence of the host in seconds")
    robots: bool = Field(
        default=True,
        description="whether robots.txt is asked; documented APIs do without, and LinkedIn, as its conditions say",
    )
    trips_at: int = Field(default=5, description="failures in a row that open the breaker; refusals of restricted: 1")


class Listing(BaseModel):
    """What a source is, known without what it takes to read it. Collections of one ``host`` never overlap."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: SourceKind
    name: str
    homepage: str
    host: str
    attribution: str = Field(description="the credit that the source demands; shown with each of its postings")
    terms: Terms = Terms.OPEN
    conditions: str = Field(description="what its terms ask of us, or why it is restricted, for people to read")
    every_hours: int = Field(default=6, description="the least time between two collections")
    politeness: Politeness = Politeness()
    complete: bool = Field(default=False, description="a whole collection lists everything that is open")
    secrets: tuple[str, ...] = Field(default=(), description="the names of the secrets that asking it takes")
    on: bool = Field(default=False, description="whether it is collected before anybody turned it on or off")


class CompanyListing(BaseModel):
    """A system by which companies publish their boards.

    In ``homepage`` and ``host``, ``{token}`` and the named groups of ``tokens`` stand for one board; in
    ``attribution``, ``{company}`` for whose it is. ``addresses`` are regular expressions that find a board in a link:
    their groups fill ``joined``, which is its token.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    homepage: str
    host: str
    attribution: str = "Source: {company} careers, through {system}"
    conditions: str
    tokens: str = Field(
        default=r"[A-Za-z0-9][\w-]{0,79}", description="a regular expression that a whole token matches"
    )
    joined: str = "{token}"
    addresses: tuple[str, ...]
    every_hours: int = 6
    politeness: Politeness = Politeness()
    complete: bool = True

    def accepts(self, token: str) -> bool:
        """Whether ``token`` can be one of this system's: what it does not accept never gets into an address."""
        return re.fullmatch(self.tokens, token, re.ASCII) is not None

    def address(self, template: str, token: str) -> str:
        """``template`` with the token's parts in it, quoted. In a token "+" stands for a space.

        Raises:
            ValueError: it is no token of this system.
        """
        found = re.fullmatch(self.tokens, token, re.ASCII)
        if found is None:
            raise ValueError(f"no token of {self.name}: {token[:100]!r}")
        parts = {"token": token} | found.groupdict()
        return template.format(**{name: quote(part.replace("+", " "), safe="") for name, part in parts.items()})

    def of(self, token: str, company: str, *, on: bool = False) -> Listing:
        """The listing of one company's board."""
        return Listing(
            id=f"{self.id}:{token}",
            kind=SourceKind.COMPANY,
            name=f"{company} ({self.name})",
            homepage=self.address(self.homepage, token),
            host=self.address(self.host, token),
            attribution=self.attribution.format(company=company, system=self.name),
            conditions=self.conditions,
            every_hours=self.every_hours,
            politeness=self.politeness,
            complete=self.complete,
            on=on,
        )


class Validators(BaseModel):
    """What a host gave to be asked by whether its answer changed (RFC 9110)."""

    model_config = ConfigDict(frozen=True)

    etag: str | None = None
    last_modified: str | None = None


UNCONDITIONAL = Validators()


class BreakerState(StrEnum):
    """Closed: asked as usual. Open: left alone until its time. Half open: asked once, to see."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker(BaseModel):
    """A source's circuit breaker. ``opened`` counts the openings in a row: each lasts longer than the one before."""

    model_config = ConfigDict(frozen=True)

    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    opened: int = 0
    open_until: datetime | None = None


class SourceSetting(BaseModel):
    """What an administrator decided about a source. ``accepted`` says that its conditions were shown and accepted."""

    source_id: str
    on: bool
    accepted: bool = False
    changed_by: str
    changed_at: datetime


class Counts(BaseModel):
    """What became of a collection's records. ``refused`` could not be read, ``duplicate`` came twice in the answer,
    ``gone`` are postings that a complete list no longer has."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    refused: int = 0
    gone: int = 0


class Run(BaseModel):
    """A collection under way: where it stands when it goes on in another invocation.

    ``cursor`` is the page that comes next, None for the first; ``partial`` says that some of its records are read.
    """

    id: str
    started_at: datetime
    resume_at: datetime
    cursor: str | None
    partial: bool = False
    counts: Counts = Counts()
    refusals: tuple[str, ...] = ()
    unread: int = Field(default=0, description="refused records of which not even the id is known")
    again: int = Field(default=0, description="refused records of the page under way, which come again with it")
    capped: bool = Field(default=False, description="the source shows no more than a part of what it has")
    requests: int = 0
    validators: Validators = UNCONDITIONAL
    parts: int = Field(default=0, description="how many parts of the set of seen postings are stored")


class SourceState(BaseModel):
    """One source's memory between collections. ``counts`` and ``requests`` are those of the last one that ended."""

    source_id: str
    definition: str | None = Field(default=None, description="of what a person defined: another one begins anew")
    keys: str | None = Field(default=None, description="marks the secrets that it is asked with: others are tried")
    status: SourceStatus = SourceStatus.NEVER
    reason: str | None = None
    since: datetime | None = Field(default=None, description="since when the status is what it is")
    postings: int = 0
    validators: Validators = UNCONDITIONAL
    breaker: Breaker = Breaker()
    run: Run | None = None
    counts: Counts = Counts()
    requests: int = 0
    last_run_at: datetime | None = None
    last_ok_at: datetime | None = None
    due_at: datetime | None = Field(default=None, description="when it is to be collected again; None is at once")
    left_until: datetime | None = Field(default=None, description="nobody asks it before, whoever wants to")


class Collection(BaseModel):
    """The ledger of one collection, with examples of why records were refused."""

    id: str
    source_id: str
    started_at: datetime
    ended_at: datetime
    status: SourceStatus
    reason: str | None = None
    counts: Counts = Counts()
    refusals: tuple[str, ...] = ()
    requests: int = 0


class Coverage(BaseModel):
    """What the catalog index holds of a source: all its open postings, and those that another posting stands for."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    index_version: str
    open: int
    duplicates: int
