"""Imports in the people table, and what was brought in by them in the uploads bucket."""

from typing import TYPE_CHECKING, Final

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.sources.imports.model import Import, ImportStatus

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PREFIX: Final = "IMPORT#"


def _key(person_id: str, import_id: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": _PREFIX + import_id}


def create(table: "Table", new: Import) -> None:
    """Store an import that is new."""
    table.put_item(Item=_item(new), ConditionExpression=Attr("PK").not_exists())


def get(table: "Table", person_id: str, import_id: str) -> Import | None:
    """One import of a person, or None."""
    item = table.get_item(Key=_key(person_id, import_id), ConsistentRead=True).get("Item")
    return None if item is None else Import.model_validate_json(str(item["data"]))


def list_recent(table: "Table", person_id: str, limit: int, *, before: str | None = None) -> list[Import]:
    """The person's imports, the newest first; those made before the import with the id ``before``, if given."""
    # A range holds both its ends, so the import before which to look is fetched and left out.
    older = Key("SK").begins_with(_PREFIX) if before is None else Key("SK").between(_PREFIX, _PREFIX + before)
    condition = Key("PK").eq(f"USER#{person_id}") & older
    answer = table.query(KeyConditionExpression=condition, ScanIndexForward=False, Limit=limit + 1)
    found = [Import.model_validate_json(str(item["data"])) for item in answer["Items"]]
    return [one for one in found if one.id != before][:limit]


def finish(table: "Table", finished: Import) -> bool:
    """Store what became of an import, once: False where that is known already or the import was deleted."""
    try:
        table.put_item(
            Item=_item(finished),
            ConditionExpression=Attr("PK").exists() & Attr("status").eq(ImportStatus.PENDING.value),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _item(one: Import) -> dict[str, str]:
    return {**_key(one.person_id, one.id), "status": one.status.value, "data": one.model_dump_json()}
