"""What is remembered of a language model, in the operations table: answers that were paid for, and how it fares.

Answers lie in their person's own partition and never reach another one.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from jobtracker.llm.model import LlmPausedError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEPT: Final = timedelta(days=30)
# So many calls in a row that nobody answered open the breaker.
TRIPS_AT: Final = 3
OPEN_FOR: Final = timedelta(minutes=1)
LONGEST_OPEN: Final = timedelta(minutes=10)
_FORGOTTEN: Final = timedelta(days=1)


class Answers:
    """One person's answers, by what was asked."""

    def __init__(self, table: "Table", person_id: str) -> None:
        self._table = table
        self._person_id = person_id

    def get(self, asked: str, now: datetime) -> str | None:
        """The answer to the same question, None where there is none any more."""
        item = self._table.get_item(Key=self._key(asked)).get("Item")
        # The table removes what expired in its own time, which may be days.
        if item is None or int(str(item["expires_at"])) <= now.timestamp():
            return None
        return str(item["answer"])

    def put(self, asked: str, answer: str, now: datetime) -> None:
        """Keep an answer, as JSON."""
        self._table.update_item(
            Key=self._key(asked),
            UpdateExpression="SET answer = :answer, expires_at = :expires",
            ExpressionAttributeValues={":answer": answer, ":expires": _seconds(now + KEPT)},
        )

    def _key(self, asked: str) -> dict[str, str]:
        return {"PK": f"LLM#{self._person_id}", "SK": f"ANSWER#{asked}"}


def question(*parts: object) -> str:
    """A name for all that an answer depends on: its SHA-256. Parts that differ give different names."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """How a service fared when it was looked up: failures in a row, and until when it is left alone, in milliseconds
    since 1970; 0 where it is not."""

    failures: int = 0
    open_until: int = 0

    @property
    def trying(self) -> bool:
        """Whether the service was left alone and its time is up: one call tries it for all."""
        return self.open_until > 0


class Breaker:
    """A service that fails again and again is left alone, for everybody who would ask it.

    Closed, all may ask. After ``TRIPS_AT`` failures in a row it is open: nobody asks for a minute, or as long as the
    service wants. When the time is up it is half open: one call claims the next minute and tries. Success closes it.
    """

    def __init__(self, table: "Table", service: str) -> None:
        self._table = table
        self._key: Final = {"PK": "LLM", "SK": f"BREAKER#{service}"}
        self._lost = table.meta.client.exceptions.ConditionalCheckFailedException

    def look(self, now: datetime) -> Seen:
        """How the service fares.

        Raises:
            LlmPausedError: it is left alone now.
        """
        item: dict[str, Any] = self._table.get_item(Key=self._key, ConsistentRead=True).get("Item", {})
        seen = Seen(int(item.get("failures", 0)), int(item.get("open_until", 0)))
        if seen.open_until > _milliseconds(now):
            raise _paused(seen.open_until, now)
        return seen

    def begin(self, seen: Seen, now: datetime) -> Seen:
        """Take the one try that a half-open breaker allows; closed, it allows all. Gives how the service fares then.

        Raises:
            LlmPausedError: another call tries.
        """
        if not seen.trying:
            return seen
        until = now + OPEN_FOR
        values = {":seen": seen.open_until}
        if not self._open(until, "open_until = :seen", values):
            raise _paused(_milliseconds(until), now)
        return replace(seen, open_until=_milliseconds(until))

    def answered(self, seen: Seen) -> None:
        """The service answered a call that began when it was ``seen`` so."""
        if not seen.failures:
            return
        # Others may have opened it meanwhile: an answer that took that long does not close it for them.
        values: dict[str, Any] = {":none": 0} | ({":seen": seen.open_until} if seen.trying else {})
        with suppress(self._lost):
            self._table.update_item(
                Key=self._key,
                UpdateExpression="SET failures = :none REMOVE open_until",
                ConditionExpression="open_until = :seen" if seen.trying else "attribute_not_exists(open_until)",
                ExpressionAttributeValues=values,
            )

    def failed(self, seen: Seen, now: datetime, retry_after_s: float | None = None) -> None:
        """Nobody answered a call that began when the service was ``seen`` so. It may have asked to be left alone."""
        counted = self._table.update_item(
            Key=self._key,
            UpdateExpression="SET expires_at = :expires ADD failures :one",
            ExpressionAttributeValues={":one": 1, ":expires": _seconds(now + _FORGOTTEN)},
            ReturnValues="UPDATED_NEW",
        )["Attributes"]
        if not seen.trying and retry_after_s is None and int(str(counted["failures"])) < TRIPS_AT:
            return
        asked = timedelta(seconds=min(retry_after_s or 0, LONGEST_OPEN.total_seconds()))
        self._open(now + max(OPEN_FOR, asked), "attribute_not_exists(open_until) OR open_until < :until")

    def _open(self, until: datetime, condition: str, values: Mapping[str, int] | None = None) -> bool:
        """Leave the service alone until then, if the condition holds. Whether it did."""
        stated = {":until": _milliseconds(until), ":expires": _seconds(until + _FORGOTTEN), **(values or {})}
        try:
            self._table.update_item(
                Key=self._key,
                UpdateExpression="SET open_until = :until, expires_at = :expires",
                ConditionExpression=condition,
                ExpressionAttributeValues=stated,
            )
        except self._lost:
            return False
        return True


def _paused(until: int, now: datetime) -> LlmPausedError:
    seconds = max(1, -(-(until - _milliseconds(now)) // 1000))
    return LlmPausedError(
        f"the language model was not asked: it did not answer lately, and is asked again in {seconds} s at the earliest"
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
