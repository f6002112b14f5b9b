"""A hundred calls at once: what is charged, put aside and settled never passes a cap, whoever asks."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from jobtracker.accounts import spending
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.spending import Spending
from jobtracker.llm import prices
from jobtracker.llm.client import MODEL, Claude, text_bytes
from jobtracker.llm.model import LlmBudgetError, LlmError, Usage
from jobtracker.llm.reader import Reader
from jobtracker.llm.store import Answers, Breaker
from tests.fakes.claude import FakeClaude, Said, fake_claude
from tests.fakes.tables import emulated_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NOON = datetime(2026, 3, 6, 12, 20, tzinfo=UTC)
CALLS = 100
LARGE = 10**9
PRICE = prices.of(MODEL)


class Ship(BaseModel):
    """What is read."""

    name: str


MOST = 3 * PRICE.of(prices.most(MODEL, text_bytes(Ship, "Read.", "A ship 00.", "document"), 2_000))
# As dear as a single try can be, so that settling gives hardly anything back.
DEAR = Said(json.dumps({"name": "Halcyon"}), input_tokens=3_000, output_tokens=2_000)


@dataclass
class Setting:
    """Two tables and the service."""

    operations: "Table"
    people: "Table"
    service: FakeClaude

    def ask(self, person: str, number: int, caps: Caps) -> LlmError | None:
        """One call; what came in the way of it."""
        claude = Claude("sk-test", base_url=self.service.url, timeout_s=60)
        purse = Spending(self.operations, self.people, person, caps)
        answers, breaker = Answers(self.operations, person), Breaker(self.operations, "test")
        reader = Reader(
            claude, allowed=True, purpose="", budget=purse, answers=answers, breaker=breaker, now=lambda: NOON
        )
        try:
            reader.read(Ship, "Read.", f"A ship {number:02}.")
        except LlmError as error:
            return error
        return None

    def charged(self) -> int:
        """What the service charged for, in millionths of a dollar."""
        return sum(PRICE.of(Usage(MODEL, one.input_tokens, one.output_tokens)) for one in self.service.charged)

    def held(self, partition: str, sort: str) -> int:
        """What a counter has spent or put aside."""
        item = self.operations.get_item(Key={"PK": partition, "SK": sort}, ConsistentRead=True).get("Item", {})
        return int(str(item.get("held", 0)))


@pytest.fixture
def setting() -> Iterator[Setting]:
    with emulated_tables("operations", "people") as (operations, people), fake_claude() as service:
        service.says(DEAR)
        yield Setting(operations, people, service)


@pytest.mark.parametrize("alone", [True, False], ids=["one person", "a hundred people"])
def test_a_hundred_calls_at_once_never_pass_a_cap(setting: Setting, *, alone: bool) -> None:
    cap = 7 * MOST
    caps = Caps(LARGE, cap if alone else LARGE, LARGE if alone else cap, LARGE, LARGE, LARGE)
    who = ["robin" if alone else f"person{number}" for number in range(CALLS)]
    with ThreadPoolExecutor(CALLS) as pool:
        errors = list(pool.map(lambda number: setting.ask(who[number], number, caps), range(CALLS)))
    answered = errors.count(None)
    assert all(error is None or isinstance(error, LlmBudgetError) for error in errors)
    # As many as fit at once at least; what is settled lets more in.
    assert 7 <= answered < CALLS
    assert answered == len(setting.service.charged)
    assert setting.charged() <= cap
    counter = ("LLM#robin", "MONTH#2026-03") if alone else ("LLM", "DAY#2026-03-06")
    # Nothing is lost and nothing stays put aside.
    assert setting.held(*counter) == setting.charged()
    receipts = [one for person in set(who) for one in spending.receipts(setting.people, person, CALLS)]
    assert sum(one.microdollars for one in receipts) == setting.charged()


def test_a_hundred_calls_at_once_are_no_more_than_may_be_asked_in_an_hour(setting: Setting) -> None:
    caps = Caps(LARGE, LARGE, LARGE, LARGE, LARGE, 13)
    with ThreadPoolExecutor(CALLS) as pool:
        errors = list(pool.map(lambda number: setting.ask(f"person{number}", number, caps), range(CALLS)))
    assert errors.count(None) == len(setting.service.asked) == 13
