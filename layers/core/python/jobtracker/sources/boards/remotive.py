"""Remotive: one JSON answer with its latest postings. https://remotive.com/remote-jobs/api"""

from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.json_board import JsonBoard
from jobtracker.sources.model import Listing, Politeness, SourceKind
from jobtracker.sources.source import Draft, identifier

LISTING = Listing(
    id="remotive",
    kind=SourceKind.BOARD,
    name="Remotive",
    homepage="https://remotive.com",
    host="remotive.com",
    attribution="Source: Remotive",
    conditions="At most four requests a day. Link back to the posting on Remotive and name it as the source; its "
    "postings may not be handed on to other job boards (Google Jobs, LinkedIn Jobs and the like).",
    every_hours=6,
    # A documented API, made for programs.
    politeness=Politeness(per_day=4, robots=False),
    on=True,
)


def draft(record: dict[str, Any]) -> Draft:
    """One job; its date names no zone and is taken as UTC."""
    return Draft(
        source_posting_id=identifier(record["id"]),
        url=record["url"],
        title=record["title"],
        company=record.get("company_name"),
        place=record.get("candidate_required_location") or "",
        html=record.get("description") or "",
        pay_text=record.get("salary") or "",
        employment_type=record.get("job_type") or "",
        mode=WorkMode.REMOTE,
        tags=tuple(str(tag).strip() for tag in record.get("tags") or ()),
        posted_at=normalise.read_date(record.get("publication_date")),
    )


SOURCE = JsonBoard(LISTING, "https://remotive.com/api/remote-jobs", draft, path=("jobs",))
