"""The polite client as tests use it: real HTTP to hosts on this machine, and a time that only sleeping moves."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.guard import Guard
from jobtracker.sources.model import Politeness, SourceError, SourceStatus
from jobtracker.sources.pace import MemoryPace, Pace
from tests.fakes.job_board import JobBoard

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
QUICK = Limits(bytes=100_000, connect_s=1.0, answer_s=0.6)
ENOUGH = Limits()
IMPATIENT = Politeness(silence_s=0.3)
EAGER = IMPATIENT.model_copy(update={"between_s": 0.0})
BODY = json.dumps({"jobs": [{"id": number, "title": "Cooper"} for number in range(50)]}).encode()


class FakeTime:
    """A clock that stands still but for sleeping; ``slept`` keeps how long each sleep was."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def clock(self) -> datetime:
        """What time it is."""
        return self.now


def polite_client(
    *boards: JobBoard, time: FakeTime | None = None, limits: Limits = ENOUGH, pace: Pace | None = None
) -> PoliteClient:
    """A client that may ask these boards and the open internet. Close it."""
    time = time or FakeTime()
    return PoliteClient(
        "ops@tracker.example",
        pace=pace or MemoryPace(),
        guard=Guard(frozenset(board.host for board in boards)),
        limits=limits,
        sleep=time.sleep,
        clock=time.clock,
    )


def error_of(ask: Callable[[], object]) -> SourceError:
    """What asking raises."""
    with pytest.raises(SourceError) as caught:
        ask()
    return caught.value


def told(ask: Callable[[], object]) -> tuple[SourceStatus, str]:
    """What the source counts as after asking, and why."""
    error = error_of(ask)
    return error.status, error.reason
