"""The polite client against a real host on this machine, with every fault that hosts show."""

import gzip
import json
import socket
import threading
import time as real_time
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.model import (
    GoneError,
    Politeness,
    PostponedError,
    SourceError,
    SourceStatus,
    Validators,
)
from jobtracker.sources.pace import MemoryPace
from tests.fakes.job_board import Answer, JobBoard, Request, job_board
from tests.fakes.polite import IMPATIENT, NOON, QUICK, FakeTime, polite_client

BODY = json.dumps({"jobs": [{"id": number, "title": "Cooper"} for number in range(50)]}).encode()
BLOCKED, FAILING = SourceStatus.BLOCKED, SourceStatus.FAILING
WAITS = {30: "30 seconds", 3_600: "an hour", 604_800: "7 days"}
EAGER = IMPATIENT.model_copy(update={"between_s": 0.0})


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def client(board: JobBoard, time: FakeTime) -> Iterator[PoliteClient]:
    polite = polite_client(board, time=time, limits=QUICK)
    yield polite.polite(EAGER)
    polite.close()


def _error(ask: Callable[[], object]) -> SourceError:
    with pytest.raises(SourceError) as caught:
        ask()
    return caught.value


def _told(ask: Callable[[], object]) -> tuple[SourceStatus, str]:
    error = _error(ask)
    return error.status, error.reason


def test_it_says_who_it_is_and_how_to_reach_the_operator(board: JobBoard, client: PoliteClient) -> None:
    headers = {"ETag": '"a1"', "Last-Modified": "yesterday", "Content-Type": "application/json"}
    answer = client.get(board.answer("/jobs", Answer(BODY, headers=headers)))
    assert (answer.body, answer.content_type) == (BODY, "application/json")
    assert answer.validators == Validators(etag='"a1"', last_modified="yesterday")
    assert board.requests[0].headers["user-agent"] == "AIJobTracker/1.0 (+ops@tracker.example)"


def test_further_headers_are_sent_and_may_replace_its_own(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY))
    client.get(url, headers={"Accept": "application/json"}, secret_headers={"User-Agent": "me@tracker.example"})
    sent = board.requests[0].headers
    assert (sent["accept"], sent["user-agent"]) == ("application/json", "me@tracker.example")


@pytest.mark.parametrize("value", ["a\r\nHost: other", "ü", "a\0b"])
def test_a_header_that_cannot_be_sent_counts_as_failing(board: JobBoard, client: PoliteClient, value: str) -> None:
    url = board.answer("/jobs", Answer(BODY))
    assert _told(lambda: client.get(url, headers={"X-Key": value})) == (FAILING, "the request cannot be sent as it is")
    assert board.requests == []


def test_no_cookie_is_kept(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Set-Cookie": "id=7; Path=/"}))
    client.get(url)
    client.get(url)
    assert "cookie" not in board.requests[1].headers


def test_it_counts_what_it_asks_for_each_politeness_apart(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY))
    other = client.polite(EAGER)
    client.get(url)
    client.get(url)
    other.get(url)
    # The first also asked for robots.txt.
    assert (client.requests, other.requests) == (3, 1)


def test_json_is_posted_and_what_comes_back_read(board: JobBoard, client: PoliteClient) -> None:
    def search(request: Request) -> Answer:
        return Answer(json.dumps({"offset": json.loads(request.body)["offset"]}).encode())

    url = board.answer("/search", search)
    answer = client.post_json(url, {"offset": 20}, headers={"X-Site": "jobs"}, secret_headers={"Authorization": "key"})
    assert json.loads(answer.body or b"") == {"offset": 20}
    (request,) = board.requests
    assert request.method == "POST"
    sent = request.headers
    assert (sent["content-type"], sent["x-site"], sent["authorization"]) == ("application/json", "jobs", "key")


