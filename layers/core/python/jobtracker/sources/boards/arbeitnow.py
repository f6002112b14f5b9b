"""Arbeitnow: pages of a hundred postings, the newest first. https://www.arbeitnow.com/api/job-board-api"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.model import Listing, Politeness, SourceKind
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept, list_in, read_json

LISTING = Listing(
    id="arbeitnow",
    kind=SourceKind.BOARD,
    name="Arbeitnow",
    homepage="https://www.arbeitnow.com",
    host="www.arbeitnow.com",
    attribution="Source: Arbeitnow",
    conditions="Link back to the posting on Arbeitnow.",
    # A documented API, made for programs.
    politeness=Politeness(robots=False),
    on=True,
)


@dataclass(frozen=True, slots=True)
class Arbeitnow:
    """The Arbeitnow board; no more than its newest ``pages`` are read."""

    url: str = "https://www.arbeitnow.com/api/job-board-api"
    pages: int = 20
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page. Its own link to the next one leads through a search that changes, and is only taken as a sign
        that there is one."""
        number = int(visit.cursor or 1)
        response = visit.get(f"{self.url}?page={number}")
        if response.body is None:
            return Page(unchanged=True)
        answer = read_json(response.body)
        jobs = list_in(answer, "data")
        links = answer.get("links")
        more = bool(jobs) and number < self.pages and not (isinstance(links, dict) and links.get("next") is None)
        return Page(each(jobs, draft), next=str(number + 1) if more else None, validators=kept(response, only=not more))


def draft(record: dict[str, Any]) -> Draft:
    """One job."""
    return Draft(
        source_posting_id=identifier(record["slug"]),
        url=record["url"],
        title=record["title"],
        company=record.get("company_name"),
        place=record.get("location") or "",
        html=record.get("description") or "",
        escaped=True,
        employment_type=", ".join(str(kind) for kind in record.get("job_types") or ()),
        # False is said of hybrid work too.
        mode=WorkMode.REMOTE if record.get("remote") is True else None,
        tags=tuple(str(tag) for tag in record.get("tags") or ()),
        posted_at=normalise.read_date(record.get("created_at")),
    )


SOURCE = Arbeitnow()
