"""What an event asks of the index: DynamoDB stream records, or the news of a model."""

from collections.abc import Iterator
from typing import Any

from jobtracker.aws.observability import logger
from jobtracker.catalog.snapshot import Changes
from jobtracker.messages.model import ModelPublished
from jobtracker.postings.model import StoredPosting
from jobtracker.postings.store import PREFIX, SORT, from_stream_image
from jobtracker.text.gateway import NAME as ENCODER


def changes_of(event: dict[str, Any]) -> tuple[Changes, str | None] | None:
    """The changes and the correlation id that ``event`` brings, or None when it does not concern the index."""
    if "detail" in event:
        news = ModelPublished.model_validate(event["detail"])
        return (Changes(), news.correlation_id) if news.artifact == ENCODER else None
    changes = Changes()
    for posting_id, posting in _postings(event["Records"]):
        if posting is None:
            changes.remove(posting_id)
        else:
            changes.add(posting)
    return (changes, None) if changes.put or changes.removed else None


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
            # A record that cannot be read will not be readable tomorrow: it must not hold up those behind it.
            logger().exception("A posting of the stream cannot be read and is left out", extra={"key": key})
