"""Remote OK: one JSON answer with about a hundred postings. https://remoteok.com/api

Its terms: link back to the Remote OK address with a followed link, and name Remote OK as the source; no logo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.listing import REMOTE_OK
from jobtracker.sources.model import SourceState, SourceStatus, Terms
from jobtracker.sources.source import Draft, Rejection, each, identifier, read_json, to_posting, yearly_pay


@dataclass(frozen=True, slots=True)
class RemoteOk:
    """The Remote OK board."""

    id: str = REMOTE_OK.id
    name: str = REMOTE_OK.name
    terms: Terms = REMOTE_OK.terms
    homepage: str = REMOTE_OK.homepage
    host: str = REMOTE_OK.host
    attribution: str = REMOTE_OK.attribution
    every_hours: int = REMOTE_OK.every_hours
    url: str = "https://remoteok.com/api"

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        """The board's one answer."""
        return client.get(self.url, etag=state.etag, last_modified=state.last_modified)

    def postings(self, response: Response, now: datetime) -> Iterator[Posting | Rejection]:
        """The records; the first element is the legal notice."""
        records = read_json(response.body or b"")
        if not isinstance(records, list):
            raise SourceError(SourceStatus.FAILING, "the answer is not a list")
        jobs = [record for record in records if not (isinstance(record, dict) and "legal" in record)]
        return each(jobs, lambda record: self._posting(record, now))

    def _posting(self, record: dict[str, Any], now: datetime) -> Posting:
        return to_posting(
            self,
            Draft(
                source_posting_id=identifier(record["id"]),
                url=record["url"],
                apply_url=record.get("apply_url"),
                title=record["position"],
                company=record.get("company"),
                place=record.get("location") or "",
                html=record.get("description") or "",
                pay=yearly_pay(record.get("salary_min"), record.get("salary_max")),
                mode=WorkMode.REMOTE,
                tags=tuple(str(tag) for tag in record.get("tags") or ()),
                posted_at=normalise.read_date(record.get("date") or record.get("epoch")),
            ),
            now,
        )
