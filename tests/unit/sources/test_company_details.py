"""The systems that give a posting's text apart: who is asked for what, and what a collection makes of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobtracker.postings.model import ClosedReason, Posting, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.collect import Around, collect
from jobtracker.sources.companies import smartrecruiters, workday
from jobtracker.sources.model import Collection, SourceError, SourceState, SourceStatus
from jobtracker.sources.source import Closed, Draft, Page, Record, Rejection, Seen, Visit
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard, Request
from tests.fakes.polite import FakeTime, polite_client
from tests.fakes.shelves import MemoryMemory, MemoryShelf

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
NO_LINK = "no link"
VETRO = smartrecruiters.board("VetroGroup", None)
SOBREIRO = workday.board("sobreiro.wd3~Careers", None)
Fetch = Callable[..., Page]


@pytest.fixture
def fetch(board: JobBoard) -> Iterator[Fetch]:
    """One page of a system's board, as the board on this machine answers."""
    client = polite_client(board)

    def once(system: str, **visit: Any) -> Page:
        source = replace(VETRO if system == "smartrecruiters" else SOBREIRO, base=board.url)
        return source.fetch(Visit(client, NOW, **visit))

    yield once
    client.close()


def _read(records: list[Record]) -> tuple[list[Posting], list[str]]:
    """The postings of the drafts, and why the other records are none."""
    read = [normalising.read(VETRO.listing, record, NOW) for record in records if isinstance(record, Draft)]
    reasons = [one.reason for one in (*records, *read) if isinstance(one, Rejection)]
    return [one for one in read if isinstance(one, Posting)], reasons


def _places(posting: Posting) -> list[tuple[str | None, str | None]]:
    return [(place.city, place.country) for place in posting.places]


def test_smartrecruiters_details_are_asked_for_unknown_postings_only(board: JobBoard, fetch: Fetch) -> None:
    list_path = "/v1/companies/VetroGroup/postings"
    board.answer(list_path, Answer(recorded("smartrecruiters.json")))
    board.answer(f"{list_path}/744000000000101", Answer(recorded("smartrecruiters_posting.json")))
    page = fetch("smartrecruiters", known=lambda posting: posting == "744000000000102")
    records = list(page.records)
    assert records[1:] == [Seen("744000000000102")]
    assert len(board.requests) == 2
    (technologist,), refused = _read(records)
    assert refused == []
    assert technologist.url == "https://jobs.smartrecruiters.com/VetroGroup/744000000000101-glass-technologist"
    assert technologist.apply_url == f"{technologist.url}?oga=true"
    assert _places(technologist) == [("Parma", "IT")]
    assert (technologist.work_mode, technologist.company) == (WorkMode.HYBRID, "Vetro Group")
    assert technologist.requisition_id == "REF101K"
    words = ("since 1702", "Job Description", "MATLAB", "materials science")
    assert [word for word in words if word not in technologist.description_text] == []


def test_smartrecruiters_pages_go_by_what_came_and_not_by_what_was_asked_for(board: JobBoard, fetch: Fetch) -> None:
    path = "/v1/companies/VetroGroup/postings"
    board.answer(path, Answer(recorded("smartrecruiters.json")))
    first = fetch("smartrecruiters")
    assert (first.next, first.partial) == ("2", False)
    board.answer(path, Answer(b'{"offset": 2, "limit": 100, "totalFound": 3, "content": [{"id": "3"}]}'))
    last = fetch("smartrecruiters", cursor="2")
    assert (last.next, last.partial) == (None, False)


def _workday(board: JobBoard, answers: Callable[[dict[str, Any]], bytes]) -> list[dict[str, Any]]:
    """Let the board answer searches by what they ask for; gives what they ask for."""
    asked: list[dict[str, Any]] = []

    def reply(request: Request) -> Answer:
        asked.append(json.loads(request.body))
        return Answer(answers(asked[-1]))

    board.answer("/wday/cxs/sobreiro/Careers/jobs", reply)
    return asked


def test_workday_s_texts_are_asked_for_unknown_postings_only(board: JobBoard, fetch: Fetch) -> None:
    asked = _workday(board, lambda _: recorded("workday.json"))
    board.answer("/wday/cxs/sobreiro/Careers/job/Porto/Cork-Buyer_JR_00417", Answer(recorded("workday_posting.json")))
    records = list(fetch("workday", known=lambda posting: posting == "JR_00418-1").records)
    assert asked == [{"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": ""}]
    assert records[1:] == [Seen("JR_00418-1"), Rejection(NO_LINK), Rejection(NO_LINK)]
    (buyer,), _ = _read(records)
    assert buyer.url == "https://sobreiro.wd3.myworkdayjobs.com/Careers/job/Porto/Cork-Buyer_JR_00417"
    assert (buyer.source_posting_id, buyer.requisition_id) == ("JR_00417", "JR_00417")
    assert _places(buyer) == [("Porto", "PT"), ("Lisbon", "PT")]
    assert (buyer.work_mode, buyer.employment_type) == (WorkMode.HYBRID, "full-time")
    assert buyer.posted_at == datetime(2026, 3, 2, tzinfo=UTC)


