"""Batches under way, in the operations table: what was asked for whom, and the money that is put aside for it.

A plan is written before its batch is sent, so that whoever finds one without a batch knows that it may have been.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from boto3.dynamodb.conditions import Attr
from pydantic import BaseModel, ConfigDict

from jobtracker.llm.model import Reservation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_KEPT: Final = timedelta(days=7)


class Item(BaseModel):
    """One request: its name in the batch, what it is about, the name of the text that was sent, and its reservation."""

    model_config = ConfigDict(frozen=True)

    name: str
    subject: str
    text: str
    reservation_id: str
    microdollars: int


class Plan(BaseModel):
    """A batch of one person's requests; ``batch_id`` is None until it was sent, ``at`` when its money was put aside."""

    model_config = ConfigDict(frozen=True)

    id: str
    person_id: str
    at: datetime
    items: tuple[Item, ...]
    batch_id: str | None = None

    def reservation(self, item: Item) -> Reservation:
        """The money that is put aside for one of the requests."""
        return Reservation(item.reservation_id, item.microdollars, self.at)


def create(table: "Table", plan: Plan) -> bool:
    """Whether this wrote the plan: another one with its id stays."""
    try:
        table.put_item(Item=_item(plan), ConditionExpression=Attr("PK").not_exists())
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def update(table: "Table", plan: Plan) -> None:
    """Write what became of a plan."""
    table.put_item(Item=_item(plan))


def get(table: "Table", person_id: str, plan_id: str) -> Plan | None:
    """A plan as it was written last; None where there is none, or none any more."""
    item = table.get_item(Key=_key(person_id, plan_id), ConsistentRead=True).get("Item")
    return None if item is None else Plan.model_validate_json(str(item["data"]))


def delete(table: "Table", plan: Plan) -> None:
    """Forget a plan that is over."""
    table.delete_item(Key=_key(plan.person_id, plan.id))


def _item(plan: Plan) -> dict[str, str | int]:
    expires = int((plan.at + _KEPT).timestamp())
    return {**_key(plan.person_id, plan.id), "data": plan.model_dump_json(), "expires_at": expires}


def _key(person_id: str, plan_id: str) -> dict[str, str]:
    return {"PK": f"LLM#{person_id}", "SK": f"BATCH#{plan_id}"}
