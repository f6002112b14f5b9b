"""The sample source: postings of our own writing, for trying the tracker where no network answers."""

import gzip
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from jobtracker.postings.model import WorkMode
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_list

LISTING = Listing(
    id="sample",
    kind=SourceKind.SAMPLE,
    name="Sample postings",
    homepage="https://example.com/sample-jobs",
    host="sample",
    attribution="Sample posting, written for trying the tracker: the company and the job are invented",
    conditions="Our own writing: nothing is asked of anybody.",
    every_hours=24,
    complete=True,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The bundled feed, as a host would send it; no host is asked."""

    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """The feed's jobs."""
        # Counted from the month's first day, so that a day's later collection finds the same postings unchanged.
        base = visit.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return Page(each(read_list(gzip.decompress(packed_feed()), "jobs"), lambda record: draft(record, base)))


def packed_feed() -> bytes:
    """The bundled feed as it lies there, JSON in gzip."""
    return resources.files("jobtracker.sources").joinpath("data", "sample_feed.json.gz").read_bytes()


def draft(record: dict[str, Any], base: datetime) -> Draft:
    """One job; its age is counted back from ``base``."""
    return Draft(
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
    )


SOURCE = Sample()
