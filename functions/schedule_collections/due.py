"""Which sources are due, everybody's and people's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jobtracker.aws.observability import logger
from jobtracker.messages.model import CollectSource
from jobtracker.sources import breaker, own, secrets, store
from jobtracker.sources.listing import find, listings
from jobtracker.sources.model import Listing, SourceKind, SourceState
from jobtracker.sources.permission import why_off

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# A schedule that fires a little early must not skip a whole round.
_SLACK = timedelta(minutes=10)


def due_sources(catalog: "Table", *, with_sample: bool) -> Iterator[tuple[CollectSource, str]]:
    """A message and its group for each of everybody's sources that may be collected and is due."""
    now = datetime.now(UTC)
    allowed = _allowed(catalog, with_sample=with_sample)
    states = store.states(catalog, [one.id for one, _ in allowed])
    for one, keys in allowed:
        # Other secrets than those that it was asked with are tried at once.
        if states[one.id].keys != keys or _is_due(states[one.id], now):
            yield CollectSource(source_id=one.id), one.host


def due_own_sources(people: "Table") -> Iterator[tuple[CollectSource, str]]:
    """A message and its group for each of people's own sources that is due; one that cannot be read is told of."""
    now = datetime.now(UTC)
    for one, read in own.with_states(people, own.due(people, now + _SLACK)):
        if isinstance(read, ValueError):
            logger().error("an own source cannot be read", source=one.source_id, owner=one.owner_id, reason=str(read))
            continue
        defined, state = read
        if breaker.may_ask(state.breaker, now):
            yield CollectSource(source_id=one.source_id, owner_id=one.owner_id), defined.group


def _allowed(catalog: "Table", *, with_sample: bool) -> list[tuple[Listing, str | None]]:
    """The sources that may be collected, each with the mark of its secrets."""
    settings = store.settings(catalog)
    decided = (listing for source_id in settings if (listing := find(source_id)) is not None)
    known = listings() | {listing.id: listing for listing in decided}
    on = (one for one in known.values() if why_off(one, settings.get(one.id), one.secrets) is None)
    wanted = (one for one in on if with_sample or one.kind is not SourceKind.SAMPLE)
    # Secrets are looked up last: few sources have any.
    found = ((one, store.sealed(catalog, one.id) if one.secrets else {}) for one in wanted)
    return [(one, secrets.mark(sealed)) for one, sealed in found if set(one.secrets) <= set(sealed)]


def _is_due(state: SourceState, now: datetime) -> bool:
    return (state.due_at is None or state.due_at - _SLACK <= now) and breaker.may_ask(state.breaker, now)
