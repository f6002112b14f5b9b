"""The sample source: postings of our own writing, for trying the tracker where no network answers."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources.client import PoliteClient, Response
from jobtracker.sources.listing import SAMPLE
from jobtracker.sources.model import SourceState, Terms
from jobtracker.sources.source import Draft, Rejection, each, identifier, read_json, to_posting

ID = SAMPLE.id


@dataclass(frozen=True, slots=True)
class Sample:
    """The bundled feed."""

    id: str = SAMPLE.id
    name: str = SAMPLE.name
    terms: Terms = SAMPLE.terms
    homepage: str = SAMPLE.homepage
    host: str = SAMPLE.host
    attribution: str = SAMPLE.attribution
    every_hours: int = SAMPLE.every_hours

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        """The bundled feed, as a host would send it; no host is asked."""
        packed = resources.files("jobtracker.sources").joinpath("data", "sample_feed.json.gz").read_bytes()
        return Response(self.homepage, gzip.decompress(packed), None, None)

    def postings(self, response: Response, now: datetime) -> Iterator[Posting | Rejection]:
        """The feed's jobs."""
        feed = read_json(response.body or b"")
        # Counted from the month's first day, so that a day's later collection finds the same postings unchanged.
        base = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return each(feed["jobs"], lambda record: self._posting(record, base, now))

    def _posting(self, record: dict[str, Any], base: datetime, now: datetime) -> Posting:
        return to_posting(
            self,
            Draft(
                source_posting_id=identifier(record["id"]),
                url=record["url"],
                title=record["title"],
                company=record["company"],
                place=record["location"],
                html=record["description_html"],
                pay_text=record.get("salary") or "",
                mode=WorkMode(record["remote_type"]) if record.get("remote_type") else None,
                employment_type=record.get("employment_type") or "",
                posted_at=base - timedelta(days=record["published_at_days_ago"]),
                sample=True,
            ),
            now,
        )
