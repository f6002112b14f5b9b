"""What one collection writes, closes and says about its source."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobtracker.postings.model import ClosedReason, Posting
from jobtracker.postings.store import Written
from jobtracker.sources.boards.remoteok import LISTING, RemoteOk
from jobtracker.sources.client import Limits
from jobtracker.sources.collect import LONGEST_RUN, UNSEEN, Around, Outcome, collect, turned_off
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.model import (
    BreakerState,
    Collection,
    Listing,
    Politeness,
    PostponedError,
    SourceError,
    SourceState,
    SourceStatus,
    Validators,
)
from jobtracker.sources.source import Draft, Page, Record, RecordError, Rejection, Seen, Source, Visit, each
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import FakeTime, polite_client
from tests.fakes.shelves import MemoryMemory, MemoryShelf

START = datetime(2026, 3, 6, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Bench:
    """One source's collections, one after another, a day apart."""

    def __init__(self, board: JobBoard) -> None:
        self.time = FakeTime(START)
        self.client = polite_client(board, time=self.time, limits=Limits(answer_s=0.8, tries=1))
        self.shelf = MemoryShelf()
        self.memory = MemoryMemory()
        self.state: SourceState | None = None

    def outcome(self, source: Source, *, deadline: datetime | None = None) -> Outcome:
        """Collect ``source`` until it ends or has to wait."""
        state = self.state or SourceState(source_id=source.listing.id)
        around = Around(self.client, self.shelf, self.memory, clock=self.time.clock, deadline=deadline)
        outcome = collect(source, state, around)
        self.state = outcome.state
        return outcome

    def run(self, source: Source, *, after: timedelta = DAY) -> tuple[Collection, SourceState]:
        """Collect ``source`` to its end, and let time pass."""
        outcome = self.outcome(source)
        assert outcome.ledger is not None
        self.time.now += after
        return outcome.ledger, outcome.state


@pytest.fixture
def bench(board: JobBoard) -> Iterator[Bench]:
    made = Bench(board)
    yield made
    made.client.close()


def _record(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": str(number), "url": f"https://remoteok.com/{number}", "position": f"Cooper {number}"} | fields


def _answer(*records: dict[str, Any]) -> Answer:
    return Answer(json.dumps([{"legal": "…"}, *records]).encode(), headers={"ETag": f'"{len(records)}"'})


def _many(count: int, first: int = 1) -> Answer:
    return _answer(*(_record(number) for number in range(first, first + count)))


def _greenhouse(board: JobBoard, token: str) -> Source:
    return replace(greenhouse.board(token, token.title()), base=board.url)


WHOLE = LISTING.model_copy(update={"complete": True})


# --- one answer


def test_a_first_collection_writes_each_posting_and_remembers_the_answer(board: JobBoard, bench: Bench) -> None:
    ledger, state = bench.run(RemoteOk(url=board.answer("/api", _many(2))))
    counts = ledger.counts
    assert (counts.seen, counts.new, counts.changed, counts.unchanged, counts.refused, counts.gone) == (
        2,
        2,
        0,
        0,
        0,
        0,
    )
    assert (ledger.status, ledger.reason) == (SourceStatus.OK, None)
    assert ledger.started_at == START
    assert ledger.id == "20260306T120000.000000Z"
    assert ledger.requests == state.requests == 1
    assert (state.status, state.postings, state.validators.etag) == (SourceStatus.OK, 2, '"2"')
    assert state.last_run_at == state.last_ok_at == state.since == ledger.ended_at
    assert state.due_at == START + timedelta(hours=LISTING.every_hours)
    assert state.counts == counts
    assert len(bench.shelf) == 2


def test_what_is_seen_again_unchanged_reaches_no_table(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(50)))
    bench.run(source)
    ledger, _ = bench.run(source)
    assert (ledger.counts.seen, ledger.counts.unchanged) == (50, 50)
    assert bench.shelf.puts == 50


