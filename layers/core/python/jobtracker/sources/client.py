"""The polite HTTP client: says who it is, asks conditionally, waits when told, and never reads without bound."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from jobtracker.sources.model import SourceStatus

MAX_BYTES = 30_000_000
MAX_WAIT_S = 20.0
MAX_REDIRECTS = 4
SECONDS_BETWEEN = 1.0
_BLOCKED = {401, 403, 407, 429, 451, 999}
_BUSY = {429, 502, 503, 504}
_TIMEOUT = httpx.Timeout(30.0, connect=5.0)


class SourceError(Exception):
    """A source did not answer as it should. ``status`` is what the source now counts as, ``reason`` says why."""

    def __init__(self, status: SourceStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Response:
    """A source's answer. ``body`` is None when it has not changed since ``etag`` or ``last_modified``."""

    url: str
    body: bytes | None
    etag: str | None
    last_modified: str | None


class PoliteClient:
    """One request a second to each host at most; one more try when a host is busy.

    Args:
        contact: an address or page at which the operator can be reached; part of the User-Agent.
        sleep, clock: replaced by tests.
    """

    def __init__(
        self,
        contact: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        agent = f"AIJobTracker/1.0 (+{contact})"
        self._http = httpx.Client(headers={"User-Agent": agent}, timeout=_TIMEOUT, transport=transport)
        self._sleep = sleep
        self._clock = clock
        self._last: dict[str, float] = {}

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        """Fetch ``url``, conditionally when a validator is given.

        Raises:
            SourceError: with BLOCKED when the host refuses us, FAILING for all else that is not an answer.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            return self._get(url, headers, tries=2)
        except httpx.TimeoutException as error:
            raise SourceError(SourceStatus.FAILING, "the host did not answer in time") from error
        except httpx.HTTPError as error:
            raise SourceError(SourceStatus.FAILING, f"the host cannot be reached ({type(error).__name__})") from error

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _get(self, url: str, headers: dict[str, str], tries: int) -> Response:
        host = urlsplit(url).netloc
        for _ in range(MAX_REDIRECTS):
            self._wait_for(host)
            with self._http.stream("GET", url, headers=headers) as answer:
                if answer.is_redirect and answer.next_request is not None:
                    if answer.next_request.url.netloc.decode() != host:
                        raise SourceError(SourceStatus.FAILING, "redirected to another host")
                    url = str(answer.next_request.url)
                    continue
                if answer.status_code in _BUSY and tries > 1 and (wait := _wait(answer)) <= MAX_WAIT_S:
                    self._sleep(wait)
                    return self._get(url, headers, tries - 1)
                return self._read(url, answer)
        raise SourceError(SourceStatus.FAILING, "redirected in circles")

    def _wait_for(self, host: str) -> None:
        since = self._clock() - self._last.get(host, -SECONDS_BETWEEN)
        if since < SECONDS_BETWEEN:
            self._sleep(SECONDS_BETWEEN - since)
        self._last[host] = self._clock()

    @staticmethod
    def _read(url: str, answer: httpx.Response) -> Response:
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Response(url, None, etag, modified)
        if answer.status_code in _BLOCKED:
            raise SourceError(SourceStatus.BLOCKED, f"the host refused us (HTTP {answer.status_code})")
        if not answer.is_success:
            raise SourceError(SourceStatus.FAILING, f"HTTP {answer.status_code}")
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > MAX_BYTES:
                raise SourceError(SourceStatus.FAILING, f"the answer is larger than {MAX_BYTES // 1_000_000} MB")
        return Response(url, bytes(body), etag, modified)


def _wait(answer: httpx.Response) -> float:
    """Seconds that Retry-After asks for (a number or a date, RFC 9110), or a short default."""
    asked = answer.headers.get("retry-after")
    if asked is None:
        return 2.0
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 2.0
