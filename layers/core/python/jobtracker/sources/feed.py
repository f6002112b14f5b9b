"""Any RSS or Atom feed, read by feedparser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser

from jobtracker.postings import normalise
from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources import listing
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.model import SourceState, SourceStatus, Terms
from jobtracker.sources.source import Draft, Rejection, each, to_posting


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. ``company_first``: its titles read "Company: Role". ``mode``: how all of its work is done, if the
    feed is of one kind."""

    id: str
    name: str
    url: str
    homepage: str
    attribution: str
    company_first: bool = False
    mode: WorkMode | None = None
    terms: Terms = Terms.OPEN
    every_hours: int = 6

    @property
    def host(self) -> str:
        """The feed's host."""
        return urlsplit(self.url).netloc

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        """The feed's one answer."""
        return client.get(self.url, etag=state.etag, last_modified=state.last_modified)

    def postings(self, response: Response, now: datetime) -> Iterator[Posting | Rejection]:
        """The feed's entries."""
        parsed = feedparser.parse(response.body or b"")
        if not parsed.get("version"):
            head = (response.body or b"")[:200].lstrip().lower()
            if head.startswith((b"<!doctype html", b"<html")):
                raise SourceError(SourceStatus.BLOCKED, "a web page came instead of a feed")
            raise SourceError(SourceStatus.FAILING, "the answer is not a feed")
        return each(parsed["entries"], lambda entry: self._posting(entry, now))

    def _posting(self, entry: Any, now: datetime) -> Posting:
        title, company = str(entry["title"]), entry.get("author")
        if self.company_first and ": " in title:
            company, title = title.split(": ", 1)
        content = entry.get("content") or [{}]
        return to_posting(
            self,
            Draft(
                source_posting_id=str(entry.get("id") or entry["link"]),
                url=str(entry["link"]),
                title=title,
                company=company,
                place=str(entry.get("region") or entry.get("location") or ""),
                html=str(content[0].get("value") or entry.get("summary") or ""),
                mode=self.mode,
                employment_type=str(entry.get("type") or ""),
                tags=tuple(str(tag["term"]) for tag in entry.get("tags") or () if tag.get("term")),
                posted_at=normalise.read_date(entry.get("published") or entry.get("updated")),
                expires_at=normalise.read_date(entry.get("expires_at")),
            ),
            now,
        )


WE_WORK_REMOTELY = Feed(
    id=listing.WE_WORK_REMOTELY.id,
    name=listing.WE_WORK_REMOTELY.name,
    url="https://weworkremotely.com/remote-jobs.rss",
    homepage=listing.WE_WORK_REMOTELY.homepage,
    attribution=listing.WE_WORK_REMOTELY.attribution,
    company_first=True,
    mode=WorkMode.REMOTE,
)
