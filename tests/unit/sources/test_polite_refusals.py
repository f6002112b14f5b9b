"""The polite client where a host on this machine refuses it, fails, or may not be asked yet."""

import socket
import threading
from datetime import timedelta
from email.utils import format_datetime

import pytest

from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import GoneError, Politeness, PostponedError, SourceStatus
from jobtracker.sources.pace import MemoryPace
from tests.fakes.job_board import Answer, JobBoard, Request, job_board
from tests.fakes.polite import BODY, EAGER, IMPATIENT, NOON, QUICK, FakeTime, error_of, polite_client, told

WAITS = {30: "30 seconds", 3_600: "an hour", 604_800: "7 days"}


# Refusals, and what is tried again.


@pytest.mark.parametrize("status", [401, 403, 407, 451, 999])
def test_a_refusal_counts_as_blocked_and_is_not_tried_again(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(b"no", status=status))
    assert told(lambda: client.get(url)) == (SourceStatus.BLOCKED, f"the host refused us (HTTP {status})")
    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_told_apart(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs/7", Answer(status=status))
    error = error_of(lambda: client.get(url))
    assert isinstance(error, GoneError)
    assert (error.status, error.reason) == (SourceStatus.FAILING, f"the address is gone (HTTP {status})")


@pytest.mark.parametrize("status", [204, 206, 300, 400, 500, 501])
def test_any_other_status_counts_as_failing(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(status=status))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, f"HTTP {status}")
    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_once_more_after_the_time_it_names(
    board: JobBoard, client: PoliteClient, time: FakeTime, status: int
) -> None:
    url = board.answer("/jobs", Answer(status=status, headers={"Retry-After": "7"}), Answer(BODY))
    assert client.get(url).body == BODY
    assert time.slept == [7.0]


def test_retry_after_may_be_a_date(board: JobBoard, client: PoliteClient, time: FakeTime) -> None:
    later = format_datetime(NOON + timedelta(seconds=9), usegmt=True)
    url = board.answer("/jobs", Answer(status=503, headers={"Retry-After": later}), Answer(BODY))
    assert client.get(url).body == BODY
    assert time.slept == [9.0]


def test_a_host_that_names_a_time_is_asked_once_more_and_not_twice(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=429, headers={"Retry-After": "3"}))
    error = error_of(lambda: client.get(url))
    assert (error.status, error.retry_at) == (SourceStatus.BLOCKED, NOON + timedelta(seconds=6))
    assert len(board.requests) == 2


@pytest.mark.parametrize("told", ["soon", "", "nan", "-3", "Wed, 99 Xyz 2026", "Mon, 01 Jan 0000 00:00:00 GMT"])
def test_a_senseless_retry_after_is_a_short_wait(
    board: JobBoard, client: PoliteClient, time: FakeTime, told: str
) -> None:
    url = board.answer("/jobs", Answer(status=429, headers={"Retry-After": told}), Answer(BODY))
    assert client.get(url).body == BODY
    assert sum(time.slept) <= 2


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("30", 30), ("3600", 3_600), ("inf", 604_800), ("1e9", 604_800), ("Fri, 06 Mar 2026 13:00:00 GMT", 3_600)],
)
@pytest.mark.parametrize(("status", "how"), [(429, "refused us"), (503, "is busy")])
def test_a_host_that_asks_for_a_long_wait_is_left_alone_by_everybody_until_then(
    board: JobBoard, told: str, seconds: int, status: int, how: str
) -> None:
    time, pace = FakeTime(), MemoryPace()
    client, other = (polite_client(board, time=time, pace=pace) for _ in range(2))
    url = board.answer("/jobs", Answer(status=status, headers={"Retry-After": told}))
    other_url = board.answer("/other", Answer(BODY))
    error = error_of(lambda: client.get(url))
    until = NOON + timedelta(seconds=seconds)
    assert error.status is SourceStatus.BLOCKED
    assert error.reason == f"the host {how} (HTTP {status}), and asks us to wait {WAITS[seconds]}"
    assert error.retry_at is not None
    assert abs(error.retry_at - until) < timedelta(seconds=2)
    assert len(board.requests) == 1
    with pytest.raises(PostponedError) as caught:
        other.get(other_url)
    assert abs(caught.value.until - until) < timedelta(seconds=2)
    assert (len(board.requests), board.robots_requests) == (1, 1)
    client.close()
    other.close()


@pytest.mark.parametrize("status", [429, 999])
@pytest.mark.parametrize("headers", [{}, {"Retry-After": "3"}])
def test_a_source_whose_breaker_opens_at_once_is_not_asked_twice(
    board: JobBoard, client: PoliteClient, status: int, headers: dict[str, str]
) -> None:
    url = board.answer("/jobs", Answer(status=status, headers=headers), Answer(BODY))
    touchy = client.polite(Politeness(trips_at=1))
    assert error_of(lambda: touchy.get(url)).status is SourceStatus.BLOCKED
    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_host_that_fails_for_a_moment_is_asked_again_and_each_time_later(
    board: JobBoard, client: PoliteClient, time: FakeTime, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda _, most: most)
    url = board.answer("/jobs", Answer(status=status), Answer(status=status), Answer(BODY))
    assert client.get(url).body == BODY
    assert time.slept == [2.0, 4.0]


