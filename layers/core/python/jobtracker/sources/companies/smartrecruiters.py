"""Company boards on SmartRecruiters. https://developers.smartrecruiters.com/docs/posting-api"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, SourceError
from jobtracker.sources.source import (
    Draft,
    Page,
    Record,
    Seen,
    Visit,
    each,
    identifier,
    list_in,
    read_json,
    without_details,
)

_PAGE = 100

LISTING = CompanyListing(
    id="smartrecruiters",
    name="SmartRecruiters",
    homepage="https://careers.smartrecruiters.com/{token}",
    host="api.smartrecruiters.com",
    conditions="The public posting API. Its host's robots.txt turns crawlers away, which we obey: as long as it does, "
    "these boards are blocked.",
    addresses=(
        r"api\.smartrecruiters\.com/v1/companies/(?P<token>[\w-]+)",
        r"(?:careers|jobs)\.smartrecruiters\.com/oneclick-ui/company/(?P<token>[\w-]+)",
        r"(?:careers|jobs)\.smartrecruiters\.com/(?!(?:oneclick-ui|my-applications|sr-jobs|assets)\b)(?P<token>[\w-]+)",
    ),
)
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


@dataclass(frozen=True, slots=True)
class SmartRecruiters(CompanyBoard):
    """One company's board on SmartRecruiters."""

    def fetch(self, visit: Visit) -> Page:
        """Some of the postings, with the details of those that are new; the cursor says how many came before."""
        offset = int(visit.cursor or 0)
        response = visit.client.get(self.url(f"/v1/companies/{{token}}/postings?limit={_PAGE}&offset={offset}"))
        answer = read_json(response.body or b"")
        postings = list_in(answer, "content")
        # The host gives fewer than were asked for as it likes: what came is what counts.
        reached, total = offset + len(postings), answer.get("totalFound")
        whole = isinstance(total, int) and reached >= total
        more = str(reached) if postings and not whole else None
        return Page(each(postings, lambda record: self._read(record, visit)), more, partial=not (whole or more))

    def _read(self, record: dict[str, Any], visit: Visit) -> Record:
        posting = identifier(record["id"])
        if visit.known(posting):
            return Seen(posting)
        try:
            response = visit.client.get(self.url("/v1/companies/{token}/postings/") + _step(posting))
            details = read_json(response.body or b"")
        except SourceError as error:
            return without_details(posting, error)
        return self._draft(record, details)

    def _draft(self, record: dict[str, Any], details: dict[str, Any]) -> Draft:
        location = details.get("location") or record.get("location") or {}
        posting, sections = identifier(record["id"]), (details.get("jobAd") or {}).get("sections") or {}
        parts = [sections.get(name) or {} for name in _SECTIONS]
        return Draft(
            source_posting_id=posting,
            url=fields.text(details.get("postingUrl")) or self._page(posting),
            apply_url=details.get("applyUrl"),
            title=fields.text(record.get("name")),
            company=self.named((record.get("company") or {}).get("name")),
            place=_place(location),
            html=fields.sections(*((part.get("title"), part.get("text")) for part in parts)),
            mode=_mode(location),
            employment_type=_label(record, "typeOfEmployment").replace("_", " "),
            seniority=_label(record, "experienceLevel"),
            tags=fields.texts(_label(record, "department"), _label(record, "function")),
            requisition_id=fields.text(record.get("refNumber")) or None,
            posted_at=normalise.read_date(record.get("releasedDate")),
        )

    def _page(self, posting: str) -> str:
        return self.system.address("https://jobs.smartrecruiters.com/{token}/", self.token) + _step(posting)


def _step(posting: str) -> str:
    """The id as a step of an address."""
    if not posting.replace("-", "").isalnum():
        raise ValueError("an id that is none")
    return posting


def _label(record: dict[str, Any], name: str) -> str:
    """A field that is a label, or an id with its label."""
    value = record.get(name)
    return fields.text(value.get("label")) if isinstance(value, dict) else fields.text(value)


def _place(location: dict[str, Any]) -> str:
    country = fields.text(location.get("country"))
    # Countries come as codes in lower case.
    code = country.upper() if len(country) == 2 else country
    return fields.place(location.get("city"), location.get("region"), code) or fields.text(location.get("fullLocation"))


def _mode(location: dict[str, Any]) -> WorkMode | None:
    if location.get("hybrid") is True:
        return WorkMode.HYBRID
    return WorkMode.REMOTE if location.get("remote") is True else None


def board(token: str, company: str | None) -> SmartRecruiters:
    """The board that ``token`` names."""
    return SmartRecruiters(LISTING, token, company)
