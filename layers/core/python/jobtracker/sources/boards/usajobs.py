"""USAJOBS: the jobs of the United States' federal government. https://developer.usajobs.gov"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, WorkMode
from jobtracker.sources import fields
from jobtracker.sources.model import Listing, Politeness, SourceKind, Terms
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept, list_in, read_json

LISTING = Listing(
    id="usajobs",
    kind=SourceKind.BOARD,
    name="USAJOBS",
    homepage="https://www.usajobs.gov",
    host="data.usajobs.gov",
    attribution="Source: USAJOBS",
    terms=Terms.KEY,
    conditions="A free key of one's own (developer.usajobs.gov); each request names the e-mail address that the key "
    "was given to. The data are the United States government's and free of rights.",
    every_hours=12,
    # A documented API, made for programs.
    politeness=Politeness(robots=False),
    secrets=("email", "api_key"),
)
_PER_PAGE = 500
# Other codes pay for a fee, a piece or a school year, or nothing.
_PERIODS = {"PA": "year", "PM": "month", "PD": "day", "PH": "hour"}


@dataclass(frozen=True, slots=True)
class UsaJobs:
    """What was published in the last ``days``."""

    url: str = "https://data.usajobs.gov/api/Search"
    keyword: str = ""
    days: int = 30
    pages: int = 20
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One page of up to five hundred jobs."""
        number = int(visit.cursor or 1)
        query = {
            **({"Keyword": self.keyword} if self.keyword else {}),
            "ResultsPerPage": _PER_PAGE,
            "Page": number,
            "DatePosted": self.days,
            "Fields": "Full",
        }
        credentials = {"User-Agent": visit.secret("email"), "Authorization-Key": visit.secret("api_key")}
        response = visit.get(f"{self.url}?{urlencode(query)}", secret_headers=credentials)
        if response.body is None:
            return Page(unchanged=True)
        jobs = list_in(read_json(response.body), "SearchResult", "SearchResultItems")
        more = len(jobs) >= _PER_PAGE and number < self.pages
        return Page(each(jobs, draft), next=str(number + 1) if more else None, validators=kept(response, only=not more))


def draft(record: dict[str, Any]) -> Draft:
    """One job."""
    job = record["MatchedObjectDescriptor"]
    details = (job.get("UserArea") or {}).get("Details") or {}
    return Draft(
        source_posting_id=identifier(record.get("MatchedObjectId") or job["PositionID"]),
        # Written with the port, by which the page's own address would differ.
        url=job["PositionURI"].replace(":443/", "/"),
        apply_url=next(iter(job.get("ApplyURI") or ()), None),
        title=job["PositionTitle"],
        company=job.get("OrganizationName") or job.get("DepartmentName"),
        place="; ".join(_place(place) for place in job.get("PositionLocation") or ()),
        html=_text(job, details),
        pay=_pay(job.get("PositionRemuneration") or ()),
        employment_type=", ".join(str(kind.get("Name") or "") for kind in job.get("PositionSchedule") or ()),
        # What may be worked from home at times is not said to be hybrid.
        mode=WorkMode.REMOTE if details.get("RemoteIndicator") is True else None,
        requisition_id=job.get("PositionID"),
        posted_at=normalise.read_date(job.get("PublicationStartDate") or job.get("PositionStartDate")),
        expires_at=normalise.read_date(job.get("ApplicationCloseDate") or job.get("PositionEndDate")),
    )


def _place(place: dict[str, Any]) -> str:
    return fields.place(place.get("CityName") or place.get("LocationName"), place.get("CountryCode"))


def _text(job: dict[str, Any], details: dict[str, Any]) -> str:
    duties = details.get("MajorDuties")
    listed = "".join(f"<li>{duty}</li>" for duty in duties) if isinstance(duties, list) else ""
    return fields.sections(
        ("", details.get("JobSummary")),
        ("Duties", f"<ul>{listed}</ul>" if listed else duties),
        ("Qualifications", job.get("QualificationSummary")),
        ("Requirements", details.get("Requirements")),
    )


def _pay(rates: Any) -> Pay | None:
    stated = (
        fields.pay(
            rate.get("MinimumRange"), rate.get("MaximumRange"), "USD", _PERIODS.get(rate.get("RateIntervalCode"))
        )
        for rate in rates
    )
    return next(filter(None, stated), None)


SOURCE = UsaJobs()
