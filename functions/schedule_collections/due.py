"""Which sources are due."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jobtracker.sources import store
from jobtracker.sources.listing import listings
from jobtracker.sources.model import Listing, SourceKind

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# A schedule that fires a little early must not skip a whole round.
_SLACK = timedelta(minutes=10)


def due_sources(table: "Table", *, with_sample: bool) -> list[Listing]:
    """Open sources whose last collection is as old as they allow; the sample source only when asked for."""
    now = datetime.now(UTC)
    open_sources = [one for one in listings().values() if one.on or (with_sample and one.kind is SourceKind.SAMPLE)]
    states = store.states(table, [one.id for one in open_sources])
    return [
        one
        for one in open_sources
        if (ran := states[one.id].last_run_at) is None or now - ran >= timedelta(hours=one.every_hours) - _SLACK
    ]
