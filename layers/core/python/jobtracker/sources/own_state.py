"""How a person's own source is called and how it fares, for whoever need not read what defines it."""

import json
from typing import TYPE_CHECKING

from jobtracker.sources import items
from jobtracker.sources.items import Slot
from jobtracker.sources.model import SourceState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PERSON, _SOURCE = "USER#", "SOURCE#"


def key(owner_id: str, source_id: str) -> dict[str, str]:
    """Where the definition of a person's source lies."""
    return {"PK": f"{_PERSON}{owner_id}", "SK": f"{_SOURCE}{source_id}"}


def slot(owner_id: str, source_id: str) -> Slot:
    """Where the items of an own source's collections lie, as long as it is defined; not under what definitions begin
    with."""
    return Slot(source_id, f"{_PERSON}{owner_id}", f"COLLECTING#{source_id}#", key(owner_id, source_id))


def name(table: "Table", owner_id: str, source_id: str) -> str | None:
    """What the person calls the source, None where there is none of that id."""
    item = table.get_item(Key=key(owner_id, source_id)).get("Item")
    return None if item is None else str(json.loads(str(item["data"]))["name"])


def state(table: "Table", owner_id: str, source_id: str) -> SourceState:
    """The source's state; that of a source never collected when there is none."""
    return items.state(table, slot(owner_id, source_id))
