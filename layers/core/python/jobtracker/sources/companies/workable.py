"""Company boards on Workable, as its widget for companies' own pages reads them."""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, list_in, read_json

LISTING = CompanyListing(
    id="workable",
    name="Workable",
    homepage="https://apply.workable.com/{token}/",
    host="apply.workable.com",
    conditions="The answer by which Workable's widget shows a company's postings on other sites. Its host turns away "
    "whoever asks much at once.",
    addresses=(
        r"apply\.workable\.com/api/v\d/(?:widget/)?accounts/(?P<token>[\w-]+)",
        r"apply\.workable\.com/(?!(?:api|j|assets|static)\b)(?P<token>[\w-]+)",
        r"workable\.com/api/accounts/(?P<token>[\w-]+)",
        r"(?<![\w.-])(?!(?:www|apply|help|jobs|resources|blog|status|developer|id)\.)(?P<token>[\w-]{1,63})\.workable\.com",
    ),
    politeness=Politeness(between_s=3),
)


@dataclass(frozen=True, slots=True)
class Workable(CompanyBoard):
    """One company's board on Workable."""

    def fetch(self, visit: Visit) -> Page:
        """All of the board's jobs with their descriptions."""
        response = visit.get(self.url("/api/v1/widget/accounts/{token}?details=true"))
        if response.body is None:
            return Page(unchanged=True)
        answer = read_json(response.body)
        jobs = list_in(answer, "jobs")
        company = self.named(answer.get("name"))
        return Page(each(jobs, lambda record: _draft(record, company)), validators=response.validators)


def _draft(record: dict[str, Any], company: str) -> Draft:
    # Which of the two is the posting and which its form differs from company to company.
    page, form = sorted((fields.text(record.get("url")), fields.text(record.get("application_url"))), key=_form)
    return Draft(
        source_posting_id=identifier(record["shortcode"]),
        url=fields.text(record.get("shortlink")) or page or form,
        apply_url=form or None,
        title=fields.text(record.get("title")),
        company=company,
        place=_place(record),
        html=record.get("description") or "",
        mode=_mode(record),
        employment_type=fields.text(record.get("employment_type")),
        seniority=fields.text(record.get("experience")),
        tags=fields.texts(record.get("department"), record.get("function"), record.get("industry")),
        requisition_id=fields.text(record.get("code")) or None,
        posted_at=normalise.read_date(record.get("published_on") or record.get("created_at")),
    )


def _form(address: str) -> bool:
    return not address or address.rstrip("/").endswith("/apply")


def _place(record: dict[str, Any]) -> str:
    """The posting's places; those that it hides are left out."""
    several = [one for one in record.get("locations") or () if isinstance(one, dict) and one.get("hidden") is not True]
    listed = [fields.place(one.get("city"), one.get("region"), one.get("country")) for one in several]
    return fields.places(*listed) or fields.place(record.get("city"), record.get("state"), record.get("country"))


def _mode(record: dict[str, Any]) -> WorkMode | None:
    """``telecommuting`` is set on hybrid jobs too: it counts only where the kind of workplace is not stated."""
    stated = fields.mode(record.get("workplace_type"))
    return stated or (WorkMode.REMOTE if record.get("telecommuting") is True else None)


def board(token: str, company: str | None) -> Workable:
    """The board that ``token`` names."""
    return Workable(LISTING, token, company)
