"""From the current catalog index to the next one. Doing it twice with one event leads to the same version."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from functions.index_catalog.changes import asked_of, unreadable
from functions.index_catalog.settings import Settings
from jobtracker.artifacts.model import ConflictError
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.catalog import gateway, snapshot
from jobtracker.catalog.gateway import Use
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import IndexInfo
from jobtracker.catalog.snapshot import Changes
from jobtracker.messages.model import CatalogIndexed, MatchShard
from jobtracker.postings import store
from jobtracker.postings.model import StoredPosting
from jobtracker.sources import store as sources
from jobtracker.sources.model import Coverage
from jobtracker.text.gateway import current_encoder

# A lost race is run again at once; after so many the event goes back to its source, to come again later.
ATTEMPTS = 4


def index(event: dict[str, Any], settings: Settings) -> None:
    """Publish the index that ``event`` asks for, and tell those who wait for it.

    Raises:
        ConflictError: others kept publishing in between; the event must come again.
    """
    asked = asked_of(event)
    if asked is None or (asked.unless_published and gateway.is_published(settings.artifacts_bucket)):
        logger().info("Nothing in this event concerns the index")
        return
    changes = asked.changes
    info = _publish(changes, settings)
    if info is None:
        logger().info("There is no posting to index yet")
        return
    metrics().add_metric(name="PostingsIndexed", unit="Count", value=len(changes.put) + len(changes.removed))
    _tell(info, asked.correlation_id, settings)


def _publish(changes: Changes, settings: Settings) -> IndexInfo | None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _publish_once(changes, settings)
        except ConflictError:
            logger().warning("Another index was published in between", extra={"attempt": attempt})
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _publish_once(changes: Changes, settings: Settings) -> IndexInfo | None:
    current = gateway.open_latest(settings.artifacts_bucket, Use.BUILD)
    follows = current.manifest if current else gateway.current_manifest(settings.artifacts_bucket)
    held = () if current else _from_the_table(settings)
    encoder = current_encoder(settings.artifacts_bucket, every=0.0)
    with tempfile.TemporaryDirectory() as work:
        target = Path(work) / "index"
        info = snapshot.apply(current.index if current else None, changes, encoder, target, held=held)
        if follows is None and not info.rows:
            return None
        if current is None or info.version != current.manifest.version:
            gateway.publish(settings.artifacts_bucket, target, info, follows=follows)
        _cover(snapshot.open_built(target, current.index if current else None), settings)
    logger().info("The catalog index is published", extra={"version": info.version, "postings": info.postings})
    return info


def _from_the_table(settings: Settings) -> Iterator[StoredPosting]:
    """All postings that there are: nothing was published, or what was is of a shape that is read no more."""
    logger().warning("There is no index that can be read: it is built anew from the catalog table")
    return store.every(clients.table(settings.catalog_table), unreadable)


def _cover(index: CatalogIndex, settings: Settings) -> None:
    """Keep how many postings of each source are open, and how many of these another one stands for."""
    table = clients.table(settings.catalog_table)
    # A source whose last posting closed has none now, and that must be said too.
    held = dict.fromkeys(sources.coverage(table), (0, 0)) | index.held_by_source()
    covered = [
        Coverage(source_id=source_id, index_version=index.version, open=open_, duplicates=duplicates)
        for source_id, (open_, duplicates) in held.items()
    ]
    sources.cover(table, covered)


def _tell(info: IndexInfo, correlation_id: str | None, settings: Settings) -> None:
    """Announce the index and have every shard of people matched. Told even of an unchanged version: the attempt that
    published it may have died before it told anybody."""
    news = CatalogIndexed(index_version=info.version, postings=info.postings, encoder_version=info.encoder_version)
    if correlation_id is not None:
        news = news.model_copy(update={"correlation_id": correlation_id})
    logger().set_correlation_id(news.correlation_id)
    bus.publish(settings.event_bus, news)
    for shard in range(settings.match_shards):
        bus.send(
            settings.match_queue_url,
            MatchShard(shard=shard, index_version=info.version, correlation_id=news.correlation_id),
        )
