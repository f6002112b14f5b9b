"""One collection: fetch, read, write what changed, and keep an honest ledger."""

from collections.abc import Callable
from datetime import UTC, datetime

from jobtracker.postings.model import Posting
from jobtracker.postings.store import Written
from jobtracker.sources import normalising
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import UNCONDITIONAL, Collection, Counts, SourceError, SourceState, SourceStatus
from jobtracker.sources.source import Rejection, Seen, Source, Visit

REASONS_KEPT = 5
MOSTLY_REFUSED = 0.5


def collect(
    source: Source,
    state: SourceState,
    client: PoliteClient,
    put: Callable[[Posting], Written],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[Collection, SourceState]:
    """Collect one source.

    Args:
        source: what to collect.
        state: its memory of earlier collections.
        client: how to fetch.
        put: writes one posting and says what that did.
        clock: the time in UTC.

    Returns:
        The collection's ledger and the source's new state. What the source does wrong is in both, never raised; an
        empty answer after a non-empty history is suspicious, not a success.
    """
    started = clock()
    listing, counts = source.listing, Counts()
    refusals: list[str] = []
    validators = state.validators
    status, reason = SourceStatus.OK, None
    unchanged = False
    try:
        page = source.fetch(Visit(client, started, validators=validators))
        unchanged = page.unchanged
        seen_ids: set[str] = set()
        while True:
            for record in page.records:
                read = record if isinstance(record, Rejection | Seen) else normalising.read(listing, record, started)
                if isinstance(read, Rejection):
                    refusals.append(read.reason)
                    counts.refused += 1
                elif isinstance(read, Seen) or read.id in seen_ids:
                    counts.duplicate += 1
                else:
                    seen_ids.add(read.id)
                    counts.seen += 1
                    written = put(read)
                    setattr(counts, written.value, getattr(counts, written.value) + 1)
            if page.next is None:
                break
            page = source.fetch(Visit(client, started, cursor=page.next))
        if not unchanged:
            validators = page.validators
        status, reason = _judge(state, counts, unchanged=unchanged)
    except SourceError as error:
        status, reason = error.status, error.reason
    if status is not SourceStatus.OK:
        # The next collection must see the whole answer again, not "unchanged".
        validators = UNCONDITIONAL
    ended = clock()
    collection = Collection(
        id=started.strftime("%Y%m%dT%H%M%S.%fZ"),
        source_id=listing.id,
        started_at=started,
        ended_at=ended,
        status=status,
        reason=reason,
        counts=counts,
        refusals=tuple(dict.fromkeys(refusals))[:REASONS_KEPT],
    )
    good = status is SourceStatus.OK
    new_state = SourceState(
        source_id=listing.id,
        status=status,
        reason=reason,
        postings=counts.seen if good and not unchanged else state.postings,
        validators=validators,
        last_run_at=ended,
        last_ok_at=ended if good else state.last_ok_at,
    )
    return collection, new_state


def _judge(state: SourceState, counts: Counts, *, unchanged: bool) -> tuple[SourceStatus, str | None]:
    if unchanged:
        return SourceStatus.OK, None
    records = counts.seen + counts.refused
    if counts.refused and counts.refused >= MOSTLY_REFUSED * records:
        return SourceStatus.FAILING, f"{counts.refused} of {records} records could not be read"
    if counts.seen == 0 and state.postings > 0:
        return SourceStatus.SUSPICIOUS, f"no posting, where there were {state.postings} before"
    return SourceStatus.OK, None
