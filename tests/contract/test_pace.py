"""The pace of a host, in one process and across functions through the operations table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.aws import clients
from jobtracker.sources.model import Politeness, PostponedError
from jobtracker.sources.pace import PATIENCE, HostPace, MemoryPace, Pace, TablePace
from tests.fakes.polite import NOON

SECOND = Politeness(between_s=1.0)


@pytest.fixture(params=["memory", "table"])
def pace(request: pytest.FixtureRequest) -> Pace:
    if request.param == "memory":
        return MemoryPace()
    return TablePace(clients.table(request.getfixturevalue("operations_table")))


def _after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def _postponed(ask: Callable[[], Any]) -> datetime:
    with pytest.raises(PostponedError) as caught:
        ask()
    return caught.value.until


def test_requests_to_one_host_follow_one_another_and_those_to_another_do_not(pace: Pace) -> None:
    assert [pace.reserve("here", SECOND, NOON) for _ in range(3)] == [NOON, _after(1), _after(2)]
    assert pace.reserve("there", SECOND, NOON) == NOON
    assert pace.reserve("here", SECOND, _after(60)) == _after(60)


def test_nobody_is_kept_waiting_for_long_and_who_is_sent_away_takes_no_turn(pace: Pace) -> None:
    slow = Politeness(between_s=20.0)
    pace.reserve("here", slow, NOON)
    assert _postponed(lambda: pace.reserve("here", slow, NOON)) == _after(20)
    assert _postponed(lambda: pace.reserve("here", slow, NOON)) == _after(20)
    assert pace.reserve("here", slow, _after(20) - PATIENCE) == _after(20)


def test_a_host_that_is_held_is_asked_for_nothing_until_then(pace: Pace) -> None:
    pace.reserve("here", SECOND, NOON)
    pace.hold("here", _after(3_600))
    # A shorter hold does not end a longer one.
    pace.hold("here", _after(10))
    assert _postponed(lambda: pace.reserve("here", SECOND, NOON)) == _after(3_600)
    assert pace.reserve("here", SECOND, _after(3_600)) == _after(3_600)
    assert pace.reserve("there", SECOND, NOON) == NOON


def test_an_hour_s_requests_are_never_more_than_allowed_in_any_hour(pace: Pace) -> None:
    few = Politeness(between_s=1.0, per_hour=5)
    asked = [pace.reserve("here", few, _after(600 * number)) for number in range(5)]
    until = _postponed(lambda: pace.reserve("here", few, _after(3_000)))
    assert asked[0] + timedelta(hours=1) <= until <= asked[0] + timedelta(hours=1, minutes=2)
    assert pace.reserve("here", few, until) == until


def test_a_day_s_requests_are_never_more_than_allowed_in_any_day(pace: Pace) -> None:
    few = Politeness(between_s=1.0, per_day=4)
    for number in range(4):
        pace.reserve("here", few, NOON + timedelta(hours=6 * number))
    until = _postponed(lambda: pace.reserve("here", few, NOON + timedelta(hours=18, minutes=5)))
    assert NOON + timedelta(days=1) <= until <= NOON + timedelta(days=1, minutes=30)


def test_a_budget_that_is_none_counts_nothing(pace: Pace) -> None:
    few = Politeness(between_s=0.0, per_hour=1)
    for _ in range(10):
        pace.reserve("here", Politeness(between_s=0.0), NOON)
    assert pace.reserve("here", few, NOON) == NOON


def test_functions_that_run_at_once_keep_one_pace(operations_table: str) -> None:
    one, other = (TablePace(clients.table(operations_table), sleep=lambda _: None) for _ in range(2))
    turns = [pace.reserve("here", SECOND, NOON) for pace in (one, other, one, one, other, other)]
    assert turns == [_after(seconds) for seconds in range(6)]
    # What one remembers from before the other's hold does not count.
    other.hold("here", _after(3_600))
    assert _postponed(lambda: one.reserve("here", SECOND, _after(60))) == _after(3_600)


def test_a_turn_costs_one_write_and_no_read_but_the_first(operations_table: str) -> None:
    table = clients.table(operations_table)
    calls: list[str] = []
    table.meta.client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    pace = TablePace(table)
    for number in range(4):
        pace.reserve("here", SECOND, _after(number))
    assert calls == ["GetItem", *["UpdateItem"] * 4]


def test_the_item_of_a_host_goes_away_by_itself_and_stays_small(operations_table: str) -> None:
    table = clients.table(operations_table)
    busy = Politeness(between_s=30.0, per_hour=100, per_day=2_000)
    pace = TablePace(table)
    for number in range(200):
        pace.reserve("here", busy, _after(38 * number))
    item = table.get_item(Key={"PK": "PACE#here", "SK": "PACE"})["Item"]
    assert float(str(item["expires_at"])) > _after(38 * 200).timestamp() + 86_400
    # One write unit is a kilobyte.
    assert len(str({key: item[key] for key in ("hour", "day")}).replace("Decimal", "")) < 1_400
    assert len(dict(item["hour"])) <= 32  # type: ignore[arg-type]


@given(
    st.lists(st.floats(0, 4_000), max_size=60),
    st.integers(1, 6),
    st.floats(0, 3),
    st.sampled_from(["per_hour", "per_day"]),
)
def test_whenever_it_is_asked_no_span_of_time_holds_more_than_its_budget(
    gaps: list[float], budget: int, between_s: float, kind: str
) -> None:
    politeness = Politeness(between_s=between_s).model_copy(update={kind: budget})
    span = 3_600 if kind == "per_hour" else 86_400
    known, now, asked = HostPace(), NOON.timestamp(), list[float]()
    for gap in gaps:
        now += gap * (1 if kind == "per_hour" else 20)
        try:
            at, known = known.reserved(politeness, now)
        except PostponedError as postponed:
            now = max(now, postponed.until.timestamp())
            # At that time it is granted.
            at, known = known.reserved(politeness, now)
        asked.append(at)
    assert all(later - sooner >= between_s - 1e-3 for sooner, later in pairwise(asked))
    for start in asked:
        assert sum(start <= at < start + span - 1e-3 for at in asked) <= budget
