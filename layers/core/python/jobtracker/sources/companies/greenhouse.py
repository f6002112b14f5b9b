"""Company boards on Greenhouse. https://developers.greenhouse.io/job-board.html"""

import re
from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, WorkMode
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_list

LISTING = CompanyListing(
    id="greenhouse",
    name="Greenhouse",
    homepage="https://boards.greenhouse.io/{token}",
    host="boards-api.greenhouse.io",
    conditions="The public job board API, made for others to show a company's postings; asks for no credit.",
    addresses=(
        (
            r"(?:boards|job-boards)\.greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?"
            r"(?:[^\s\"'<>]{0,300}&)?for=(?P<token>[\w-]+)"
        ),
        r"(?:boards|job-boards)\.greenhouse\.io/(?!embed\b)(?P<token>[\w-]+)",
        r"boards-api\.greenhouse\.io/v1/boards/(?P<token>[\w-]+)",
    ),
    # A documented public API: robots.txt is for the pages of people.
    politeness=Politeness(robots=False),
)
_MODE_FIELD = re.compile(r"work(?:place|ing)?[ _-]?(?:type|model?|arrangement|style|setting|location)?|remote|on-?site")
_TYPE_FIELD = re.compile(r"employment|contract|commitment|job[ _-]type|time[ _-]type")
_PAY_FIELD = re.compile(r"salary|\bpay\b|compensation")


@dataclass(frozen=True, slots=True)
class Greenhouse(CompanyBoard):
    """One company's board on Greenhouse, in the United States or in Europe."""

    def fetch(self, visit: Visit) -> Page:
        """All of the board's jobs with their content."""
        response = visit.get(self.url("/v1/boards/{token}/jobs?content=true"))
        if response.body is None:
            return Page(unchanged=True)
        jobs = read_list(response.body, "jobs")
        return Page(each(jobs, self._draft), validators=response.validators)

    def _draft(self, record: dict[str, Any]) -> Draft:
        metadata = _metadata(record)
        return Draft(
            source_posting_id=identifier(record["id"]),
            url=fields.text(record.get("absolute_url")),
            title=fields.text(record.get("title")),
            company=self.named(record.get("company_name")),
            place=_place(record),
            html=record.get("content") or "",
            escaped=True,
            pay=_stated_pay(metadata),
            pay_text=_pay_text(record.get("pay_input_ranges")),
            mode=_first_mode(metadata),
            employment_type=_first_text(metadata, _TYPE_FIELD),
            tags=fields.texts(*(one.get("name") for one in record.get("departments") or ())),
            requisition_id=record.get("requisition_id") or None,
            # updated_at moves whenever anybody saves the record.
            posted_at=normalise.read_date(record.get("first_published")),
            expires_at=normalise.read_date(record.get("application_deadline")),
        )


def _place(record: dict[str, Any]) -> str:
    """The location; "Hybrid" or "Multiple locations" names no place, but the offices do."""
    location = (record.get("location") or {}).get("name") or ""
    if normalise.read_places(location):
        return str(location)
    offices = [office.get("location") or office.get("name") for office in record.get("offices") or ()]
    return fields.places(location, *offices)


def _metadata(record: dict[str, Any]) -> list[tuple[str, Any]]:
    """The fields of the company's own making, by their names in lower case."""
    own = record.get("metadata")
    pairs = [one for one in own if isinstance(one, dict)] if isinstance(own, list) else []
    return [(fields.text(one.get("name")).lower(), one.get("value")) for one in pairs]


def _first_mode(metadata: list[tuple[str, Any]]) -> WorkMode | None:
    modes = (fields.mode(value) for name, value in metadata if _MODE_FIELD.search(name))
    return next(filter(None, modes), None)


def _first_text(metadata: list[tuple[str, Any]], wanted: re.Pattern[str]) -> str:
    return next((value for name, value in metadata if wanted.search(name) and isinstance(value, str)), "")


def _stated_pay(metadata: list[tuple[str, Any]]) -> Pay | None:
    """A range of pay that the company keeps in a field of its own; it is by the year unless its name says otherwise."""
    for name, value in metadata:
        if _PAY_FIELD.search(name) and isinstance(value, dict):
            per = name if fields.period(name) else "year"
            return fields.pay(value.get("min_value"), value.get("max_value"), value.get("unit"), per)
    return None


def _pay_text(ranges: Any) -> str:
    """The range over all of a posting's ranges in one currency, as text: only their titles name the period, if any."""
    known = [one for one in ranges if isinstance(one, dict)] if isinstance(ranges, list) else []
    currency = next((fields.text(one.get("currency_type")) for one in known), "")
    same = [one for one in known if one.get("currency_type") == currency]
    cents = [
        one[end]
        for one in same
        for end in ("min_cents", "max_cents")
        if isinstance(one.get(end), int) and 0 < one[end] < 10**11
    ]
    if not cents:
        return ""
    per = fields.period(" ".join(fields.text(one.get("title")) for one in same))
    return f"{currency} {min(cents) / 100:.2f} - {max(cents) / 100:.2f}" + (f" per {per}" if per else "")


def board(token: str, company: str | None) -> Greenhouse:
    """The board that ``token`` names."""
    return Greenhouse(LISTING, token, company)
