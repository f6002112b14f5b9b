"""Any RSS or Atom feed, read by feedparser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

import feedparser

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.model import Listing, SourceError, SourceStatus
from jobtracker.sources.source import Draft, Page, Record, Visit, each, identifier, is_web_page

_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)
_TAIL = 500


class Titles(StrEnum):
    """What a feed writes into its titles."""

    ROLE = "Role"
    COMPANY_ROLE = "Company: Role"
    ROLE_AT_COMPANY = "Role at Company"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. ``mode``: how all of its work is done, if the feed is of one kind."""

    listing: Listing
    url: str
    titles: Titles = Titles.ROLE
    mode: WorkMode | None = None

    def fetch(self, visit: Visit) -> Page:
        """The feed's one answer."""
        response = visit.client.get(self.url, validators=visit.validators)
        if response.body is None:
            return Page(unchanged=True)
        return Page(self.records(response.body), validators=response.validators)

    def records(self, body: bytes) -> Iterator[Record]:
        """The feed's entries. Raises SourceError where ``body`` is no whole feed."""
        # As a stream: feedparser takes bytes for the name of a file first, and a host must not choose what is opened.
        parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
        if not parsed.get("version"):
            if is_web_page(body):
                raise SourceError(SourceStatus.BLOCKED, "a web page came instead of a feed")
            raise SourceError(SourceStatus.FAILING, "the answer is not a feed")
        if _is_cut_off(body):
            raise SourceError(SourceStatus.FAILING, "the feed was cut off")
        return each(parsed["entries"], self._draft)

    def _draft(self, entry: Any) -> Draft:
        title, company = str(entry["title"]), entry.get("author")
        if self.titles is Titles.COMPANY_ROLE and ": " in title:
            company, title = title.split(": ", 1)
        elif self.titles is Titles.ROLE_AT_COMPANY and " at " in title:
            title, company = title.rsplit(" at ", 1)
        content = entry.get("content") or [{}]
        return Draft(
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
        )


def _is_cut_off(body: bytes) -> bool:
    """Whether the root element begins and never ends. feedparser reads such a feed as if it were a shorter one."""
    root = _ROOT.search(body)
    return root is not None and b"</" + root[1] not in body[-_TAIL:].lower()
