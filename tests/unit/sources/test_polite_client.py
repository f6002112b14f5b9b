"""The polite client against a real host on this machine, with every fault that hosts show."""

import gzip
import json
import socket
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from jobtracker.sources.client import Limits, PoliteClient, SourceError
from jobtracker.sources.model import SourceStatus
from tests.fakes.job_board import Answer, JobBoard, job_board

BODY = json.dumps({"jobs": [{"id": number, "title": "Cooper"} for number in range(50)]}).encode()
FAST = Limits(bytes=100_000, between_s=0.0, connect_s=1.0, silence_s=0.3, answer_s=0.6)
BLOCKED, FAILING = SourceStatus.BLOCKED, SourceStatus.FAILING


class Sleeps(list[float]):
    """Notes how long was slept, and does not sleep."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
def client(sleeps: Sleeps) -> Iterator[PoliteClient]:
    polite = PoliteClient("ops@tracker.example", limits=FAST, sleep=sleeps)
    yield polite
    polite.close()


def _error(ask: Callable[[], object]) -> tuple[SourceStatus, str]:
    with pytest.raises(SourceError) as caught:
        ask()
    return caught.value.status, caught.value.reason


def test_it_says_who_it_is_and_how_to_reach_the_operator(board: JobBoard, client: PoliteClient) -> None:
    answer = client.get(board.answer("/jobs", Answer(BODY, headers={"ETag": '"a1"', "Last-Modified": "yesterday"})))
    assert (answer.body, answer.etag, answer.last_modified) == (BODY, '"a1"', "yesterday")
    assert board.requests[0].headers["user-agent"] == "AIJobTracker/1.0 (+ops@tracker.example)"


def test_it_asks_conditionally_and_takes_304_for_unchanged(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=304, headers={"ETag": '"a1"'}))
    answer = client.get(url, etag='"a1"', last_modified="Tue, 03 Mar 2026 08:00:00 GMT")
    assert answer.body is None
    asked = board.requests[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"a1"', "Tue, 03 Mar 2026 08:00:00 GMT")


def test_it_asks_plainly_when_it_knows_nothing(board: JobBoard, client: PoliteClient) -> None:
    client.get(board.answer("/jobs", Answer(BODY)))
    assert not {"if-none-match", "if-modified-since"} & set(board.requests[0].headers)


@pytest.mark.parametrize("status", [401, 403, 451, 999])
def test_a_refusal_counts_as_blocked_and_is_not_tried_again(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(b"no", status=status))
    assert _error(lambda: client.get(url)) == (BLOCKED, f"the host refused us (HTTP {status})")
    assert len(board.requests) == 1


@pytest.mark.parametrize("status", [204, 206, 300, 400, 404, 410, 500, 501])
def test_any_other_status_counts_as_failing(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/jobs", Answer(status=status))
    assert _error(lambda: client.get(url)) == (FAILING, f"HTTP {status}")
    assert len(board.requests) == 1


def test_a_busy_host_is_asked_once_more_after_the_time_it_names(
    board: JobBoard, client: PoliteClient, sleeps: Sleeps
) -> None:
    url = board.answer("/jobs", Answer(status=429, headers={"Retry-After": "7"}), Answer(BODY))
    assert client.get(url).body == BODY
    assert sleeps == [7.0]


def test_retry_after_may_be_a_date(board: JobBoard, client: PoliteClient, sleeps: Sleeps) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    url = board.answer("/jobs", Answer(status=503, headers={"Retry-After": later}), Answer(BODY))
    assert client.get(url).body == BODY
    assert len(sleeps) == 1
    assert 5 < sleeps[0] <= 9


@pytest.mark.parametrize("told", ["soon", "", "nan", "-3", "Wed, 99 Xyz 2026"])
def test_a_senseless_retry_after_is_a_short_wait(
    board: JobBoard, client: PoliteClient, sleeps: Sleeps, told: str
) -> None:
    url = board.answer("/jobs", Answer(status=429, headers={"Retry-After": told}), Answer(BODY))
    assert client.get(url).body == BODY
    assert all(0 <= seconds <= 2 for seconds in sleeps)


@pytest.mark.parametrize("told", ["3600", "inf", "1e9"])
def test_a_host_that_asks_for_a_long_wait_is_left_alone(
    board: JobBoard, client: PoliteClient, sleeps: Sleeps, told: str
) -> None:
    url = board.answer("/jobs", Answer(status=429, headers={"Retry-After": told}))
    status, reason = _error(lambda: client.get(url))
    assert status is BLOCKED
    assert reason == f"the host refused us (HTTP 429), and asks us to wait {told}"
    assert (len(board.requests), sleeps) == (1, [])


def test_a_host_that_stays_busy_is_given_up_after_the_second_try(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=503))
    assert _error(lambda: client.get(url)) == (FAILING, "HTTP 503")
    assert len(board.requests) == 2


def test_one_host_is_asked_once_a_second_and_another_at_once() -> None:
    now = 50.0
    asked: list[tuple[str, float]] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    with job_board() as here, job_board() as there:
        polite = PoliteClient("x", sleep=sleep, clock=lambda: now)
        for name, host, passes in (("here", here, 0.25), ("here", here, 0.0), ("there", there, 3.0), ("here", here, 0)):
            polite.get(host.answer("/jobs", Answer(status=304)))
            asked.append((name, now))
            now += passes
        polite.close()
    assert asked == [("here", 50.0), ("here", 51.0), ("there", 51.0), ("here", 54.0)]


def test_a_redirect_on_the_same_host_is_followed(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/old", Answer(status=301, headers={"Location": "/new"}))
    moved = board.answer("/new", Answer(BODY))
    answer = client.get(url)
    assert (answer.url, answer.body) == (moved, BODY)


def test_a_redirect_to_another_host_is_refused_and_that_host_never_asked(board: JobBoard, client: PoliteClient) -> None:
    with job_board() as other:
        target = other.answer("/latest/meta-data", Answer(b"secret"))
        url = board.answer("/jobs", Answer(status=302, headers={"Location": target}))
        assert _error(lambda: client.get(url)) == (FAILING, "redirected to another host (127.0.0.1)")
        assert other.requests == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[::1", "ftp://127.0.0.1/x", "//other.example/x"])
def test_a_redirect_to_what_is_no_page_of_the_host_is_refused(
    board: JobBoard, client: PoliteClient, target: str
) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": target}))
    assert _error(lambda: client.get(url))[0] is FAILING


def test_redirects_in_circles_end(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": "/jobs"}))
    assert _error(lambda: client.get(url)) == (FAILING, "redirected in circles")
    assert len(board.requests) == FAST.redirects + 1


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("GZIP", gzip.compress(BODY)),
        ("identity", BODY),
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
        (Answer(BODY, headers={"Content-Encoding": "br"}), "the answer is compressed in an unknown way (br)"),
        (
            Answer(gzip.compress(gzip.compress(BODY)), headers={"Content-Encoding": "gzip, gzip"}),
            "the answer is compressed in an unknown way (gzip, gzip)",
        ),
        (Answer(BODY, promised=len(BODY) + 10), "the host cannot be reached (RemoteProtocolError)"),
        (Answer(b"x" * 100_001), "the answer is larger than 0.1 MB"),
    ],
)
def test_an_answer_that_is_not_whole_is_no_answer(
    board: JobBoard, client: PoliteClient, answer: Answer, reason: str
) -> None:
    assert _error(lambda: client.get(board.answer("/jobs", answer))) == (FAILING, reason)


def test_a_gzip_bomb_is_dropped_long_before_it_is_unpacked(board: JobBoard, client: PoliteClient) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(20)) + packer.flush()
    unpacked = 0

    class Counting:
        """zlib's own, counting."""

        def __init__(self, wbits: int) -> None:
            self._real = _decompressobj(wbits)

        def decompress(self, piece: bytes, most: int) -> bytes:
            nonlocal unpacked
            out = self._real.decompress(piece, most)
            unpacked += len(out)
            return out

        @property
        def unconsumed_tail(self) -> bytes:
            return self._real.unconsumed_tail

    _decompressobj = zlib.decompressobj
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zlib, "decompressobj", Counting)
        url = board.answer("/jobs", Answer(bomb, headers={"Content-Encoding": "gzip"}))
        assert _error(lambda: client.get(url)) == (FAILING, "the answer is larger than 0.1 MB")
    assert len(bomb) < 300_000
    assert unpacked <= FAST.bytes + 256_000


def test_a_silent_host_is_not_waited_for(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pause_s=1.0))
    assert _error(lambda: client.get(url)) == (FAILING, "the host did not answer in time")


def test_an_answer_that_trickles_ends_at_its_time(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pieces=100, pause_s=0.1))
    assert _error(lambda: client.get(url)) == (FAILING, "the answer did not end in time")


def test_a_host_that_is_not_there_counts_as_failing(client: PoliteClient) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    assert _error(lambda: client.get(f"http://127.0.0.1:{port}/jobs")) == (
        FAILING,
        "the host cannot be reached (ConnectError)",
    )
    assert _error(lambda: client.get("http://no-such-host.invalid/jobs"))[0] is FAILING


@pytest.mark.parametrize("url", ["", "jobs", "file:///etc/passwd", "http://", "http://[::1/x"])
def test_an_address_that_is_none_counts_as_failing(client: PoliteClient, url: str) -> None:
    assert _error(lambda: client.get(url))[0] is FAILING
