"""Reading with a language model: asked once, within the budget, and not at all while nobody answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import BaseModel

from jobtracker.accounts import spending
from jobtracker.accounts.budget import Caps, Receipt
from jobtracker.accounts.spending import Spending
from jobtracker.aws import clients
from jobtracker.llm import prices, store
from jobtracker.llm.client import MODEL, Claude, text_bytes
from jobtracker.llm.model import (
    LlmBudgetError,
    LlmError,
    LlmMalformedError,
    LlmNotAllowedError,
    LlmPausedError,
    LlmRefusedError,
    LlmTruncatedError,
    LlmUnavailableError,
    LlmUnpricedError,
    Outcome,
)
from jobtracker.llm.reader import Reader
from jobtracker.llm.store import Answers, Breaker
from tests.fakes.claude import FakeClaude, Fault, Junk, Reply, Reset, Said, fake_claude

NOON = datetime(2026, 3, 6, 12, 20, tzinfo=UTC)
DOLLAR = 1_000_000
CAPS = Caps(DOLLAR, DOLLAR, DOLLAR, DOLLAR, 60, 600)
# 812 tokens in and 64 out, as the stand-in charges them: 81.2 and 32 millionths of a dollar.
ANSWER = 114


class Ship(BaseModel):
    """What is read."""

    name: str


class Boat(BaseModel):
    """The same by another name."""

    name: str
    oars: int = 2


GOOD = Said('{"name": "Halcyon"}')
MOST = prices.of(MODEL).of(prices.most(MODEL, text_bytes(Ship, "Read.", "A ship.", "document"), 2_000))


@dataclass
class Setting:
    """The service, two tables, and the time."""

    service: FakeClaude
    operations: Any
    people: Any
    now: datetime = NOON

    def reader(self, person: str = "robin", caps: Caps | None = None, *, allowed: bool = True, **claude: Any) -> Reader:
        """Who reads for a person."""
        caps = caps or CAPS
        asked = Claude("sk-test", base_url=self.service.url, timeout_s=5, **claude)
        return Reader(
            asked,
            allowed,
            "Reading a ship",
            Spending(self.operations, self.people, person, caps),
            Answers(self.operations, person),
            Breaker(self.operations, f"{asked.provider}#{asked.model}"),
            now=lambda: self.now,
        )

    def read(self, document: str = "A ship.", person: str = "robin", **more: Any) -> str:
        """The name of the ship in a document."""
        return self.reader(person, **more).read(Ship, "Read.", document).value.name

    def receipts(self, person: str = "robin") -> list[Receipt]:
        """The person's receipts, the oldest first."""
        return spending.receipts(self.people, person, 99)[::-1]

    def spent(self, person: str = "robin") -> int:
        """What the person spent this month, in millionths of a dollar."""
        return spending.spent(self.operations, person, self.now)

    def held(self, person: str = "robin") -> int:
        """What the person spent or has put aside this month."""
        key = {"PK": f"LLM#{person}", "SK": f"MONTH#{self.now:%Y-%m}"}
        return int(str(self.operations.get_item(Key=key).get("Item", {}).get("held", 0)))


@pytest.fixture
def setting(operations_table: str, people_table: str) -> Iterator[Setting]:
    with fake_claude() as service:
        yield Setting(service, clients.table(operations_table), clients.table(people_table))


def test_a_call_costs_what_was_charged_and_leaves_a_receipt(setting: Setting) -> None:
    setting.service.says(GOOD)
    assert setting.read() == "Halcyon"
    assert setting.spent() == setting.held() == ANSWER
    (receipt,) = setting.receipts()
    assert (receipt.at, receipt.purpose, receipt.model) == (NOON, "Reading a ship", MODEL)
    assert (receipt.input_tokens, receipt.output_tokens) == (812, 64)
    assert (receipt.microdollars, receipt.outcome) == (ANSWER, Outcome.ANSWERED)


