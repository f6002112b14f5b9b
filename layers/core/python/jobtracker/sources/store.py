"""What the catalog table keeps of everybody's sources: states, ledgers, settings, coverage and sealed secrets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from jobtracker.aws import clients
from jobtracker.sources import items
from jobtracker.sources.items import Slot
from jobtracker.sources.model import Collection, Coverage, SourceSetting, SourceState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_BATCH: Final = 100
_SETTINGS, _COVERAGE, _SOURCE = "SETTINGS", "COVERAGE", "SOURCE#"


def slot(source_id: str) -> Slot:
    """Where a source's items lie."""
    return Slot(source_id, f"{_SOURCE}{source_id}")


def state(table: "Table", source_id: str) -> SourceState:
    """A source's state; that of a source never collected when there is none."""
    return items.state(table, slot(source_id))


def states(table: "Table", source_ids: Sequence[str]) -> dict[str, SourceState]:
    """The states of these sources by id, each present."""
    found = {source_id: SourceState(source_id=source_id) for source_id in source_ids}
    for start in range(0, len(source_ids), _BATCH):
        keys = [slot(source_id).state_key for source_id in source_ids[start : start + _BATCH]]
        request: Any = {table.name: {"Keys": keys}}
        while request:
            answer = clients.dynamodb().batch_get_item(RequestItems=request)
            for item in answer["Responses"].get(table.name, []):
                read = items.read_state(item)
                found[read.source_id] = read
            request = answer.get("UnprocessedKeys")
    return found


def record(table: "Table", collection: Collection, new_state: SourceState) -> None:
    """Keep a collection's ledger and the source's state after it; an older run never overwrites a newer state."""
    items.record(table, slot(collection.source_id), collection, new_state)


def ledgers(table: "Table", source_id: str, limit: int, before: str | None = None) -> list[Collection]:
    """The ledgers of a source's collections, newest first: the last ``limit``, or those older than ``before``."""
    return items.ledgers(table, slot(source_id), limit, before)


def settings(table: "Table") -> dict[str, SourceSetting]:
    """What administrators decided, by source."""
    read = (SourceSetting.model_validate_json(str(item["data"])) for item in _all(table, _SETTINGS))
    return {setting.source_id: setting for setting in read}


def setting(table: "Table", source_id: str) -> SourceSetting | None:
    """What an administrator decided about one source, None where nobody did."""
    key = {"PK": _SETTINGS, "SK": f"{_SOURCE}{source_id}"}
    item = table.get_item(Key=key, ConsistentRead=True).get("Item")
    return None if item is None else SourceSetting.model_validate_json(str(item["data"]))


def decide(table: "Table", decided: SourceSetting) -> None:
    """Keep what an administrator decided; it holds until another decision."""
    table.put_item(
        Item={"PK": _SETTINGS, "SK": f"{_SOURCE}{decided.source_id}", "data": decided.model_dump_json()},
    )


def coverage(table: "Table") -> dict[str, Coverage]:
    """What the catalog index holds of each source."""
    read = (Coverage.model_validate_json(str(item["data"])) for item in _all(table, _COVERAGE))
    return {one.source_id: one for one in read}


def cover(table: "Table", covered: Sequence[Coverage]) -> None:
    """Keep what the index that was just published holds of each source."""
    with table.batch_writer() as batch:
        for one in covered:
            batch.put_item(
                Item={"PK": _COVERAGE, "SK": f"{_SOURCE}{one.source_id}", "data": one.model_dump_json()},
            )


def secret_names(table: "Table", source_id: str) -> tuple[str, ...]:
    """The names of the secrets that are set."""
    return tuple(sorted(items.sealed(table, slot(source_id))))


def sealed(table: "Table", source_id: str) -> dict[str, bytes]:
    """The source's secrets by name, still sealed."""
    return items.sealed(table, slot(source_id))


def put_secrets(table: "Table", source_id: str, sealed: Mapping[str, bytes]) -> None:
    """Set secrets as ``secrets.seal`` gives them; others of the source stay."""
    items.put_sealed(table, slot(source_id), sealed)


def delete_secrets(table: "Table", source_id: str) -> None:
    """Forget all secrets of a source."""
    items.delete_secrets(table, slot(source_id))


def _all(table: "Table", partition: str) -> Iterator[Mapping[str, Any]]:
    more: dict[str, Any] = {}
    while True:
        answer = table.query(KeyConditionExpression=Key("PK").eq(partition), **more)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
