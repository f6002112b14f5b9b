"""LinkedIn's pages for guests: a search ten at a time, and a page for each posting.

The same reading serves pages that a person's own browser has open.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobtracker.postings import normalise
from jobtracker.postings.model import ClosedReason
from jobtracker.sources.model import Listing, Politeness, SourceError, SourceKind, SourceStatus, Terms
from jobtracker.sources.source import Closed, Draft, Page, Record, RecordError, Seen, Visit, each, without_details

LISTING = Listing(
    id="linkedin",
    kind=SourceKind.BOARD,
    name="LinkedIn",
    homepage="https://www.linkedin.com/jobs",
    host="www.linkedin.com",
    attribution="Source: LinkedIn",
    terms=Terms.RESTRICTED,
    conditions="LinkedIn's User Agreement (section 8.2) forbids reading its pages by programs, and its robots.txt "
    "turns all programs away; this source asks all the same, so it is off until somebody turns it on. Whoever turns it "
    "on acts against that agreement: LinkedIn may shut out the address that asks, restrict or close accounts used from "
    "it, and take legal steps. Addresses of cloud providers are mostly refused (429, 999). It asks at most 100 times "
    "an hour, 4 seconds apart, and leaves LinkedIn alone at the first refusal. The safe ways are LinkedIn's own job "
    "alerts by mail, and bringing in pages that you have open yourself.",
    every_hours=12,
    # Obeying robots.txt would mean not to have this source at all: its conditions say so to whoever turns it on.
    politeness=Politeness(between_s=4, per_hour=100, trips_at=1, robots=False),
)
_PER_PAGE = 10
_ID = re.compile(r"([0-9]{6,19})(?:/|$)")
_URN = re.compile(r"jobPosting:([0-9]{6,19})")
_NOTHING = re.compile(r"<!doctype[^>]*>|<!--.*?-->|\s+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Search:
    """What to search for; no keywords are everything that was posted at the place."""

    keywords: str
    place: str


@dataclass(frozen=True, slots=True)
class LinkedIn:
    """What these searches find among the postings of the last ``hours``, ``pages`` of each."""

    url: str = "https://www.linkedin.com/jobs-guest/jobs/api"
    searches: tuple[Search, ...] = (
        Search("software engineer", "European Union"),
        Search("software engineer", "United Kingdom"),
        Search("software engineer", "United States"),
    )
    hours: int = 24
    pages: int = 10
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page of one search, with the pages of the postings that are not known; the cursor names both."""
        which, _, at = (visit.cursor or "0:0").partition(":")
        number, start = int(which), int(at)
        search = self.searches[number]
        query = {
            "keywords": search.keywords,
            "location": search.place,
            "f_TPR": f"r{self.hours * 3600}",
            "sortBy": "DD",
            "start": start,
        }
        cards = self._cards(visit, f"{self.url}/seeMoreJobPostings/search?{urlencode(query)}", start)
        if cards and start + _PER_PAGE < self.pages * _PER_PAGE:
            following: str | None = f"{number}:{start + _PER_PAGE}"
        else:
            following = f"{number + 1}:0" if number + 1 < len(self.searches) else None
        return Page(each(cards, lambda card: self._detailed(visit, card)), next=following)

    def _cards(self, visit: Visit, address: str, start: int) -> list[LexborNode]:
        try:
            response = visit.client.get(address)
        except SourceError as error:
            # So it answers behind the last page of a search.
            if start and error.http_status == 400:
                return []
            raise
        return _cards((response.body or b"").decode(errors="replace"))

    def _detailed(self, visit: Visit, card: LexborNode) -> Record:
        draft = _from_card(card)
        number = draft.source_posting_id
        if visit.known(number):
            return Seen(number)
        try:
            response = visit.client.get(f"{self.url}/jobPosting/{number}")
            return draft_of((response.body or b"").decode(errors="replace"), number, listed=draft)
        except SourceError as error:
            return without_details(number, error)


def posting_id_of(url: str) -> str | None:
    """The number of the posting that an address of LinkedIn's leads to, None where it leads to none."""
    try:
        parts = urlsplit(url)
        chosen = parse_qs(parts.query).get("currentJobId")
    except ValueError:
        return None
    if chosen:
        return chosen[0] if _ID.fullmatch(chosen[0]) else None
    match = _ID.search(parts.path) if "/jobs/view/" in parts.path or "/jobPosting/" in parts.path else None
    return match[1] if match else None


