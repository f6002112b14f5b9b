"""What an event asks of the index: DynamoDB stream records, the news of a model, or to see that there is one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jobtracker.aws.observability import logger, metrics
from jobtracker.catalog.snapshot import Changes
from jobtracker.messages.model import ModelPublished
from jobtracker.postings.model import StoredPosting
from jobtracker.postings.store import PREFIX, SORT, from_stream_image
from jobtracker.text.gateway import NAME as ENCODER


@dataclass(frozen=True, slots=True)
class Asked:
    """What to apply to the index; ``unless_published`` where any that can be read will do."""

    changes: Changes = field(default_factory=Changes)
    correlation_id: str | None = None
    unless_published: bool = False


def asked_of(event: dict[str, Any]) -> Asked | None:
    """What ``event`` asks, or None when it does not concern the index. A deployment and the schedule ask for any."""
    if event.get("detail-type") == "ModelPublished":
        news = ModelPublished.model_validate(event["detail"])
        return Asked(correlation_id=news.correlation_id) if news.artifact == ENCODER else None
    if "Records" not in event:
        return Asked(unless_published=True)
    changes = Changes()
    for posting_id, posting in _postings(event["Records"]):
        if posting is None:
            changes.remove(posting_id)
        else:
            changes.add(posting)
    return Asked(changes) if changes.put or changes.removed else None


def _postings(records: list[dict[str, Any]]) -> Iterator[tuple[str, StoredPosting | None]]:
    """Each record's posting id, and the posting unless it was removed."""
    for record in records:
        change = record["dynamodb"]
        key = str(change["Keys"]["PK"]["S"])
        if not key.startswith(PREFIX) or change["Keys"]["SK"]["S"] != SORT:
            continue
        image = change.get("NewImage")
        try:
            yield key.removeprefix(PREFIX), from_stream_image(image) if image else None
        except (ValueError, KeyError):
            unreadable(key)


def unreadable(key: str) -> None:
    """Tell of a posting whose error is being handled.

    What cannot be read will not be readable tomorrow: it must not hold up the others.
    """
    logger().exception("A posting cannot be read and is left out", extra={"key": key})
    metrics().add_metric(name="PostingsUnreadable", unit="Count", value=1)
