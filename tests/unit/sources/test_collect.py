"""What one collection writes, closes and says about its source."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from jobtracker.postings.items import UnfitError
from jobtracker.postings.model import ClosedReason, Posting
from jobtracker.postings.store import Written
from jobtracker.sources.boards.remoteok import LISTING, RemoteOk
from jobtracker.sources.collect import UNSEEN
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.model import (
    BreakerState,
    Counts,
    Listing,
    SourceState,
    SourceStatus,
    Validators,
)
from jobtracker.sources.outcome import turned_off
from jobtracker.sources.source import Page, Source, Visit
from tests.fakes.collecting import DAY, Bench
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import NOON
from tests.fakes.shelves import MemoryShelf

START = NOON


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
    assert counts == Counts(seen=2, new=2)
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
    assert (ledger.status, ledger.counts.seen, ledger.counts.unchanged) == (SourceStatus.OK, 1, 1)
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


def test_what_a_doubtful_answer_brought_is_closed_like_all_else(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(board.answer("/api", _many(12), _many(2, first=30), _many(12)), WHOLE)
    assert [bench.run(source)[0].status for _ in range(2)] == [SourceStatus.OK, SourceStatus.SUSPICIOUS]
    assert len(bench.shelf.open()) == 14
    ledger, _ = bench.run(source)
    assert (ledger.status, ledger.counts.unchanged, ledger.counts.gone) == (SourceStatus.OK, 12, 2)
    assert bench.shelf.closed() == {"30": ClosedReason.NOT_LISTED, "31": ClosedReason.NOT_LISTED}


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
    assert (outcome.state.status, outcome.state.postings, len(board.requests)) == (SourceStatus.OK, 2, asked)


def test_one_source_s_failure_leaves_the_others(board: JobBoard, bench: Bench) -> None:
    broken = RemoteOk(url=board.answer("/api", Answer(b"<html>", status=200)))
    board.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
    ledgers = []
    for source in (broken, _greenhouse(board, "ferrymoor")):
        bench.state = None
        ledgers.append(bench.run(source)[0])
    assert [ledger.status for ledger in ledgers] == [SourceStatus.BLOCKED, SourceStatus.OK]
    assert len(bench.shelf) == ledgers[1].counts.seen > 0


def test_a_posting_that_the_table_cannot_hold_is_refused_and_the_rest_kept(board: JobBoard, bench: Bench) -> None:
    class Narrow(MemoryShelf):
        def put(self, posting: Posting) -> Written:
            if posting.source_posting_id == "2":
                raise UnfitError("longer than what can be kept")
            return super().put(posting)

    bench.shelf = Narrow()
    ledger, _ = bench.run(RemoteOk(url=board.answer("/api", _many(3))))
    assert (ledger.status, ledger.counts.seen, ledger.counts.refused) == (SourceStatus.OK, 2, 1)
    assert ledger.refusals == ("longer than what can be kept",)


def test_what_the_table_does_wrong_is_not_blamed_on_the_source(board: JobBoard, bench: Bench) -> None:
    class Away(MemoryShelf):
        def put(self, posting: Posting) -> Written:
            raise ConnectionError(posting.id)

    bench.shelf = Away()
    with pytest.raises(ConnectionError):
        bench.run(RemoteOk(url=board.answer("/api", _many(1))))


def test_one_client_counts_each_source_s_requests_apart(board: JobBoard, bench: Bench) -> None:
    source = RemoteOk(url=board.answer("/api", _many(1)))
    first, _ = bench.run(source, after=timedelta(hours=1))
    second, _ = bench.run(source)
    assert second.requests == first.requests == 1
