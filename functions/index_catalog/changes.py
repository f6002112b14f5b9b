"""What an event asks of the index: DynamoDB stream records, or the news of a model."""

from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools.utilities.data_classes import DynamoDBStreamEvent
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from pydantic import ValidationError

from jobtracker.aws.observability import logger
from jobtracker.catalog.snapshot import Changes
from jobtracker.messages.model import ModelPublished
from jobtracker.postings.model import Posting
from jobtracker.text.gateway import NAME as ENCODER

POSTING_PREFIX = "POSTING#"


def changes_of(event: dict[str, Any]) -> tuple[Changes, str | None] | None:
    """The changes and the correlation id that ``event`` brings, or None when it does not concern the index."""
    if "detail" in event:
        news = ModelPublished.model_validate(event["detail"])
        return (Changes(), news.correlation_id) if news.artifact == ENCODER else None
    changes = Changes()
    for posting_id, posting in _postings(event):
        if posting is None:
            changes.remove(posting_id)
        else:
            changes.add(posting)
    return (changes, None) if changes.put or changes.removed else None


def _postings(event: dict[str, Any]) -> Iterator[tuple[str, Posting | None]]:
    for record in DynamoDBStreamEvent(event).records:
        change = record.dynamodb
        key = str(change.keys.get("PK", "")) if change is not None and change.keys is not None else ""
        if not key.startswith(POSTING_PREFIX):
            continue
        try:
            yield key.removeprefix(POSTING_PREFIX), _posting(record)
        except (ValidationError, KeyError):
            # A record that cannot be read will not be readable tomorrow: it must not hold up those behind it.
            logger().exception("A posting of the stream cannot be read and is left out", extra={"key": key})


def _posting(record: DynamoDBRecord) -> Posting | None:
    image = record.dynamodb.new_image if record.dynamodb is not None else None
    return None if not image else Posting.model_validate_json(str(image["data"]))
