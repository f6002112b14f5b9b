"""The circuit breaker of a source: one that fails again and again is left alone, longer each time.

Closed, it is asked as usual. ``trips_at`` failures in a row open it. When its time is up it is half open: one try is
allowed, which closes it or opens it for twice as long.
"""

from datetime import datetime, timedelta
from typing import Final

from jobtracker.sources.model import Breaker, BreakerState, Politeness, SourceStatus

FIRST_OPEN: Final = timedelta(minutes=30)
LONGEST_OPEN: Final = timedelta(hours=24)
# No try lasts longer than a function may run; one that never told how it ended does not keep others out for ever.
LONGEST_TRY: Final = timedelta(minutes=15)

# An empty answer after a full one is how some hosts turn machines away.
_FAILURES: Final = {SourceStatus.BLOCKED, SourceStatus.FAILING, SourceStatus.SUSPICIOUS}


def may_ask(breaker: Breaker, now: datetime) -> bool:
    """Whether the source may be asked: it is closed, or its time has come and nobody else is trying."""
    return breaker.state is BreakerState.CLOSED or breaker.open_until is None or now >= breaker.open_until


def begin(breaker: Breaker, now: datetime) -> Breaker:
    """The breaker while the source is asked, to be stored before it is: the one try keeps others from trying."""
    if breaker.state is BreakerState.CLOSED:
        return breaker
    return breaker.model_copy(update={"state": BreakerState.HALF_OPEN, "open_until": now + LONGEST_TRY})


def after(
    breaker: Breaker,
    status: SourceStatus,
    politeness: Politeness,
    now: datetime,
    retry_at: datetime | None = None,
) -> Breaker:
    """The breaker after a collection that ended with ``status``.

    Args:
        breaker: what it was.
        status: how the collection ended; what is neither success nor failure changes nothing.
        politeness: says how many failures in a row open it.
        now: when the collection ended.
        retry_at: when the host asked to be asked again, if it did; it stays open at least until then.
    """
    if status is SourceStatus.OK:
        return Breaker()
    if status not in _FAILURES:
        return breaker
    failures = breaker.failures + 1
    if breaker.state is BreakerState.CLOSED and failures < politeness.trips_at:
        return breaker.model_copy(update={"failures": failures})
    opened = breaker.opened + 1
    until = now + _open_for(opened)
    return Breaker(
        state=BreakerState.OPEN,
        failures=failures,
        opened=opened,
        open_until=max(until, retry_at) if retry_at else until,
    )


def _open_for(opened: int) -> timedelta:
    # Doubled no further than it takes to pass the longest: a source may fail for years.
    return min(LONGEST_OPEN, FIRST_OPEN * (1 << min(opened - 1, 10)))
