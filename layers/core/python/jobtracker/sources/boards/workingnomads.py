"""Working Nomads: one JSON answer with its latest postings. https://www.workingnomads.com/jobs"""

from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.json_board import JsonBoard
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.source import Draft, identifier

LISTING = Listing(
    id="workingnomads",
    kind=SourceKind.BOARD,
    name="Working Nomads",
    homepage="https://www.workingnomads.com",
    host="www.workingnomads.com",
    attribution="Source: Working Nomads",
    conditions="Link back to the posting on Working Nomads.",
    on=True,
)


def draft(record: dict[str, Any]) -> Draft:
    """One job; its records have no id but their address."""
    return Draft(
        source_posting_id=identifier(record["url"]),
        url=record["url"],
        title=record["title"],
        company=record.get("company_name"),
        place=record.get("location") or "",
        html=record.get("description") or "",
        mode=WorkMode.REMOTE,
        tags=tuple(filter(None, (tag.strip() for tag in (record.get("tags") or "").split(",")))),
        posted_at=normalise.read_date(record.get("pub_date")),
    )


SOURCE = JsonBoard(LISTING, "https://www.workingnomads.com/api/exposed_jobs/", draft)
