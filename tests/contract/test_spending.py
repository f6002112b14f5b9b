"""A person's money for language models in the tables: put aside, settled, taken back, and never more than there is."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jobtracker.accounts import spending
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.spending import Spending
from jobtracker.aws import clients, transactions
from jobtracker.aws.transactions import ContendedError
from jobtracker.llm.model import LONGEST_CALL, Call, LlmBudgetError, Outcome, Reservation, Usage

NOON = datetime(2026, 3, 6, 12, 20, tzinfo=UTC)
CAPS = Caps(
    person_day=5_000,
    person_month=1_000,
    everybody_day=1_500,
    everybody_month=9_000,
    person_hour_calls=20,
    everybody_hour_calls=40,
)
Purse = Callable[..., Spending]


@pytest.fixture
def purse(operations_table: str, people_table: str) -> Purse:
    """The money of a person, by name and caps."""

    def of(person_id: str = "robin", caps: Caps = CAPS) -> Spending:
        return Spending(clients.table(operations_table), clients.table(people_table), person_id, caps)

    return of


def _call(microdollars: int, outcome: Outcome = Outcome.ANSWERED) -> Call:
    return Call("Reading a page", outcome, Usage("claude-haiku-5-5", 800, 60, 100, 50), microdollars)


def _counter(table: str, key: str, sort: str) -> dict[str, Any]:
    item = clients.table(table).get_item(Key={"PK": key, "SK": sort}).get("Item", {})
    return {name: int(str(item[name])) for name in ("held", "used") if name in item}


def _person(table: str, month: str = "2026-03") -> dict[str, Any]:
    return _counter(table, "LLM#robin", f"MONTH#{month}")


def _everybody(table: str, day: str = "2026-03-06") -> dict[str, Any]:
    return _counter(table, "LLM", f"DAY#{day}")


def test_what_is_put_aside_is_replaced_by_what_was_spent(purse: Purse, operations_table: str) -> None:
    one = purse()
    kept = one.reserve(400, NOON)
    assert _person(operations_table) == _everybody(operations_table) == {"held": 400}
    assert spending.spent(one.operations, "robin", NOON) == 0
    one.settle(kept, _call(150))
    assert _person(operations_table) == _everybody(operations_table) == {"held": 150, "used": 150}
    assert spending.spent(one.operations, "robin", NOON) == 150
    assert spending.spent(one.operations, "kim", NOON) == 0
    assert spending.spent(one.operations, "robin", NOON + timedelta(days=30)) == 0


def test_a_person_cannot_put_aside_more_than_a_month_has(purse: Purse, operations_table: str) -> None:
    one = purse()
    one.reserve(600, NOON)
    with pytest.raises(LlmBudgetError, match="your budget for it of this month is used up"):
        one.reserve(401, NOON)
    one.reserve(400, NOON)
    with pytest.raises(LlmBudgetError):
        one.reserve(1, NOON)
    # What was refused left no trace, not in the other counter either.
    assert _everybody(operations_table) == {"held": 1_000}
    # A new month is a new budget, and its first day has one of its own.
    one.reserve(1_000, datetime(2026, 4, 1, tzinfo=UTC))


def test_all_people_together_cannot_put_aside_more_than_a_day_has(purse: Purse, operations_table: str) -> None:
    purse("robin").reserve(900, NOON)
    with pytest.raises(LlmBudgetError, match="what may be spent on it today is used up"):
        purse("kim").reserve(601, NOON)
    assert _counter(operations_table, "LLM#kim", "MONTH#2026-03") == {}
    purse("kim").reserve(600, NOON)
    purse("kim").reserve(100, NOON + timedelta(days=1))


@pytest.mark.parametrize("name", [field.name for field in fields(Caps)])
def test_a_cap_of_nothing_lets_nobody_spend(purse: Purse, operations_table: str, name: str) -> None:
    caps = replace(CAPS, **{name: 0})
    assert CAPS.allow_any
    assert not caps.allow_any
    with pytest.raises(LlmBudgetError):
        purse(caps=caps).reserve(1, NOON)
    assert clients.table(operations_table).scan()["Items"] == []


def test_a_person_asks_so_often_in_an_hour_and_no_more(purse: Purse, operations_table: str) -> None:
    caps = replace(CAPS, person_hour_calls=3)
    one = purse(caps=caps)
    for minute in range(3):
        one.release(one.reserve(10, NOON + timedelta(minutes=minute)))
    with pytest.raises(LlmBudgetError, match="3 times in this hour, and may be again from 13:00 UTC on"):
        one.reserve(10, NOON + timedelta(minutes=5))
    assert _person(operations_table) == {"held": 0}
    purse("kim", caps).reserve(10, NOON)
    one.reserve(10, NOON + timedelta(minutes=40))


def test_what_a_call_that_died_had_put_aside_is_free_again_later(purse: Purse, operations_table: str) -> None:
    died, lives = purse(), purse()
    died.reserve(700, NOON)
    later = NOON + LONGEST_CALL
    kept = lives.reserve(300, later - timedelta(seconds=1))
    with pytest.raises(LlmBudgetError):
        lives.reserve(200, later - timedelta(seconds=1))
    # Of the two only the older one is taken back.
    lives.reserve(700, later)
    with pytest.raises(LlmBudgetError):
        lives.reserve(1, later)
    lives.settle(kept, _call(20))
    assert _person(operations_table) == _everybody(operations_table) == {"held": 720, "used": 20}


def test_what_died_is_looked_for_where_the_room_is_needed(purse: Purse, operations_table: str) -> None:
    purse("robin").reserve(700, NOON)
    purse("kim").reserve(800, NOON + LONGEST_CALL)
    assert _everybody(operations_table) == {"held": 1_500}
    purse("pat").reserve(700, NOON + LONGEST_CALL)
    assert _everybody(operations_table) == {"held": 1_500}
    # That person's own month had room for it all the time.
    assert _person(operations_table) == {"held": 700}


def test_a_call_that_comes_to_life_again_counts_what_it_spent(purse: Purse, operations_table: str) -> None:
    slow = purse()
    kept = slow.reserve(700, NOON)
    purse().reserve(1_000, NOON + LONGEST_CALL)
    assert _person(operations_table) == {"held": 1_000}
    slow.settle(kept, _call(50))
    # Taken back from the person's counter and not from everybody's, which had room for both.
    assert _person(operations_table) == {"held": 1_050, "used": 50}
    assert _everybody(operations_table) == {"held": 1_050, "used": 50}


def test_a_call_is_settled_once(purse: Purse, operations_table: str) -> None:
    one = purse()
    kept = one.reserve(400, NOON)
    for _ in range(3):
        one.settle(kept, _call(150))
    one.release(kept)
    assert _person(operations_table) == _everybody(operations_table) == {"held": 150, "used": 150}
    assert len(spending.receipts(one.people, "robin", 9)) == 1


def test_what_is_given_back_costs_nothing_and_has_no_receipt(purse: Purse, operations_table: str) -> None:
    one = purse()
    kept = one.reserve(400, NOON)
    for _ in range(2):
        one.release(kept)
    assert _person(operations_table) == _everybody(operations_table) == {"held": 0}
    assert spending.receipts(one.people, "robin", 9) == []


def test_a_call_that_ends_in_the_next_month_belongs_to_the_one_in_which_it_began(
    purse: Purse, operations_table: str
) -> None:
    one = purse()
    kept = one.reserve(400, datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC))
    one.reserve(100, datetime(2026, 4, 1, tzinfo=UTC))
    one.settle(kept, _call(150))
    assert _person(operations_table, "2026-03") == {"held": 150, "used": 150}
    assert _person(operations_table, "2026-04") == {"held": 100}


def test_receipts_say_what_for_and_what_it_took_the_newest_first(purse: Purse) -> None:
    one = purse()
    for number, outcome in enumerate(Outcome):
        one.settle(one.reserve(100, NOON + timedelta(minutes=number)), _call(10 + number, outcome))
    found = spending.receipts(one.people, "robin", 9)
    assert [receipt.outcome for receipt in found] == list(reversed(Outcome))
    last = found[-1]
    assert (last.at, last.purpose, last.model) == (NOON, "Reading a page", "claude-haiku-5-5")
    assert (last.input_tokens, last.output_tokens, last.microdollars) == (950, 60, 10)
    first = spending.receipts(one.people, "robin", 2)
    assert first == found[:2]
    assert spending.receipts(one.people, "robin", 9, before=first[-1].id) == found[2:]
    assert spending.receipts(one.people, "kim", 9) == []


def test_counters_go_away_by_themselves_and_not_before_their_time_is_over(purse: Purse, operations_table: str) -> None:
    purse().reserve(100, NOON)
    expires = {
        str(item["SK"]).partition("#")[0]: datetime.fromtimestamp(int(str(item["expires_at"])), UTC)
        for item in clients.table(operations_table).scan()["Items"]
    }
    assert expires["MONTH"] > datetime(2026, 4, 1, 1, tzinfo=UTC)
    assert expires["DAY"] > datetime(2026, 3, 7, 1, tzinfo=UTC)
    assert expires["HOUR"] > datetime(2026, 3, 6, 13, tzinfo=UTC)


def test_where_too_many_want_the_counters_nobody_spends_and_what_is_put_aside_stays(
    purse: Purse, operations_table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = purse()
    kept = one.reserve(400, NOON)

    def contended(*_: object) -> None:
        raise ContendedError("operations")

    monkeypatch.setattr(transactions, "write", contended)
    with pytest.raises(LlmBudgetError, match="too many"):
        one.reserve(100, NOON)
    one.settle(kept, _call(150))
    assert _person(operations_table) == {"held": 400}


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(1, 400), st.sampled_from(["settle", "release", "die"])), max_size=25
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_becomes_of_calls_no_cap_is_ever_passed(
    purse: Purse, operations_table: str, calls: list[tuple[int, int, str]], chance: Any
) -> None:
    table = clients.table(operations_table)
    for item in table.scan()["Items"]:
        table.delete_item(Key={"PK": item["PK"], "SK": item["SK"]})
    purses = [purse("robin"), purse("kim")]
    paid = [0, 0]
    opened: list[tuple[int, Reservation, str]] = []
    for who, amount, fate in calls:
        try:
            opened.append((who, purses[who].reserve(amount, NOON), fate))
        except LlmBudgetError:
            continue
        if chance.random() < 0.6:
            person, kept, end = opened.pop(chance.randrange(len(opened)))
            real = chance.randint(0, kept.microdollars)
            if end == "settle":
                purses[person].settle(kept, _call(real))
                paid[person] += real
            elif end == "release":
                purses[person].release(kept)
        held = [_counter(operations_table, f"LLM#{name}", "MONTH#2026-03").get("held", 0) for name in ("robin", "kim")]
        assert all(spent <= sum_held <= CAPS.person_month for spent, sum_held in zip(paid, held, strict=True))
        assert sum(paid) <= _everybody(operations_table)["held"] <= CAPS.everybody_day


@pytest.mark.parametrize(
    ("caps", "said"),
    [
        ({"person_day": 500}, "your budget for it of this day is used up"),
        ({"everybody_month": 500}, "what may be spent on it this month is used up"),
        ({"everybody_hour_calls": 1}, "it was asked as often as may be in an hour, and may be again from 13:00 UTC on"),
    ],
)
def test_each_cap_holds_alone_and_says_which_it_is(purse: Purse, caps: dict[str, int], said: str) -> None:
    one = purse(caps=replace(CAPS, **caps))
    one.reserve(500, NOON)
    with pytest.raises(LlmBudgetError, match=said):
        one.reserve(1, NOON)


def test_a_person_who_stopped_at_the_days_cap_goes_on_the_next_day(purse: Purse) -> None:
    one = purse(caps=replace(CAPS, person_day=500, person_month=1_200))
    for moment in (NOON, NOON + timedelta(days=1)):
        one.settle(one.reserve(500, moment), _call(500))
        with pytest.raises(LlmBudgetError, match="this day"):
            one.reserve(1, moment)
    with pytest.raises(LlmBudgetError, match="this month"):
        one.reserve(201, NOON + timedelta(days=2))