def test_a_post_meets_the_same_refusals_and_further_tries(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/search", Answer(status=503), Answer(BODY), Answer(status=403))
    assert client.post_json(url, {}).body == BODY
    assert _error(lambda: client.post_json(url, {})).status is BLOCKED


# Conditional requests and answers that are still fresh.


def test_it_asks_conditionally_and_takes_304_for_unchanged(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=304, headers={"ETag": '"a2"'}))
    known = Validators(etag='"a1"', last_modified="Tue, 03 Mar 2026 08:00:00 GMT")
    answer = client.get(url, validators=known)
    assert answer.body is None
    assert answer.validators == Validators(etag='"a2"', last_modified=known.last_modified)
    asked = board.requests[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (known.etag, known.last_modified)


def test_it_asks_plainly_when_it_knows_nothing(board: JobBoard, client: PoliteClient) -> None:
    client.get(board.answer("/jobs", Answer(BODY)))
    assert not {"if-none-match", "if-modified-since"} & set(board.requests[0].headers)


def test_304_to_a_plain_question_is_no_answer(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=304))
    assert _told(lambda: client.get(url)) == (FAILING, "HTTP 304")


def test_an_answer_that_is_still_fresh_is_not_asked_for_again(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    headers = {"Cache-Control": "public, max-age=600", "Age": "100", "ETag": '"a1"'}
    url = board.answer("/jobs", Answer(BODY, headers=headers))
    first = client.get(url)
    assert client.get(url) == first
    assert client.get(url, validators=first.validators).body is None
    assert client.get(url, validators=Validators(etag='"a0"')).body == BODY
    assert len(board.requests) == 1
    client.get(url, headers={"Accept-Language": "de"})
    assert len(board.requests) == 2
    time.now += timedelta(seconds=501)
    client.get(url)
    assert len(board.requests) == 3


@pytest.mark.parametrize(
    "control", ["", "max-age=0", "no-store, max-age=600", "no-cache, max-age=600", "s-maxage=600", "max-age=soon"]
)
def test_an_answer_that_does_not_say_it_stays_fresh_is_asked_for_again(
    board: JobBoard, client: PoliteClient, control: str
) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Cache-Control": control}))
    client.get(url)
    client.get(url)
    assert len(board.requests) == 2


def test_what_a_secret_opened_is_never_kept(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Cache-Control": "max-age=600"}))
    client.get(url, secret_headers={"Authorization": "key"})
    client.get(url)
    client.get(url, secret_headers={"Authorization": "other"})
    assert len(board.requests) == 3


# Refusals, and what is tried again.


@pytest.mark.parametrize("status", [401, 403, 407, 451, 999])
def test_a_refusal_counts_as_blocked_and_is_not_tried_again(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(b"no", status=status))
    assert _told(lambda: client.get(url)) == (BLOCKED, f"the host refused us (HTTP {status})")
    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_told_apart(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs/7", Answer(status=status))
    error = _error(lambda: client.get(url))
    assert isinstance(error, GoneError)
    assert (error.status, error.reason) == (FAILING, f"the address is gone (HTTP {status})")


@pytest.mark.parametrize("status", [204, 206, 300, 400, 500, 501])
def test_any_other_status_counts_as_failing(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(status=status))
    assert _told(lambda: client.get(url)) == (FAILING, f"HTTP {status}")
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
    error = _error(lambda: client.get(url))
    assert (error.status, error.retry_at) == (BLOCKED, NOON + timedelta(seconds=6))
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
    error = _error(lambda: client.get(url))
    until = NOON + timedelta(seconds=seconds)
    assert error.status is BLOCKED
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
    assert _error(lambda: touchy.get(url)).status is BLOCKED
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
    assert _told(lambda: client.get(url)) == (FAILING, "HTTP 503")
    assert len(board.requests) == 3


def test_one_that_takes_long_to_fail_is_not_tried_for_ever(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    def slow(_: Request) -> Answer:
        time.now += timedelta(seconds=50)
        return Answer(status=503)

    url = board.answer("/jobs", slow)
    assert _told(lambda: client.get(url)) == (FAILING, "HTTP 503")
    assert len(board.requests) == 1


def test_a_host_that_is_not_there_counts_as_failing() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    there = JobBoard(f"http://127.0.0.1:{port}")
    client = polite_client(there, limits=QUICK)
    eager = client.polite(EAGER.model_copy(update={"robots": False}))
    told = (FAILING, "the host cannot be reached")
    assert _told(lambda: eager.get(f"{there.url}/jobs")) == told
    assert eager.requests == 3
    assert _told(lambda: eager.get("http://no-such-host.invalid/jobs")) == told
    assert _told(lambda: eager.get(f"http://{'a' * 70}.example/jobs")) == told
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
    told = (FAILING, "its robots.txt cannot be read: the host cannot be reached")
    assert _told(lambda: one.get(f"{there.url}/jobs")) == told
    slept = len(time.slept)
    assert _told(lambda: another.get(f"{there.url}/others")) == told
    assert (one.requests, another.requests, len(time.slept)) == (3, 0, slept)
    assert another.get(f"{board.url}/jobs").body == BODY
    time.now += timedelta(minutes=1)
    asked = another.requests
    assert _told(lambda: another.get(f"{there.url}/others")) == told
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
        assert _told(lambda: eager.get(f"{there.url}/jobs")) == (FAILING, "the host hung up before it answered")
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


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/old", Answer(status=status, headers={"Location": "/new?page=1#top"}))
    board.answer("/new", Answer(BODY))
    answer = client.get(url, secret_headers={"Authorization": "key"})
    assert (answer.url, answer.body) == (f"{board.url}/new?page=1", BODY)
    assert board.requests[1].headers["authorization"] == "key"


@pytest.mark.parametrize(("status", "method", "body"), [(303, "GET", b""), (308, "POST", b'{"a": 1}')])
def test_a_post_stays_one_only_where_the_redirect_says_so(
    board: JobBoard, client: PoliteClient, status: int, method: str, body: bytes
) -> None:
    url = board.answer("/old", Answer(status=status, headers={"Location": "/new"}))
    board.answer("/new", Answer(BODY))
    client.post_json(url, {"a": 1})
    assert (board.requests[1].method, board.requests[1].body) == (method, body)


def test_a_redirect_to_another_host_is_refused_and_that_host_never_asked(board: JobBoard, client: PoliteClient) -> None:
    with job_board() as other:
        url = board.answer("/jobs", Answer(status=302, headers={"Location": other.answer("/x", Answer(BODY))}))
        assert _told(lambda: client.get(url)) == (FAILING, "redirected to another host (127.0.0.1)")
        assert other.requests == []


def test_a_page_that_a_person_named_may_lead_to_another_host_but_no_secret_goes_there() -> None:
    with job_board() as here, job_board() as there:
        client = polite_client(here, there)
        back = here.answer("/back", Answer(BODY))
        there.answer("/moved", Answer(status=302, headers={"Location": back}))
        url = here.answer("/jobs", Answer(status=302, headers={"Location": f"{there.url}/moved"}))
        answer = client.get(url, headers={"X-Plain": "yes"}, secret_headers={"X-Key": "secret"}, follow=True)
        assert (answer.url, answer.body) == (back, BODY)
        first, last = here.requests
        (middle,) = there.requests
        assert first.headers["x-key"] == "secret"
        # Nor when it leads back: what the other host made of the address is not known.
        assert "x-key" not in middle.headers
        assert "x-key" not in last.headers
        assert middle.headers["x-plain"] == "yes"
        assert (here.robots_requests, there.robots_requests) == (1, 1)
        client.close()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[::1", "ftp://127.0.0.1/x", "//other.example/x", ""])
def test_a_redirect_to_what_is_no_page_of_the_host_is_refused(
    board: JobBoard, client: PoliteClient, target: str
) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": target}))
    assert _error(lambda: client.get(url)).status is FAILING
    assert len(board.requests) in {1, 4}


def test_redirects_in_circles_end(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": "/jobs"}))
    assert _told(lambda: client.get(url)) == (FAILING, "redirected in circles")
    assert len(board.requests) == QUICK.redirects + 1


# Bodies.


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("GZIP", gzip.compress(BODY)),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY[:70]) + gzip.compress(BODY[70:]) + bytes(40)),
    ],
)
def test_a_compressed_answer_is_unpacked(board: JobBoard, client: PoliteClient, coding: str, packed: bytes) -> None:
    url = board.answer("/jobs", Answer(packed, headers={"Content-Encoding": coding}, pieces=5))
    assert client.get(url).body == BODY
    assert board.requests[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(gzip.compress(BODY)[:-20], headers={"Content-Encoding": "gzip"}), "the answer was cut off"),
        (Answer(b"", headers={"Content-Encoding": "gzip"}), "the answer was cut off"),
        (Answer(BODY, headers={"Content-Encoding": "gzip"}), "the answer is not compressed as it says"),
        (
            Answer(gzip.compress(BODY) + b"more", headers={"Content-Encoding": "gzip"}),
            "the answer is not compressed as it says",
        ),
        (Answer(BODY, headers={"Content-Encoding": "br"}), "the answer is compressed in an unknown way (br)"),
        (
            Answer(gzip.compress(gzip.compress(BODY)), headers={"Content-Encoding": "gzip, gzip"}),
            "the answer is compressed in an unknown way (gzip, gzip)",
        ),
        (Answer(BODY, promised=len(BODY) + 10), "the answer was cut off"),
        (Answer(b"x" * 100_001), "the answer is larger than 0.1 MB"),
        (
            Answer(gzip.compress(bytes(100_001)), headers={"Content-Encoding": "gzip"}),
            "the answer is larger than 0.1 MB",
        ),
    ],
)
def test_an_answer_that_is_not_whole_is_no_answer(
    board: JobBoard, client: PoliteClient, answer: Answer, reason: str
) -> None:
    assert _told(lambda: client.get(board.answer("/jobs", answer))) == (FAILING, reason)


