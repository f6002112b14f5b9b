"""robots.txt: what it says is obeyed, what makes no sense in it is passed over."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.sources import robots
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import Politeness, SourceError, SourceStatus
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.polite import FakeTime, polite_client

RULES = b"""User-agent: *
Disallow: /

User-agent: AIJobTracker
Disallow: /private
Allow: /private/jobs
Disallow: /*?page=
Crawl-delay: 4
"""


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def client(board: JobBoard, time: FakeTime) -> Iterator[PoliteClient]:
    polite = polite_client(board, time=time)
    yield polite
    polite.close()


def _error(client: PoliteClient, url: str) -> tuple[SourceStatus, str]:
    with pytest.raises(SourceError) as caught:
        client.get(url)
    return caught.value.status, caught.value.reason


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/jobs", True), ("/private", False), ("/private/jobs/7", True), ("/list?page=2", False), ("/list?q=2", True)],
)
def test_the_group_that_names_us_is_the_one_that_counts(path: str, allowed: bool) -> None:
    assert robots.read(RULES).allow(f"https://jobs.example{path}") is allowed


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_robots_txt_is_too_strange_to_read(body: bytes, path: str) -> None:
    rules = robots.read(body)
    assert rules.allow(f"https://jobs.example/{path}") in {True, False}
    assert 0 <= rules.delay_s <= robots.LONGEST_DELAY_S


@pytest.mark.parametrize(
    ("told", "delay"), [(b"2.5", 2.5), (b"9999", 30.0), (b"nan", 0.0), (b"inf", 0.0), (b"-3", 0.0), (b"soon", 0.0)]
)
def test_a_crawl_delay_holds_up_to_half_a_minute(told: bytes, delay: float) -> None:
    assert robots.read(b"User-agent: *\nCrawl-delay: " + told).delay_s == delay


def test_no_more_is_parsed_than_the_first_half_megabyte(board: JobBoard, client: PoliteClient) -> None:
    early = b"User-agent: *\nDisallow: /early\n"
    long = early + b"# nothing\n" * 80_000 + b"Disallow: /late\n"
    board.answer("/robots.txt", Answer(long))
    for path in ("/early", "/late"):
        board.answer(path, Answer(b"[]"))
    assert client.get(f"{board.url}/late").body == b"[]"
    assert _error(client, f"{board.url}/early")[0] is SourceStatus.BLOCKED


def test_what_robots_txt_hides_is_not_asked_for(board: JobBoard, client: PoliteClient) -> None:
    board.answer("/robots.txt", Answer(RULES))
    url = board.answer("/private", Answer(b"[]"))
    assert _error(client, url) == (SourceStatus.BLOCKED, "its robots.txt asks us not to read this address")
    assert board.requests == []


def test_robots_txt_is_asked_for_once_an_hour(board: JobBoard, client: PoliteClient, time: FakeTime) -> None:
    url = board.answer("/jobs", Answer(b"[]"))
    for _ in range(3):
        client.get(url)
    assert (board.robots_requests, len(board.requests), client.requests) == (1, 3, 4)
    time.now += timedelta(minutes=61)
    client.get(url)
    assert board.robots_requests == 2


def test_a_documented_api_is_asked_without_robots_txt(board: JobBoard, client: PoliteClient) -> None:
    board.answer("/robots.txt", Answer(b"User-agent: *\nDisallow: /"))
    url = board.answer("/api", Answer(b"[]"))
    assert client.polite(Politeness(robots=False)).get(url).body == b"[]"
    assert board.robots_requests == 0


def test_the_delay_that_robots_txt_asks_for_lies_between_requests(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    board.answer("/robots.txt", Answer(RULES))
    url = board.answer("/jobs", Answer(b"[]"))
    client.get(url)
    begun = time.now
    client.get(url)
    assert (time.now - begun).total_seconds() == pytest.approx(4.0)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_where_there_is_no_robots_txt_everything_may_be_read(
    board: JobBoard, client: PoliteClient, status: int
) -> None:
    board.answer("/robots.txt", Answer(status=status))
    assert client.get(board.answer("/jobs", Answer(b"[]"))).body == b"[]"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=500), "HTTP 500"),
        (Answer(status=503), "HTTP 503"),
        (Answer(RULES, promised=9_000), "the answer was cut off"),
        (Answer(status=302, headers={"Location": "/robots.txt"}), "redirected in circles"),
    ],
)
def test_a_robots_txt_that_cannot_be_read_is_a_failure_and_not_for_ever(
    board: JobBoard, client: PoliteClient, answer: Answer, reason: str
) -> None:
    url = board.answer("/jobs", Answer(b"[]"))
    board.answer("/robots.txt", answer)
    assert _error(client, url) == (SourceStatus.FAILING, f"its robots.txt cannot be read: {reason}")
    assert board.requests == []
    board.answer("/robots.txt", Answer(b""))
    assert client.get(url).body == b"[]"


def test_a_host_too_busy_for_its_robots_txt_is_left_alone(board: JobBoard, client: PoliteClient) -> None:
    board.answer("/robots.txt", Answer(status=429, headers={"Retry-After": "900"}))
    url = board.answer("/jobs", Answer(b"[]"))
    with pytest.raises(SourceError) as caught:
        client.get(url)
    assert caught.value.status is SourceStatus.BLOCKED
    assert caught.value.retry_at is not None


def test_a_robots_txt_may_lie_on_another_host() -> None:
    with job_board() as here, job_board() as there:
        target = there.answer("/rules", Answer(b"User-agent: *\nDisallow: /jobs"))
        here.answer("/robots.txt", Answer(status=301, headers={"Location": target}))
        url = here.answer("/jobs", Answer(b"[]"))
        client = polite_client(here, there)
        assert _error(client, url)[0] is SourceStatus.BLOCKED
        client.close()


def test_robots_txt_does_not_use_up_a_day_s_few_requests(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(b"[]"))
    seldom = client.polite(Politeness(per_day=1))
    assert seldom.get(url).body == b"[]"
    assert seldom.requests == 2
