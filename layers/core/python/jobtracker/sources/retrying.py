"""When a request is worth another try, and after how long."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from tenacity import RetryCallState

from jobtracker.sources.answer import Raw
from jobtracker.sources.model import Politeness

BUSY: Final = {429, 502, 503, 504}

_FIRST_S: Final = 1.0
_LONGEST_S: Final = 15.0
_AWAY: Final = timedelta(minutes=1)


class UnreachableError(Exception):
    """The host was not reached, or hung up before it said anything; the text says which.

    Attributes:
        host: which was not reached at all, None for one that hung up.
        again: whether another try may help: a name without an address gets none so soon.
    """

    def __init__(self, reason: str, *, host: str | None = None, again: bool = True) -> None:
        super().__init__(reason)
        self.host = host
        self.again = again


class Away:
    """The hosts that could not be reached a moment ago, so that each of a host's many boards need not find it out."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[datetime, str]] = {}

    def keep(self, error: UnreachableError, now: datetime) -> None:
        """Remember the host that was tried in vain."""
        self._until = {host: known for host, known in self._until.items() if now < known[0]}
        if error.host is not None:
            self._until.setdefault(error.host, (now + _AWAY, str(error)))

    def check(self, host: str, now: datetime) -> None:
        """Raise UnreachableError where ``host`` was tried in vain a moment ago."""
        until, reason = self._until.get(host, (now, ""))
        if now < until:
            raise UnreachableError(reason, host=host, again=False)


class Again:
    """tenacity's three questions for one request: whether again, when, and when it is enough.

    A busy host that says when it wants to be asked again is asked once more, then. One that does not, and one that
    cannot be reached, is asked again after a random part of a time that doubles, so that those whom the same failure
    met do not come back together.
    """

    def __init__(
        self, tries: int, trying_s: float, wait_s: float, politeness: Politeness, clock: Callable[[], datetime]
    ) -> None:
        self._tries = tries
        self._trying_s = trying_s
        self._wait_s = wait_s
        self._clock = clock
        # What opens its breaker at the first refusal must not be asked behind its back.
        self._never = politeness.trips_at <= 1
        self._ends = clock().timestamp() + trying_s

    def __call__(self, state: RetryCallState) -> bool:
        """Whether another try may help."""
        failure, raw = _outcome(state)
        if raw is None:
            return isinstance(failure, UnreachableError) and failure.again
        if raw.status not in BUSY or (self._never and raw.status == 429):
            return False
        wait = raw.wait(self._clock())
        return wait is None or wait.total_seconds() <= self._wait_s

    def wait(self, state: RetryCallState) -> float:
        """The seconds before the next try."""
        _, raw = _outcome(state)
        told = raw.wait(self._clock()) if raw is not None else None
        if told is not None:
            return told.total_seconds()
        return random.uniform(0, min(_LONGEST_S, _FIRST_S * 2**state.attempt_number))

    def enough(self, state: RetryCallState) -> bool:
        """Whether it was tried often or long enough."""
        _, raw = _outcome(state)
        tries = 2 if raw is not None and raw.wait(self._clock()) is not None else self._tries
        return state.attempt_number >= tries or self._clock().timestamp() + state.upcoming_sleep > self._ends


def _outcome(state: RetryCallState) -> tuple[BaseException | None, Raw | None]:
    """How the try ended: by an error, or with an answer."""
    if state.outcome is None:
        return None, None
    failure = state.outcome.exception()
    return failure, None if failure is not None else state.outcome.result()
