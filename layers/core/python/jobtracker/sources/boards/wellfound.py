"""Wellfound (formerly AngelList): the data that its pages carry in the script ``__NEXT_DATA__``.

Programs are mostly turned away; the same reading serves pages that a person's own browser has open.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.model import Listing, Politeness, SourceError, SourceKind, SourceStatus, Terms
from jobtracker.sources.source import Draft, Page, Record, Visit, each, identifier, kept

LISTING = Listing(
    id="wellfound",
    kind=SourceKind.BOARD,
    name="Wellfound",
    homepage="https://wellfound.com",
    host="wellfound.com",
    attribution="Source: Wellfound",
    terms=Terms.RESTRICTED,
    conditions="Wellfound's terms forbid reading its pages by programs, and a guard service (DataDome) turns programs "
    "away: expect the status blocked. Whoever turns this on acts against these terms; the address that asks, and an "
    "account used from it, may be shut out. The safe way is to open a page yourself and to bring it in with the "
    "bookmarklet.",
    every_hours=24,
    politeness=Politeness(between_s=5, per_hour=30, trips_at=1),
)
_JOBS, _STARTUPS = "JobListingSearchResult:", "StartupResult:"


@dataclass(frozen=True, slots=True)
class Wellfound:
    """The pages of these roles, ``pages`` of each."""

    url: str = "https://wellfound.com/role"
    roles: tuple[str, ...] = ("software-engineer", "product-manager", "data-scientist", "designer")
    pages: int = 5
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page of one role; the cursor names both. A page without jobs is never read as none being open."""
        which, _, page = (visit.cursor or "0:1").partition(":")
        role, number = int(which), int(page)
        response = visit.get(f"{self.url}/{self.roles[role]}" + (f"?page={number}" if number > 1 else ""))
        if response.body is None:
            return Page(unchanged=True)
        state = _state(response.body.decode(errors="replace"))
        records = list(_records(state))
        if not records:
            raise SourceError(SourceStatus.FAILING, "the page lists no jobs")
        count = next(_page_counts(state.get("ROOT_QUERY")), 1)
        if number < min(count, self.pages):
            following: str | None = f"{role}:{number + 1}"
        else:
            following = f"{role + 1}:1" if role + 1 < len(self.roles) else None
        return Page(records, next=following, validators=kept(response, only=following is None))


def drafts_of(html: str) -> list[Record]:
    """The jobs of any page that carries them as a search does.

    Raises:
        SourceError: BLOCKED where the page is none of Wellfound's own, FAILING where its data have another shape.
    """
    return list(_records(_state(html)))


def _state(html: str) -> dict[str, Any]:
    """What the page holds in its store, by key."""
    script = LexborHTMLParser(html).css_first("script#__NEXT_DATA__")
    if script is None:
        raise SourceError(SourceStatus.BLOCKED, "a page without the board's data came: programs are turned away")
    try:
        state = json.loads(script.text())["props"]["pageProps"]["apolloState"]["data"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise SourceError(SourceStatus.FAILING, "the page's data are not in the known shape") from error
    if not isinstance(state, dict):
        raise SourceError(SourceStatus.FAILING, "the page's data are not in the known shape")
    return state


def _records(state: dict[str, Any]) -> Iterator[Record]:
    """Each job of the store with the company that lists it."""
    companies: dict[str, str] = {}
    for key, startup in state.items():
        if key.startswith(_STARTUPS) and isinstance(startup, dict):
            listed = startup.get("highlightedJobListings")
            refs = [one.get("__ref") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
            companies |= {ref: str(startup.get("name") or "") for ref in refs if isinstance(ref, str)}
    jobs = [(key, job) for key, job in state.items() if key.startswith(_JOBS)]
    return each(jobs, lambda job: draft(job[1], companies.get(job[0])))


def draft(record: dict[str, Any], company: str | None) -> Draft:
    """One job. Pay is followed by the share in the company: "$136k - $180k • 0.05%"."""
    number, slug = identifier(record["id"]), record.get("slug")
    names = record.get("locationNames") or ()
    if isinstance(names, dict):
        names = names.get("json") or ()
    return Draft(
        source_posting_id=number,
        url=f"https://wellfound.com/jobs/{number}" + (f"-{slug}" if slug else ""),
        title=record["title"],
        company=company or None,
        place="; ".join(str(name) for name in names),
        html=record.get("description") or "",
        pay_text=str(record.get("compensation") or "").partition("•")[0],
        employment_type=str(record.get("jobType") or ""),
        # False is said of hybrid work too.
        mode=WorkMode.REMOTE if record.get("remote") is True else None,
        posted_at=normalise.read_date(record.get("liveStartAt")),
    )


def _page_counts(value: Any) -> Iterator[int]:
    """Every ``pageCount`` in a value, at any depth."""
    below = [value]
    while below:
        one = below.pop()
        if isinstance(one, dict):
            if isinstance(count := one.get("pageCount"), int):
                yield count
            below.extend(one.values())
        elif isinstance(one, list):
            below.extend(one)


SOURCE = Wellfound()
