"""What one collection writes and what it says about its source."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobtracker.postings.model import Posting
from jobtracker.postings.store import Written
from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.collect import collect
from jobtracker.sources.feed import Feed
from jobtracker.sources.greenhouse import Greenhouse
from jobtracker.sources.model import Collection, SourceState, SourceStatus
from jobtracker.sources.remoteok import RemoteOk
from jobtracker.sources.source import Source
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard

START = datetime(2026, 3, 6, 12, tzinfo=UTC)
Run = Callable[..., tuple[Collection, SourceState]]


class Shelf(dict[str, Posting]):
    """Keeps postings as the table does: the same content once."""

    def put(self, posting: Posting) -> Written:
        before = self.get(posting.id)
        self[posting.id] = posting
        if before is None:
            return Written.NEW
        return Written.UNCHANGED if before.content_hash == posting.content_hash else Written.CHANGED


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def run(shelf: Shelf) -> Iterator[Run]:
    client = PoliteClient("ops@tracker.example", limits=Limits(between_s=0, silence_s=0.3), sleep=lambda _: None)
    hours = iter(range(1_000))

    def once(source: Source, state: SourceState | None = None) -> tuple[Collection, SourceState]:
        begun = START + timedelta(hours=next(hours))
        moments = iter([begun, begun + timedelta(seconds=2)])
        return collect(
            source, state or SourceState(source_id=source.id), client, shelf.put, clock=lambda: next(moments)
        )

    yield once
    client.close()


def _record(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": str(number), "url": f"https://remoteok.com/{number}", "position": f"Cooper {number}"} | fields


def _answer(*records: object) -> Answer:
    return Answer(json.dumps([{"legal": "credit us"}, *records]).encode(), headers={"ETag": f'"{len(records)}"'})


def test_a_first_collection_writes_everything_and_remembers_the_answer(board: JobBoard, run: Run, shelf: Shelf) -> None:
    source = RemoteOk(url=board.answer("/api", _answer(_record(1), _record(2))))
    ledger, state = run(source)
    assert (ledger.seen, ledger.new, ledger.changed, ledger.unchanged, ledger.rejected) == (2, 2, 0, 0, 0)
    assert (ledger.status, ledger.reason) == (SourceStatus.OK, None)
    assert (ledger.started_at, ledger.ended_at) == (START, START + timedelta(seconds=2))
    assert ledger.id == "20260306T120000.000000Z"
    assert (state.status, state.postings, state.failures, state.etag) == (SourceStatus.OK, 2, 0, '"2"')
    assert state.last_run_at == state.last_ok_at == ledger.ended_at
    assert len(shelf) == 2


def test_the_same_posting_is_updated_and_not_doubled(board: JobBoard, run: Run, shelf: Shelf) -> None:
    url = board.answer(
        "/api", _answer(_record(1), _record(2)), _answer(_record(1, location="Graz, Austria"), _record(2))
    )
    _, state = run(RemoteOk(url=url))
    ledger, _ = run(RemoteOk(url=url), state)
    assert (ledger.seen, ledger.new, ledger.changed, ledger.unchanged) == (2, 0, 1, 1)
    assert len(shelf) == 2
    assert "Graz" in {place.city for posting in shelf.values() for place in posting.places}


def test_a_posting_listed_twice_in_one_answer_is_one(board: JobBoard, run: Run, shelf: Shelf) -> None:
    url = board.answer("/api", _answer(_record(1), _record(1, company="Again"), _record(2)))
    ledger, state = run(RemoteOk(url=url))
    assert (ledger.seen, ledger.new, ledger.changed, state.postings) == (2, 2, 0, 2)
    assert {posting.company for posting in shelf.values()} == {None}


def test_an_unchanged_answer_is_a_success_that_keeps_the_count(board: JobBoard, run: Run) -> None:
    url = board.answer("/api", _answer(_record(1)), Answer(status=304))
    _, before = run(RemoteOk(url=url))
    ledger, after = run(RemoteOk(url=url), before)
    assert board.requests[1].headers["if-none-match"] == '"1"'
    assert (ledger.status, ledger.seen) == (SourceStatus.OK, 0)
    assert (after.status, after.postings, after.etag) == (SourceStatus.OK, 1, '"1"')
    assert after.last_ok_at == ledger.ended_at


def test_records_that_cannot_be_read_are_counted_with_their_reasons_and_the_rest_kept(
    board: JobBoard, run: Run, shelf: Shelf
) -> None:
    bad = [_record(8, position=""), _record(9, url="javascript:alert(1)"), _record(10, url="mailto:x")]
    ledger, state = run(RemoteOk(url=board.answer("/api", _answer(*bad, *(_record(n) for n in range(1, 5))))))
    assert (ledger.status, ledger.seen, ledger.rejected) == (SourceStatus.OK, 4, 3)
    assert ledger.rejections == ("no title", "no link")
    assert (state.postings, len(shelf)) == (4, 4)


def test_an_answer_that_is_mostly_unreadable_counts_as_failing(board: JobBoard, run: Run) -> None:
    url = board.answer("/api", _answer(_record(1), {"new": "shape"}, {"new": "shape"}))
    ledger, state = run(RemoteOk(url=url))
    assert (ledger.status, ledger.reason) == (SourceStatus.FAILING, "2 of 3 records could not be read")
    assert (state.failures, state.etag, state.last_ok_at) == (1, None, None)


def test_an_empty_answer_after_a_full_one_is_suspicious_and_keeps_what_was_known(
    board: JobBoard, run: Run, shelf: Shelf
) -> None:
    url = board.answer("/api", _answer(_record(1), _record(2)), _answer())
    _, before = run(RemoteOk(url=url))
    ledger, after = run(RemoteOk(url=url), before)
    assert (ledger.status, ledger.reason) == (SourceStatus.SUSPICIOUS, "no posting, where there were 2 before")
    assert (after.postings, after.failures, after.etag) == (2, 1, None)
    assert after.last_ok_at == before.last_ok_at
    assert len(shelf) == 2


def test_a_source_that_never_had_postings_may_have_none(board: JobBoard, run: Run) -> None:
    board.answer("/v1/boards/quiet/jobs", Answer(b'{"jobs": [], "meta": {"total": 0}}'))
    ledger, _ = run(Greenhouse("quiet", "Quiet", base=board.url))
    assert ledger.status is SourceStatus.OK


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (Answer(status=403), SourceStatus.BLOCKED, "the host refused us (HTTP 403)"),
        (Answer(status=999), SourceStatus.BLOCKED, "the host refused us (HTTP 999)"),
        (Answer(status=429, headers={"Retry-After": "900"}), SourceStatus.BLOCKED, "the host refused us (HTTP 429), "),
        (Answer(status=500), SourceStatus.FAILING, "HTTP 500"),
        (
            Answer(b"<!doctype html><p>Prove that you are human"),
            SourceStatus.BLOCKED,
            "a web page came instead of data",
        ),
        (Answer(b'[{"id": "1", "posi'), SourceStatus.FAILING, "the answer is not JSON"),
        (Answer(b"[]", promised=90), SourceStatus.FAILING, "the host cannot be reached"),
        (Answer(b"[]", pause_s=1), SourceStatus.FAILING, "the host did not answer in time"),
        (
            Answer(status=302, headers={"Location": "http://other.example/"}),
            SourceStatus.FAILING,
            "redirected to another",
        ),
    ],
)
def test_a_failure_is_recorded_with_its_reason_and_forgets_nothing(
    board: JobBoard, run: Run, shelf: Shelf, answer: Answer, status: SourceStatus, reason: str
) -> None:
    url = board.answer("/api", _answer(_record(1), _record(2)), answer, answer, _answer(_record(1), _record(2)))
    _, first = run(RemoteOk(url=url))
    ledger, failed = run(RemoteOk(url=url), first)
    assert ledger.status is failed.status is status
    assert failed.reason is not None
    assert failed.reason.startswith(reason)
    assert (ledger.seen, failed.postings, failed.failures) == (0, 2, 1)
    assert (failed.last_ok_at, failed.last_run_at) == (first.last_ok_at, ledger.ended_at)
    assert len(shelf) == 2
    assert failed.etag is None


def test_a_source_that_works_again_is_ok_again(board: JobBoard, run: Run) -> None:
    url = board.answer("/api", Answer(status=500), Answer(status=500), _answer(_record(1)))
    _, once = run(RemoteOk(url=url))
    _, twice = run(RemoteOk(url=url), once)
    ledger, again = run(RemoteOk(url=url), twice)
    assert [once.failures, twice.failures, again.failures] == [1, 2, 0]
    assert (again.status, again.reason, again.last_ok_at) == (SourceStatus.OK, None, ledger.ended_at)


def test_a_feed_cut_off_in_the_middle_is_not_a_success(board: JobBoard, run: Run, shelf: Shelf) -> None:
    body = recorded("weworkremotely.xml")
    feed = Feed("f", "F", board.answer("/feed", Answer(body[:-400])), board.url, "Source: F")
    ledger, _ = run(feed)
    assert (ledger.status, ledger.reason) == (SourceStatus.FAILING, "the feed was cut off")
    assert not shelf


def test_one_source_s_failure_leaves_the_others(board: JobBoard, run: Run, shelf: Shelf) -> None:
    broken = RemoteOk(url=board.answer("/api", Answer(b"<html>", status=200)))
    feed = Feed("f", "F", board.answer("/feed", Answer(recorded("atom.xml"))), board.url, "Source: F")
    board.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
    ledgers = [run(source)[0] for source in (broken, feed, Greenhouse("ferrymoor", "Ferrymoor", base=board.url))]
    assert [ledger.status for ledger in ledgers] == [SourceStatus.BLOCKED, SourceStatus.OK, SourceStatus.OK]
    assert [ledger.seen for ledger in ledgers] == [0, 2, 2]
    assert len(shelf) == 4


def test_what_the_table_does_wrong_is_not_blamed_on_the_source(board: JobBoard) -> None:
    source = RemoteOk(url=board.answer("/api", _answer(_record(1))))

    def refuse(_: Posting) -> Written:
        raise ConnectionError("the table is away")

    client = PoliteClient("x", limits=Limits(between_s=0))
    with pytest.raises(ConnectionError):
        collect(source, SourceState(source_id=source.id), client, refuse)
    client.close()
