"""One collection: from the source to the catalog table, with its ledger and its event."""

from functools import cache, partial

from functions.collect_source.settings import Settings
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.messages.model import CollectSource, PostingsCollected
from jobtracker.postings import store as postings
from jobtracker.sources import collect as collecting
from jobtracker.sources import store
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.registry import source as find_source


def collect(message: CollectSource, settings: Settings) -> None:
    """Collect the source that ``message`` names. A message that comes twice collects twice and changes nothing more."""
    source = find_source(message.source_id)
    if source is None:
        logger().warning("no such source", source=message.source_id)
        return
    table = clients.table(settings.catalog_table)
    state = store.state(table, source.listing.id)
    ledger, new_state = collecting.collect(source, state, _client(settings.contact), partial(postings.put, table))
    store.record(table, ledger, new_state)
    metrics().add_metric("PostingsSeen", unit="Count", value=ledger.counts.seen)
    logger().info("collected", extra=ledger.model_dump(mode="json", exclude={"refusals"}))
    bus.publish(
        settings.event_bus,
        PostingsCollected(
            correlation_id=message.correlation_id,
            source_id=source.listing.id,
            collection_id=ledger.id,
            state=ledger.status.value,
            seen=ledger.counts.seen,
            written=ledger.counts.new + ledger.counts.changed,
        ),
    )


@cache
def _client(contact: str) -> PoliteClient:
    return PoliteClient(contact)
