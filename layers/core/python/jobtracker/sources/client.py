"""The polite HTTP client, one for all sources.

It says who it is, obeys robots.txt, keeps a host's pace, asks conditionally, waits when told, tries again where that
may help, goes nowhere but to the open internet, and never reads without bound.
"""

import copy
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from tenacity import Retrying

from jobtracker.sources import answer as answers
from jobtracker.sources import robots
from jobtracker.sources.answer import Raw, Response
from jobtracker.sources.fresh import FreshAnswers
from jobtracker.sources.guard import Guard
from jobtracker.sources.model import (
    UNCONDITIONAL,
    GoneError,
    Politeness,
    PostponedError,
    SourceError,
    SourceStatus,
    Validators,
)
from jobtracker.sources.pace import Pace
from jobtracker.sources.retrying import BUSY, Again, Away, UnreachableError
from jobtracker.sources.transport import GuardedTransport, NoAddressError

__all__ = ["Limits", "PoliteClient", "Response"]

_BLOCKED: Final = {401, 403, 407, 429, 451, 999}
_GONE: Final = {404, 410}
_ROBOTS_REDIRECTS: Final = 5
# The redirects after which a post stays one (RFC 9110).
_SAME_METHOD: Final = {307, 308}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take.

    Attributes:
        bytes: the body after decompression.
        wait_s: what Retry-After may ask for; whoever asks for more is left alone until then.
        redirects: how many are followed.
        connect_s: until the connection stands.
        answer_s: until the whole of an answer is there.
        tries: how often a host that is busy or cannot be reached is asked in all.
        trying_s: after how long it is not asked once more.
    """

    bytes: int = 30_000_000
    wait_s: float = 20.0
    redirects: int = 3
    connect_s: float = 5.0
    answer_s: float = 90.0
    tries: int = 3
    trying_s: float = 45.0


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked. ``follow`` lets redirects lead to other hosts, to which ``secrets`` are never sent; ``robots``
    marks the question for a robots.txt itself."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    follow: bool = False
    robots: bool = False


class PoliteClient:
    """Asks hosts as they want to be asked.

    Args:
        contact: an address or page at which the operator can be reached; part of the User-Agent.
        pace: keeps the order in which hosts are asked.
        guard: says where requests may go.
        limits: what one request may take.
        sleep, clock: how time passes, and what time it is in UTC; replaced by tests.

    Attributes:
        requests: how many requests went out, those for robots.txt, redirects and further tries among them.
    """

    def __init__(
        self,
        contact: str,
        *,
        pace: Pace,
        guard: Guard,
        limits: Limits = Limits(),
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.requests = 0
        self._pace = pace
        self._guard = guard
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._politeness = Politeness()
        self._fresh = FreshAnswers()
        self._robots = robots.RobotsCache()
        self._away = Away()
        self._transport = GuardedTransport(guard)
        self._headers = {
            "User-Agent": f"{robots.AGENT}/1.0 (+{contact})",
            "Accept": "*/*",
            # Only what can be decompressed piece by piece within the bound.
            "Accept-Encoding": "gzip, deflate",
        }

    def polite(self, politeness: Politeness) -> "PoliteClient":
        """A client over the same connections, pace and memory that keeps this politeness and counts for itself."""
        other = copy.copy(self)
        other.requests = 0
        other._politeness = politeness  # noqa: SLF001  # of its own class
        return other

    def get(
        self,
        url: str,
        *,
        validators: Validators = UNCONDITIONAL,
        headers: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        follow: bool = False,
    ) -> Response:
        """Fetch ``url``, conditionally when a validator is given.

        Args:
            url: the address.
            validators: those of an earlier answer.
            headers: further headers.
            secret_headers: further headers that go to the host of ``url`` and to no other.
            follow: whether redirects may lead to other hosts, as those of a page that a person names do.

        Raises:
            GoneError: there is nothing at this address.
            SourceError: with BLOCKED when the host refuses us, FAILING for all else that is not an answer.
            PostponedError: the host may not be asked now.
        """
        plain = dict(headers or {})
        key = (url, tuple(sorted(plain.items())))
        if not secret_headers and (kept := self._fresh.get(key, self._clock())) is not None:
            known = validators != UNCONDITIONAL and validators == kept.validators
            return replace(kept, body=None) if known else kept
        conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        asked = plain | {name: value for name, value in conditions.items() if value}
        raw = self._answer(_Question("GET", url, asked, secret_headers or {}, follow=follow))
        if raw.status == httpx.codes.NOT_MODIFIED and validators != UNCONDITIONAL:
            told = raw.validators.model_dump(exclude_none=True)
            return Response(raw.url, None, validators.model_copy(update=told))
        response = self._judged(raw)
        if not secret_headers:
            self._fresh.put(key, response, raw.headers, self._clock())
        return response

    def post_json(
        self,
        url: str,
        body: Any,
        *,
        headers: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Post ``body`` as JSON to an address that answers with what it asks for, as a search does.

        It may be posted again when the host was busy, so it must be of the kind that changes nothing. Raises what
        ``get`` raises.
        """
        asked = {"Content-Type": "application/json", "Accept": "application/json"} | dict(headers or {})
        content = json.dumps(body).encode()
        return self._judged(self._answer(_Question("POST", url, asked, secret_headers or {}, content)))

    def close(self) -> None:
        """Close the connections, also those of the clients made by ``polite``."""
        self._transport.close()

    def _judged(self, raw: Raw) -> Response:
        """The answer as a response, or the error that it is."""
        status = raw.status
        if status == httpx.codes.OK:
            return Response(raw.url, raw.body, raw.validators, raw.headers.get("content-type", ""), raw.next_url)
        if status in _GONE:
            raise GoneError(SourceStatus.FAILING, f"the address is gone (HTTP {status})", http_status=status)
        wait = raw.wait(self._clock())
        told = f", and asks us to wait {answers.span(wait)}" if wait else ""
        if status in _BLOCKED:
            reason = f"the host refused us (HTTP {status}){told}"
        elif status in BUSY and wait is not None and wait.total_seconds() > self._limits.wait_s:
            reason = f"the host is busy (HTTP {status}){told}"
        else:
            reason = ""
        raise SourceError(
            SourceStatus.BLOCKED if reason else SourceStatus.FAILING,
            reason or f"HTTP {status}",
            retry_at=self._clock() + wait if wait else None,
            http_status=status,
        )

    def _answer(self, question: _Question) -> Raw:
        """The answer, after as many tries as may help."""
        limits = self._limits
        again = Again(limits.tries, limits.trying_s, limits.wait_s, self._politeness, self._clock)
        retrying = Retrying(
            retry=again,
            wait=again.wait,
            stop=again.enough,
            sleep=self._sleep,
            # The last answer is one to judge, and the last error one to raise.
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        try:
            raw: Raw = retrying(_LastWord(self._walk), question)
        except UnreachableError as error:
            self._away.keep(error, self._clock())
            raise _failing(str(error)) from error
        return raw

    def _walk(self, question: _Question) -> Raw:
        """The answer at the end of the redirects."""
        url = _url(question.url)
        for _ in range((_ROBOTS_REDIRECTS if question.robots else self._limits.redirects) + 1):
            self._guard.check(str(url))
            delay_s = 0.0 if question.robots else self._check_robots(url)
            with self._send(question, url, delay_s) as answer:
                if not answer.has_redirect_location:
                    most = robots.MOST_BYTES if question.robots else self._limits.bytes
                    raw = answers.read(str(url), answer, most, cut=question.robots)
                    self._heed(url, raw)
                    return raw
                question, url = _led(question, url, answer)
        raise _failing("redirected in circles")

    @contextmanager
    def _send(self, question: _Question, url: httpx.URL, delay_s: float) -> Iterator[httpx.Response]:
        """One request, when its time has come, and the answer before its body is read."""
        headers = self._headers | {**question.headers, **question.secrets}
        timeout = httpx.Timeout(self._politeness.silence_s, connect=self._limits.connect_s)
        try:
            request = httpx.Request(
                question.method,
                url,
                headers=headers,
                content=question.content,
                extensions={"timeout": timeout.as_dict()},
            )
        except (ValueError, TypeError) as error:
            raise _failing("the request cannot be sent as it is") from error
        self._away.check(_host(url), self._clock())
        self._reserve(url, question, delay_s)
        self.requests += 1
        self._transport.deadline.begin(self._limits.answer_s)
        try:
            # The transport itself, below httpx's client: no cookie of one source is sent with another's requests, and
            # no proxy or password of the environment with any.
            answer = self._transport.handle_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            resolved = not isinstance(error.__cause__, NoAddressError)
            raise UnreachableError("the host cannot be reached", host=_host(url), again=resolved) from error
        except httpx.TimeoutException as error:
            raise self._late() from error
        except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
            # So ends, too, a connection kept from earlier that the host has closed meanwhile.
            raise UnreachableError("the host hung up before it answered") from error
        except httpx.TransportError as error:
            raise _failing("the request cannot be sent as it is") from error
        try:
            yield answer
        except httpx.TimeoutException as error:
            raise self._late() from error
        except httpx.TransportError as error:
            raise _failing("the answer was cut off") from error
        finally:
            answer.close()

    def _reserve(self, url: httpx.URL, question: _Question, delay_s: float) -> None:
        """Wait for the moment at which the host may be asked."""
        politeness = self._politeness
        if question.robots:
            # robots.txt is read in its turn, but what is left of a day's few requests is for postings.
            politeness = politeness.model_copy(update={"per_hour": None, "per_day": None})
        elif delay_s > politeness.between_s:
            politeness = politeness.model_copy(update={"between_s": delay_s})
        now = self._clock()
        wait = (self._pace.reserve(_host(url), politeness, now) - now).total_seconds()
        if wait > 0:
            self._sleep(wait)

    def _heed(self, url: httpx.URL, raw: Raw) -> None:
        """Let all who ask this host know that it wants to be left alone for a while."""
        wait = raw.wait(self._clock())
        if raw.status != httpx.codes.OK and wait:
            self._pace.hold(_host(url), self._clock() + wait)

    def _check_robots(self, url: httpx.URL) -> float:
        """The seconds between two requests that robots.txt asks for. Raises where it asks not to read ``url``."""
        if not self._politeness.robots:
            return 0.0
        origin = f"{url.scheme}://{url.netloc.decode()}"
        rules = self._robots.rules(origin, lambda: self._rules(origin), self._clock())
        if not rules.allow(str(url)):
            raise SourceError(SourceStatus.BLOCKED, "its robots.txt asks us not to read this address")
        return rules.delay_s

    def _rules(self, origin: str) -> robots.Rules:
        """What robots.txt says; everything may be read where there is none (RFC 9309, 2.3.1.3)."""
        try:
            raw = self._answer(_Question("GET", f"{origin}/robots.txt", follow=True, robots=True))
            if raw.status >= httpx.codes.INTERNAL_SERVER_ERROR or raw.status in BUSY:
                self._judged(raw)
        except SourceError as error:
            reason = f"its robots.txt cannot be read: {error.reason}"
            raise SourceError(error.status, reason, retry_at=error.retry_at) from error
        return robots.read(raw.body) if raw.status == httpx.codes.OK else robots.EVERYTHING

    def _late(self) -> SourceError:
        whole = self._transport.deadline.passed
        return _failing("the answer did not end in time" if whole else "the host did not answer in time")


class _LastWord:
    """Asks again and again, and keeps to how the last try ended when the host may not be asked once more: a busy host
    is no less busy because its hour's few requests are used up."""

    def __init__(self, ask: Callable[[_Question], Raw]) -> None:
        self._ask = ask
        self._last: Raw | UnreachableError | None = None

    def __call__(self, question: _Question) -> Raw:
        try:
            self._last = self._ask(question)
        except UnreachableError as error:
            self._last = error
            raise
        except PostponedError:
            if isinstance(self._last, UnreachableError):
                raise self._last from None
            if self._last is None:
                raise
        return self._last


def _led(question: _Question, url: httpx.URL, answer: httpx.Response) -> tuple[_Question, httpx.URL]:
    """What to ask next, and where, after a redirect. Raises where it leads out of bounds."""
    following = _url(answer.headers["location"], url)
    if url.scheme == "https" and following.scheme != "https":
        raise _failing("redirected from https to another scheme")
    if following.netloc != url.netloc:
        if not question.follow:
            raise _failing(f"redirected to another host ({following.host})")
        question = replace(question, secrets={})
    if answer.status_code not in _SAME_METHOD:
        question = replace(question, method="GET", content=None)
    return question, following


def _url(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address as a URL, without a dot at its host's end: a host with it is the same one."""
    try:
        url = httpx.URL(address) if base is None else base.join(address)
        host = url.raw_host.decode()
        return (
            url.copy_with(host=host.rstrip("."), fragment=None) if host.endswith(".") else url.copy_with(fragment=None)
        )
    except (httpx.InvalidURL, ValueError) as error:
        raise _failing("the address is not that of a web page") from error


def _host(url: httpx.URL) -> str:
    return url.netloc.decode()


def _failing(reason: str) -> SourceError:
    return SourceError(SourceStatus.FAILING, reason)
