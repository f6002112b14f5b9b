"""Company boards on Workday, as its careers pages read them: a search in pages of twenty, the text apart."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jobtracker.postings import normalise
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.model import CompanyListing, Politeness, SourceError
from jobtracker.sources.source import (
    Draft,
    Page,
    Record,
    RecordError,
    Seen,
    Visit,
    each,
    list_in,
    read_json,
    without_details,
)

# The host refuses to give more at once, and shows no more than so many in all.
_PAGE, _MOST = 20, 2_000
_JOBS = "/wday/cxs/{tenant}/{site}"

LISTING = CompanyListing(
    id="workday",
    name="Workday",
    homepage="https://{tenant}.{pod}.myworkdayjobs.com/{site}",
    host="{tenant}.{pod}.myworkdayjobs.com",
    conditions="The answers by which Workday's careers pages show themselves: open, but no documented interface. "
    "robots.txt is obeyed.",
    addresses=(
        r"(?<![\w-])(?P<tenant>[\w-]{1,63})\.(?P<pod>wd\d{1,3})\.myworkdayjobs\.com/wday/cxs/[\w-]+/(?P<site>[\w-]+)",
        (
            r"(?<![\w-])(?P<tenant>[\w-]{1,63})\.(?P<pod>wd\d{1,3})\.myworkdayjobs\.com/(?:[a-z]{2}-[A-Z]{2}/)?"
            r"(?!wday\b|[a-z]{2}-[A-Z]{2}\b)(?P<site>[\w-]+)"
        ),
    ),
    tokens=r"(?P<tenant>[A-Za-z0-9][\w-]{0,62})\.(?P<pod>wd\d{1,3})~(?P<site>\w[\w-]{0,79})",
    joined="{tenant}.{pod}~{site}",
    politeness=Politeness(between_s=0.5),
)
_PATH = re.compile(r"/job/(?:[^\s/?#\\]+/)*([^\s/?#\\]+)")
_DAYS_AGO = re.compile(r"(\d{1,2}) days? ago", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Workday(CompanyBoard):
    """One company's board on Workday."""

    def fetch(self, visit: Visit) -> Page:
        """Twenty of the board's postings, with the text of those that are new.

        The cursor says how many came before and how many there are: only the first page tells.
        """
        offset, total = map(int, (visit.cursor or "0/0").split("/"))
        search = {"appliedFacets": {}, "limit": _PAGE, "offset": offset, "searchText": ""}
        answer = read_json(visit.client.post_json(self.url(f"{_JOBS}/jobs"), search).body or b"")
        postings = list_in(answer, "jobPostings")
        stated = answer.get("total")
        if not offset and isinstance(stated, int):
            total = stated
        reached = offset + len(postings)
        more = f"{reached}/{total}" if postings and reached < total else None
        records = each(postings, lambda record: self._read(record, visit))
        # A page that is empty before its time says that there is more than is shown, as the limit does.
        return Page(records, next=more, partial=total >= _MOST or (more is None and reached < total))

    def _read(self, record: dict[str, Any], visit: Visit) -> Record:
        path = fields.text(record.get("externalPath"))
        found = _PATH.fullmatch(path)
        if found is None or "/../" in f"{path}/":
            raise RecordError("no link")
        # "Logistics-Analyst_R2": the title may change, the requisition stays.
        posting = found[1].partition("_")[2] or found[1]
        if visit.known(posting):
            return Seen(posting)
        try:
            answer = read_json(visit.client.get(self.url(_JOBS) + path).body or b"")
        except SourceError as error:
            return without_details(posting, error)
        return self._draft(posting, path, record, answer["jobPostingInfo"], visit.now)

    def _draft(self, posting: str, path: str, record: dict[str, Any], details: dict[str, Any], now: datetime) -> Draft:
        page = self.system.address(self.system.homepage, self.token) + path
        country = (details.get("country") or {}).get("descriptor")
        first = fields.text(details.get("location")) or fields.text(record.get("locationsText"))
        return Draft(
            source_posting_id=posting,
            url=page,
            apply_url=f"{page}/apply",
            title=fields.text(record.get("title")) or fields.text(details.get("title")),
            company=self.named(),
            place=fields.places(fields.place(first, country), *(details.get("additionalLocations") or ())),
            html=details.get("jobDescription") or "",
            mode=fields.mode(details.get("remoteType") or record.get("remoteType")),
            employment_type=fields.text(details.get("timeType")),
            requisition_id=fields.text(details.get("jobReqId")) or posting,
            posted_at=normalise.read_date(details.get("startDate")) or _posted(record.get("postedOn"), now),
            expires_at=normalise.read_date(details.get("endDate")),
        )


def _posted(words: Any, now: datetime) -> datetime | None:
    """The day that "Posted 3 Days Ago" names; "30+ Days Ago" names none."""
    said, today = fields.text(words).lower(), now.replace(hour=0, minute=0, second=0, microsecond=0)
    if "today" in said:
        return today
    if "yesterday" in said:
        return today - timedelta(days=1)
    ago = _DAYS_AGO.search(said)
    return today - timedelta(days=int(ago[1])) if ago else None


def board(token: str, company: str | None) -> Workday:
    """The board that ``token`` names."""
    return Workday(LISTING, token, company)