def test_what_was_asked_before_is_not_asked_or_paid_again(setting: Setting) -> None:
    setting.service.says(GOOD, Said('{"name": "Other"}'))
    assert [setting.read(), setting.read(), setting.read()] == ["Halcyon"] * 3
    assert len(setting.service.asked) == 1
    assert setting.spent() == ANSWER
    again = setting.reader().read(Ship, "Read.", "A ship.")
    assert (again.usage.input_tokens, again.usage.output_tokens) == (0, 0)
    # Neither without money nor while the service is left alone.
    nothing = Caps(0, 0, 0, 0, 0, 0)
    assert setting.read(caps=nothing) == "Halcyon"
    setting.reader().breaker.failed(store.Seen(), NOON, 60)
    assert setting.read() == "Halcyon"


def test_nothing_is_sent_for_who_does_not_allow_it_and_nothing_is_remembered_for_them(setting: Setting) -> None:
    setting.service.says(GOOD)
    with pytest.raises(LlmNotAllowedError, match="you have not allowed that pages"):
        setting.read(allowed=False)
    assert setting.service.asked == []
    assert setting.operations.scan()["Items"] == []
    setting.read()
    # Who takes it back gets nothing from memory either.
    with pytest.raises(LlmNotAllowedError):
        setting.read(allowed=False)


def test_whatever_an_answer_depends_on_makes_another_question(setting: Setting) -> None:
    setting.service.says(GOOD)
    setting.read()
    setting.reader().read(Ship, "Read.", "A ship!")
    setting.reader().read(Ship, "Read it.", "A ship.")
    setting.reader().read(Ship, "Read.", "A ship.", title="page")
    setting.reader().read(Ship, "Read.", "A ship.", max_tokens=1_000)
    setting.reader().read(Boat, "Read.", "A ship.")
    setting.reader(model="claude-haiku-4-5").read(Ship, "Read.", "A ship.")
    assert len(setting.service.asked) == 7


def test_no_persons_answer_reaches_another_one(setting: Setting) -> None:
    setting.service.says(GOOD, Said('{"name": "Petrel"}'))
    assert setting.read() == "Halcyon"
    assert setting.read(person="kim") == "Petrel"
    assert setting.read(person="kim") == "Petrel"
    assert len(setting.service.asked) == 2


def test_an_answer_is_forgotten_after_a_month(setting: Setting) -> None:
    setting.service.says(GOOD)
    setting.read()
    setting.now += store.KEPT - timedelta(seconds=1)
    setting.read()
    assert len(setting.service.asked) == 1
    setting.now += timedelta(seconds=1)
    setting.read()
    assert len(setting.service.asked) == 2


@pytest.mark.parametrize(
    ("reply", "raised", "outcome", "cost"),
    [
        (Said("", stop_reason="refusal"), LlmRefusedError, Outcome.REFUSED, ANSWER),
        (Said("no JSON"), LlmMalformedError, Outcome.MALFORMED, ANSWER),
        (Said(GOOD.text, stop_reason="max_tokens"), LlmTruncatedError, Outcome.TRUNCATED, ANSWER),
        (Fault(529), LlmUnavailableError, Outcome.UNAVAILABLE, 0),
        (Fault(400), LlmUnavailableError, Outcome.UNAVAILABLE, 0),
        # Nobody knows what became of these three tries, so they count as the most that they can have cost.
        (Reset(), LlmUnavailableError, Outcome.UNAVAILABLE, 3 * MOST),
        (Junk(), LlmUnavailableError, Outcome.UNAVAILABLE, MOST),
    ],
)
def test_a_call_that_brings_nothing_costs_what_was_charged_and_is_not_remembered(
    setting: Setting, reply: Reply, raised: type[LlmError], outcome: Outcome, cost: int
) -> None:
    setting.service.says(reply)
    with pytest.raises(raised):
        setting.read()
    assert setting.spent() == setting.held() == cost
    (receipt,) = setting.receipts()
    assert (receipt.outcome, receipt.microdollars, receipt.model) == (outcome, cost, MODEL)
    setting.service.says(GOOD)
    assert setting.read() == "Halcyon"


