"""Whether a person lets texts be sent to a language model. Until it is given, the answer is no."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_CONSENT: Final = "LLM_CONSENT"
# Which wording people are asked with. What was said to an earlier one, of fewer texts, is no yes to this one.
WORDING: Final = 2


class Consent(BaseModel):
    """What the person decided, and when; None where nothing was ever decided."""

    model_config = ConfigDict(frozen=True)

    given: bool = False
    decided_at: datetime | None = None
    wording: int = 1


def get(people: "Table", person_id: str) -> Consent:
    """What the person decided. It is read from what was written last: a consent taken back holds at once."""
    item = people.get_item(Key=_key(person_id), ConsistentRead=True).get("Item")
    decided = Consent() if item is None else Consent.model_validate_json(str(item["data"]))
    return decided if decided.wording == WORDING else Consent()


def put(people: "Table", person_id: str, consent: Consent) -> None:
    """Keep what the person decided."""
    people.put_item(Item={**_key(person_id), "data": consent.model_copy(update={"wording": WORDING}).model_dump_json()})


def _key(person_id: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": _CONSENT}
