"""Pages of known boards and systems that carry no schema.org data, or hide it from who is signed in: read by their
layout. One of these changes now and then; a page that is laid out anew is not recognised, and never half read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobtracker.postings import normalise
from jobtracker.sources import fields
from jobtracker.sources.boards import linkedin, wellfound
from jobtracker.sources.imports import links, shown
from jobtracker.sources.model import SourceError
from jobtracker.sources.source import Draft, Record

_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a page has what, as CSS selectors; of several that match, the first counts.

    ``host`` is the page's host without what may stand before it; ``company_in_title`` finds the company in the page's
    title, where it stands nowhere else.
    """

    host: str
    title: str
    description: str
    company: str = ""
    place: str = ""
    pay: str = ""
    company_in_title: re.Pattern[str] | None = None


_LAYOUTS: Final = (
    Layout(
        host="linkedin.com",
        title="[class*=job-details-jobs-unified-top-card__job-title], .jobs-unified-top-card__job-title",
        company="[class*=job-details-jobs-unified-top-card__company-name], .jobs-unified-top-card__company-name",
        place="[class*=job-details-jobs-unified-top-card__tertiary-description], .jobs-unified-top-card__bullet",
        description=".jobs-description__content, #job-details",
    ),
    Layout(
        host="indeed.com",
        title="[class*=jobsearch-JobInfoHeader-title]",
        company="[data-testid=inlineHeader-companyName], [data-company-name]",
        place="[data-testid=inlineHeader-companyLocation], [data-testid=job-location]",
        pay="#salaryInfoAndJobType",
        description="#jobDescriptionText",
    ),
    Layout(
        host="jobvite.com",
        title="h2.jv-header",
        place="p.jv-job-detail-meta",
        description="div.jv-job-detail-description",
        company_in_title=re.compile(r"^(.{1,80}?) Careers\b"),
    ),
    Layout(
        host="icims.com",
        title="h1.iCIMS_Header",
        place=".iCIMS_JobsTable .header.left span:not(.field-label)",
        description=".iCIMS_JobContent",
        company_in_title=re.compile(r"\| (.{1,80})$"),
    ),
)
# Avature's pages are tables of a label and a value, with what the company calls its fields.
_AVATURE_TITLE: Final = ".banner__text__title"
_AVATURE_FIELD: Final = ".article__content__view__field"
_AVATURE: Final = {
    "req #": "number",
    "city": "city",
    "state": "region",
    "country/region": "country",
    "country": "country",
    "location": "city",
    "date": "date",
    "working time": "type",
    "employment type": "type",
}


def records(html: str, url: str) -> list[Record]:
    """The postings of a page in a known layout; none where its layout is not known."""
    known = [layout for layout in _LAYOUTS if links.is_of(url, layout.host)]
    if not known and not links.is_of(url, "wellfound.com") and _AVATURE_FIELD[1:] not in html:
        return []
    html = shown.flat(html)
    tree = LexborHTMLParser(html)
    try:
        if links.is_of(url, "wellfound.com"):
            return wellfound.drafts_of(html)
        if links.is_of(url, "linkedin.com") and (found := _linkedin(html, url, tree)):
            return found
    except SourceError:
        # What it says of programs that are turned away is not for a person who sees the page.
        return []
    for layout in known:
        if draft := _read(tree, layout, url):
            return [draft]
    avature = _avature(tree, url)
    return [avature] if avature else []


def _linkedin(html: str, url: str, tree: LexborHTMLParser) -> list[Record]:
    """A page as LinkedIn shows it to who is not signed in: one posting, or the list that a search gives."""
    number = linkedin.posting_id_of(url)
    if number is not None and tree.css_first(".top-card-layout__title") is not None:
        return [linkedin.draft_of(html, number)]
    return linkedin.drafts_of(html) if tree.css_first("[data-entity-urn]") is not None else []


def _read(tree: LexborHTMLParser, layout: Layout, url: str) -> Draft | None:
    title, description = _text(tree, layout.title), tree.css_first(layout.description)
    if not title or description is None:
        return None
    company = _text(tree, layout.company)
    if not company and layout.company_in_title and (found := layout.company_in_title.search(_text(tree, "title"))):
        company = found[1]
    return Draft(
        source_posting_id=links.cleaned(url),
        url=links.cleaned(url),
        title=title,
        company=company or None,
        place="; ".join(_places(tree, layout.place)),
        html=description.html or "",
        pay_text=_text(tree, layout.pay),
    )


def _places(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    """What of a line of facts ("Engineering · Austin, Texas · 2 weeks ago") names a place."""
    node = tree.css_first(selector) if selector else None
    if node is None:
        return
    for separator in node.css(".jv-inline-separator"):
        separator.replace_with("|")
    # A line break within a place is the layout's; a separator is a sign of its own.
    pieces = [_SPACE.sub(" ", piece).strip(" ,") for piece in re.split(r"[·•|]", node.text())]
    known = [piece for piece in pieces if piece and normalise.read_places(piece)]
    yield from known or pieces[:1]


def _avature(tree: LexborHTMLParser, url: str) -> Draft | None:
    title = _text(tree, _AVATURE_TITLE)
    named: dict[str, str] = {}
    texts: list[str] = []
    for field in tree.css(_AVATURE_FIELD):
        value = field.css_first(f"{_AVATURE_FIELD}__value")
        label = field.css_first(f"{_AVATURE_FIELD}__label")
        if value is None or "visibility--hidden" in (field.attributes.get("class") or ""):
            continue
        if label is None:
            texts.append(value.html or "")
        elif (name := _AVATURE.get(_line(label).lower().rstrip(": "))) is not None:
            named.setdefault(name, _line(value))
    if not title or not texts:
        return None
    return Draft(
        source_posting_id=links.cleaned(url),
        url=links.cleaned(url),
        title=title,
        company=None,
        place=fields.place(named.get("city"), named.get("region"), named.get("country")),
        html="\n".join(texts),
        employment_type=named.get("type", ""),
        requisition_id=named.get("number") or None,
        posted_at=normalise.read_date(named.get("date")),
    )


def _text(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector) if selector else None
    return "" if node is None else _line(node)


def _line(node: LexborNode) -> str:
    return _SPACE.sub(" ", node.text()).strip()
