"""The shape that every source has: what it is, how a page of it is fetched, how a record becomes a draft."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from jobtracker.postings.model import ClosedReason, Pay, PayPeriod, WorkMode
from jobtracker.sources.client import PoliteClient, Response
from jobtracker.sources.model import UNCONDITIONAL, GoneError, Listing, SourceError, SourceStatus, Validators

_ANY_PAY = 1e9
_DIGITS = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)


class RecordError(ValueError):
    """A record lacks what no posting can be without."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source's own module takes from one record; ``normalising`` does the rest, the same for all."""

    source_posting_id: str
    url: str
    title: str
    company: str | None
    place: str
    html: str
    escaped: bool = False
    apply_url: str | None = None
    pay: Pay | None = None
    pay_text: str = ""
    employment_type: str = ""
    seniority: str = ""
    mode: WorkMode | None = None
    tags: tuple[str, ...] = ()
    requisition_id: str | None = None
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A record that is still listed, and whose details were read before and need not be asked for again."""

    source_posting_id: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A record that is still listed, though its details say that the posting is over."""

    source_posting_id: str
    reason: ClosedReason


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that could not be read, with the reason."""

    reason: str


Record = Draft | Seen | Closed | Rejection


@dataclass(frozen=True, slots=True)
class Visit:
    """What a source needs to fetch one page.

    Attributes:
        client: who asks the hosts.
        now: the time of the collection, in UTC.
        cursor: what the page before gave as ``next``; None for the first page.
        validators: those of the last whole collection, for the first page's conditional request.
        secrets: the source's secrets by the names in its listing.
        known: whether the details of a posting, by the source's own id, were read not long ago.
    """

    client: PoliteClient
    now: datetime
    cursor: str | None = None
    validators: Validators = UNCONDITIONAL
    secrets: Mapping[str, str] = field(default_factory=dict)
    known: Callable[[str], bool] = lambda _: False

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        follow: bool = False,
    ) -> Response:
        """The answer of a page's address; the first page's is asked for conditionally. ``follow``: redirects may lead
        to other hosts."""
        validators = self.validators if self.cursor is None else UNCONDITIONAL
        return self.client.get(
            url, validators=validators, headers=headers, secret_headers=secret_headers, follow=follow
        )

    def secret(self, name: str) -> str:
        """One of the source's secrets. Raises SourceError where nobody has set it."""
        if not (value := self.secrets.get(name)):
            raise SourceError(SourceStatus.OFF, f"its secret {name!r} is not set")
        return value


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source.

    Attributes:
        records: its records, each as a draft or with the reason why not; read while they are iterated.
        next: the cursor of the page that follows; None on the last one.
        validators: what the first page may be asked with next time.
        unchanged: the host said that nothing changed since the last whole collection: there are no records.
        partial: the source shows no more than a part of what it has: what is missing may be open all the same.
    """

    records: Iterable[Record] = ()
    next: str | None = None
    validators: Validators = UNCONDITIONAL
    unchanged: bool = False
    partial: bool = False


class Source(Protocol):
    """One place that postings come from."""

    @property
    def listing(self) -> Listing:
        """What it is and what it asks of us."""

    def fetch(self, visit: Visit) -> Page:
        """Ask the source for one page.

        Raises:
            SourceError: the answer as a whole is not what it should be.
            PostponedError: the host may not be asked now.
        """


def kept(response: Response, *, only: bool) -> Validators:
    """The validators of a page that is the ``only`` one: that a first page is the same says nothing of others."""
    return response.validators if only else UNCONDITIONAL


def without_details(posting: str, error: SourceError) -> Seen | Closed:
    """What a record is whose details did not come: over where there are none any more, else listed.

    Raises ``error`` where the host refuses us, as it would for the next.
    """
    if error.status is SourceStatus.BLOCKED:
        raise error
    if isinstance(error, GoneError):
        return Closed(posting, ClosedReason.GONE)
    return Seen(posting)


def yearly_pay(low: Any, high: Any, currency: str = "USD") -> Pay | None:
    """Pay a year from two fields in which 0 or nothing means unknown; see ``stated_pay``."""
    return stated_pay(low, high, currency, PayPeriod.YEAR)


def stated_pay(low: Any, high: Any, currency: str, period: PayPeriod) -> Pay | None:
    """Pay from two fields (numbers, or numbers as text) in which 0 or nothing is unknown; a wrong order is turned."""
    least, most = _amount(low), _amount(high)
    if least is None and most is None:
        return None
    if least is not None and most is not None and least > most:
        least, most = most, least
    return Pay(minimum=least, maximum=most, currency=currency, period=period)


def _amount(value: Any) -> float | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = float(value)
    return float(value) if isinstance(value, int | float) and 0 < value < _ANY_PAY else None


def identifier(value: Any) -> str:
    """A record's own id as text. Raises RecordError where it is neither text nor a whole number."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise RecordError("no id")
    return str(value).strip()


def read_json(body: bytes) -> Any:
    """The body as JSON. Raises SourceError: a page in place of JSON is how many hosts turn machines away."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        if is_web_page(body):
            raise SourceError(SourceStatus.BLOCKED, "a web page came instead of data") from error
        raise SourceError(SourceStatus.FAILING, "the answer is not JSON") from error


def read_list(body: bytes, *path: str) -> list[Any]:
    """The list that lies in a JSON answer under ``path``. Raises SourceError where there is none."""
    return list_in(read_json(body), *path)


def list_in(answer: Any, *path: str) -> list[Any]:
    """The list that lies in parsed JSON under ``path``. Raises SourceError where there is none."""
    for step in path:
        answer = answer.get(step) if isinstance(answer, dict) else None
    if not isinstance(answer, list):
        raise SourceError(SourceStatus.FAILING, "the answer has no list of jobs")
    return answer


def is_web_page(body: bytes) -> bool:
    """Whether the body is a page for people."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def each(records: Iterable[Any], read: Callable[[Any], Record]) -> Iterator[Record]:
    """``read`` applied to each record; one bad record never keeps the others out."""
    for record in records:
        try:
            yield read(record)
        except RecordError as error:
            yield Rejection(str(error))
        except KeyError as error:
            yield Rejection(f"no {error.args[0]}")
        except (TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            yield Rejection(f"not in the known shape ({type(error).__name__}: {error})"[:200])
