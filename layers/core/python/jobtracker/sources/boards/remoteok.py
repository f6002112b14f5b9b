"""Remote OK: one JSON answer with about a hundred postings. https://remoteok.com/api"""

from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode
from jobtracker.sources.model import Listing, Politeness, SourceError, SourceKind, SourceStatus
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, read_json, yearly_pay

LISTING = Listing(
    id="remoteok",
    kind=SourceKind.BOARD,
    name="Remote OK",
    homepage="https://remoteok.com",
    host="remoteok.com",
    attribution="Source: Remote OK",
    conditions="Link back to the posting's Remote OK address with a followed link and name Remote OK; no logo.",
    # A documented API, made for programs.
    politeness=Politeness(robots=False),
    on=True,
)


@dataclass(frozen=True, slots=True)
class RemoteOk:
    """The Remote OK board."""

    url: str = "https://remoteok.com/api"
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """The board's one answer; its first element is the legal notice."""
        response = visit.client.get(self.url, validators=visit.validators)
        if response.body is None:
            return Page(unchanged=True)
        records = read_json(response.body)
        if not isinstance(records, list):
            raise SourceError(SourceStatus.FAILING, "the answer is not a list")
        jobs = [record for record in records if not (isinstance(record, dict) and "legal" in record)]
        return Page(each(jobs, draft), validators=response.validators)


def draft(record: dict[str, Any]) -> Draft:
    """One job. Pay of 0 is unknown."""
    return Draft(
        source_posting_id=identifier(record["id"]),
        url=record["url"],
        apply_url=record.get("apply_url"),
        title=record["position"],
        company=record.get("company"),
        place=record.get("location") or "",
        html=record.get("description") or "",
        pay=yearly_pay(record.get("salary_min"), record.get("salary_max")),
        mode=WorkMode.REMOTE,
        tags=tuple(str(tag) for tag in record.get("tags") or ()),
        posted_at=normalise.read_date(record.get("date") or record.get("epoch")),
    )


SOURCE = RemoteOk()
