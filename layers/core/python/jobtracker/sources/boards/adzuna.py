"""Adzuna: a search by country, fifty postings a page. https://developer.adzuna.com/docs/search"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay
from jobtracker.sources import fields
from jobtracker.sources.model import Listing, Politeness, SourceKind, Terms
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept, read_list

LISTING = Listing(
    id="adzuna",
    kind=SourceKind.BOARD,
    name="Adzuna",
    homepage="https://www.adzuna.com",
    host="api.adzuna.com",
    attribution="Jobs by Adzuna",
    terms=Terms.KEY,
    conditions="A free key of one's own (developer.adzuna.com). At most 25 requests a minute, 250 a day, 1,000 a week "
    'and 2,500 a month. "Jobs by Adzuna" must be shown with each posting. Pay that Adzuna predicts is not taken for '
    "pay that was stated.",
    every_hours=12,
    # A documented API, made for programs.
    politeness=Politeness(between_s=2.5, per_day=120, robots=False),
    secrets=("app_id", "app_key"),
)
_PER_PAGE = 50
_MARK = re.compile(r"</?strong>")
_CURRENCIES = dict.fromkeys(("at", "be", "de", "es", "fr", "it", "nl"), "EUR") | dict(
    zip(
        ("au", "br", "ca", "ch", "gb", "in", "mx", "nz", "pl", "sg", "us", "za"),
        ("AUD", "BRL", "CAD", "CHF", "GBP", "INR", "MXN", "NZD", "PLN", "SGD", "USD", "ZAR"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Adzuna:
    """What was advertised in these countries in the last days, ``pages`` of the newest for each."""

    url: str = "https://api.adzuna.com/v1/api/jobs"
    countries: tuple[str, ...] = ("gb", "us", "de")
    what: str = ""
    days: int = 2
    pages: int = 10
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page of one country; the cursor names both."""
        country, _, number = (visit.cursor or f"{self.countries[0]}:1").partition(":")
        query = {
            "app_id": visit.secret("app_id"),
            "app_key": visit.secret("app_key"),
            "results_per_page": _PER_PAGE,
            "max_days_old": self.days,
            "sort_by": "date",
            **({"what": self.what} if self.what else {}),
        }
        response = visit.get(f"{self.url}/{country}/search/{number}?{urlencode(query)}")
        if response.body is None:
            return Page(unchanged=True)
        jobs = read_list(response.body, "results")
        following = self._next(country, int(number), whole=len(jobs) >= _PER_PAGE)
        records = each(jobs, lambda record: draft(record, country))
        return Page(records, next=following, validators=kept(response, only=following is None))

    def _next(self, country: str, number: int, *, whole: bool) -> str | None:
        if whole and number < self.pages:
            return f"{country}:{number + 1}"
        later = self.countries[self.countries.index(country) + 1 :] if country in self.countries else ()
        return f"{later[0]}:1" if later else None


def draft(record: dict[str, Any], country: str) -> Draft:
    """One job; its text is no more than the beginning of the advertisement."""
    return Draft(
        source_posting_id=identifier(record["id"]),
        url=record["redirect_url"],
        # The words that were searched for are marked.
        title=_MARK.sub("", record["title"]),
        company=(record.get("company") or {}).get("display_name"),
        place=_place(record.get("location") or {}),
        html=record.get("description") or "",
        pay=_pay(record, country),
        employment_type=", ".join(str(record.get(name) or "") for name in ("contract_type", "contract_time")),
        posted_at=normalise.read_date(record.get("created")),
    )


def _place(location: dict[str, Any]) -> str:
    """The smallest of the areas and the country; the name to show ("Soho, Central London") has none."""
    areas = [str(area) for area in location.get("area") or ()]
    return fields.place(areas[-1], areas[0]) if areas else str(location.get("display_name") or "")


def _pay(record: dict[str, Any], country: str) -> Pay | None:
    """The pay that the advertisement states; what Adzuna guesses is none."""
    if str(record.get("salary_is_predicted")) not in {"0", "False"}:
        return None
    return fields.pay(record.get("salary_min"), record.get("salary_max"), _CURRENCIES.get(country), "year")


SOURCE = Adzuna()
