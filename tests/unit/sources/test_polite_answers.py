"""The polite client and what a host on this machine answers: packed, cut off, endless, slow."""

import gzip
import socket
import threading
import time as real_time
import zlib
from typing import Any

import pytest

from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.model import Politeness, SourceStatus
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import BODY, EAGER, QUICK, polite_client, told

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
    assert told(lambda: client.get(board.answer("/jobs", answer))) == (SourceStatus.FAILING, reason)


def test_fifty_megabytes_are_refused_by_what_they_promise(board: JobBoard) -> None:
    client = polite_client(board)
    url = board.answer("/jobs", Answer(BODY, promised=50_000_000))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "the answer is larger than 30 MB")
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
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "the answer is larger than 1 MB")
    assert len(bomb) < 300_000
    assert 1_000_000 < unpacked <= 1_256_000
    client.close()


def test_a_silent_host_is_not_waited_for(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pause_s=0.5))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "the host did not answer in time")
    assert len(board.requests) == 1


def test_an_answer_that_trickles_ends_at_its_time(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, pieces=100, pause_s=0.1))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "the answer did not end in time")


def test_the_time_of_an_answer_bounds_the_host_s_silence(board: JobBoard, client: PoliteClient) -> None:
    patient = client.polite(Politeness(between_s=0.0, silence_s=30.0))
    url = board.answer("/jobs", Answer(BODY, pause_s=3.0))
    begun = real_time.monotonic()
    assert told(lambda: patient.get(url)) == (SourceStatus.FAILING, "the answer did not end in time")
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
        assert told(lambda: eager.get(f"{there.url}/jobs")) == (SourceStatus.FAILING, "the answer did not end in time")
        assert real_time.monotonic() - begun < 2
        client.close()
