"""Postings in the catalog table, with their lives and versions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.types import TypeDeserializer

from jobtracker.aws import clients
from jobtracker.postings import items
from jobtracker.postings.items import Slot, Written
from jobtracker.postings.model import ClosedReason, Posting, StoredPosting, Version

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

__all__ = [
    "PREFIX", "SORT", "Written", "close", "every", "from_stream_image", "get", "get_many", "put", "rejoin",
    "separate", "versions",
]  # fmt: skip

PREFIX: Final = "POSTING#"
SORT: Final = "POSTING"
_BATCH: Final = 100
_READ: Final = TypeDeserializer()


def _slot(posting_id: str) -> Slot:
    return Slot(f"{PREFIX}{posting_id}", SORT, "VERSION#")


def put(table: "Table", posting: Posting) -> Written:
    """Write ``posting`` unless the table holds the same content already, or what was fetched later.

    A change keeps a version of what was before, in the same transaction. A closed posting that comes again is open.
    """
    return items.put(table, _slot(posting.id), posting)


def close(table: "Table", posting_id: str, reason: ClosedReason, at: datetime) -> bool:
    """Whether this closed the posting: one that is closed already, was fetched after ``at`` or is not there stays."""
    return items.close(table, _slot(posting_id), reason, at)


def separate(table: "Table", posting_id: str, other_id: str) -> None:
    """Record with both that they are no duplicates of each other. One that is not there is passed over.

    Raises:
        ContendedError: every time another writer was faster; what was recorded until then stays.
    """
    for one, other in ((posting_id, other_id), (other_id, posting_id)):
        items.change(table, _slot(one), partial(_apart, other_id=other))


def rejoin(table: "Table", posting_id: str, other_id: str) -> None:
    """Take back what ``separate`` recorded: whether the two are one job is for the next index to say.

    Raises:
        ContendedError: every time another writer was faster; what was taken back until then stays so.
    """
    for one, other in ((posting_id, other_id), (other_id, posting_id)):
        items.change(table, _slot(one), partial(_together, other_id=other))


def _apart(stored: StoredPosting, other_id: str) -> tuple[StoredPosting, None] | None:
    if other_id in (stored.posting.id, *stored.separated):
        return None
    return stored.model_copy(update={"separated": (*stored.separated, other_id)}), None


def _together(stored: StoredPosting, other_id: str) -> tuple[StoredPosting, None] | None:
    if other_id not in stored.separated:
        return None
    return stored.model_copy(update={"separated": tuple(one for one in stored.separated if one != other_id)}), None


def get(table: "Table", posting_id: str) -> StoredPosting | None:
    """One posting with its life, or None."""
    return items.get(table, _slot(posting_id))


def get_many(table: "Table", posting_ids: Sequence[str]) -> dict[str, StoredPosting]:
    """Postings by id; those that are not there are left out."""
    found: dict[str, StoredPosting] = {}
    wanted = list(dict.fromkeys(posting_ids))
    for start in range(0, len(wanted), _BATCH):
        request: Any = {table.name: {"Keys": [_slot(one).key for one in wanted[start : start + _BATCH]]}}
        while request:
            answer = clients.dynamodb().batch_get_item(RequestItems=request)
            for item in answer["Responses"].get(table.name, []):
                stored = items.stored_of(item)
                found[stored.posting.id] = stored
            request = answer.get("UnprocessedKeys")
    return found


def versions(table: "Table", posting_id: str, limit: int = 50) -> list[Version]:
    """The latest events of the posting's life, the newest first."""
    return items.versions(table, _slot(posting_id), limit)


def from_stream_image(image: Mapping[str, Any]) -> StoredPosting | None:
    """The posting in a stream record's image (DynamoDB JSON), or None where the image is no posting."""
    if image.get("SK", {}).get("S") != SORT:
        return None
    return items.stored_of({name: _READ.deserialize(value) for name, value in image.items()})


def every(table: "Table", unreadable: Callable[[str], None]) -> Iterator[StoredPosting]:
    """All postings of the table, page by page: read whole only where there is nothing else to begin from.

    An item that cannot be read is left out, and ``unreadable`` told its key while its error is handled.
    """
    more: dict[str, Any] = {}
    while True:
        answer = table.scan(FilterExpression=Attr("SK").eq(SORT) & Attr("PK").begins_with(PREFIX), **more)
        for item in answer["Items"]:
            try:
                stored = items.stored_of(item)
            except (ValueError, KeyError):
                unreadable(str(item["PK"]))
            else:
                yield stored
        if "LastEvaluatedKey" not in answer:
            return
        more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
