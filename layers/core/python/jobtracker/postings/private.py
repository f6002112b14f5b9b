"""A person's own postings in the people table: what they pasted, mailed or fetched is theirs alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.postings import items, readings
from jobtracker.postings.items import Slot, Written
from jobtracker.postings.model import ClosedReason, Posting, StoredPosting, Version

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PREFIX: Final = "POSTING#"
_VERSION: Final = "VERSION#"
_PAGE: Final = 100


def _slot(person_id: str, posting_id: str, needs: Mapping[str, str] | None = None) -> Slot:
    return Slot(f"USER#{person_id}", f"{_PREFIX}{posting_id}", f"{_VERSION}{posting_id}#", needs)


def put(table: "Table", person_id: str, posting: Posting, *, needs: Mapping[str, str] | None = None) -> Written:
    """Write the person's posting unless the same content, or what was fetched later, is there already.

    Raises:
        UnfitError: it is longer than an item may be.
        ContendedError: every time another writer was faster.
        MissingError: there is no item under the key ``needs``, which is what brought the posting.
    """
    return items.put(table, _slot(person_id, posting.id, needs), posting)


def close(
    table: "Table",
    person_id: str,
    posting_id: str,
    reason: ClosedReason,
    at: datetime,
    *,
    needs: Mapping[str, str] | None = None,
) -> bool:
    """Whether this closed the person's posting: one that is closed already or was fetched after ``at`` stays.

    Raises:
        ContendedError: every time another writer was faster.
        MissingError: there is no item under the key ``needs``.
    """
    return items.close(table, _slot(person_id, posting_id, needs), reason, at)


def get(table: "Table", person_id: str, posting_id: str) -> StoredPosting | None:
    """One of the person's postings, or None."""
    return items.get(table, _slot(person_id, posting_id))


def page(
    table: "Table", person_id: str, *, limit: int = 50, after: str | None = None, consistent: bool = False
) -> tuple[list[StoredPosting], str | None]:
    """Up to ``limit`` of the person's postings in the order of their ids, and the id to go on ``after``.

    ``consistent``: with all that was written before.
    """
    start: Any = {} if after is None else {"ExclusiveStartKey": _slot(person_id, after).key}
    found = table.query(
        KeyConditionExpression=Key("PK").eq(f"USER#{person_id}") & Key("SK").begins_with(_PREFIX),
        Limit=limit,
        ConsistentRead=consistent,
        **start,
    )
    shown = [items.stored_of(item) for item in found["Items"]]
    return shown, shown[-1].posting.id if found.get("LastEvaluatedKey") else None


def each(table: "Table", person_id: str) -> Iterator[StoredPosting]:
    """All of the person's postings, in the order of their ids."""
    after: str | None = None
    while True:
        shown, after = page(table, person_id, limit=_PAGE, after=after)
        yield from shown
        if after is None:
            return


def versions(table: "Table", person_id: str, posting_id: str, limit: int = 50) -> list[Version]:
    """The latest events of the life of the person's posting, the newest first."""
    return items.versions(table, _slot(person_id, posting_id), limit)


def delete_of(table: "Table", person_id: str, source_id: str) -> int:
    """Delete what one source brought the person, with its versions and readings; how many postings that were.

    Keys are read and no texts, and the postings go after their versions: what is cut short is found again.
    """
    of_it = Attr("source_id").eq(source_id)
    postings = {sort.removeprefix(_PREFIX): sort for sort in _sorts(table, person_id, _PREFIX, of_it)}
    versions = [
        sort
        for sort in (_sorts(table, person_id, _VERSION) if postings else ())
        if sort.removeprefix(_VERSION).partition("#")[0] in postings
    ]
    read = [f"{readings.PREFIX}{posting_id}" for posting_id in postings]
    for sorts in (versions, read, list(postings.values())):
        with table.batch_writer() as batch:
            for sort in sorts:
                batch.delete_item(Key={"PK": f"USER#{person_id}", "SK": sort})
    return len(postings)


def _sorts(table: "Table", person_id: str, prefix: str, only: Any = None) -> Iterator[str]:
    request: Any = {
        "KeyConditionExpression": Key("PK").eq(f"USER#{person_id}") & Key("SK").begins_with(prefix),
        "ProjectionExpression": "SK",
        "ConsistentRead": True,
        **({} if only is None else {"FilterExpression": only}),
    }
    while True:
        found = table.query(**request)
        yield from (str(item["SK"]) for item in found["Items"])
        if "LastEvaluatedKey" not in found:
            return
        request["ExclusiveStartKey"] = found["LastEvaluatedKey"]


def delete(table: "Table", person_id: str, posting_id: str) -> bool:
    """Whether there was such a posting; its versions and what was read in it go with it."""
    slot = _slot(person_id, posting_id)
    with table.batch_writer() as batch:
        for sort in _sorts(table, person_id, slot.versions):
            batch.delete_item(Key={"PK": slot.partition, "SK": sort})
        batch.delete_item(Key={"PK": slot.partition, "SK": f"{readings.PREFIX}{posting_id}"})
    return "Attributes" in table.delete_item(Key=slot.key, ReturnValues="ALL_OLD")
