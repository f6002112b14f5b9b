"""The polite HTTP client: says who it is, asks conditionally, waits when told, and never reads without bound."""

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from jobtracker.sources.model import UNCONDITIONAL, SourceError, SourceStatus, Validators

_BLOCKED: Final = {401, 403, 407, 429, 451, 999}
_BUSY: Final = {429, 502, 503, 504}
_PIECE: Final = 256_000
_WAIT_UNTOLD: Final = 2.0


@dataclass(frozen=True, slots=True)
class Response:
    """A source's answer. ``body`` is None when it has not changed since the validators that it was asked with."""

    url: str
    body: bytes | None
    validators: Validators = UNCONDITIONAL


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take. ``bytes`` bounds the body after decompression, ``wait_s`` what Retry-After may ask,
    ``answer_s`` all of an answer, ``silence_s`` the time between two pieces of it."""

    bytes: int = 30_000_000
    wait_s: float = 20.0
    redirects: int = 3
    between_s: float = 1.0
    connect_s: float = 5.0
    silence_s: float = 30.0
    answer_s: float = 90.0


class PoliteClient:
    """One request a second to each host at most; one more try when a host is busy.

    Args:
        contact: an address or page at which the operator can be reached; part of the User-Agent.
        limits: what one request may take.
        sleep, clock: replaced by tests.
    """

    def __init__(
        self,
        contact: str,
        *,
        limits: Limits = Limits(),
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # Only what can be decompressed piece by piece within the bound.
        headers = {"User-Agent": f"AIJobTracker/1.0 (+{contact})", "Accept-Encoding": "gzip, deflate"}
        self._http = httpx.Client(headers=headers, timeout=httpx.Timeout(limits.silence_s, connect=limits.connect_s))
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._last: dict[str, float] = {}

    def get(self, url: str, *, validators: Validators = UNCONDITIONAL) -> Response:
        """Fetch ``url``, conditionally when a validator is given.

        Raises:
            SourceError: with BLOCKED when the host refuses us, FAILING for all else that is not an answer.
        """
        conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            answer = self._ask(url, headers)
            if isinstance(answer, float):
                self._sleep(answer)
                answer = self._ask(url, headers, last_try=True)
        except httpx.ConnectError as error:
            # A host that heard nothing of us needs no rest.
            self._last.pop(httpx.URL(url).netloc.decode(), None)
            raise SourceError(SourceStatus.FAILING, f"the host cannot be reached ({type(error).__name__})") from error
        except httpx.TimeoutException as error:
            raise SourceError(SourceStatus.FAILING, "the host did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(SourceStatus.FAILING, f"the host cannot be reached ({type(error).__name__})") from error
        assert isinstance(answer, Response)  # noqa: S101  # the last try never asks for another
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(self, address: str, headers: dict[str, str], *, last_try: bool = False) -> Response | float:
        """The answer; or, before the last try, the seconds after which a busy host may be asked once more."""
        url = first = httpx.URL(address)
        for _ in range(self._limits.redirects + 1):
            self._wait_for(url.netloc.decode())
            with self._http.stream("GET", url, headers=headers) as answer:
                if answer.next_request is not None:
                    url = answer.next_request.url
                    if (url.scheme, url.netloc) not in {(first.scheme, first.netloc), ("https", first.netloc)}:
                        raise SourceError(SourceStatus.FAILING, f"redirected to another host ({url.host})")
                    continue
                if not last_try and answer.status_code in _BUSY and (wait := _wait(answer)) <= self._limits.wait_s:
                    return wait
                return self._read(str(url), answer)
        raise SourceError(SourceStatus.FAILING, "redirected in circles")

    def _wait_for(self, host: str) -> None:
        between = self._limits.between_s
        since = self._clock() - self._last.get(host, -between)
        if since < between:
            self._sleep(between - since)
        self._last[host] = self._clock()

    def _read(self, url: str, answer: httpx.Response) -> Response:
        validators = Validators(etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified"))
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Response(url, None, validators)
        if answer.status_code in _BLOCKED:
            asked = answer.headers.get("retry-after")
            later = f", and asks us to wait {asked[:40]}" if asked else ""
            raise SourceError(SourceStatus.BLOCKED, f"the host refused us (HTTP {answer.status_code}){later}")
        if answer.status_code != httpx.codes.OK:
            raise SourceError(SourceStatus.FAILING, f"HTTP {answer.status_code}")
        ends = self._clock() + self._limits.answer_s
        body = bytearray()
        for piece in _decompressed(answer):
            body += piece
            if len(body) > self._limits.bytes:
                megabytes = self._limits.bytes / 1_000_000
                raise SourceError(SourceStatus.FAILING, f"the answer is larger than {megabytes:g} MB")
            if self._clock() > ends:
                raise SourceError(SourceStatus.FAILING, "the answer did not end in time")
        return Response(url, bytes(body), validators)


def _decompressed(answer: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of a bounded size, however far a few bytes may expand."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity":
        yield from answer.iter_raw()
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise SourceError(SourceStatus.FAILING, f"the answer is compressed in an unknown way ({coding[:40]})")
    expand = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        for piece in answer.iter_raw():
            yield expand.decompress(piece, _PIECE)
            while expand.unconsumed_tail:
                yield expand.decompress(expand.unconsumed_tail, _PIECE)
        yield expand.flush()
    except zlib.error as error:
        raise SourceError(SourceStatus.FAILING, "the answer is not compressed as it says") from error
    if not expand.eof:
        raise SourceError(SourceStatus.FAILING, "the answer was cut off")


def _wait(answer: httpx.Response) -> float:
    """Seconds that Retry-After asks for (a number or a date, RFC 9110), or a short default."""
    asked = answer.headers.get("retry-after")
    if asked is None:
        return _WAIT_UNTOLD
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _WAIT_UNTOLD
