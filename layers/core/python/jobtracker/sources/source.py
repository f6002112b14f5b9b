"""The shape that every source has: its name, its terms, how it is fetched, how a record becomes a Posting."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from pydantic import ValidationError

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, PayPeriod, Posting, WorkMode, posting_id
from jobtracker.postings.pay import is_plausible
from jobtracker.skills.extraction import extract
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.model import SourceState, SourceStatus, Terms


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that could not be read, with the reason."""

    reason: str


class RecordError(ValueError):
    """A record lacks what no posting can be without."""


class Source(Protocol):
    """One place that postings come from."""

    @property
    def id(self) -> str:
        """Stable id, part of every posting's id."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def terms(self) -> Terms:
        """What it asks before it may be read."""

    @property
    def homepage(self) -> str:
        """Where people find it."""

    @property
    def host(self) -> str:
        """The host that is asked: collections of one host never overlap."""

    @property
    def attribution(self) -> str:
        """The credit it demands."""

    @property
    def every_hours(self) -> int:
        """The least time between two collections."""

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        """Ask the source for what it offers. Raises SourceError."""

    def postings(self, response: Response, now: datetime) -> Iterator[Posting | Rejection]:
        """The records of an answer with a body, each as a posting or with the reason why not. Raises SourceError."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source's own module takes from one record; the rest is the same for all."""

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
    mode: WorkMode | None = None
    tags: tuple[str, ...] = ()
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    sample: bool = False


def to_posting(source: Source, draft: Draft, now: datetime) -> Posting:
    """The normalised posting of a record. Raises RecordError when it has no id, title or link, or no end."""
    title = normalise.clean_title(draft.title)
    if not title:
        raise RecordError("no title")
    if not _is_link(draft.url):
        raise RecordError("no link")
    if len(draft.html) > _MAX_RAW or draft.html.count("<") + draft.html.count("&lt;") > _MAX_TAGS:
        raise RecordError("longer than any advertisement")
    markup, text = normalise.clean_html(draft.html, escaped=draft.escaped)
    if len(markup.encode()) > MAX_DESCRIPTION_BYTES:
        raise RecordError("longer than any advertisement")
    place = normalise.clean_text(draft.place)
    mode = draft.mode or normalise.read_work_mode(place, draft.title, text)
    places = normalise.read_places(place)
    remote = mode is WorkMode.REMOTE
    return Posting(
        id=posting_id(source.id, draft.source_posting_id),
        source_id=source.id,
        source_posting_id=draft.source_posting_id,
        url=draft.url,
        apply_url=draft.apply_url if draft.apply_url and _is_link(draft.apply_url) else None,
        title=title[:_MAX_NAME],
        company=(normalise.clean_text(draft.company)[:_MAX_NAME] or None) if draft.company else None,
        places=places,
        work_mode=mode,
        remote_countries=tuple(dict.fromkeys(p.country for p in places if p.country)) if remote else (),
        pay=draft.pay or normalise.read_pay(draft.pay_text) or _pay_in_text(text),
        seniority=normalise.read_seniority(draft.title, text),
        skills=tuple(extract("\n".join((title, text, ", ".join(draft.tags))))),
        employment_type=normalise.read_employment_type(draft.employment_type, draft.title),
        language=normalise.read_language(text),
        description_html=markup,
        description_text=text,
        # What a source dates into the future would head every list until then.
        posted_at=draft.posted_at if draft.posted_at is None or draft.posted_at <= now + _SOON else None,
        expires_at=draft.expires_at,
        fetched_at=now,
        attribution=source.attribution,
        sample=draft.sample,
    )


_SOON = timedelta(days=1)
# What one table item can hold with its text beside it; whatever is longer is no advertisement.
MAX_DESCRIPTION_BYTES = 90_000
# The sanitiser's work grows with the square of how deep tags are nested.
_MAX_RAW, _MAX_TAGS = 1_000_000, 8_000
_MAX_NAME = 300
_PAY_WORDS = re.compile(
    r"salar|compensation|pay range|\bpay\b|base pay|gehalt|vergütung|salaire|rémunération|hourly rate|per year|"
    r"per hour|per annum",
    re.IGNORECASE,
)
# One of these is in whatever the pattern finds; looking for them is many times faster.
_PAY_HINTS = ("salar", "compensation", "pay", "gehalt", "vergütung", "salaire", "rémun", "rate", "per ")
_PAY_ALONE = 80
_LINES_TRIED = 30
_ANY_PAY = 1e9
_DIGITS = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)


def _pay_in_text(text: str) -> Pay | None:
    """Pay in a line that speaks of pay, or alone in the line after it; other amounts (funding, prices) are none."""
    lowered = text.lower()
    if not any(word in lowered for word in _PAY_HINTS):
        return None
    named = False
    tried = 0
    for line in filter(None, text.splitlines()):
        speaks_of_pay = _PAY_WORDS.search(line) is not None
        if speaks_of_pay or (named and len(line) <= _PAY_ALONE):
            tried += 1
            if (pay := normalise.read_pay(line)) or tried > _LINES_TRIED:
                return pay
        named = speaks_of_pay and not line.startswith("* ")
    return None


def _is_link(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and not any(sign.isspace() for sign in url)


def yearly_pay(low: Any, high: Any, currency: str = "USD") -> Pay | None:
    """Pay a year from two fields in which 0 or nothing means unknown; a wrong order is turned.

    What nobody earns in a year is no pay.
    """
    least, most = _amount(low), _amount(high)
    if least is not None and most is not None and least > most:
        least, most = most, least
    pay = Pay(minimum=least, maximum=most, currency=currency, period=PayPeriod.YEAR)
    return pay if is_plausible(pay) else None


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


def is_web_page(body: bytes) -> bool:
    """Whether the body is a page for people."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def each(records: Iterable[Any], read: Callable[[Any], Posting]) -> Iterator[Posting | Rejection]:
    """``read`` applied to each record; one bad record never keeps the others out."""
    for record in records:
        try:
            yield read(record)
        except RecordError as error:
            yield Rejection(str(error))
        except KeyError as error:
            yield Rejection(f"no {error.args[0]}")
        except ValidationError as error:
            yield Rejection(f"bad {error.errors()[0]['loc'][0]}")
        except (TypeError, ValueError, AttributeError) as error:
            yield Rejection(f"not in the known shape ({type(error).__name__}: {error})"[:200])
