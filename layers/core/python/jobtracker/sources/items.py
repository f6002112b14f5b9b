"""What is kept of a source's collections, as items of a table: its state, its ledgers, its sealed secrets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from jobtracker.aws import clients, transactions
from jobtracker.aws.transactions import LostError
from jobtracker.sources.model import Collection, SourceState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_COLLECTION: Final = "COLLECTION#"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one source's items lie: their partition, and what their sort keys begin with. ``needs`` is the key of the
    source's definition, where it has one: without it nothing is written, so nothing outlives it."""

    source_id: str
    partition: str
    prefix: str = ""
    needs: Mapping[str, str] | None = None

    def key(self, sort: str) -> dict[str, str]:
        """The key of one of them."""
        return {"PK": self.partition, "SK": f"{self.prefix}{sort}"}

    @property
    def state_key(self) -> dict[str, str]:
        """The key of its state."""
        return self.key("STATE")

    @property
    def secrets_key(self) -> dict[str, str]:
        """The key of its sealed secrets."""
        return self.key("SECRETS")


def state(table: "Table", slot: Slot) -> SourceState:
    """The source's state; that of a source never collected when there is none."""
    item = table.get_item(Key=slot.state_key, ConsistentRead=True).get("Item")
    return SourceState(source_id=slot.source_id) if item is None else read_state(item)


def read_state(item: Mapping[str, object]) -> SourceState:
    """The state in an item."""
    return SourceState.model_validate_json(str(item["data"]))


def get_many(table: "Table", keys: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], Mapping[str, object]]:
    """The items of up to a hundred different keys, those that there are, by partition and sort key."""
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    request: Any = {table.name: {"Keys": list(keys), "ConsistentRead": True}}
    while request:
        answer = clients.dynamodb().batch_get_item(RequestItems=request)
        found |= {(str(item["PK"]), str(item["SK"])): item for item in answer["Responses"].get(table.name, [])}
        request = answer.get("UnprocessedKeys")
    return found


def save(table: "Table", slot: Slot, new_state: SourceState) -> None:
    """Keep where a collection under way stands.

    Raises:
        MissingError: the source's definition is not there any more.
    """
    ran = new_state.last_run_at
    item = {**slot.state_key, "data": new_state.model_dump_json(), "last_run_at": "" if ran is None else _text(ran)}
    _put(table, slot, item)


def record(table: "Table", slot: Slot, collection: Collection, new_state: SourceState) -> None:
    """Keep a collection's ledger and the source's state after it; an older run never overwrites a newer state.

    Raises:
        MissingError: the source's definition is not there any more.
    """
    _put(table, slot, {**slot.key(f"{_COLLECTION}{collection.id}"), "data": collection.model_dump_json()})
    assert new_state.last_run_at is not None  # noqa: S101  # a collection has just run
    ran = _text(new_state.last_run_at)
    item = {**slot.state_key, "last_run_at": ran, "data": new_state.model_dump_json()}
    newer = {
        "ConditionExpression": "attribute_not_exists(PK) OR last_run_at <= :ran",
        "ExpressionAttributeValues": {":ran": ran},
    }
    try:
        _put(table, slot, item, newer)
    except LostError:
        return


def ledgers(table: "Table", slot: Slot, limit: int, before: str | None = None) -> list[Collection]:
    """The ledgers of a source's collections, newest first: the last ``limit``, or those older than ``before``."""
    first = f"{slot.prefix}{_COLLECTION}"
    # "$" is the sign after "#": the range holds every key that begins with the prefix.
    last = f"{first}{before}" if before else f"{first[:-1]}$"
    answer = table.query(
        KeyConditionExpression=Key("PK").eq(slot.partition) & Key("SK").between(first, last),
        ScanIndexForward=False,
        Limit=limit + 1,
    )
    found = [Collection.model_validate_json(str(item["data"])) for item in answer["Items"]]
    return [one for one in found if one.id != before][:limit]


def sealed(table: "Table", slot: Slot) -> dict[str, bytes]:
    """The source's secrets by name, still sealed."""
    item = table.get_item(Key=slot.secrets_key, ConsistentRead=True).get("Item")
    values = {} if item is None else item["sealed"]
    assert isinstance(values, dict)  # noqa: S101  # as ``put_sealed`` writes it
    return {str(name): bytes(value) for name, value in values.items()}


def put_sealed(table: "Table", slot: Slot, values: Mapping[str, bytes]) -> None:
    """Set these sealed secrets; others of the source stay.

    Raises:
        MissingError: the source's definition is not there any more.
    """
    _put(table, slot, {**slot.secrets_key, "sealed": sealed(table, slot) | dict(values)})


def delete_secrets(table: "Table", slot: Slot) -> None:
    """Forget all secrets of the source."""
    table.delete_item(Key=slot.secrets_key)


def _put(table: "Table", slot: Slot, item: Mapping[str, Any], condition: Mapping[str, Any] | None = None) -> None:
    condition = condition or {}
    if slot.needs is not None:
        transactions.write(table, [{"Put": {"TableName": table.name, "Item": item, **condition}}], slot.needs)
        return
    try:
        table.put_item(Item=item, **condition)
    except table.meta.client.exceptions.ConditionalCheckFailedException as error:
        raise LostError(table.name) from error


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
