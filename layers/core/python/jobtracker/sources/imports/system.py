"""One posting by the interface of the system that its company uses: whole, and under the system's own number."""

import re
from datetime import datetime
from typing import Final

from jobtracker.sources.addresses import boards_in
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.imports import links
from jobtracker.sources.imports.identity import Brought, Found
from jobtracker.sources.imports.model import How
from jobtracker.sources.listing import directory, systems
from jobtracker.sources.model import SourceError
from jobtracker.sources.registry import company_systems
from jobtracker.sources.source import Draft, Visit

# A board with more is left to the posting's own page: hundreds of requests for one posting are not polite.
_PAGES: Final = 5


def read(url: str, client: PoliteClient, now: datetime) -> Brought | None:
    """The posting that an address of a known system leads to; None where it is no such address, or not found there.

    Raises:
        PostponedError: the system may not be asked now.
    """
    named = boards_in(url, systems().values())
    if not named:
        return None
    system, token = named[0]
    known = directory().get(f"{system}:{token}")
    board = company_systems()[system].board(token, known.name if known else None)
    polite = client.polite(board.listing.politeness)
    cursor: str | None = None
    try:
        for _ in range(_PAGES):
            # Details are asked for of the one posting only.
            page = board.fetch(Visit(polite, now, cursor=cursor, known=lambda number: not _names(url, number)))
            for record in page.records:
                if isinstance(record, Draft) and _is_at(record, url):
                    return Brought((Found(board.listing, record),), How.SYSTEM)
            cursor = page.next
            if cursor is None:
                break
    except SourceError:
        # The posting's own page may still be read.
        return None
    return None


def _is_at(draft: Draft, url: str) -> bool:
    return links.cleaned(draft.url) == links.cleaned(url) or _names(url, draft.source_posting_id)


def _names(url: str, number: str) -> bool:
    """Whether the number stands in the address as a part of its own."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(number)}(?![A-Za-z0-9])", url) is not None
