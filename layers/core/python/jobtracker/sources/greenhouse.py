"""Company boards on Greenhouse. https://developers.greenhouse.io/job-board.html"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import Posting
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.model import SourceState, SourceStatus, Terms
from jobtracker.sources.source import Draft, Rejection, each, read_json, to_posting

BOARDS = {
    "airbnb": "Airbnb",
    "cloudflare": "Cloudflare",
    "databricks": "Databricks",
    "datadog": "Datadog",
    "doctolib": "Doctolib",
    "figma": "Figma",
    "getyourguide": "GetYourGuide",
    "gitlab": "GitLab",
    "hellofresh": "HelloFresh",
    "monzo": "Monzo",
    "n26": "N26",
    "stripe": "Stripe",
}


@dataclass(frozen=True, slots=True)
class Greenhouse:
    """One company's board, named by its token."""

    token: str
    company: str
    terms: Terms = Terms.OPEN
    host: str = "boards-api.greenhouse.io"
    every_hours: int = 6
    base: str = "https://boards-api.greenhouse.io"

    @property
    def id(self) -> str:
        """The adapter and the token."""
        return f"greenhouse:{self.token}"

    @property
    def name(self) -> str:
        """The company, and through what it publishes."""
        return f"{self.company} (Greenhouse)"

    @property
    def homepage(self) -> str:
        """The board for people."""
        return f"https://boards.greenhouse.io/{self.token}"

    @property
    def attribution(self) -> str:
        """The company's own board."""
        return f"Source: {self.company} careers, through Greenhouse"

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        """All of the board's jobs with their content."""
        url = f"{self.base}/v1/boards/{self.token}/jobs?content=true"
        return client.get(url, etag=state.etag, last_modified=state.last_modified)

    def postings(self, response: Response, now: datetime) -> Iterator[Posting | Rejection]:
        """The board's jobs."""
        answer = read_json(response.body or b"")
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise SourceError(SourceStatus.FAILING, "the answer has no list of jobs")
        return each(answer["jobs"], lambda record: self._posting(record, now))

    def _posting(self, record: dict[str, Any], now: datetime) -> Posting:
        location = (record.get("location") or {}).get("name") or ""
        # "Hybrid" or "Multiple locations" names no place; the offices do.
        place = location
        if not normalise.read_places(location):
            offices = [office.get("location") or office.get("name") or "" for office in record.get("offices") or ()]
            place = "; ".join(filter(None, [location, *offices]))
        return to_posting(
            self,
            Draft(
                source_posting_id=str(record["id"]),
                url=record["absolute_url"],
                title=record["title"],
                company=record.get("company_name") or self.company,
                place=place,
                html=record.get("content") or "",
                escaped=True,
                # updated_at moves whenever anybody saves the record.
                posted_at=normalise.read_date(record.get("first_published")),
                expires_at=normalise.read_date(record.get("application_deadline")),
            ),
            now,
        )
