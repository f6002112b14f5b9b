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
    until_words = f"{until:%Y-%m-%d %H:%M} UTC"
    ledger = ledger_of(source, now, now, status, f"not asked before {until_words}, as the host or its limits demand")
    reason = "the host or its limits demand a pause"
    if state.breaker.state is not BreakerState.CLOSED:
        reason = f"{state.breaker.failures} failures in a row"
        ledger = ledger_of(source, now, now, status, f"left alone until {until_words} after {reason}")
    kept = {"due_at": until, "left_until": until, "last_run_at": now, "run": None}
    told = {"status": status, "reason": state.reason if worse else reason}
    since = state.since if status is state.status else now
    return Outcome(state.model_copy(update={**kept, **told, "since": since}), ledger)


def turned_off(source: Source, state: SourceState, now: datetime, reason: str) -> Outcome:
    """The outcome where nobody lets the source be collected: it is not asked, and its state stays what it was, so that
    it is told again once the source is on."""
    kept = state.model_copy(update={"last_run_at": now, "run": None})
    return Outcome(kept, ledger_of(source, now, now, SourceStatus.OFF, reason))


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