def test_the_wait_between_two_tries_is_random_so_that_not_all_come_back_at_once(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    for _ in range(5):
        url = board.answer("/jobs", Answer(status=503), Answer(BODY))
        client.get(url)
    assert len(set(time.slept)) == 5
    assert all(0 <= seconds <= 2 for seconds in time.slept)


def test_a_host_that_stays_busy_is_given_up_after_the_third_try(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=503))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "HTTP 503")
    assert len(board.requests) == 3


def test_one_that_takes_long_to_fail_is_not_tried_for_ever(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    def slow(_: Request) -> Answer:
        time.now += timedelta(seconds=50)
        return Answer(status=503)

    url = board.answer("/jobs", slow)
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "HTTP 503")
    assert len(board.requests) == 1


def test_a_host_that_is_not_there_counts_as_failing() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    there = JobBoard(f"http://127.0.0.1:{port}")
    client = polite_client(there, limits=QUICK)
    eager = client.polite(EAGER.model_copy(update={"robots": False}))
    expected = (SourceStatus.FAILING, "the host cannot be reached")
    assert told(lambda: eager.get(f"{there.url}/jobs")) == expected
    assert eager.requests == 3
    assert told(lambda: eager.get("http://no-such-host.invalid/jobs")) == expected
    assert told(lambda: eager.get(f"http://{'a' * 70}.example/jobs")) == expected
    # A name that has no address gets none by being asked for again.
    assert eager.requests == 5
    client.close()


def test_a_host_that_cannot_be_reached_is_left_alone_for_a_minute_by_all_that_want_it(
    board: JobBoard, time: FakeTime
) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        there = JobBoard(f"http://127.0.0.1:{held.getsockname()[1]}")
    client = polite_client(there, board, time=time, limits=QUICK)
    one, another = (client.polite(IMPATIENT) for _ in range(2))
    board.answer("/jobs", Answer(BODY))
    expected = (SourceStatus.FAILING, "its robots.txt cannot be read: the host cannot be reached")
    assert told(lambda: one.get(f"{there.url}/jobs")) == expected
    slept = len(time.slept)
    assert told(lambda: another.get(f"{there.url}/others")) == expected
    assert (one.requests, another.requests, len(time.slept)) == (3, 0, slept)
    assert another.get(f"{board.url}/jobs").body == BODY
    time.now += timedelta(minutes=1)
    asked = another.requests
    assert told(lambda: another.get(f"{there.url}/others")) == expected
    assert another.requests == asked + 3
    client.close()


def test_a_host_that_hangs_up_is_asked_again(client: PoliteClient) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        there = JobBoard(f"http://127.0.0.1:{listening.getsockname()[1]}")
        polite = polite_client(there, limits=QUICK)
        eager = polite.polite(EAGER.model_copy(update={"robots": False}))

        def hang_up() -> None:
            for _ in range(3):
                listening.accept()[0].close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        assert told(lambda: eager.get(f"{there.url}/jobs")) == (
            SourceStatus.FAILING,
            "the host hung up before it answered",
        )
        assert eager.requests == 3
        thread.join(5)
        polite.close()


# Pace.


def test_one_host_is_asked_once_a_second_and_another_at_once(time: FakeTime) -> None:
    asked: list[tuple[str, float]] = []
    with job_board() as here, job_board() as there:
        client = polite_client(here, there, time=time).polite(Politeness(robots=False))
        for name, host, passes in (("here", here, 0.25), ("here", here, 0.0), ("there", there, 3.0), ("here", here, 0)):
            client.get(host.answer("/jobs", Answer(BODY)))
            asked.append((name, (time.now - NOON).total_seconds()))
            time.now += timedelta(seconds=passes)
        client.close()
    assert asked == [("here", 0.0), ("here", 1.0), ("there", 1.0), ("here", 4.0)]


def test_each_redirect_and_each_further_try_keeps_the_pace(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    board.answer("/old", Answer(status=301, headers={"Location": "/new"}))
    board.answer("/new", Answer(BODY))
    client.polite(Politeness(between_s=2.0, robots=False)).get(f"{board.url}/old")
    assert (time.now - NOON).total_seconds() == pytest.approx(2.0)


def test_a_used_up_hour_is_a_postponement_and_no_sleep(board: JobBoard, client: PoliteClient, time: FakeTime) -> None:
    url = board.answer("/jobs", Answer(BODY))
    few = client.polite(Politeness(between_s=0.0, per_hour=3, robots=False))
    for _ in range(3):
        few.get(url)
    with pytest.raises(PostponedError) as caught:
        few.get(url)
    assert NOON + timedelta(hours=1) <= caught.value.until <= NOON + timedelta(hours=1, minutes=2)
    assert (time.slept, len(board.requests)) == ([], 3)
