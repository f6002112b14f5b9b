"""Company boards on Ashby. https://developers.ashbyhq.com/docs/public-job-posting-api"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, WorkMode
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_list

LISTING = CompanyListing(
    id="ashby",
    name="Ashby",
    homepage="https://jobs.ashbyhq.com/{token}",
    host="api.ashbyhq.com",
    conditions="The public job posting API, made for others to show a company's postings; asks for no credit.",
    addresses=(
        r"jobs\.ashbyhq\.com/(?P<token>(?:[\w.-]|%20|\+)*\w)",
        r"api\.ashbyhq\.com/posting-api/job-board/(?P<token>(?:[\w.-]|%20|\+)*\w)",
    ),
    tokens=r"[A-Za-z0-9][\w.+-]{0,79}",
    # A documented public API: robots.txt is for the pages of people. It takes some ten seconds to answer.
    politeness=Politeness(robots=False, silence_s=30),
)


@dataclass(frozen=True, slots=True)
class Ashby(CompanyBoard):
    """One company's board on Ashby."""

    def fetch(self, visit: Visit) -> Page:
        """All of the board's jobs but those that only who has their link may see."""
        response = visit.get(self.url("/posting-api/job-board/{token}?includeCompensation=true"))
        if response.body is None:
            return Page(unchanged=True)
        jobs = [
            job
            for job in read_list(response.body, "jobs")
            if not (isinstance(job, dict) and job.get("isListed") is False)
        ]
        return Page(each(jobs, self._draft), validators=response.validators)

    def _draft(self, record: dict[str, Any]) -> Draft:
        compensation = record.get("compensation") or {}
        return Draft(
            source_posting_id=identifier(record["id"]),
            url=fields.text(record.get("jobUrl")),
            apply_url=record.get("applyUrl"),
            title=fields.text(record.get("title")),
            company=self.named(),
            place=fields.places(_place(record), *map(_place, record.get("secondaryLocations") or ())),
            html=record.get("descriptionHtml") or record.get("descriptionPlain") or "",
            pay=_pay(compensation),
            pay_text=fields.text(compensation.get("compensationTierSummary")),
            mode=_mode(record),
            employment_type=fields.text(record.get("employmentType")),
            tags=fields.texts(record.get("department"), record.get("team")),
            posted_at=normalise.read_date(record.get("publishedAt")),
        )


def _place(record: dict[str, Any]) -> str:
    """One location: its address where that names a city, else its name, which may be "Remote" or "Headquarters"."""
    address = (record.get("address") or {}).get("postalAddress") or {}
    city, country = address.get("addressLocality"), address.get("addressCountry")
    return fields.place(city or record.get("location"), address.get("addressRegion") if city else None, country)


def _mode(record: dict[str, Any]) -> WorkMode | None:
    """``isRemote`` is set on hybrid jobs too: it counts only where the kind of workplace is not stated."""
    stated = fields.mode(record.get("workplaceType"))
    return stated or (WorkMode.REMOTE if record.get("isRemote") is True else None)


def _pay(compensation: dict[str, Any]) -> Pay | None:
    """The salary over all of the posting's places; equity, bonus and commission are none."""
    components = [
        fields.pay(one.get("minValue"), one.get("maxValue"), one.get("currencyCode"), one.get("interval"))
        for one in compensation.get("summaryComponents") or ()
        if one.get("compensationType") == "Salary"
    ]
    known = [one for one in components if one is not None]
    if not known or len({(one.currency, one.period) for one in known}) > 1:
        return None
    lows = [one.minimum for one in known if one.minimum is not None]
    highs = [one.maximum for one in known if one.maximum is not None]
    return known[0].model_copy(update={"minimum": min(lows, default=None), "maximum": max(highs, default=None)})


def board(token: str, company: str | None) -> Ashby:
    """The board that ``token`` names."""
    return Ashby(LISTING, token, company)
