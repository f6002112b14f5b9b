"""People's own sources in the people table: what they defined, and how the collections of it fare."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.aws import transactions
from jobtracker.sources import items, own_state
from jobtracker.sources.custom import KEPT, OwnSource
from jobtracker.sources.model import Collection, SourceState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# The sparse index by which those that are due are found: definitions alone carry its two attributes.
DUE_INDEX: Final = "collecting"
_DUE_PARTITION: Final = "OWN"
# Definition and state of each are one read of a hundred items.
_AT_ONCE: Final = 50
_PERSON, _SOURCE = "USER#", "SOURCE#"
slot, _key = own_state.slot, own_state.key


@dataclass(frozen=True, slots=True)
class Due:
    """A person's own source whose time has come."""

    owner_id: str
    source_id: str


def put(table: "Table", source: OwnSource) -> None:
    """Keep a person's source as it is now defined; it is due at once."""
    transactions.alone(table, lambda: table.put_item(Item=_item(source)))


def replace(table: "Table", source: OwnSource) -> bool:
    """The same for a source that there is already. Whether it is still there: one that was deleted stays deleted."""
    there = Attr("PK").exists()
    try:
        transactions.alone(table, lambda: table.put_item(Item=_item(source), ConditionExpression=there))
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def get(table: "Table", owner_id: str, source_id: str) -> OwnSource | None:
    """One of a person's sources, None where there is none of that id."""
    item = table.get_item(Key=_key(owner_id, source_id), ConsistentRead=True).get("Item")
    return None if item is None else _read(item)


def list_sources(table: "Table", owner_id: str) -> list[OwnSource]:
    """All sources of a person."""
    condition = Key("PK").eq(f"{_PERSON}{owner_id}") & Key("SK").begins_with(_SOURCE)
    return [_read(item) for item in _query(table, condition)]


def delete(table: "Table", owner_id: str, source_id: str) -> None:
    """Forget a source with its state, ledgers and secrets. What it brought stays.

    The definition goes first: a collection that is under way writes nothing from then on.
    """
    where = slot(owner_id, source_id)
    transactions.alone(table, lambda: table.delete_item(Key=_key(owner_id, source_id)))
    condition = Key("PK").eq(where.partition) & Key("SK").begins_with(where.prefix)
    with table.batch_writer() as batch:
        for item in _query(table, condition, ConsistentRead=True):
            batch.delete_item(Key={"PK": str(item["PK"]), "SK": str(item["SK"])})


def due(table: "Table", now: datetime) -> Iterator[Due]:
    """Everybody's own sources that are due, those that wait longest first."""
    condition = Key("collect_shard").eq(_DUE_PARTITION) & Key("due_at").lte(_text(now))
    for item in _query(table, condition, IndexName=DUE_INDEX):
        yield Due(str(item["PK"]).removeprefix(_PERSON), str(item["SK"]).removeprefix(_SOURCE))


def with_states(
    table: "Table", wanted: Iterable[Due]
) -> Iterator[tuple[Due, tuple[OwnSource, SourceState] | ValueError]]:
    """These sources as they are defined, with their states. One that was deleted is left out; one that cannot be read
    is given with why."""
    waiting = iter(wanted)
    # An index may give what changes meanwhile twice.
    while chunk := dict.fromkeys(islice(waiting, _AT_ONCE)):
        keys = {one: (_key(one.owner_id, one.source_id), slot(one.owner_id, one.source_id).state_key) for one in chunk}
        found = items.get_many(table, [key for pair in keys.values() for key in pair])
        for one, (defined, state) in keys.items():
            if (item := found.get((defined["PK"], defined["SK"]))) is None:
                continue
            kept = found.get((state["PK"], state["SK"]))
            try:
                source = _read(item)
                yield one, (source, state_of(source, None if kept is None else items.read_state(kept)))
            except ValueError as error:
                yield one, error


def set_due(table: "Table", owner_id: str, source_id: str, at: datetime, *, definition: str) -> None:
    """Say when a source of this definition is to be collected again. One that was deleted or defined anew meanwhile
    stays as it is."""
    item = table.get_item(Key=_key(owner_id, source_id), ConsistentRead=True).get("Item")
    if item is None or _read(item).definition != definition:
        return
    try:
        transactions.alone(
            table,
            lambda: table.update_item(
                Key=_key(owner_id, source_id),
                UpdateExpression="SET due_at = :at",
                ConditionExpression=Attr("data").eq(item["data"]),
                ExpressionAttributeValues={":at": _text(at)},
            ),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def state(table: "Table", owner_id: str, source_id: str) -> SourceState:
    """The source's state; that of a source never collected when there is none."""
    return items.state(table, slot(owner_id, source_id))


def state_of(source: OwnSource, kept: SourceState | None) -> SourceState:
    """The state of a source as it is defined now: what is kept of another definition, such as validators, cursor,
    breaker and history, says nothing about it."""
    if kept is not None and kept.definition == source.definition:
        return kept
    return SourceState(source_id=source.id, definition=source.definition)


def ledgers(table: "Table", owner_id: str, source_id: str, limit: int, before: str | None = None) -> list[Collection]:
    """The ledgers of the source's collections, newest first."""
    return items.ledgers(table, slot(owner_id, source_id), limit, before)


def secret_names(table: "Table", owner_id: str, source_id: str) -> tuple[str, ...]:
    """The names of the secrets that are set."""
    return tuple(sorted(items.sealed(table, slot(owner_id, source_id))))


def put_secrets(table: "Table", owner_id: str, source_id: str, sealed: Mapping[str, bytes]) -> None:
    """Set secrets as ``secrets.seal`` gives them; others of the source stay.

    Raises:
        MissingError: the source is not there any more.
    """
    items.put_sealed(table, slot(owner_id, source_id), sealed)


def delete_secrets(table: "Table", owner_id: str, source_id: str) -> None:
    """Forget all secrets of a source."""
    items.delete_secrets(table, slot(owner_id, source_id))


def _item(source: OwnSource) -> dict[str, str]:
    due = {"collect_shard": _DUE_PARTITION, "due_at": _text(datetime.now(UTC))}
    return {**_key(source.owner_id, source.id), **due, "data": source.model_dump_json()}


def _read(item: Mapping[str, Any]) -> OwnSource:
    return OwnSource.model_validate_json(str(item["data"]), context=KEPT)


def _query(table: "Table", condition: Any, **arguments: Any) -> Iterator[Mapping[str, Any]]:
    more: dict[str, Any] = {}
    while True:
        answer = table.query(KeyConditionExpression=condition, **arguments, **more)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
