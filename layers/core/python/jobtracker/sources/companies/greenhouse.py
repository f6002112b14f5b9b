"""Company boards on Greenhouse. https://developers.greenhouse.io/job-board.html"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.sources.model import CompanyListing, Listing
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_list

LISTING = CompanyListing(
    id="greenhouse",
    name="Greenhouse",
    homepage="https://boards.greenhouse.io/{token}",
    host="boards-api.greenhouse.io",
    conditions="The public job board API: made for others to show a company's postings.",
    addresses=(
        r"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_board\?(?:.*&)?for=)?(?P<token>[\w-]+)",
        r"boards-api\.greenhouse\.io/v1/boards/(?P<token>[\w-]+)",
    ),
)


@dataclass(frozen=True, slots=True)
class Greenhouse:
    """One company's board, named by its token."""

    token: str
    company: str
    base: str = "https://boards-api.greenhouse.io"

    @property
    def listing(self) -> Listing:
        """The company's own board."""
        return LISTING.of(self.token, self.company)

    def fetch(self, visit: Visit) -> Page:
        """All of the board's jobs with their content."""
        url = f"{self.base}/v1/boards/{self.token}/jobs?content=true"
        response = visit.client.get(url, validators=visit.validators)
        if response.body is None:
            return Page(unchanged=True)
        jobs = read_list(response.body, "jobs")
        return Page(each(jobs, lambda record: draft(record, self.company)), validators=response.validators)


def draft(record: dict[str, Any], company: str) -> Draft:
    """One job; ``company`` where the record does not name it."""
    location = (record.get("location") or {}).get("name") or ""
    # "Hybrid" or "Multiple locations" names no place; the offices do.
    place = location
    if not normalise.read_places(location):
        offices = [office.get("location") or office.get("name") or "" for office in record.get("offices") or ()]
        place = "; ".join(filter(None, [location, *offices]))
    return Draft(
        source_posting_id=identifier(record["id"]),
        url=record["absolute_url"],
        title=record["title"],
        company=record.get("company_name") or company,
        place=place,
        html=record.get("content") or "",
        escaped=True,
        requisition_id=record.get("requisition_id") or None,
        # updated_at moves whenever anybody saves the record.
        posted_at=normalise.read_date(record.get("first_published")),
        expires_at=normalise.read_date(record.get("application_deadline")),
    )


def board(token: str, company: str) -> Greenhouse:
    """The board that ``token`` names."""
    return Greenhouse(token, company)
