"""The circuit breaker: leaves a failing source alone, longer each time, and lets one try see whether it works again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.sources import breaker
from jobtracker.sources.model import Breaker, BreakerState, Politeness, SourceStatus
from tests.fakes.polite import NOON

USUAL, TOUCHY = Politeness(), Politeness(trips_at=1)
FAILURES = [SourceStatus.BLOCKED, SourceStatus.FAILING, SourceStatus.SUSPICIOUS]
OPEN, HALF_OPEN, CLOSED = BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED


def _failed(times: int, politeness: Politeness = USUAL) -> Breaker:
    now = Breaker()
    for _ in range(times):
        now = breaker.after(now, SourceStatus.FAILING, politeness, NOON)
    return now


def test_a_source_that_fails_now_and_then_is_asked_as_usual() -> None:
    one = _failed(4)
    assert (one.state, breaker.may_ask(one, NOON)) == (CLOSED, True)
    one = breaker.after(one, SourceStatus.OK, USUAL, NOON)
    assert one == Breaker()


def test_five_failures_in_a_row_open_it_for_half_an_hour() -> None:
    one = _failed(5)
    assert one.state is OPEN
    assert not breaker.may_ask(one, NOON + timedelta(minutes=29))
    assert breaker.may_ask(one, NOON + timedelta(minutes=30))


@pytest.mark.parametrize("status", FAILURES)
def test_a_restricted_source_opens_at_the_first_failure(status: SourceStatus) -> None:
    assert breaker.after(Breaker(), status, TOUCHY, NOON).state is OPEN


@pytest.mark.parametrize("status", [SourceStatus.OFF, SourceStatus.NEVER, SourceStatus.STALE])
def test_what_is_neither_success_nor_failure_changes_nothing(status: SourceStatus) -> None:
    one = _failed(5)
    assert breaker.after(one, status, USUAL, NOON) == one


def test_when_its_time_is_up_one_try_is_allowed_and_no_second_beside_it() -> None:
    later = NOON + timedelta(minutes=31)
    trying = breaker.begin(_failed(5), later)
    assert trying.state is HALF_OPEN
    assert not breaker.may_ask(trying, later + timedelta(minutes=1))
    # A try that never told how it ended.
    assert breaker.may_ask(trying, later + breaker.LONGEST_TRY)


def test_a_try_that_succeeds_closes_it_and_one_that_fails_opens_it_for_twice_as_long() -> None:
    later = NOON + timedelta(minutes=31)
    trying = breaker.begin(_failed(5), later)
    assert breaker.after(trying, SourceStatus.OK, USUAL, later) == Breaker()
    again = breaker.after(trying, SourceStatus.BLOCKED, USUAL, later)
    assert (again.state, again.open_until) == (OPEN, later + timedelta(hours=1))


def test_a_failed_try_opens_it_again_even_where_more_failures_are_borne_by_now() -> None:
    later = NOON + timedelta(minutes=31)
    trying = breaker.begin(_failed(1, TOUCHY), later)
    assert breaker.after(trying, SourceStatus.FAILING, USUAL, later).state is OPEN


def test_it_stays_open_until_the_host_wants_to_be_asked_again() -> None:
    wanted = NOON + timedelta(hours=7)
    assert breaker.after(Breaker(), SourceStatus.BLOCKED, TOUCHY, NOON, wanted).open_until == wanted
    soon = NOON + timedelta(seconds=7)
    one = breaker.after(Breaker(), SourceStatus.BLOCKED, TOUCHY, NOON, soon)
    assert one.open_until == NOON + breaker.FIRST_OPEN


def test_a_closed_one_is_asked_without_more_ado() -> None:
    assert breaker.begin(_failed(4), NOON) == _failed(4)


@given(st.lists(st.sampled_from([*SourceStatus]), max_size=60), st.integers(1, 8))
def test_whatever_happens_it_opens_as_often_as_it_must_and_never_for_longer_than_a_day(
    outcomes: list[SourceStatus], trips_at: int
) -> None:
    """The source is asked as soon as it may be, each time with one of the outcomes."""
    politeness = Politeness(trips_at=trips_at)
    one, now, in_a_row, opened = Breaker(), NOON, 0, timedelta()
    for outcome in outcomes:
        assert breaker.may_ask(one, now)
        one = breaker.after(breaker.begin(one, now), outcome, politeness, now)
        if outcome is SourceStatus.OK:
            in_a_row, opened = 0, timedelta()
            assert one == Breaker()
        elif outcome in FAILURES:
            in_a_row += 1
            assert one.failures == in_a_row
            assert (one.state is OPEN) == (in_a_row >= trips_at)
        if one.state is OPEN and outcome in FAILURES:
            assert one.open_until is not None
            lasts = one.open_until - now
            assert breaker.FIRST_OPEN <= lasts <= breaker.LONGEST_OPEN
            assert lasts == (min(2 * opened, breaker.LONGEST_OPEN) if opened else breaker.FIRST_OPEN)
            assert not breaker.may_ask(one, one.open_until - timedelta(seconds=1))
            opened = lasts
        now = max(now, one.open_until or now)
