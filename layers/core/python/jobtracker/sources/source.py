"""The shape that every source has: its name, its terms, how it is fetched, how a record becomes a Posting."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, PayPeriod, Posting, WorkMode, posting_id
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
    """The normalised posting of a record. Raises RecordError when it has no id, title or link."""
    for name in ("source_posting_id", "title"):
        if not getattr(draft, name).strip():
            raise RecordError(f"no {name.replace('_', ' ')}")
    if not draft.url.startswith(("https://", "http://")):
        raise RecordError("no link")
    markup, text = normalise.clean_html(draft.html, escaped=draft.escaped)
    title = normalise.clean_title(draft.title)
    mode = draft.mode or normalise.read_work_mode(draft.place, draft.title, text)
    places = normalise.read_places(draft.place)
    remote = mode is WorkMode.REMOTE
    return Posting(
        id=posting_id(source.id, draft.source_posting_id),
        source_id=source.id,
        source_posting_id=draft.source_posting_id,
        url=draft.url,
        apply_url=draft.apply_url if draft.apply_url and draft.apply_url.startswith("http") else None,
        title=title,
        company=normalise.clean_text(draft.company) or None if draft.company else None,
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
        posted_at=draft.posted_at,
        expires_at=draft.expires_at,
        fetched_at=now,
        attribution=source.attribution,
        sample=draft.sample,
    )


_PAY_WORDS = (
    "salary",
    "compensation",
    "pay range",
    "base pay",
    "gehalt",
    "salaire",
    "hourly rate",
    "per year",
    "per hour",
)


def _pay_in_text(text: str) -> Pay | None:
    """Pay stated in a sentence that speaks of pay; other amounts (funding, budgets, prices) are none."""
    for line in text.splitlines():
        lowered = line.lower()
        if any(word in lowered for word in _PAY_WORDS) and (pay := normalise.read_pay(line)):
            return pay
    return None


def yearly_pay(low: Any, high: Any, currency: str = "USD") -> Pay | None:
    """Pay a year from two numeric fields in which 0 or nothing means unknown; a wrong order is turned."""
    amounts = sorted(float(amount) for amount in (low, high) if isinstance(amount, int | float) and amount > 0)
    if not amounts:
        return None
    return Pay(minimum=amounts[0], maximum=amounts[-1], currency=currency, period=PayPeriod.YEAR)


def read_json(body: bytes) -> Any:
    """The body as JSON. Raises SourceError: a page in place of JSON is how many hosts turn machines away."""
    try:
        return json.loads(body)
    except ValueError as error:
        head = body[:200].lstrip().lower()
        if head.startswith((b"<!doctype", b"<html")):
            raise SourceError(SourceStatus.BLOCKED, "a web page came instead of data") from error
        raise SourceError(SourceStatus.FAILING, "the answer is not JSON") from error


def each(records: Iterable[Any], read: Callable[[Any], Posting]) -> Iterator[Posting | Rejection]:
    """``read`` applied to each record; one bad record never keeps the others out."""
    for record in records:
        try:
            yield read(record)
        except (RecordError, KeyError, TypeError, ValueError, AttributeError) as error:
            yield Rejection(f"{type(error).__name__}: {error}"[:200])