def test_an_answer_after_tries_in_vain_costs_them_too(setting: Setting) -> None:
    setting.service.says(Reset(), Fault(429), GOOD)
    setting.read()
    assert setting.spent() == setting.held() == MOST + ANSWER


def test_the_most_that_all_tries_can_cost_is_put_aside_before_the_first(setting: Setting) -> None:
    setting.service.says(GOOD)
    seen: list[int] = []

    def choose(_: dict[str, Any]) -> Reply:
        seen.append(setting.held())
        return GOOD

    setting.service.chooses = choose
    setting.read()
    assert seen == [3 * MOST]
    caps = replace(CAPS, person_month=3 * MOST - 1)
    with pytest.raises(LlmBudgetError, match="month"):
        setting.read(person="kim", caps=caps)
    with pytest.raises(LlmBudgetError, match="today"):
        setting.read("Another.", person="kim", caps=replace(CAPS, everybody_day=MOST))
    assert len(setting.service.asked) == 1
    assert setting.receipts("kim") == []


def test_a_model_whose_price_is_not_known_is_not_asked(setting: Setting) -> None:
    with pytest.raises(LlmUnpricedError):
        setting.reader(model="claude-unheard-of-9").read(Ship, "Read.", "A ship.")
    assert setting.service.asked == []


def _fail(setting: Setting, times: int) -> None:
    for number in range(times):
        with pytest.raises(LlmUnavailableError):
            setting.read(f"{number} {setting.now}")


def test_a_dead_service_is_tried_by_one_call_a_minute(setting: Setting) -> None:
    setting.service.says(Fault(500))
    _fail(setting, store.TRIPS_AT)
    asked = len(setting.service.asked)
    assert asked == 3 * store.TRIPS_AT
    spent = setting.held()
    for seconds in range(0, 300, 5):
        setting.now = NOON + timedelta(seconds=seconds)
        for person in ("robin", "kim"):
            with pytest.raises(
                LlmPausedError if seconds % 60 or person == "kim" or not seconds else LlmUnavailableError
            ):
                setting.read("Another.", person=person)
    # After one, two, three and four minutes, and each with a single request.
    assert len(setting.service.asked) == asked + 4
    assert setting.held() == spent
    assert setting.held("kim") == 0


def test_a_service_that_answers_again_is_asked_by_everybody(setting: Setting) -> None:
    setting.service.says(Fault(500))
    _fail(setting, store.TRIPS_AT)
    with pytest.raises(LlmPausedError, match="asked again in 60 s at the earliest"):
        setting.read()
    setting.now += timedelta(minutes=1)
    setting.service.says(GOOD)
    assert setting.read() == "Halcyon"
    assert setting.read("Another.", person="kim") == "Halcyon"
    # Closed, it takes as many failures as before to open.
    setting.service.says(Fault(500))
    _fail(setting, store.TRIPS_AT - 1)
    setting.service.says(GOOD)
    assert setting.read("A third.") == "Halcyon"


def test_failures_between_answers_do_not_add_up(setting: Setting) -> None:
    for number in range(store.TRIPS_AT + 1):
        setting.service.says(Fault(500))
        _fail(setting, store.TRIPS_AT - 1)
        # That a model declines is an answer as well.
        setting.service.says(Said("", stop_reason="refusal"))
        with pytest.raises(LlmRefusedError):
            setting.read(f"Ship {number}.")
        setting.now += timedelta(seconds=1)


def test_requests_that_are_at_fault_do_not_open_the_breaker(setting: Setting) -> None:
    setting.service.says(Fault(413))
    _fail(setting, store.TRIPS_AT + 2)


def test_a_wrong_key_opens_the_breaker(setting: Setting) -> None:
    setting.service.says(Fault(401))
    _fail(setting, store.TRIPS_AT)
    with pytest.raises(LlmPausedError):
        setting.read()


