"""Reed: the United Kingdom's jobs; a search, then each job's details. https://www.reed.co.uk/developers/jobseeker"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from jobtracker.sources.model import Listing, Politeness, SourceError, SourceKind, Terms
from jobtracker.sources.source import (
    Draft,
    Page,
    Record,
    Seen,
    Visit,
    each,
    identifier,
    kept,
    read_json,
    read_list,
    without_details,
)

LISTING = Listing(
    id="reed",
    kind=SourceKind.BOARD,
    name="Reed",
    homepage="https://www.reed.co.uk",
    host="www.reed.co.uk",
    attribution="Source: Reed.co.uk",
    terms=Terms.KEY,
    conditions="A free key of one's own (reed.co.uk/developers). Link back to the posting on Reed.",
    every_hours=12,
    # A documented API, made for programs.
    politeness=Politeness(per_hour=600, robots=False),
    secrets=("api_key",),
)
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Reed:
    """What a search for each of the ``keywords`` finds, ``pages`` of each; no word finds everything."""

    url: str = "https://www.reed.co.uk/api/1.0"
    keywords: tuple[str, ...] = ("",)
    pages: int = 5
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page of one search, with the details of the jobs that are not known; the cursor names both."""
        word, _, number = (visit.cursor or "0:0").partition(":")
        search, page = int(word), int(number)
        keywords = self.keywords[search]
        query = {
            **({"keywords": keywords} if keywords else {}),
            "resultsToTake": _PER_PAGE,
            "resultsToSkip": page * _PER_PAGE,
        }
        credentials = _credentials(visit)
        response = visit.get(f"{self.url}/search?{urlencode(query)}", secret_headers=credentials)
        if response.body is None:
            return Page(unchanged=True)
        jobs = read_list(response.body, "results")
        if len(jobs) >= _PER_PAGE and page + 1 < self.pages:
            following: str | None = f"{search}:{page + 1}"
        else:
            following = f"{search + 1}:0" if search + 1 < len(self.keywords) else None
        records = each(jobs, lambda record: self._detailed(visit, record, credentials))
        return Page(records, next=following, validators=kept(response, only=following is None))

    def _detailed(self, visit: Visit, record: dict[str, Any], credentials: dict[str, str]) -> Record:
        number = identifier(record["jobId"])
        if visit.known(number):
            return Seen(number)
        try:
            response = visit.client.get(f"{self.url}/jobs/{int(number)}", secret_headers=credentials)
            details = read_json(response.body or b"")
        except SourceError as error:
            return without_details(number, error)
        return draft(record | details if isinstance(details, dict) else record)


def _credentials(visit: Visit) -> dict[str, str]:
    """The key is the name, and there is no password."""
    return {"Authorization": "Basic " + b64encode(f"{visit.secret('api_key')}:".encode()).decode()}


def draft(record: dict[str, Any]) -> Draft:
    """One job: what the search says of it, and over it what its details say."""
    external = record.get("externalUrl")
    return Draft(
        source_posting_id=identifier(record["jobId"]),
        url=record["jobUrl"],
        apply_url=external if isinstance(external, str) else None,
        title=record["jobTitle"],
        company=record.get("employerName"),
        # "Dorking" alone may lie elsewhere.
        place=f"{record['locationName']}, United Kingdom" if record.get("locationName") else "",
        html=record.get("jobDescription") or "",
        pay_text=_pay_text(record),
        employment_type=", ".join(
            [str(record.get("contractType") or ""), *(name for flag, name in _TIMES if record.get(flag) is True)]
        ),
        posted_at=_date(record.get("date") or record.get("datePosted")),
        expires_at=_date(record.get("expirationDate")),
    )


_TIMES = (("fullTime", "full-time"), ("partTime", "part-time"))


def _pay_text(record: dict[str, Any]) -> str:
    """The pay as a text, for the search names no period: amounts tell it by their size."""
    amounts = [record.get("minimumSalary"), record.get("maximumSalary")]
    stated = [f"{amount:g}" for amount in amounts if isinstance(amount, int | float) and 0 < amount < 1e6]
    if not stated:
        return ""
    return f"{record.get('currency') or 'GBP'} {' - '.join(stated)} {record.get('salaryType') or ''}".strip()


def _date(value: Any) -> datetime | None:
    """A date that has the day first, always: 09/06/2026 is in June."""
    try:
        return datetime.strptime(value, "%d/%m/%Y").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None


SOURCE = Reed()