def test_the_same_posting_is_updated_and_not_doubled(board: JobBoard, bench: Bench) -> None:
    changed = _answer(_record(1, location="Graz, Austria"), _record(2))
    source = RemoteOk(url=board.answer("/api", _many(2), changed))
    bench.run(source)
    ledger, _ = bench.run(source)
    assert (ledger.counts.seen, ledger.counts.changed, ledger.counts.unchanged) == (2, 1, 1)
    assert len(bench.shelf) == 2
    assert "Graz" in {place.city for stored in bench.shelf.values() for place in stored.posting.places}


def test_a_posting_listed_twice_in_one_answer_is_one(board: JobBoard, bench: Bench) -> None:
    url = board.answer("/api", _answer(_record(1), _record(1, company="Again"), _record(2)))
    ledger, state = bench.run(RemoteOk(url=url))
    assert (ledger.counts.seen, ledger.counts.duplicate, state.postings) == (2, 1, 2)
    assert {stored.posting.company for stored in bench.shelf.values()} == {None}


def test_an_unchanged_answer_is_a_success_that_keeps_the_count(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(1), Answer(status=304)))
    bench.run(source)
    ledger, after = bench.run(source)
    assert board.requests[1].headers["if-none-match"] == '"1"'
    assert (ledger.status, ledger.counts.seen) == (SourceStatus.OK, 0)
    assert (after.status, after.postings, after.validators.etag) == (SourceStatus.OK, 1, '"1"')
    assert after.last_ok_at == ledger.ended_at


def test_a_list_that_stays_unchanged_for_months_closes_nothing(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(3), Answer(status=304), _many(2)))
    bench.run(source)
    bench.time.now += UNSEEN * 2
    bench.run(source)
    ledger, _ = bench.run(source)
    assert ledger.counts.gone == 0
    assert bench.shelf.open() == {"1", "2", "3"}


# --- what cannot be read


def test_records_that_cannot_be_read_are_counted_with_their_reasons_and_the_rest_kept(
    board: JobBoard, bench: Bench
) -> None:
    bad = [_record(8, position=""), _record(9, url="javascript:alert(1)"), _record(10, url="mailto:x")]
    ledger, state = bench.run(RemoteOk(url=board.answer("/api", _answer(*bad, *(_record(n) for n in range(1, 5))))))
    assert (ledger.status, ledger.counts.seen, ledger.counts.refused) == (SourceStatus.OK, 4, 3)
    assert ledger.refusals == ("no title", "no link")
    assert (state.postings, len(bench.shelf)) == (4, 4)


def test_an_answer_that_is_mostly_unreadable_counts_as_failing(board: JobBoard, bench: Bench) -> None:
    url = board.answer("/api", _answer(_record(1), {"new": "shape"}, {"new": "shape"}))
    ledger, state = bench.run(RemoteOk(url=url))
    assert (ledger.status, ledger.reason) == (SourceStatus.FAILING, "2 of 3 records could not be read")
    assert (state.breaker.failures, state.validators, state.last_ok_at) == (1, Validators(), None)


def test_a_posting_whose_record_can_no_longer_be_read_is_not_gone(board: JobBoard, bench: Bench) -> None:
    spoilt = _answer(_record(1), _record(2), _record(3, position=""))
    source = RemoteOk(board.answer("/api", _many(3), spoilt), WHOLE)
    bench.run(source)
    ledger, _ = bench.run(source)
    assert (ledger.counts.refused, ledger.counts.gone) == (1, 0)
    assert bench.shelf.open() == {"1", "2", "3"}


def test_a_record_of_which_not_even_the_id_is_known_may_be_any_of_those_missing(board: JobBoard, bench: Bench) -> None:
    spoilt = _answer(_record(1), _record(2), {"id": None})
    source = RemoteOk(board.answer("/api", _many(3), spoilt), WHOLE)
    bench.run(source)
    assert bench.run(source)[0].counts.gone == 0
    bench.time.now += 7 * DAY
    assert bench.run(source)[0].counts.gone == 1
    assert bench.shelf.closed() == {"3": ClosedReason.NOT_LISTED}


# --- what is gone


def test_what_a_complete_list_no_longer_has_is_closed(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(5), _many(4)), WHOLE)
    bench.run(source)
    ledger, state = bench.run(source)
    assert (ledger.counts.gone, state.postings) == (1, 4)
    assert bench.shelf.closed() == {"5": ClosedReason.NOT_LISTED}


