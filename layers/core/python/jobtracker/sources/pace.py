"""How often a host is asked: seconds between two requests, budgets an hour and a day, and what the host itself wants.

A request is reserved before it goes out. ``MemoryPace`` holds within one process, ``TablePace`` across all functions
that run at once.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

from jobtracker.sources.model import Politeness, PostponedError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# A function that sleeps costs money; one that sleeps no longer than this costs less than being called again.
PATIENCE: Final = timedelta(seconds=8)

_TRIES: Final = 60
_KEPT: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Window:
    """A span of time in which there are at most so many requests. They are counted by ``grain``, so that the count is
    never too low, and too high for no longer than a grain."""

    span: int
    grain: int

    def free_at(self, counts: dict[int, int], limit: int, now: float) -> float:
        """The first moment from ``now`` on at which fewer than ``limit`` requests lie in the span before it."""
        at, held = now, sum(counts.values())
        for grain in sorted(counts):
            leaves = (grain + 1) * self.grain + self.span
            if leaves > now and held < limit:
                break
            held -= counts[grain]
            at = max(at, float(leaves))
        return at

    def counted(self, counts: dict[int, int], at: float) -> dict[int, int]:
        """The counts with one more request at ``at``, and without those that no span reaches any more."""
        grain = int(at // self.grain)
        kept = {one: count for one, count in counts.items() if (one + 1) * self.grain + self.span > at}
        return kept | {grain: kept.get(grain, 0) + 1}


_HOUR: Final = _Window(3_600, 120)
_DAY: Final = _Window(86_400, 1_800)


@dataclass(frozen=True, slots=True)
class HostPace:
    """What is known of one host, in seconds since 1970: when it is free, until when it wants to be left alone, and how
    many requests went out lately, by grain."""

    free_at: float = 0.0
    held_until: float = 0.0
    hour: dict[int, int] = field(default_factory=dict)
    day: dict[int, int] = field(default_factory=dict)

    def reserved(self, politeness: Politeness, now: float) -> tuple[float, "HostPace"]:
        """The moment at which the next request may go out, and what is known of the host once it is to.

        Raises:
            PostponedError: that moment is further away than anybody should sleep; nothing is reserved then.
        """
        at = max(now, self.free_at, self.held_until)
        if politeness.per_hour is not None:
            at = _HOUR.free_at(self.hour, politeness.per_hour, at)
        if politeness.per_day is not None:
            at = _DAY.free_at(self.day, politeness.per_day, at)
        if at - now > PATIENCE.total_seconds():
            raise PostponedError(datetime.fromtimestamp(at, UTC))
        return at, HostPace(
            free_at=at + politeness.between_s,
            held_until=self.held_until,
            hour=_HOUR.counted(self.hour, at) if politeness.per_hour is not None else self.hour,
            day=_DAY.counted(self.day, at) if politeness.per_day is not None else self.day,
        )


class Pace(Protocol):
    """Keeps the order in which hosts are asked."""

    def reserve(self, host: str, politeness: Politeness, now: datetime) -> datetime:
        """The moment, seconds away at most, at which a request may go out to ``host``; it is taken with that.

        Raises:
            PostponedError: the host may not be asked so soon.
        """

    def hold(self, host: str, until: datetime) -> None:
        """Ask ``host`` for nothing before ``until``: it said so."""


class MemoryPace:
    """The pace of one process."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostPace] = {}
        self._lock = Lock()

    def reserve(self, host: str, politeness: Politeness, now: datetime) -> datetime:
        """See ``Pace``."""
        with self._lock:
            at, self._hosts[host] = self._known(host).reserved(politeness, now.timestamp())
        return datetime.fromtimestamp(at, UTC)

    def hold(self, host: str, until: datetime) -> None:
        """See ``Pace``."""
        with self._lock:
            known = self._known(host)
            held_until = max(known.held_until, until.timestamp())
            self._hosts[host] = HostPace(known.free_at, held_until, known.hour, known.day)

    def _known(self, host: str) -> HostPace:
        return self._hosts.get(host, HostPace())


class TablePace:
    """The pace that all functions keep together: one item for each host in the operations table.

    A reservation is one write that names the version of the item that it was reckoned from, so of two at once one
    succeeds and the other reckons anew. What this process wrote last is remembered, and mostly saves the read.
    """

    def __init__(self, table: "Table", *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._table = table
        self._conflict = table.meta.client.exceptions.ConditionalCheckFailedException
        self._sleep = sleep
        self._known: dict[str, tuple[int, HostPace]] = {}

    def reserve(self, host: str, politeness: Politeness, now: datetime) -> datetime:
        """See ``Pace``."""
        seconds = now.timestamp()
        for attempt in range(_TRIES):
            # Whoever else wrote meanwhile made the host less free, never freer.
            remembered = self._known.pop(host, None)
            version, pace = remembered or self._read(host)
            at, reserved = pace.reserved(politeness, seconds)
            if self._write(host, version, reserved):
                self._known[host] = (version + 1, reserved)
                return datetime.fromtimestamp(at, UTC)
            self._sleep(random.uniform(0, min(0.5, 0.01 * 2**attempt)))
        raise PostponedError(now + PATIENCE)

    def hold(self, host: str, until: datetime) -> None:
        """See ``Pace``."""
        self._known.pop(host, None)
        try:
            self._table.update_item(
                Key=_key(host),
                UpdateExpression="SET held_until = :until, expires_at = :expires ADD version :one",
                ConditionExpression="attribute_not_exists(held_until) OR held_until < :until",
                ExpressionAttributeValues={
                    ":until": _milliseconds(until.timestamp()),
                    ":expires": int((until + _KEPT).timestamp()),
                    ":one": 1,
                },
            )
        except self._conflict:
            # It is held for longer already.
            return

    def _read(self, host: str) -> tuple[int, HostPace]:
        item: dict[str, Any] = self._table.get_item(Key=_key(host), ConsistentRead=True).get("Item", {})
        return int(item.get("version", 0)), HostPace(
            free_at=float(item.get("free_at", 0)) / 1000,
            held_until=float(item.get("held_until", 0)) / 1000,
            hour=_counts(item.get("hour", {})),
            day=_counts(item.get("day", {})),
        )

    def _write(self, host: str, version: int, pace: HostPace) -> bool:
        """Whether the item still had this version and now says what ``pace`` says."""
        expires = max(pace.free_at, pace.held_until) + _KEPT.total_seconds()
        try:
            self._table.update_item(
                Key=_key(host),
                UpdateExpression=(
                    "SET free_at = :free, #hour = :hour, #day = :day, version = :next, expires_at = :expires"
                ),
                ConditionExpression="version = :version" if version else "attribute_not_exists(version)",
                ExpressionAttributeNames={"#hour": "hour", "#day": "day"},
                ExpressionAttributeValues={
                    ":free": _milliseconds(pace.free_at),
                    ":hour": {str(grain): count for grain, count in pace.hour.items()},
                    ":day": {str(grain): count for grain, count in pace.day.items()},
                    ":next": version + 1,
                    ":expires": int(expires),
                    **({":version": version} if version else {}),
                },
            )
        except self._conflict:
            return False
        return True


def _key(host: str) -> dict[str, Any]:
    return {"PK": f"PACE#{host}", "SK": "PACE"}


def _milliseconds(seconds: float) -> int:
    # Rounded up: a host is never asked too early.
    return -int(-seconds * 1000 // 1)


def _counts(stored: dict[str, Any]) -> dict[int, int]:
    return {int(grain): int(count) for grain, count in stored.items()}
