"""Any page that a person brings: its postings by schema.org data, by known layouts, and by a language model at last."""

from datetime import datetime
from typing import Final

import lxml.html

from jobtracker.postings.model import ClosedReason
from jobtracker.sources.imports import assisted, closed, identity, layouts, links, shown, structured
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import LARGEST_CONTENT, How, OverError, RefusedError
from jobtracker.sources.source import Closed, Record, Rejection

_NOT_MAIN: Final = frozenset(("nav", "aside", "footer", "select"))


def postings_of(url: str | None, html: str, now: datetime, *, claude: assisted.ReadsDocuments | None = None) -> Brought:
    """The postings of a page.

    Args:
        url: its address; where it is not given, the page may name its own.
        html: its HTML. It is read and never run, and what becomes of it is sanitised with every other posting.
        now: the time, in UTC.
        claude: who reads what nothing else can; None where no key is set.

    Raises:
        OverError: the page says that its posting is over.
        RefusedError: there is no posting to be had; the reason says why.
    """
    if len(html) > LARGEST_CONTENT:
        raise RefusedError("The page is larger than any posting.")
    tree = shown.parsed(html)
    if tree is None:
        raise RefusedError("There is nothing to read on this page.")
    address = url or _own_address(tree)
    if address is None or not links.is_web_address(address):
        raise RefusedError("The page does not say its own address. Give it along with the HTML.")
    text = "\n".join(line.text for line in shown.lines(tree, without=_NOT_MAIN))
    structured_records = structured.records(tree, address, now)
    ways = [(How.STRUCTURED, structured_records), (How.LAYOUT, layouts.records(html, address))]
    over = [why for _, records in ways for one in records if (why := _over(one))]
    for how, records in ways:
        drafts = identity.distinct(records)
        # On a page of several the words may be said of another one.
        if len(drafts) == 1 and closed.says_so(text):
            over.append(structured.CLOSED)
        elif drafts:
            return Brought(drafts, how, identity.reasons(records))
    if over or closed.says_so(text):
        reason = over[0] if over else structured.CLOSED
        raise OverError(f"The posting is closed: {reason}.", address, ClosedReason.NO_LONGER_ACCEPTING)
    if claude is None:
        raise RefusedError("No posting was recognised on this page.")
    draft = assisted.read(claude, address, text)
    return Brought((identity.of(draft),), How.LANGUAGE_MODEL)


def _own_address(tree: lxml.html.HtmlElement) -> str | None:
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(one) for one in stated if links.is_web_address(str(one))), None)


def _over(record: Record) -> str | None:
    """Why a record is a posting that is over, None where it is not."""
    if isinstance(record, Closed):
        return structured.CLOSED
    return record.reason if isinstance(record, Rejection) and structured.CLOSED in record.reason else None