def test_what_comes_back_is_open_again(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(5), _many(4), _many(5)), WHOLE)
    for _ in range(3):
        ledger, _ = bench.run(source)
    assert (ledger.counts.seen, ledger.counts.gone) == (5, 0)
    assert bench.shelf.open() == {"1", "2", "3", "4", "5"}


def test_a_list_of_the_latest_closes_only_what_was_not_seen_for_long(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(4), _many(4, first=3)))
    bench.run(source)
    assert bench.run(source)[0].counts.gone == 0
    bench.time.now += UNSEEN
    ledger, _ = bench.run(source)
    assert ledger.counts.gone == 2
    assert bench.shelf.closed() == {"1": ClosedReason.UNSEEN, "2": ClosedReason.UNSEEN}


def test_what_named_its_own_end_is_closed_when_it_is_no_longer_listed(board: JobBoard, bench: Bench) -> None:
    def job(number: int) -> dict[str, Any]:
        ends = (START + 2 * DAY).isoformat() if number == 1 else None
        return {
            "id": number,
            "absolute_url": f"https://x.example/{number}",
            "title": "Cook",
            "application_deadline": ends,
        }

    def answer(*numbers: int) -> Answer:
        return Answer(json.dumps({"jobs": [job(number) for number in numbers]}).encode())

    board.answer("/v1/boards/quay/jobs", answer(1, 2, 3), answer(2, 3))
    source = _Partly(_greenhouse(board, "quay"))
    bench.run(source)
    assert bench.run(source)[0].counts.gone == 0
    bench.time.now += DAY
    assert bench.run(source)[0].counts.gone == 1
    assert bench.shelf.closed() == {"1": ClosedReason.EXPIRED}


@dataclass(frozen=True)
class _Partly:
    """A source that says of each page that it is only a part."""

    inner: Source

    @property
    def listing(self) -> Listing:
        return self.inner.listing

    def fetch(self, visit: Visit) -> Page:
        return replace(self.inner.fetch(visit), partial=True)


# --- answers that are not to be believed


def test_an_empty_answer_after_a_full_one_is_suspicious_and_changes_nothing(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(2), _answer()), WHOLE)
    _, before = bench.run(source)
    seen = dict(bench.memory.seen)
    ledger, after = bench.run(source)
    assert (ledger.status, ledger.reason) == (SourceStatus.SUSPICIOUS, "no posting, where there were 2 before")
    assert (ledger.counts.gone, after.postings, after.validators) == (0, 2, Validators())
    assert after.last_ok_at == before.last_ok_at
    assert bench.shelf.open() == {"1", "2"}
    assert bench.memory.seen == seen


@pytest.mark.parametrize(("before", "now", "suspicious"), [(10, 1, True), (10, 2, False), (9, 1, False), (50, 9, True)])
def test_a_fall_below_a_fifth_is_suspicious_too(
    board: JobBoard, bench: Bench, before: int, now: int, suspicious: bool
) -> None:
    source = RemoteOk(board.answer("/api", _many(before), _many(now)), WHOLE)
    bench.run(source)
    ledger, state = bench.run(source)
    assert (ledger.status is SourceStatus.SUSPICIOUS) is suspicious
    assert (ledger.counts.gone, state.postings) == ((0, before) if suspicious else (before - now, now))


def test_a_doubtful_answer_that_is_given_for_long_is_believed(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(12), _many(1)), WHOLE)
    bench.run(source)
    doubted: list[datetime | None] = []
    for _ in range(3):
        bench.time.now += UNSEEN / 3
        ledger, state = bench.run(source)
        doubted.append(state.since)
        assert ledger.status is SourceStatus.SUSPICIOUS
        # The breaker has nothing to do with it here.
        bench.state = state.model_copy(update={"breaker": SourceState(source_id="x").breaker})
    assert len(set(doubted)) == 1
    bench.time.now += UNSEEN / 3
    ledger, state = bench.run(source)
    assert (ledger.status, ledger.counts.gone, state.postings) == (SourceStatus.OK, 11, 1)


