"""A posting with its life as an item of a table, and each event of that life as an item beside it.

Each write names the revision of the item that it follows: of several at once one succeeds, and the others look again
at what there is now. What changes nothing is not written, so that a table's stream carries changes only.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

from jobtracker.aws import transactions
from jobtracker.aws.transactions import ContendedError, LostError
from jobtracker.postings import life
from jobtracker.postings.model import ClosedReason, Life, Posting, StoredPosting, Version

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_NEW: Final = 1
Item = Mapping[str, Any]


class Written(StrEnum):
    """What a write did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class UnfitError(Exception):
    """The table cannot hold this posting, and never will: it is longer than an item may be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a posting lies, and what the sort keys of its versions begin with. ``needs`` is the key of the item that it
    belongs to: without that item nothing is written."""

    partition: str
    sort: str
    versions: str
    needs: Mapping[str, str] | None = None

    @property
    def key(self) -> dict[str, str]:
        """The posting's own key."""
        return {"PK": self.partition, "SK": self.sort}


def put(table: "Table", slot: Slot, posting: Posting) -> Written:
    """Write ``posting`` unless the table holds the same content already, or what was fetched later.

    Raises:
        UnfitError: it is longer than an item may be.
        ContendedError: every time another writer was faster.
        MissingError: what it belongs to is not there any more.
    """
    try:
        return _put(table, slot, posting)
    except ClientError as error:
        if _too_long(error.response):
            raise UnfitError("longer than what can be kept") from error
        raise


def _put(table: "Table", slot: Slot, posting: Posting) -> Written:
    item = _item(slot, StoredPosting.fresh(posting), _NEW)
    try:
        if slot.needs is None:
            table.put_item(Item=item, ConditionExpression=Attr("PK").not_exists())
        else:
            put = {"TableName": table.name, "Item": item, "ConditionExpression": "attribute_not_exists(PK)"}
            transactions.write(table, [{"Put": put}], slot.needs)
    except (table.meta.client.exceptions.ConditionalCheckFailedException, LostError):
        changed = change(table, slot, lambda stored: life.after_put(stored, posting))
        return Written.UNCHANGED if changed is None else Written.CHANGED
    return Written.NEW


def close(table: "Table", slot: Slot, reason: ClosedReason, at: datetime) -> bool:
    """Whether this closed the posting: one that is closed already, was seen later or is not there stays as it is."""
    return change(table, slot, lambda stored: life.after_close(stored, reason, at)) is not None


def change(table: "Table", slot: Slot, step: Callable[[StoredPosting], life.Step | None]) -> StoredPosting | None:
    """Take one step from what is stored, together with its version; None when there is nothing to do.

    Raises:
        ContendedError: every time another writer was faster.
        MissingError: what it belongs to is not there any more.
    """
    for pause in transactions.pauses():
        item = table.get_item(Key=slot.key, ConsistentRead=True).get("Item")
        taken = None if item is None else step(stored_of(item))
        if item is None or taken is None:
            return None
        stored, version = taken
        revision = int(str(item["revision"]))
        try:
            transactions.write(table, _writes(table.name, slot, stored, version, revision), slot.needs)
        except LostError:
            time.sleep(pause)
        else:
            return stored
    raise ContendedError(slot.partition)


def _writes(name: str, slot: Slot, stored: StoredPosting, version: Version | None, revision: int) -> list[Any]:
    item = _item(slot, stored, revision + 1)
    same = {
        "ConditionExpression": "revision = :revision",
        "ExpressionAttributeValues": {":revision": revision},
    }
    writes: list[Any] = [{"Put": {"TableName": name, "Item": item, **same}}]
    if version is not None:
        sort = f"{slot.versions}{version.at.astimezone(UTC).isoformat(timespec='microseconds')}#{revision + 1:06}"
        kept = {"PK": slot.partition, "SK": sort, "data": version.model_dump_json()}
        writes.append({"Put": {"TableName": name, "Item": kept}})
    return writes


def _too_long(response: Mapping[str, Any]) -> bool:
    """Whether a write, or one of a transaction, was refused for the size of its item."""
    told = [response.get("Error", {}), *response.get("CancellationReasons", ())]
    refusals = [one for one in told if one.get("Code") in {"ValidationException", "ValidationError"}]
    return any("size" in one.get("Message", "").lower() for one in refusals)


def get(table: "Table", slot: Slot) -> StoredPosting | None:
    """One posting with its life, or None."""
    item = table.get_item(Key=slot.key).get("Item")
    return None if item is None else stored_of(item)


def versions(table: "Table", slot: Slot, limit: int) -> list[Version]:
    """The latest ``limit`` events of the posting's life, the newest first."""
    found = table.query(
        KeyConditionExpression=Key("PK").eq(slot.partition) & Key("SK").begins_with(slot.versions),
        ScanIndexForward=False,
        Limit=limit,
    )
    return [Version.model_validate_json(str(item["data"])) for item in found["Items"]]


def _item(slot: Slot, stored: StoredPosting, revision: int) -> dict[str, Any]:
    return {
        **slot.key,
        "revision": revision,
        "content_hash": stored.posting.content_hash,
        "source_id": stored.posting.source_id,
        "data": stored.posting.model_dump_json(),
        "life": stored.life.model_dump_json(),
        "separated": list(stored.separated),
    }


def stored_of(item: Item) -> StoredPosting:
    """The posting in an item."""
    return StoredPosting(
        posting=Posting.model_validate_json(str(item["data"])),
        life=Life.model_validate_json(str(item["life"])),
        separated=tuple(map(str, item["separated"])),
    )
