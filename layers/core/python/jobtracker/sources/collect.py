"""One collection: fetch, read, write what changed, and keep an honest ledger."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from jobtracker.postings.model import Posting
from jobtracker.postings.store import Written
from jobtracker.sources.client import PoliteClient, SourceError
from jobtracker.sources.model import Collection, SourceState, SourceStatus
from jobtracker.sources.source import Rejection, Source

REASONS_KEPT = 5
MOSTLY_REJECTED = 0.5


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
    counts: Counter[Written] = Counter()
    rejections: list[str] = []
    etag, modified = state.etag, state.last_modified
    status, reason = SourceStatus.OK, None
    unchanged = False
    try:
        response = source.fetch(client, state)
        unchanged = response.body is None
        seen_ids: set[str] = set()
        for record in source.postings(response, started) if not unchanged else ():
            if isinstance(record, Rejection):
                rejections.append(record.reason)
            elif record.id not in seen_ids:
                # Feeds list a posting once for each of its categories.
                seen_ids.add(record.id)
                counts[put(record)] += 1
        if not unchanged:
            etag, modified = response.etag, response.last_modified
        status, reason = _judge(state, sum(counts.values()), len(rejections), unchanged=unchanged)
    except SourceError as error:
        status, reason = error.status, error.reason
    if status is not SourceStatus.OK:
        # The next collection must see the whole answer again, not "unchanged".
        etag = modified = None
    seen = sum(counts.values())
    ended = clock()
    collection = Collection(
        id=started.strftime("%Y%m%dT%H%M%S.%fZ"),
        source_id=source.id,
        started_at=started,
        ended_at=ended,
        status=status,
        reason=reason,
        seen=seen,
        new=counts[Written.NEW],
        changed=counts[Written.CHANGED],
        unchanged=counts[Written.UNCHANGED],
        rejected=len(rejections),
        rejections=tuple(dict.fromkeys(rejections))[:REASONS_KEPT],
    )
    good = status is SourceStatus.OK
    new_state = SourceState(
        source_id=source.id,
        status=status,
        reason=reason,
        postings=seen if good and not unchanged else state.postings,
        etag=etag,
        last_modified=modified,
        last_run_at=ended,
        last_ok_at=ended if good else state.last_ok_at,
        failures=0 if good else state.failures + 1,
    )
    return collection, new_state


def _judge(state: SourceState, seen: int, rejected: int, *, unchanged: bool) -> tuple[SourceStatus, str | None]:
    if unchanged:
        return SourceStatus.OK, None
    if rejected and rejected >= MOSTLY_REJECTED * (seen + rejected):
        return SourceStatus.FAILING, f"{rejected} of {seen + rejected} records could not be read"
    if seen == 0 and state.postings > 0:
        return SourceStatus.SUSPICIOUS, f"no posting, where there were {state.postings} before"
    return SourceStatus.OK, None
