"""Who collects a source now: a lock in the operations table that expires by itself."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from jobtracker.sources.items import Slot

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def claim(table: "Table", slot: Slot, now: datetime, until: datetime) -> str | None:
    """Claim a source until a moment; None where another claim still holds. The value releases the claim."""
    token = uuid4().hex
    try:
        table.put_item(
            Item={**_key(slot), "token": token, "expires_at": int(until.timestamp())},
            ConditionExpression=Attr("PK").not_exists() | Attr("expires_at").lt(int(now.timestamp())),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return None
    return token


def release(table: "Table", slot: Slot, token: str) -> None:
    """Give up a claim; one that expired and is another's by now stays."""
    try:
        table.delete_item(Key=_key(slot), ConditionExpression=Attr("token").eq(token))
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def _key(slot: Slot) -> dict[str, str]:
    return {"PK": f"COLLECTING#{slot.partition}#{slot.source_id}", "SK": "CLAIM"}
