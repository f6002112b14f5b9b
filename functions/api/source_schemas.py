"""The types of the HTTP API that are about where postings come from. See ``schemas`` for the rules."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, SecretStr, StringConstraints

from functions.api.schemas import RequestBody, View
from jobtracker.sources import custom
from jobtracker.sources import model as sources
from jobtracker.sources.listing import Company as DirectoryCompany
from jobtracker.sources.model import Collection, Coverage, Listing, SourceSetting, SourceState
from jobtracker.sources.permission import why_off

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
SecretValue = Annotated[SecretStr, Field(min_length=1, max_length=2000)]
Secrets = dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")], SecretValue]


# --- what a source is, and how it fares


class Counts(View):
    """What became of a collection's records. ``duplicate`` came twice in the answer, ``gone`` is no longer listed."""

    seen: int
    new: int
    changed: int
    unchanged: int
    duplicate: int
    refused: int
    gone: int

    @classmethod
    def of(cls, counts: sources.Counts) -> Self:
        """The same counts."""
        return cls(**counts.model_dump())


class Ledger(View):
    """One collection that ended: how, what it saw, and examples of what it had to refuse."""

    id: str
    started_at: datetime
    ended_at: datetime
    status: sources.SourceStatus
    reason: str | None
    counts: Counts
    refusals: list[str]
    requests: int

    @classmethod
    def of(cls, ledger: Collection) -> Self:
        """The ledger without its source's id."""
        return cls(
            **ledger.model_dump(exclude={"source_id", "counts", "refusals"}),
            counts=Counts.of(ledger.counts),
            refusals=list(ledger.refusals),
        )


class LedgerList(View):
    """The last collections of a source, newest first."""

    items: list[Ledger]


class Source(View):
    """A source and how its last collection went.

    ``on``: it is collected on schedule. ``accepted``: an administrator read its conditions and accepted them.
    ``secrets`` are the names of what asking it takes, ``secrets_set`` those that are there; their values are never
    shown. ``status`` is "off", with the reason, while it may not be collected; ``since``: since when the status is what
    it is. ``retry_at``: the source is left alone until then. ``postings`` are those of the last whole collection,
    ``duplicates`` how many of them another posting stands for (null before the first index).
    """

    id: str
    kind: sources.SourceKind
    name: str
    terms: sources.Terms
    conditions: str
    homepage: str
    attribution: str
    on: bool
    accepted: bool
    secrets: list[str]
    secrets_set: list[str]
    status: sources.SourceStatus
    reason: str | None
    since: datetime | None
    retry_at: datetime | None
    running: bool
    postings: int
    duplicates: int | None
    counts: Counts | None
    last_run_at: datetime | None
    last_ok_at: datetime | None

    @classmethod
    def of(
        cls,
        listing: Listing,
        state: SourceState,
        setting: SourceSetting | None,
        coverage: Coverage | None,
        secrets_set: tuple[str, ...] = (),
    ) -> Self:
        """What the source is, what was decided about it, and what became of it."""
        off = why_off(listing, setting, secrets_set)
        return cls(
            id=listing.id,
            kind=listing.kind,
            name=listing.name,
            terms=listing.terms,
            conditions=listing.conditions,
            homepage=listing.homepage,
            attribution=listing.attribution,
            on=listing.on if setting is None else setting.on,
            accepted=setting is not None and setting.accepted,
            secrets=list(listing.secrets),
            secrets_set=list(secrets_set),
            status=state.status if off is None else sources.SourceStatus.OFF,
            reason=state.reason if off is None else off,
            since=state.since if off is None else None if setting is None else setting.changed_at,
            retry_at=_retry_at(state),
            running=state.run is not None,
            postings=state.postings,
            duplicates=None if coverage is None else coverage.duplicates,
            counts=None if state.status is sources.SourceStatus.NEVER else Counts.of(state.counts),
            last_run_at=state.last_run_at,
            last_ok_at=state.last_ok_at,
        )


def _retry_at(state: SourceState) -> datetime | None:
    """Until when a source is left alone: as its breaker says, else as its host or its limits do."""
    return state.breaker.open_until or state.left_until


class SourceList(View):
    """All boards, and those companies' boards that are in use, by name."""

    items: list[Source]


class Limits(View):
    """How the source's host is treated. Null is no limit beyond the seconds between two requests."""

    between_s: float
    per_hour: int | None
    per_day: int | None
    every_hours: int


class SourceDetail(View):
    """A source with its limits and its last collections, newest first."""

    source: Source
    limits: Limits
    ledgers: list[Ledger]

    @classmethod
    def whole(cls, source: Source, listing: Listing, ledgers: list[Collection]) -> Self:
        """The source with what its listing and its ledgers say."""
        polite = listing.politeness
        return cls(
            source=source,
            limits=Limits(
                between_s=polite.between_s,
                per_hour=polite.per_hour,
                per_day=polite.per_day,
                every_hours=listing.every_hours,
            ),
            ledgers=[Ledger.of(one) for one in ledgers],
        )


class SettingRequest(RequestBody):
    """Turn a source on or off. ``accepted``: its conditions were read; a restricted source takes it."""

    on: bool
    accepted: bool = False


class SecretsRequest(RequestBody):
    """Secrets by their names. They are encrypted and never shown again."""

    values: Secrets = Field(min_length=1, max_length=10)


class CollectionAccepted(View):
    """A collection that was asked for; ``id`` is its message's id."""

    id: str
    source_id: str


# --- companies


class Company(View):
    """A company whose board is known, with the source that reads it. ``on``: it is collected for everybody."""

    source_id: str
    name: str
    system: str
    domains: list[str]
    on: bool

    @classmethod
    def of(cls, company: DirectoryCompany, system: str, *, on: bool) -> Self:
        """The company as the directory has it; ``system`` is what the system is called."""
        return cls(source_id=company.source_id, name=company.name, system=system, domains=list(company.domains), on=on)


class CompanyList(View):
    """Companies that a search found, the likeliest first. ``total`` counts the whole directory."""

    items: list[Company]
    total: int


# --- a person's own sources


class OwnSourceRequest(RequestBody):
    """A source of one's own. Its postings are the person's alone. ``secrets`` are encrypted and never shown again."""

    name: Name
    config: custom.CustomConfig
    secrets: dict[custom.SecretName, SecretValue] = Field(default={}, max_length=10)


class OwnSource(View):
    """A source of one's own and how its last collection went. ``retry_at``: the source is left alone until then."""

    id: str
    name: str
    config: custom.CustomConfig
    secrets_set: list[str]
    created_at: datetime
    status: sources.SourceStatus
    reason: str | None
    since: datetime | None
    retry_at: datetime | None
    running: bool
    postings: int
    counts: Counts | None
    last_run_at: datetime | None

    @classmethod
    def of(cls, own: custom.OwnSource, state: SourceState, secrets_set: tuple[str, ...]) -> Self:
        """What the person defined, and what became of it, or why nothing can any more."""
        trouble = own.trouble
        shown = {
            "id": own.id,
            "name": own.name,
            "config": own.config,
            "secrets_set": list(secrets_set),
            "created_at": own.created_at,
            "status": state.status if trouble is None else sources.SourceStatus.FAILING,
            "reason": state.reason if trouble is None else trouble,
            "since": state.since,
            "retry_at": _retry_at(state),
            "running": state.run is not None,
            "postings": state.postings,
            "counts": None if state.last_run_at is None else Counts.of(state.counts),
            "last_run_at": state.last_run_at,
        }
        return cls.model_validate(shown, context=custom.KEPT)


class OwnSourceList(View):
    """All sources of a person, by name."""

    items: list[OwnSource]
