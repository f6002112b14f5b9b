"""Under which source and number an imported posting is kept: the same, however it was brought in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from jobtracker.sources.boards import linkedin, wellfound
from jobtracker.sources.imports import links
from jobtracker.sources.imports.model import How
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.source import Draft, Record, Rejection

_REASONS: Final = 5
_WELLFOUND: Final = re.compile(r"/jobs/(\d+)(?:-|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """A posting that was brought in, and the listing of the source that it is kept under."""

    listing: Listing
    draft: Draft


@dataclass(frozen=True, slots=True)
class Brought:
    """What a page or a mail holds: postings, by what they were read, and why other parts of it are none."""

    found: tuple[Found, ...]
    how: How
    refusals: tuple[str, ...] = ()


def distinct(records: Iterable[Record]) -> tuple[Found, ...]:
    """The postings among the records, each once; of two the first."""
    found = [of(one) for one in records if isinstance(one, Draft)]
    return tuple({(one.listing.id, one.draft.source_posting_id): one for one in reversed(found)}.values())[::-1]


def reasons(records: Iterable[Record]) -> tuple[str, ...]:
    """Why others of the records are none, each reason once and the first few."""
    return tuple(dict.fromkeys(one.reason for one in records if isinstance(one, Rejection)))[:_REASONS]


def of(draft: Draft) -> Found:
    """The posting under its board's own number, where its address tells one; else under its address."""
    number: str | None
    if links.is_of(draft.url, "linkedin.com") and (number := linkedin.posting_id_of(draft.url)):
        address = f"https://www.linkedin.com/jobs/view/{number}"
        return Found(linkedin.LISTING, replace(draft, source_posting_id=number, url=address))
    if links.is_of(draft.url, "wellfound.com") and (found := _WELLFOUND.search(draft.url)):
        return Found(wellfound.LISTING, replace(draft, source_posting_id=found[1]))
    return Found(_brought_in(links.host_of(draft.url)), draft)


def addresses(url: str) -> frozenset[str]:
    """The addresses by which the posting of a page may be kept."""
    found = of(Draft("", links.cleaned(url), "", None, "", ""))
    return frozenset((links.cleaned(url), found.draft.url))


def restricted(url: str) -> Listing | None:
    """The board whose terms forbid programs to read the page at this address, None where there is none."""
    if links.is_of(url, "linkedin.com"):
        return linkedin.LISTING
    return wellfound.LISTING if links.is_of(url, "wellfound.com") else None


def _brought_in(host: str) -> Listing:
    return Listing(
        id="import",
        kind=SourceKind.CUSTOM,
        name="Imported",
        homepage=f"https://{host}",
        host=host,
        attribution=f"Source: {host}",
        conditions="Brought in by the person whose posting it is, and shown to nobody else.",
    )
