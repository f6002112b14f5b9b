"""Himalayas: pages of twenty postings, the newest first. https://himalayas.app/api"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources import fields
from jobtracker.sources.model import Listing, Politeness, SourceKind
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept, list_in, read_json

LISTING = Listing(
    id="himalayas",
    kind=SourceKind.BOARD,
    name="Himalayas",
    homepage="https://himalayas.app",
    host="himalayas.app",
    attribution="Source: Himalayas",
    conditions="Link back to the posting on Himalayas and name it as the source.",
    # A documented API, made for programs.
    politeness=Politeness(robots=False),
    on=True,
)


@dataclass(frozen=True, slots=True)
class Himalayas:
    """The Himalayas board; of its hundred thousand postings no more than the newest ``pages`` are read."""

    url: str = "https://himalayas.app/jobs/api"
    pages: int = 50
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page. Our cursor is how many pages were read, then the board's own."""
        read, _, cursor = (visit.cursor or "0:").partition(":")
        address = f"{self.url}?limit=20" + (f"&cursor={quote(cursor, safe='')}" if cursor else "")
        response = visit.get(address)
        if response.body is None:
            return Page(unchanged=True)
        answer = read_json(response.body)
        jobs = list_in(answer, "jobs")
        following, number = answer.get("nextCursor"), int(read) + 1
        more = jobs and number < self.pages and isinstance(following, str) and following not in {"", cursor}
        return Page(
            each(jobs, draft), next=f"{number}:{following}" if more else None, validators=kept(response, only=not more)
        )


def draft(record: dict[str, Any]) -> Draft:
    """One job."""
    return Draft(
        source_posting_id=identifier(record.get("guid") or record["applicationLink"]),
        url=record.get("applicationLink") or record["guid"],
        title=record["title"],
        company=_company(record),
        place="; ".join(_names(record.get("locationRestrictions"))),
        html=record.get("description") or record.get("excerpt") or "",
        pay=fields.pay(
            record.get("minSalary"),
            record.get("maxSalary"),
            record.get("currency"),
            record.get("salaryPeriod") or "year",
        ),
        employment_type=record.get("employmentType") or "",
        seniority=", ".join(_names(record.get("seniority"))),
        mode=WorkMode.REMOTE,
        tags=tuple(tag.replace("-", " ") for tag in _names(record.get("categories"))),
        posted_at=normalise.read_date(record.get("pubDate")),
        expires_at=normalise.read_date(record.get("expiryDate")),
    )


def _company(record: dict[str, Any]) -> str | None:
    """The company's name; some records have the word "name" in its place, and the name in the slug alone."""
    name = str(record.get("companyName") or "").strip()
    if name.lower() not in {"", "name"}:
        return name
    return str(record.get("companySlug") or "").replace("-", " ").strip().title() or None


def _names(values: Any) -> list[str]:
    """Texts, which other versions of the answer wrap in objects with a name."""
    return [str(value["name"] if isinstance(value, dict) else value) for value in values or ()]


SOURCE = Himalayas()
