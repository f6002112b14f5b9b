"""What is in an import, by its kind: asked for on the web, or taken out of what came with it."""

from datetime import datetime
from typing import Final

from jobtracker.postings.model import ClosedReason
from jobtracker.sources import detect
from jobtracker.sources.client import PoliteClient, Response
from jobtracker.sources.imports import identity, links, mail, naming, page, system
from jobtracker.sources.imports.assisted import ReadsDocuments
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import LARGEST_CONTENT, FoundBoard, Import, ImportKind, OverError, RefusedError
from jobtracker.sources.listing import systems
from jobtracker.sources.model import GoneError, SourceError

WITH_CONTENT: Final = {ImportKind.PAGE, ImportKind.MAIL}
_TRIED_SHOWN: Final = 4


def named(asked: Import, content: bytes | None) -> Import:
    """The import with what it is called: several mails are told apart by what they are about."""
    if asked.kind is not ImportKind.MAIL or content is None:
        return asked
    subject, sender = naming.heading(content)
    return asked.model_copy(update={"subject": subject, "sender": sender})


def bring(
    asked: Import, content: bytes | None, client: PoliteClient, reader: ReadsDocuments | None, now: datetime
) -> Brought:
    """The postings of an import.

    Raises:
        OverError: what was brought in is over.
        RefusedError: there are none.
        PostponedError: the page's host may not be asked now.
    """
    if asked.kind in WITH_CONTENT:
        if content is None:
            raise RefusedError("What was brought in is gone.")
        if len(content) > LARGEST_CONTENT:
            raise RefusedError("What was brought in is too large.")
        if asked.kind is ImportKind.MAIL:
            return mail.postings_of(content, now)
        # A saved page says of its encoding what its host would have said.
        html = Response(asked.url or "", content).text()
        return page.postings_of(asked.url, html, now, claude=reader)
    url = links.unwrapped(_with_scheme(asked.url or ""))
    if not links.is_web_address(url):
        raise RefusedError("This is no address of a web page.")
    if (board := identity.restricted(url)) is not None:
        raise RefusedError(f"{board.name} does not let programs read its pages.")
    if (found := system.read(url, client, now)) is not None:
        return found
    return _of_page(url, client, reader, now)


def _of_page(url: str, client: PoliteClient, reader: ReadsDocuments | None, now: datetime) -> Brought:
    try:
        answer = client.get(url, follow=True)
    except GoneError as error:
        reason = f"The posting is closed, or was moved: {error.reason}."
        raise OverError(reason, url, ClosedReason.GONE) from error
    except SourceError as error:
        raise RefusedError(f"The page could not be read: {error.reason}.") from error
    # Where redirects lead may be what is read only when a person sees it.
    if (board := identity.restricted(answer.url)) is not None:
        raise RefusedError(f"{board.name} does not let programs read its pages.")
    return page.postings_of(answer.url, answer.text(), now, claude=reader)


def boards(asked: Import, client: PoliteClient, now: datetime) -> tuple[FoundBoard, ...]:
    """The boards of the company that the import names. Raises RefusedError where none was found."""
    found = detect.detect(asked.url or "", client, now=now)
    if not found.found:
        tried = "; ".join(found.tried[:_TRIED_SHOWN])
        cut = ", but the answers took too long for all to be asked" if found.cut_short else ""
        raise RefusedError(f"No board of this company was found{cut}" + (f" ({tried})." if tried else "."))
    return tuple(_board(one) for one in found.found)


def known_boards(url: str) -> tuple[FoundBoard, ...]:
    """The board that an address itself names, without asking anybody."""
    return tuple(_board(one) for one in detect.known(url).found if one.how is detect.How.ADDRESS)


def _board(one: detect.Found) -> FoundBoard:
    return FoundBoard(
        source_id=one.source_id,
        system=systems()[one.system].name,
        company=one.company,
        how=one.how.value,
        evidence=one.evidence,
    )


def _with_scheme(address: str) -> str:
    bare = address.strip()
    return bare if "://" in bare else f"https://{bare}"