def test_a_source_that_never_had_postings_may_have_none(board: JobBoard, bench: Bench) -> None:
    board.answer("/v1/boards/quiet/jobs", Answer(b'{"jobs": [], "meta": {"total": 0}}'))
    ledger, _ = bench.run(_greenhouse(board, "quiet"))
    assert ledger.status is SourceStatus.OK


# --- failures


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (Answer(status=403), SourceStatus.BLOCKED, "the host refused us (HTTP 403)"),
        (Answer(status=999), SourceStatus.BLOCKED, "the host refused us (HTTP 999)"),
        (Answer(status=429, headers={"Retry-After": "900"}), SourceStatus.BLOCKED, "the host refused us (HTTP 429), "),
        (Answer(status=500), SourceStatus.FAILING, "HTTP 500"),
        (Answer(status=404), SourceStatus.FAILING, "the address is gone"),
        (
            Answer(b"<!doctype html><p>Prove that you are human"),
            SourceStatus.BLOCKED,
            "a web page came instead of data",
        ),
        (Answer(b'[{"id": "1", "posi'), SourceStatus.FAILING, "the answer is not JSON"),
        (Answer(b"[]", promised=90), SourceStatus.FAILING, "the answer was cut off"),
        (Answer(b"[]", pause_s=1.5), SourceStatus.FAILING, "the answer did not end in time"),
        (
            Answer(status=302, headers={"Location": "http://other.example/"}),
            SourceStatus.FAILING,
            "redirected to another",
        ),
    ],
)
def test_a_failure_is_recorded_with_its_reason_and_forgets_nothing(
    board: JobBoard, bench: Bench, answer: Answer, status: SourceStatus, reason: str
) -> None:
    source = RemoteOk(board.answer("/api", _many(2), answer, _many(2)), WHOLE)
    _, first = bench.run(source)
    ledger, failed = bench.run(source)
    assert ledger.status is failed.status is status
    assert failed.reason is not None
    assert failed.reason.startswith(reason)
    assert (ledger.counts.seen, ledger.counts.gone, failed.postings, failed.breaker.failures) == (0, 0, 2, 1)
    assert (failed.last_ok_at, failed.last_run_at) == (first.last_ok_at, ledger.ended_at)
    assert failed.validators == Validators()
    again, state = bench.run(source)
    assert (again.status, again.counts.unchanged, state.breaker.failures) == (SourceStatus.OK, 2, 0)
    assert bench.shelf.open() == {"1", "2"}
    assert bench.shelf.puts == 2


def test_since_when_a_status_holds_is_told(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", Answer(status=500), Answer(status=500), _many(1)))
    (_, once), (_, twice), (_, again) = (bench.run(source) for _ in range(3))
    assert once.since == twice.since == once.last_run_at != twice.last_run_at
    assert again.since == again.last_run_at


def test_a_source_that_fails_again_and_again_is_left_alone_and_tried_once_when_its_time_has_come(
    board: JobBoard, bench: Bench
) -> None:
    source = RemoteOk(url=board.answer("/api", _many(1), *[Answer(status=500)] * 6, _many(1)))
    bench.run(source)
    for _ in range(LISTING.politeness.trips_at):
        _, state = bench.run(source, after=timedelta(minutes=1))
    assert state.breaker.state is BreakerState.OPEN
    asked = len(board.requests)
    ledger, state = bench.run(source, after=timedelta(hours=1))
    assert (ledger.status, ledger.requests) == (SourceStatus.FAILING, 0)
    assert ledger.reason is not None
    assert ledger.reason.startswith("left alone until 2026-03-")
    assert (state.reason, state.postings, len(board.requests)) == ("HTTP 500", 1, asked)
    _, state = bench.run(source, after=timedelta(minutes=40))
    assert (state.breaker.state, state.breaker.opened, len(board.requests)) == (BreakerState.OPEN, 2, asked + 1)
    bench.time.now += timedelta(hours=1)
    ledger, state = bench.run(source)
    assert (ledger.status, state.breaker.state) == (SourceStatus.OK, BreakerState.CLOSED)


def test_a_source_that_is_turned_off_is_not_asked_and_keeps_what_it_has(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(2)))
    _, state = bench.run(source)
    asked = len(board.requests)
    outcome = turned_off(source, state, bench.time.now, "an administrator turned it off")
    assert outcome.ledger is not None
    assert (outcome.ledger.status, outcome.ledger.reason) == (SourceStatus.OFF, "an administrator turned it off")
    assert (outcome.state.status, outcome.state.postings, len(board.requests)) == (SourceStatus.OFF, 2, asked)