def test_a_service_that_asks_to_be_left_alone_is(setting: Setting) -> None:
    setting.service.says(Fault(529, retry_after="300"))
    _fail(setting, 1)
    setting.service.says(GOOD)
    setting.now += timedelta(seconds=299)
    with pytest.raises(LlmPausedError):
        setting.read()
    setting.now += timedelta(seconds=2)
    assert setting.read() == "Halcyon"
    # A day is more than anybody may ask for.
    setting.service.says(Fault(529, retry_after="86400"))
    _fail(setting, 1)
    setting.service.says(GOOD)
    setting.now += store.LONGEST_OPEN
    assert setting.read("Another.") == "Halcyon"


def test_of_many_that_would_try_at_once_one_does_and_the_others_get_their_money_back(setting: Setting) -> None:
    breaker = setting.reader().breaker
    breaker.failed(store.Seen(), NOON, 60)
    setting.now = later = NOON + timedelta(minutes=1)
    seen = [breaker.look(later) for _ in range(3)]
    assert breaker.begin(seen[0], later).trying
    for other in seen[1:]:
        with pytest.raises(LlmPausedError):
            breaker.begin(other, later)


def test_who_lost_the_try_to_another_call_gets_the_money_back(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaker = setting.reader().breaker
    breaker.failed(store.Seen(), NOON, 60)
    setting.now = later = NOON + timedelta(minutes=1)
    begin = Breaker.begin

    def second(self: Breaker, seen: store.Seen, now: datetime) -> store.Seen:
        begin(self, seen, now)
        return begin(self, seen, now)

    monkeypatch.setattr(Breaker, "begin", second)
    with pytest.raises(LlmPausedError):
        setting.read()
    assert setting.held() == 0
    assert setting.receipts() == []
    assert setting.service.asked == []
    assert later == setting.now


def test_an_answer_that_took_long_does_not_close_what_others_opened(setting: Setting) -> None:
    breaker = setting.reader().breaker
    breaker.failed(store.Seen(), NOON)
    slow = breaker.look(NOON)
    for _ in range(store.TRIPS_AT):
        breaker.failed(slow, NOON)
    breaker.answered(slow)
    with pytest.raises(LlmPausedError):
        breaker.look(NOON)


def test_a_shorter_pause_does_not_end_a_longer_one(setting: Setting) -> None:
    breaker = setting.reader().breaker
    breaker.failed(store.Seen(), NOON, 600)
    for _ in range(store.TRIPS_AT):
        breaker.failed(store.Seen(), NOON)
    with pytest.raises(LlmPausedError):
        breaker.look(NOON + timedelta(seconds=599))


def test_without_money_nobody_takes_the_try_from_those_who_have_some(setting: Setting) -> None:
    setting.reader().breaker.failed(store.Seen(), NOON, 60)
    setting.now += timedelta(minutes=1)
    setting.service.says(GOOD)
    with pytest.raises(LlmBudgetError):
        setting.read(person="kim", caps=Caps(0, 0, 0, 0, 0, 0))
    assert setting.read() == "Halcyon"


def test_an_answer_is_kept_even_where_it_cannot_be_settled(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no table")

    setting.service.says(GOOD)
    monkeypatch.setattr(Spending, "settle", broken)
    with pytest.raises(RuntimeError):
        setting.read()
    # The message comes again, and finds what is paid for.
    assert setting.read() == "Halcyon"
    assert len(setting.service.asked) == 1


def test_what_lies_in_the_table_names_nobody_and_goes_away(setting: Setting) -> None:
    setting.service.says(GOOD)
    setting.read("A secret ship.")
    setting.service.says(Fault(500))
    _fail(setting, 1)
    items = setting.operations.scan()["Items"]
    assert {str(item["SK"]).partition("#")[0] for item in items} == {"MONTH", "DAY", "HOUR", "ANSWER", "BREAKER"}
    assert all(int(str(item["expires_at"])) > NOON.timestamp() for item in items)
    assert "secret" not in json.dumps(items, default=str)
