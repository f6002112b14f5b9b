"""Postings in the catalog table: written only when their content changed."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from jobtracker.aws import clients
from jobtracker.postings.model import Posting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PREFIX = "POSTING#"
_SORT = "POSTING"
_BATCH = 100


class Written(StrEnum):
    """What a write did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def _key(posting_id: str) -> dict[str, str]:
    return {"PK": f"{PREFIX}{posting_id}", "SK": _SORT}


def put(table: "Table", posting: Posting) -> Written:
    """Write ``posting`` unless the table holds the same content already, or what was fetched later."""
    fetched = posting.fetched_at.astimezone(UTC).isoformat(timespec="microseconds")
    item = {
        **_key(posting.id),
        "content_hash": posting.content_hash,
        "source_id": posting.source_id,
        "fetched_at": fetched,
        "data": posting.model_dump_json(),
    }
    try:
        answer = table.put_item(
            Item=item,
            ConditionExpression=Attr("PK").not_exists()
            | (Attr("content_hash").ne(posting.content_hash) & Attr("fetched_at").lte(fetched)),
            ReturnValues="ALL_OLD",
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return Written.UNCHANGED
    return Written.CHANGED if answer.get("Attributes") else Written.NEW


def get(table: "Table", posting_id: str) -> Posting | None:
    """One posting, or None."""
    item = table.get_item(Key=_key(posting_id)).get("Item")
    return None if item is None else _from_item(item)


def get_many(table: "Table", posting_ids: Sequence[str]) -> dict[str, Posting]:
    """Postings by id; those that are not there are left out."""
    found: dict[str, Posting] = {}
    wanted = list(dict.fromkeys(posting_ids))
    for start in range(0, len(wanted), _BATCH):
        request: Any = {table.name: {"Keys": [_key(one) for one in wanted[start : start + _BATCH]]}}
        while request:
            answer = clients.dynamodb().batch_get_item(RequestItems=request)
            for item in answer["Responses"].get(table.name, []):
                posting = _from_item(item)
                found[posting.id] = posting
            request = answer.get("UnprocessedKeys")
    return found


def from_stream_image(image: Mapping[str, Any]) -> Posting | None:
    """The posting in a stream record's image (DynamoDB JSON), or None where the image is no posting."""
    if not str(image.get("PK", {}).get("S", "")).startswith(PREFIX):
        return None
    return Posting.model_validate_json(image["data"]["S"])


def _from_item(item: Mapping[str, Any]) -> Posting:
    return Posting.model_validate_json(str(item["data"]))
