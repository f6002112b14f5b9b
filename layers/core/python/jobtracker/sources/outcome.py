"""What comes of a collection: the source's new state, with a ledger or with a time to go on."""

from dataclasses import dataclass
from datetime import UTC, datetime

from jobtracker.sources.model import BreakerState, Collection, SourceState, SourceStatus
from jobtracker.sources.source import Source


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: the source's new state, and either the ledger or when the collection goes on."""

    state: SourceState
    ledger: Collection | None = None
    continue_at: datetime | None = None


def collection_id(started: datetime) -> str:
    """The id of a collection: its beginning, so that ids sort by time."""
    return started.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def not_asked(source: Source, state: SourceState, now: datetime, until: datetime) -> Outcome:
    """The outcome where the host is left alone: what is held is stale, unless it is known for worse."""
    worse = state.status not in {SourceStatus.NEVER, SourceStatus.OK, SourceStatus.STALE, SourceStatus.OFF}
    status = state.status if worse else SourceStatus.STALE
    reason = f"not asked before {until:%Y-%m-%d %H:%M} UTC, as the host or its limits demand"
    if state.breaker.state is not BreakerState.CLOSED:
        reason = f"left alone until {until:%Y-%m-%d %H:%M} UTC after {state.breaker.failures} failures in a row"
    kept = {"due_at": until, "last_run_at": now, "run": None}
    told = {"status": status, "reason": state.reason if worse else reason}
    since = state.since if status is state.status else now
    ledger = ledger_of(source, now, now, status, reason)
    return Outcome(state.model_copy(update={**kept, **told, "since": since}), ledger)


def turned_off(source: Source, state: SourceState, now: datetime, reason: str) -> Outcome:
    """The outcome where nobody lets the source be collected: it is not asked, and nothing of it changes."""
    since = state.since if state.status is SourceStatus.OFF else now
    told = {"status": SourceStatus.OFF, "reason": reason, "since": since, "last_run_at": now, "run": None}
    return Outcome(state.model_copy(update=told), ledger_of(source, now, now, SourceStatus.OFF, reason))


def ledger_of(source: Source, began: datetime, ended: datetime, status: SourceStatus, reason: str | None) -> Collection:
    """The ledger of a collection that ended, without its counts."""
    return Collection(
        id=collection_id(began),
        source_id=source.listing.id,
        started_at=began,
        ended_at=ended,
        status=status,
        reason=reason,
    )