def test_fifty_megabytes_are_refused_by_what_they_promise(board: JobBoard) -> None:
    client = polite_client(board)
    url = board.answer("/jobs", Answer(BODY, promised=50_000_000))
    assert _told(lambda: client.get(url)) == (FAILING, "the answer is larger than 30 MB")
    client.close()


def test_a_gzip_bomb_is_dropped_long_before_it_is_unpacked(board: JobBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(20)) + packer.flush()
    unpacked = 0
    real_one = zlib.decompressobj

    class Counting:
        """zlib's own, counting."""

        def __init__(self, wbits: int) -> None:
            self._real = real_one(wbits)

        def decompress(self, piece: bytes, most: int) -> bytes:
            nonlocal unpacked
            out = self._real.decompress(piece, most)
            unpacked += len(out)
            return out

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    url = board.answer("/jobs", Answer(bomb, headers={"Content-Encoding": "gzip"}))
    client = polite_client(board, limits=Limits(bytes=1_000_000))
    assert _told(lambda: client.get(url)) == (FAILING, "the answer is larger than 1 MB")
    assert len(bomb) < 300_000
    assert 1_000_000 < unpacked <= 1_256_000
    client.close()


def test_a_silent_host_is_not_waited_for(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pause_s=0.5))
    assert _told(lambda: client.get(url)) == (FAILING, "the host did not answer in time")
    assert len(board.requests) == 1


