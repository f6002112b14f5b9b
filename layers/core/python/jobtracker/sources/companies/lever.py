"""Company boards on Lever. https://github.com/lever/postings-api"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept, read_list

_PAGE = 100

LISTING = CompanyListing(
    id="lever",
    name="Lever",
    homepage="https://jobs.lever.co/{token}",
    host="api.lever.co",
    conditions="The public postings API. Lever says that what is published by it may be read by third parties.",
    addresses=(
        r"jobs\.lever\.co/(?P<token>[\w.-]*\w)",
        r"api\.lever\.co/v0/postings/(?P<token>[\w.-]*\w)",
    ),
    tokens=r"[A-Za-z0-9][\w.-]{0,79}",
    # A documented public API: robots.txt is for the pages of people.
    politeness=Politeness(robots=False),
)


@dataclass(frozen=True, slots=True)
class Lever(CompanyBoard):
    """One company's board on Lever, in the United States or in Europe."""

    def fetch(self, visit: Visit) -> Page:
        """A hundred of the board's postings; the cursor says how many came before."""
        skip = int(visit.cursor or 0)
        path = f"/v0/postings/{{token}}?mode=json&skip={skip}&limit={_PAGE}"
        response = visit.get(self.url(path))
        if response.body is None:
            return Page(unchanged=True)
        records = read_list(response.body)
        more = str(skip + _PAGE) if len(records) == _PAGE else None
        return Page(each(records, self._draft), more, kept(response, only=not skip and more is None))

    def _draft(self, record: dict[str, Any]) -> Draft:
        categories = record.get("categories") or {}
        salary = record.get("salaryRange") or {}
        return Draft(
            source_posting_id=identifier(record["id"]),
            url=fields.text(record.get("hostedUrl")),
            apply_url=record.get("applyUrl"),
            title=fields.text(record.get("text")),
            company=self.named(),
            place=_place(record, categories),
            html=_text(record),
            pay=fields.pay(salary.get("min"), salary.get("max"), salary.get("currency"), salary.get("interval")),
            pay_text=fields.text(record.get("salaryDescriptionPlain")),
            mode=fields.mode(record.get("workplaceType")),
            employment_type=fields.text(categories.get("commitment")),
            tags=fields.texts(categories.get("department"), categories.get("team")),
            posted_at=normalise.read_date(record.get("createdAt")),
        )


def _place(record: dict[str, Any], categories: dict[str, Any]) -> str:
    """All locations. The country is that of the first, which often goes without."""
    first, country = fields.text(categories.get("location")), fields.text(record.get("country"))
    others = [one for one in categories.get("allLocations") or () if one != first]
    return fields.places(first if not country or "," in first else fields.place(first, country), *others)


def _text(record: dict[str, Any]) -> str:
    """The whole advertisement: its beginning, its lists and its end are fields apart."""
    lists = [
        (one.get("text"), f"<ul>{fields.text(one.get('content'))}</ul>")
        for one in record.get("lists") or ()
        if isinstance(one, dict)
    ]
    return fields.sections(
        ("", record.get("description") or record.get("descriptionPlain")),
        *lists,
        ("", record.get("salaryDescription")),
        ("", record.get("additional") or record.get("additionalPlain")),
    )


def board(token: str, company: str | None) -> Lever:
    """The board that ``token`` names."""
    return Lever(LISTING, token, company)