def drafts_of(html: str) -> list[Record]:
    """The postings of a search's page, each as its card says, without text.

    Raises:
        SourceError: BLOCKED where another page came, such as one to sign in at.
    """
    return list(each(_cards(html), _from_card))


def draft_of(html: str, posting_id: str, *, listed: Draft | None = None) -> Draft | Closed:
    """The posting of its own page.

    Args:
        html: the page for guests, whole or its inner part.
        posting_id: the posting's number, see ``posting_id_of``.
        listed: what the search said of it, for what the page does not say.

    Raises:
        SourceError: BLOCKED where another page came, such as one to sign in at.
    """
    page = LexborHTMLParser(html)
    title = _text(page.css_first(".top-card-layout__title"))
    if not title:
        raise SourceError(SourceStatus.BLOCKED, "a page without a posting came: programs are turned away")
    if page.css_first("figure.closed-job, .closed-job") is not None:
        return Closed(posting_id, ClosedReason.NO_LONGER_ACCEPTING)
    flavors = [node for node in page.css(".topcard__flavor") if node.tag != "figure"]
    place = next((_text(node) for node in flavors if "topcard__flavor--bullet" in _classes(node)), "")
    company = next((_text(node) for node in flavors if "topcard__flavor--bullet" not in _classes(node)), "")
    criteria = _criteria(page)
    body = page.css_first(".show-more-less-html__markup") or page.css_first(".description__text")
    return Draft(
        source_posting_id=posting_id,
        url=f"https://www.linkedin.com/jobs/view/{posting_id}",
        apply_url=_apply_url(page),
        title=title,
        company=company or (listed.company if listed else None) or None,
        place=place or (listed.place if listed else ""),
        html=(body.inner_html or "") if body is not None else "",
        pay_text=_text(page.css_first(".compensation__salary")),
        employment_type=criteria.get("employment type", ""),
        seniority=criteria.get("seniority level", ""),
        tags=tuple(filter(None, (criteria.get(name) for name in ("job function", "industries")))),
        posted_at=listed.posted_at if listed else None,
    )


def _cards(html: str) -> list[LexborNode]:
    """The cards of a search's page; none where it is the empty page that ends a search."""
    cards = LexborHTMLParser(html or " ").css("[data-entity-urn*='jobPosting:']")
    if not cards and (not html.strip() or _NOTHING.sub("", html)):
        raise SourceError(SourceStatus.BLOCKED, "a page without postings came: programs are turned away")
    return cards


def _from_card(card: LexborNode) -> Draft:
    urn = _URN.search(card.attributes.get("data-entity-urn") or "")
    if urn is None:
        raise RecordError("no id")
    posted = card.css_first("time[datetime]")
    return Draft(
        source_posting_id=urn[1],
        # The link that is given carries what it is followed by.
        url=f"https://www.linkedin.com/jobs/view/{urn[1]}",
        title=_text(card.css_first(".base-search-card__title")) or _text(card.css_first(".sr-only")),
        company=_text(card.css_first(".base-search-card__subtitle")) or None,
        place=_text(card.css_first(".job-search-card__location")),
        html="",
        posted_at=normalise.read_date(posted.attributes.get("datetime")) if posted is not None else None,
    )


def _criteria(page: LexborHTMLParser) -> dict[str, str]:
    """What the list beside the text says: "Seniority level", "Employment type" and the like."""
    names = [_text(node).lower() for node in page.css(".description__job-criteria-subheader")]
    values = [_text(node) for node in page.css(".description__job-criteria-text")]
    return {name: value for name, value in zip(names, values, strict=False) if value != "Not Applicable"}


def _apply_url(page: LexborHTMLParser) -> str | None:
    """Where to apply; the address is in a comment, wrapped in one of LinkedIn's own."""
    code = page.css_first("code#applyUrl")
    found = re.search(r'"(https?://[^"\s]+)"', code.inner_html or "") if code is not None else None
    if found is None:
        return None
    try:
        return next(iter(parse_qs(urlsplit(found[1]).query).get("url", [])), found[1])
    except ValueError:
        return None


def _text(node: Any) -> str:
    return " ".join(node.text().split()) if node is not None else ""


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


SOURCE = LinkedIn()
