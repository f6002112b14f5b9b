"""Any RSS or Atom feed, read by feedparser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import feedparser

from jobtracker.postings import normalise
from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources import listing
from jobtracker.sources.client import PoliteClient, Response, SourceError
from jobtracker.sources.model import SourceState, SourceStatus, Terms
from jobtracker.sources.source import Draft, Rejection, each, identifier, is_web_page, to_posting

_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)
_TAIL = 500


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
        body = response.body or b""
        # As a stream: feedparser takes bytes for the name of a file first, and a host must not choose what is opened.
        parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
        if not parsed.get("version"):
            if is_web_page(body):
                raise SourceError(SourceStatus.BLOCKED, "a web page came instead of a feed")
            raise SourceError(SourceStatus.FAILING, "the answer is not a feed")
        if _is_cut_off(body):
            raise SourceError(SourceStatus.FAILING, "the feed was cut off")
        return each(parsed["entries"], lambda entry: self._posting(entry, now))

    def _posting(self, entry: Any, now: datetime) -> Posting:
        title, company = str(entry["title"]), entry.get("author")
        if self.company_first and ": " in title:
            company, title = title.split(": ", 1)
        content = entry.get("content") or [{}]
        return to_posting(
            self,
            Draft(
                source_posting_id=identifier(entry.get("id") or entry["link"]),
                url=str(entry["link"]),
                title=title,
                company=company,
                place=str(entry.get("region") or entry.get("location") or ""),
                html=str(content[0].get("value") or entry.get("summary") or ""),
                mode=self.mode,
                employment_type=str(entry.get("type") or ""),
                tags=tuple(str(tag["term"]) for tag in entry.get("tags") or () if tag.get("term")),
                posted_at=normalise.read_date(entry.get("published") or ("updated" in entry and entry["updated"])),
                expires_at=normalise.read_date(entry.get("expires_at")),
            ),
            now,
        )


def _is_cut_off(body: bytes) -> bool:
    """Whether the root element begins and never ends. feedparser reads such a feed as if it were a shorter one."""
    root = _ROOT.search(body)
    return root is not None and b"</" + root[1] not in body[-_TAIL:].lower()


WE_WORK_REMOTELY = Feed(
    id=listing.WE_WORK_REMOTELY.id,
    name=listing.WE_WORK_REMOTELY.name,
    url="https://weworkremotely.com/remote-jobs.rss",
    homepage=listing.WE_WORK_REMOTELY.homepage,
    attribution=listing.WE_WORK_REMOTELY.attribution,
    company_first=True,
    mode=WorkMode.REMOTE,
)