def test_one_source_s_failure_leaves_the_others(board: JobBoard, bench: Bench) -> None:
    broken = RemoteOk(url=board.answer("/api", Answer(b"<html>", status=200)))
    board.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
    ledgers = []
    for source in (broken, _greenhouse(board, "ferrymoor")):
        bench.state = None
        ledgers.append(bench.run(source)[0])
    assert [ledger.status for ledger in ledgers] == [SourceStatus.BLOCKED, SourceStatus.OK]
    assert len(bench.shelf) == ledgers[1].counts.seen > 0


def test_what_the_table_does_wrong_is_not_blamed_on_the_source(board: JobBoard, bench: Bench) -> None:
    class Away(MemoryShelf):
        def put(self, posting: Posting) -> Written:
            raise ConnectionError(posting.id)

    bench.shelf = Away()
    with pytest.raises(ConnectionError):
        bench.run(RemoteOk(url=board.answer("/api", _many(1))))


# --- many pages


PAGED = WHOLE.model_copy(update={"id": "paged", "politeness": Politeness(between_s=0)})


@dataclass
class Paged:
    """A source of several pages. ``trouble`` is raised by a page, or in the middle of one (page, record)."""

    pages: list[list[int]]
    trouble: dict[int | tuple[int, int], Exception] = field(default_factory=dict)
    asked: list[str | None] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    on_record: Callable[[int], None] = lambda _: None
    loops: bool = False

    listing: Listing = PAGED

    def fetch(self, visit: Visit) -> Page:
        self.asked.append(visit.cursor)
        at = int(visit.cursor or 0)
        if (error := self.trouble.pop(at, None)) is not None:
            raise error
        following = str(at) if self.loops else str(at + 1)
        return Page(
            self._records(at, visit),
            next=following if at + 1 < len(self.pages) or self.loops else None,
            validators=Validators(etag=f'"{at}"'),
        )

    def _records(self, at: int, visit: Visit) -> Iterator[Record]:
        for place, number in enumerate(self.pages[at]):
            if (error := self.trouble.pop((at, place), None)) is not None:
                raise error
            if visit.known(str(number)):
                yield Seen(str(number))
                continue
            self.read.append(number)
            self.on_record(number)
            yield Draft(
                str(number), f"https://p.example/{number}", f"Baker {number}", "Mill", "Graz, Austria", "<p>x</p>"
            )


def test_all_pages_are_one_collection(bench: Bench) -> None:
    ledger, state = bench.run(Paged([[1, 2], [2, 3], [4]]))
    assert (ledger.counts.seen, ledger.counts.duplicate, state.postings) == (4, 1, 4)
    assert state.validators.etag == '"0"'


def test_the_details_of_a_posting_are_read_again_after_a_week_only(bench: Bench) -> None:
    source = Paged([[1, 2]])
    for _ in range(9):
        ledger, _ = bench.run(source)
        assert (ledger.counts.seen, ledger.counts.gone) == (2, 0)
    assert source.read == [1, 2, 1, 2]


def test_a_collection_whose_time_is_up_goes_on_from_where_it_stands(bench: Bench) -> None:
    source = Paged([[1, 2], [3, 4], [5]])
    first = bench.outcome(source, deadline=bench.time.now)
    assert (first.ledger, first.continue_at) == (None, START)
    assert first.state.run is not None
    while (outcome := bench.outcome(source, deadline=bench.time.now)).ledger is None:
        pass
    assert (outcome.ledger.status, outcome.ledger.counts.seen, outcome.ledger.counts.new) == (SourceStatus.OK, 5, 5)
    assert outcome.ledger.id == first.state.run.id
    assert outcome.state.run is None
    assert source.read == [1, 2, 3, 4, 5]
    assert bench.shelf.open() == set("12345")
    assert bench.memory.parts == {}


