"""Jobicy: one JSON answer with its latest hundred postings. https://jobicy.com/jobs-rss-feed"""

from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources import fields
from jobtracker.sources.json_board import JsonBoard
from jobtracker.sources.model import Listing, Politeness, SourceKind
from jobtracker.sources.source import Draft, identifier

LISTING = Listing(
    id="jobicy",
    kind=SourceKind.BOARD,
    name="Jobicy",
    homepage="https://jobicy.com",
    host="jobicy.com",
    attribution="Source: Jobicy",
    conditions="Name Jobicy as the source, and let whoever applies go to the posting's Jobicy address. Not more often "
    "than once an hour.",
    # A documented API, made for programs.
    politeness=Politeness(per_hour=1, robots=False),
    on=True,
)


def draft(record: dict[str, Any]) -> Draft:
    """One job. There is no other address to apply at than the board's own."""
    level = record.get("jobLevel") or ""
    return Draft(
        source_posting_id=identifier(record["id"]),
        url=record["url"],
        title=record["jobTitle"],
        company=record.get("companyName"),
        place=record.get("jobGeo") or "",
        html=record.get("jobDescription") or record.get("jobExcerpt") or "",
        pay=fields.pay(
            record.get("salaryMin"),
            record.get("salaryMax"),
            record.get("salaryCurrency"),
            record.get("salaryPeriod") or "year",
        ),
        employment_type=", ".join(_words(record.get("jobType"))),
        seniority="" if level == "Any" else level,
        mode=WorkMode.REMOTE,
        tags=tuple(_words(record.get("jobIndustry"))),
        posted_at=normalise.read_date(record.get("pubDate")),
    )


def _words(value: Any) -> list[str]:
    """A field that is a list in most records and one text in others."""
    return [value] if isinstance(value, str) else [str(word) for word in value or ()]


SOURCE = JsonBoard(LISTING, "https://jobicy.com/api/v2/remote-jobs?count=100", draft, path=("jobs",))
