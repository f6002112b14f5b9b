"""Sources' states and the ledgers of collections in the catalog table."""

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from jobtracker.aws import clients
from jobtracker.sources.model import Collection, SourceState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_STATE = "STATE"
_BATCH = 100


def _key(source_id: str, sort: str) -> dict[str, str]:
    return {"PK": f"SOURCE#{source_id}", "SK": sort}


def state(table: "Table", source_id: str) -> SourceState:
    """A source's state; that of a source never collected when there is none."""
    item = table.get_item(Key=_key(source_id, _STATE), ConsistentRead=True).get("Item")
    return SourceState(source_id=source_id) if item is None else SourceState.model_validate_json(str(item["data"]))


def states(table: "Table", source_ids: Sequence[str]) -> dict[str, SourceState]:
    """The states of these sources by id, each present."""
    found = {source_id: SourceState(source_id=source_id) for source_id in source_ids}
    for start in range(0, len(source_ids), _BATCH):
        keys = [_key(source_id, _STATE) for source_id in source_ids[start : start + _BATCH]]
        request: Any = {table.name: {"Keys": keys}}
        while request:
            answer = clients.dynamodb().batch_get_item(RequestItems=request)
            for item in answer["Responses"].get(table.name, []):
                read = SourceState.model_validate_json(str(item["data"]))
                found[read.source_id] = read
            request = answer.get("UnprocessedKeys")
    return found


def record(table: "Table", collection: Collection, new_state: SourceState) -> None:
    """Keep a collection's ledger and the source's state after it; an older run never overwrites a newer state."""
    table.put_item(
        Item={**_key(collection.source_id, f"COLLECTION#{collection.id}"), "data": collection.model_dump_json()}
    )
    assert new_state.last_run_at is not None  # noqa: S101  # a collection has just run
    run = new_state.last_run_at.astimezone(UTC).isoformat(timespec="microseconds")
    try:
        table.put_item(
            Item={**_key(new_state.source_id, _STATE), "last_run_at": run, "data": new_state.model_dump_json()},
            ConditionExpression=Attr("PK").not_exists() | Attr("last_run_at").lte(run),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return
