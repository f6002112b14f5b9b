"""robots.txt (RFC 9309): what a host does not want machines to read, and how often it wants them to ask."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from protego import Protego

AGENT: Final = "AIJobTracker"
# The least that RFC 9309 asks a reader to parse.
MOST_BYTES: Final = 500_000
LONGEST_DELAY_S: Final = 30.0

_KEPT: Final = timedelta(hours=1)
_HOSTS_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to us."""

    parsed: Protego | None
    delay_s: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether we may read ``url``."""
        return self.parsed is None or self.parsed.can_fetch(url, AGENT)


EVERYTHING: Final = Rules(None)


def read(body: bytes) -> Rules:
    """The rules of a robots.txt. What makes no sense in it is passed over, as RFC 9309 asks."""
    parsed = Protego.parse(body.decode("utf-8-sig", "replace"))
    delay = parsed.crawl_delay(AGENT) or 0.0
    # A comparison with nan is false: no delay.
    return Rules(parsed, min(delay, LONGEST_DELAY_S) if delay > 0 else 0.0)


class RobotsCache:
    """The rules of each origin, asked for once an hour."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Rules]] = OrderedDict()

    def rules(self, origin: str, fetch: Callable[[], Rules], now: datetime) -> Rules:
        """The rules of ``origin``, by ``fetch`` where they are not known; what it raises is not kept."""
        known = self._kept.get(origin)
        if known is not None and now < known[0] + _KEPT:
            return known[1]
        rules = fetch()
        self._kept[origin] = (now, rules)
        self._kept.move_to_end(origin)
        if len(self._kept) > _HOSTS_KEPT:
            self._kept.popitem(last=False)
        return rules
