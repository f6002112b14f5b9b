"""Answers that are still fresh by their host's own word: within one process they are not asked for again."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from jobtracker.sources.answer import Response

_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)
_NEVER: Final = re.compile(r"\b(?:no-store|no-cache)\b", re.IGNORECASE)
_LONGEST: Final = timedelta(hours=1)
_LARGEST: Final = 4_000_000
_IN_ALL: Final = 16_000_000

Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    response: Response
    until: datetime


class FreshAnswers:
    """Keeps answers by address and headers, those used last, within a bound of bytes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key, now: datetime) -> Response | None:
        """The answer, if it is still fresh."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if now >= kept.until:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept.response

    def put(self, key: Key, response: Response, headers: Mapping[str, str], now: datetime) -> None:
        """Keep an answer for as long as its headers allow, an hour at most."""
        until = now + fresh_for(headers)
        size = len(response.body or b"")
        if until <= now or size > _LARGEST:
            return
        self._drop(key)
        self._kept[key] = _Kept(response, until)
        self._bytes += size
        while self._bytes > _IN_ALL:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._bytes -= len(dropped.response.body or b"")


def fresh_for(headers: Mapping[str, str]) -> timedelta:
    """How long an answer stays fresh by its Cache-Control and Age (RFC 9111); nothing where it does not say."""
    control = headers.get("cache-control", "")
    told = _MAX_AGE.search(control)
    # What varies by more than we send cannot be told apart.
    if told is None or _NEVER.search(control) or headers.get("vary", "").strip() == "*":
        return timedelta()
    age = headers.get("age", "0").strip()
    left = int(told[1]) - (int(age[:9]) if age.isdecimal() else 0)
    return min(timedelta(seconds=max(left, 0)), _LONGEST)
