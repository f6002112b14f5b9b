"""The polite client with every request led to a host on this machine, whatever address its source wrote."""

from typing import Any
from urllib.parse import urlsplit

from jobtracker.sources.client import Limits, PoliteClient, Response
from jobtracker.sources.guard import Guard
from jobtracker.sources.pace import MemoryPace, Pace
from tests.fakes.job_board import JobBoard
from tests.fakes.polite import FakeTime


class LedClient(PoliteClient):
    """Asks ``board`` in place of the sources' own hosts; all else is the polite client's own doing."""

    def __init__(self, board: JobBoard, time: FakeTime, limits: Limits, pace: Pace | None = None) -> None:
        super().__init__(
            "ops@tracker.example",
            pace=pace or MemoryPace(),
            guard=Guard(frozenset([board.host])),
            limits=limits,
            sleep=time.sleep,
            clock=time.clock,
        )
        self._board_url = board.url

    def get(self, url: str, **how: Any) -> Response:
        """Get what the board has in the address's place."""
        return super().get(self._led(url), **how)

    def post_json(self, url: str, body: Any, **how: Any) -> Response:
        """Post to the board in the address's place."""
        return super().post_json(self._led(url), body, **how)

    def _led(self, url: str) -> str:
        parts = urlsplit(url)
        return self._board_url + parts.path + (f"?{parts.query}" if parts.query else "")