def test_an_answer_that_trickles_ends_at_its_time(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pieces=100, pause_s=0.1))
    assert _told(lambda: client.get(url)) == (FAILING, "the answer did not end in time")


def test_the_time_of_an_answer_bounds_the_host_s_silence(board: JobBoard, client: PoliteClient) -> None:
    patient = client.polite(Politeness(between_s=0.0, silence_s=30.0))
    url = board.answer("/jobs", Answer(BODY, pause_s=3.0))
    begun = real_time.monotonic()
    assert _told(lambda: patient.get(url)) == (FAILING, "the answer did not end in time")
    assert real_time.monotonic() - begun < 2


def test_headers_that_trickle_end_at_their_time_too() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        there = JobBoard(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def trickle() -> None:
            connection = listening.accept()[0]
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                for _ in range(60):
                    try:
                        connection.sendall(b"X-More: yes\r\n")
                    except OSError:
                        return
                    real_time.sleep(0.1)

        threading.Thread(target=trickle, daemon=True).start()
        client = polite_client(there, limits=QUICK)
        eager = client.polite(EAGER.model_copy(update={"robots": False}))
        begun = real_time.monotonic()
        assert _told(lambda: eager.get(f"{there.url}/jobs")) == (FAILING, "the answer did not end in time")
        assert real_time.monotonic() - begun < 2
        client.close()


@pytest.mark.parametrize(
    "url", ["", "jobs", "file:///etc/passwd", "http://", "http://[::1/x", "http://a b/", "http://\udcff/"]
)
def test_an_address_that_is_none_counts_as_failing(client: PoliteClient, url: str) -> None:
    assert _error(lambda: client.get(url)).status is FAILING


def test_a_dot_at_the_end_of_a_host_makes_no_other_host_of_it(board: JobBoard, client: PoliteClient) -> None:
    board.answer("/jobs", Answer(BODY))
    port = board.host.partition(":")[2]
    assert client.get(f"http://127.0.0.1.:{port}/jobs").url == f"{board.url}/jobs"