def test_workday_tells_how_many_there_are_on_its_first_page_only(board: JobBoard, fetch: Fetch) -> None:
    def page(asked: dict[str, Any]) -> bytes:
        start = asked["offset"]
        jobs = [{"externalPath": f"/job/X/Y_R{start + number}"} for number in range(min(20, 45 - start))]
        return json.dumps({"total": 0 if start else 45, "jobPostings": jobs}).encode()

    asked = _workday(board, page)
    cursor, seen = None, 0
    while True:
        found = fetch("workday", cursor=cursor, known=lambda _: True)
        seen += len(list(found.records))
        assert not found.partial
        if found.next is None:
            break
        cursor = found.next
    assert (seen, [one["offset"] for one in asked]) == (45, [0, 20, 40])


def test_a_workday_board_that_shows_no_more_than_two_thousand_is_not_whole(board: JobBoard, fetch: Fetch) -> None:
    _workday(board, lambda _: b'{"total": 2000, "jobPostings": [{"externalPath": "/job/X/Y_R1"}]}')
    assert fetch("workday").partial


@pytest.mark.parametrize(
    ("words", "days"), [("Posted Today", 0), ("Posted Yesterday", 1), ("Posted 3 Days Ago", 3), ("Posted 1 Day Ago", 1)]
)
def test_workday_s_days_count_from_the_day_of_the_collection(words: str, days: int) -> None:
    posted = workday._posted(words, NOW)
    assert posted == datetime(2026, 3, 6, tzinfo=UTC) - timedelta(days=days)


@pytest.mark.parametrize("words", ["Posted 30+ Days Ago", "", None, 7, "Gepostet vor 3 Tagen"])
def test_workday_s_thirty_days_and_more_name_no_day(words: Any) -> None:
    assert workday._posted(words, NOW) is None


@pytest.mark.parametrize(
    ("status", "record"),
    [(500, Seen("R1")), (404, Closed("R1", ClosedReason.GONE)), (410, Closed("R1", ClosedReason.GONE))],
)
def test_a_posting_whose_details_do_not_come_is_listed_unless_they_are_gone(
    board: JobBoard, fetch: Fetch, status: int, record: Record
) -> None:
    _workday(board, lambda _: b'{"total": 1, "jobPostings": [{"title": "X", "externalPath": "/job/X/Y_R1"}]}')
    board.answer("/wday/cxs/sobreiro/Careers/job/X/Y_R1", Answer(status=status))
    assert list(fetch("workday").records) == [record]


@pytest.mark.parametrize("status", [403, 429])
def test_details_that_are_refused_end_the_collection(board: JobBoard, fetch: Fetch, status: int) -> None:
    path = "/v1/companies/VetroGroup/postings"
    board.answer(path, Answer(recorded("smartrecruiters.json")))
    board.answer(f"{path}/744000000000101", Answer(status=status, headers={"Retry-After": "900"}))
    with pytest.raises(SourceError) as caught:
        list(fetch("smartrecruiters").records)
    assert caught.value.status is SourceStatus.BLOCKED


@pytest.mark.parametrize(
    ("system", "path", "answer", "cursor"),
    [
        (
            "smartrecruiters",
            "/v1/companies/VetroGroup/postings",
            b'{"offset": 2, "totalFound": 3, "content": []}',
            "2",
        ),
        ("smartrecruiters", "/v1/companies/VetroGroup/postings", b'{"content": []}', None),
        ("workday", "/wday/cxs/sobreiro/Careers/jobs", b'{"total": 0, "jobPostings": []}', "20/45"),
    ],
)
def test_a_list_that_ends_before_its_time_is_not_whole(
    board: JobBoard, fetch: Fetch, system: str, path: str, answer: bytes, cursor: str | None
) -> None:
    board.answer(path, Answer(answer))
    page = fetch(system, cursor=cursor)
    assert (page.next, page.partial) == (None, True)


def test_a_second_collection_asks_for_no_text_again_writes_nothing_and_closes_what_is_gone(board: JobBoard) -> None:
    count = 25

    def page(asked: dict[str, Any]) -> bytes:
        start = asked["offset"]
        numbers = range(start, min(start + 20, count))
        jobs = [{"title": f"Cooper {number}", "externalPath": f"/job/Porto/Cooper_R{number}"} for number in numbers]
        return json.dumps({"total": 0 if start else count, "jobPostings": jobs}).encode()

    _workday(board, page)
    for number in range(count):
        board.answer(f"/wday/cxs/sobreiro/Careers/job/Porto/Cooper_R{number}", Answer(recorded("workday_posting.json")))
    time, shelf, memory = FakeTime(NOW), MemoryShelf(), MemoryMemory()
    client = polite_client(board, time=time)
    source = replace(SOBREIRO, base=board.url)

    def run(state: SourceState) -> tuple[Collection, SourceState]:
        time.now += timedelta(days=1)
        outcome = collect(source, state, Around(client, shelf, memory, clock=time.clock))
        assert outcome.ledger is not None
        return outcome.ledger, outcome.state

    first, state = run(SourceState(source_id=source.listing.id))
    assert (first.status, first.counts.new, len(board.requests)) == (SourceStatus.OK, 25, 2 + 25)
    second, state = run(state)
    assert (second.status, second.counts.unchanged, len(board.requests)) == (SourceStatus.OK, 25, 2 + 25 + 2)
    assert shelf.puts == 25
    count = 24
    third, _ = run(state)
    assert (third.counts.seen, third.counts.gone) == (24, 1)
    assert shelf.closed() == {"R24": ClosedReason.NOT_LISTED}
    client.close()
