"""Company boards on Recruitee. https://docs.recruitee.com/reference/offers"""

from dataclasses import dataclass
from html import escape
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_list

LISTING = CompanyListing(
    id="recruitee",
    name="Recruitee",
    homepage="https://{token}.recruitee.com",
    host="{token}.recruitee.com",
    conditions="The public careers site API, made for others to show a company's postings; asks for no credit.",
    addresses=(
        (
            r"(?<![\w.-])(?!(?:www|app|api|docs|support|help|blog|status|careers-analytics|career-pages|assets)\.)"
            r"(?P<token>[a-z0-9][a-z0-9-]{0,62})\.recruitee\.com"
        ),
    ),
    tokens=r"[a-z0-9][a-z0-9-]{0,62}",
    # A documented public API: robots.txt is for the pages of people.
    politeness=Politeness(robots=False),
)


@dataclass(frozen=True, slots=True)
class Recruitee(CompanyBoard):
    """One company's board on Recruitee."""

    def fetch(self, visit: Visit) -> Page:
        """All of the board's offers but drafts and closed ones."""
        # A company that has a domain of its own for its careers is sent there.
        response = visit.get(self.url("/api/offers/"), follow=True)
        if response.body is None:
            return Page(unchanged=True)
        offers = [
            offer
            for offer in read_list(response.body, "offers")
            if not (isinstance(offer, dict) and offer.get("status", "published") != "published")
        ]
        return Page(each(offers, self._draft), validators=response.validators)

    def _draft(self, record: dict[str, Any]) -> Draft:
        salary = record.get("salary") or {}
        return Draft(
            source_posting_id=identifier(record["id"]),
            url=fields.text(record.get("careers_url")),
            apply_url=record.get("careers_apply_url"),
            title=fields.text(record.get("title")),
            company=self.named(record.get("company_name")),
            place=_place(record),
            html=fields.sections(
                ("", record.get("description")),
                ("Requirements", record.get("requirements")),
                ("Questions", _questions(record)),
            ),
            pay=fields.pay(salary.get("min"), salary.get("max"), salary.get("currency"), salary.get("period")),
            mode=_mode(record),
            employment_type=fields.text(record.get("employment_type_code")).replace("_", " "),
            seniority=fields.text(record.get("experience_code")).replace("_", " "),
            tags=fields.texts(record.get("department"), *(record.get("tags") or ())),
            requisition_id=fields.text(record.get("job_reference")) or None,
            posted_at=normalise.read_date(record.get("published_at")),
            expires_at=normalise.read_date(record.get("close_at")),
        )


def _questions(record: dict[str, Any]) -> str:
    """What applicants are asked: often whether they may work there at all."""
    asked = fields.texts(*(one.get("body") for one in record.get("open_questions") or () if isinstance(one, dict)))
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in asked)}</ul>" if asked else ""


def _place(record: dict[str, Any]) -> str:
    """The places by city and country; one without a city by its name, which may be all that it has."""
    listed = [
        fields.place(one.get("city"), one.get("state"), one.get("country") or one.get("country_code"))
        if fields.text(one.get("city"))
        else fields.text(one.get("country")) or fields.text(one.get("name"))
        for one in record.get("locations") or ()
    ]
    alone = fields.place(record.get("city"), record.get("country") or record.get("country_code"))
    return fields.places(*listed) or alone or fields.text(record.get("location"))


def _mode(record: dict[str, Any]) -> WorkMode | None:
    """What the three marks say; an offer that leaves the choice between home and office is neither."""
    if record.get("hybrid") is True:
        return WorkMode.HYBRID
    remote, on_site = record.get("remote") is True, record.get("on_site") is True
    if remote == on_site:
        return None
    return WorkMode.REMOTE if remote else WorkMode.ONSITE


def board(token: str, company: str | None) -> Recruitee:
    """The board that ``token`` names."""
    return Recruitee(LISTING, token, company)
