"""Any page that a person brings: its postings by schema.org data, by known layouts, and by a language model at last."""

from datetime import datetime
from typing import Final

import lxml.etree
import lxml.html
from selectolax.lexbor import LexborHTMLParser

from jobtracker.sources.imports import assisted, closed, identity, layouts, links, structured
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import LARGEST_CONTENT, How, RefusedError
from jobtracker.sources.source import Rejection

_NOT_SHOWN: Final = ["script", "style", "noscript", "template", "svg", "head"]
_NOT_MAIN: Final = ["nav", "aside", "footer", "select", "[aria-hidden=true]"]


def postings_of(url: str | None, html: str, now: datetime, *, claude: assisted.ReadsDocuments | None = None) -> Brought:
    """The postings of a page.

    Args:
        url: its address; where it is not given, the page may name its own.
        html: its HTML. It is read and never run, and what becomes of it is sanitised with every other posting.
        now: the time, in UTC.
        claude: who reads what nothing else can; None where no key is set.

    Raises:
        RefusedError: there is no posting to be had; the reason says why.
    """
    if len(html) > LARGEST_CONTENT:
        raise RefusedError("The page is larger than any posting.")
    tree = _tree(html)
    address = url or _own_address(tree)
    if address is None or not links.is_web_address(address):
        raise RefusedError("The page does not say its own address. Give it along with the HTML.")
    text = main_text(html)
    structured_records = structured.records(tree, address, now)
    ways = [(How.STRUCTURED, structured_records), (How.LAYOUT, layouts.records(html, address))]
    over = [one.reason for _, records in ways for one in records if isinstance(one, Rejection) and _is_over(one)]
    for how, records in ways:
        drafts = identity.distinct(records)
        # On a page of several the words may be said of another one.
        if len(drafts) == 1 and closed.says_so(text):
            over.append(structured.CLOSED)
        elif drafts:
            return Brought(drafts, how, identity.reasons(records))
    if over or closed.says_so(text):
        reason = over[0] if over else structured.CLOSED
        raise RefusedError(f"The posting is closed: {reason}.")
    if claude is None:
        raise RefusedError("No posting was recognised on this page.")
    draft = assisted.read(claude, address, text)
    return Brought((identity.of(draft),), How.LANGUAGE_MODEL)


def main_text(html: str) -> str:
    """What a person sees of the page, a line for each piece of text; menus and the like are left out."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(_NOT_SHOWN)
    for selector in _NOT_MAIN:
        for node in tree.css(selector):
            node.decompose()
    body = tree.body
    return "" if body is None else body.text(separator="\n", strip=True)


def _tree(html: str) -> lxml.html.HtmlElement:
    # As bytes: text that declares an encoding is refused.
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise RefusedError("There is nothing to read on this page.") from error


def _own_address(tree: lxml.html.HtmlElement) -> str | None:
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(one) for one in stated if links.is_web_address(str(one))), None)


def _is_over(rejection: Rejection) -> bool:
    return structured.CLOSED in rejection.reason
