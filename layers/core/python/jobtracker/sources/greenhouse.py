"""Company boards on Greenhouse. https://developers.greenhouse.io/job-board.html"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import Posting
from jobtracker.sources import listing
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.model import SourceState, SourceStatus, Terms
from jobtracker.sources.source import Draft, Rejection, each, identifier, read_json, to_posting


@dataclass(frozen=True, slots=True)
class Greenhouse:
    """One company's board, named by its token."""

    token: str
    company: str
    terms: Terms = Terms.OPEN
    host: str = listing.GREENHOUSE_HOST
    every_hours: int = 6
    base: str = "https://boards-api.greenhouse.io"

    @property
    def id(self) -> str:
        """The adapter and the token."""
        return self._listing.id

    @property
    def name(self) -> str:
        """The company, and through what it publishes."""
        return self._listing.name

    @property
    def homepage(self) -> str:
        """The board for people."""
        return self._listing.homepage

    @property
    def attribution(self) -> str:
        """The company's own board."""
        return self._listing.attribution

    @property
    def _listing(self) -> listing.Listing:
        return listing.greenhouse(self.token, self.company)

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
                source_posting_id=identifier(record["id"]),
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