def test_a_collection_that_must_wait_in_the_middle_of_a_page_reads_nothing_twice_and_counts_nothing_twice(
    bench: Bench,
) -> None:
    until = START + timedelta(minutes=40)
    source = Paged([[1, 2, 3], [4]], {(0, 2): PostponedError(until)})
    first = bench.outcome(source)
    assert (first.ledger, first.continue_at) == (None, until)
    bench.time.now = until
    outcome = bench.outcome(source)
    assert outcome.ledger is not None
    counts = outcome.ledger.counts
    assert (counts.seen, counts.new, counts.duplicate) == (4, 4, 0)
    assert source.read == [1, 2, 3, 4]


def test_a_collection_in_parts_closes_what_none_of_them_had(bench: Bench) -> None:
    bench.run(Paged([[1, 2, 3], [4, 5]]))
    source = Paged([[1, 3], [4]], {1: PostponedError(START + 2 * DAY)})
    assert bench.outcome(source).ledger is None
    assert bench.shelf.open() == set("12345")
    bench.time.now += DAY
    outcome = bench.outcome(source)
    assert outcome.ledger is not None
    assert outcome.ledger.counts.gone == 2
    assert bench.shelf.open() == set("134")


def test_a_failure_on_a_later_page_keeps_what_was_read_and_closes_nothing(bench: Bench) -> None:
    bench.run(Paged([[1, 2], [3]]))
    source = Paged([[1, 4], [3]], {1: SourceError(SourceStatus.FAILING, "HTTP 500")})
    ledger, state = bench.run(source)
    assert (ledger.status, ledger.counts.seen, ledger.counts.new, ledger.counts.gone) == (SourceStatus.FAILING, 2, 1, 0)
    assert state.postings == 3
    assert bench.shelf.open() == set("1234")
    puts = bench.shelf.puts
    bench.run(Paged([[1, 2], [3, 4]]))
    assert bench.shelf.puts == puts


def test_a_host_that_may_not_be_asked_at_all_leaves_what_is_held_stale(bench: Bench) -> None:
    bench.run(Paged([[1, 2]]))
    until = START + 3 * DAY
    ledger, state = bench.run(Paged([[1]], {0: PostponedError(until)}))
    assert (ledger.status, state.status, state.due_at, state.run) == (
        SourceStatus.STALE,
        SourceStatus.STALE,
        until,
        None,
    )
    assert ledger.reason == "not asked before 2026-03-09 12:00 UTC, as the host or its limits demand"
    assert state.postings == 2
    ledger, _ = bench.run(Paged([[1, 2]]))
    assert ledger.status is SourceStatus.OK


def test_pages_that_lead_in_circles_end(bench: Bench) -> None:
    source = Paged([[1]], loops=True)
    ledger, _ = bench.run(source)
    assert (ledger.status, ledger.reason) == (SourceStatus.FAILING, "its pages lead in circles")
    assert len(source.asked) == 2


def test_a_collection_that_does_not_end_in_days_is_ended(bench: Bench) -> None:
    source = Paged([[1], [2]], {1: PostponedError(START + LONGEST_RUN * 2)})
    assert bench.outcome(source).ledger is None
    bench.time.now += LONGEST_RUN * 2
    ledger, state = bench.run(source)
    assert (ledger.status, ledger.reason) == (SourceStatus.FAILING, "it did not come to an end within two days")
    assert state.run is None


def test_details_that_are_gone_are_refused_with_a_reason() -> None:
    def read(_: int) -> Record:
        raise RecordError("its details are gone")

    assert list(each([1], read)) == [Rejection("its details are gone")]


def test_one_client_counts_each_source_s_requests_apart(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(1)))
    first, _ = bench.run(source, after=timedelta(hours=1))
    second, _ = bench.run(source)
    assert second.requests == first.requests == 1
