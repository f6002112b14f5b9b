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
from jobtracker.sources.registry import sources


def collect(message: CollectSource, settings: Settings) -> None:
    """Collect the source that ``message`` names. A message that comes twice collects twice and changes nothing more."""
    source = sources().get(message.source_id)
    if source is None:
        logger().warning("no such source", source=message.source_id)
        return
    table = clients.table(settings.catalog_table)
    state = store.state(table, source.id)
    ledger, new_state = collecting.collect(source, state, _client(settings.contact), partial(postings.put, table))
    store.record(table, ledger, new_state)
    metrics().add_metric("PostingsSeen", unit="Count", value=ledger.seen)
    logger().info("collected", extra=ledger.model_dump(mode="json", exclude={"rejections"}))
    bus.publish(
        settings.event_bus,
        PostingsCollected(
            correlation_id=message.correlation_id,
            source_id=source.id,
            collection_id=ledger.id,
            state=ledger.status.value,
            seen=ledger.seen,
            written=ledger.new + ledger.changed,
        ),
    )


@cache
def _client(contact: str) -> PoliteClient:
    return PoliteClient(contact)
