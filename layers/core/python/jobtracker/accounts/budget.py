"""What a person may spend on language models: caps, counters and receipts, as values."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.llm.model import Outcome


@dataclass(frozen=True, slots=True)
class Caps:
    """How much may be spent, in millionths of a dollar, by a person and by everybody together in a day and in a month,
    and how often they may ask in an hour. Months, days and hours are those of the clock, in UTC. 0 is none at all."""

    person_day: int
    person_month: int
    everybody_day: int
    everybody_month: int
    person_hour_calls: int
    everybody_hour_calls: int

    @property
    def allow_any(self) -> bool:
        """Whether anything may be spent at all."""
        return all((self.person_day, self.person_month, self.everybody_day, self.everybody_month)) and all(
            (self.person_hour_calls, self.everybody_hour_calls)
        )


class Receipt(BaseModel):
    """One call that was paid for. ``input_tokens`` are all that went in. Dollars are counted in millionths."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="ids in their order are calls in their order")
    at: datetime
    purpose: str
    model: str
    input_tokens: int
    output_tokens: int
    microdollars: int
    outcome: Outcome


def month(moment: datetime) -> str:
    """The month of a moment, as 2026-11."""
    return moment.astimezone(UTC).strftime("%Y-%m")


def day(moment: datetime) -> str:
    """The day of a moment, as 2026-11-25."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d")


def hour(moment: datetime) -> str:
    """The hour of a moment, as 2026-11-25T07."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H")
