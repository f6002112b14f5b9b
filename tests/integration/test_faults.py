"""Every source against a real host with real faults: what its ledger says, and that nothing it had is lost by them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from jobtracker.postings.model import Posting, StoredPosting, posting_id
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.client import Limits
from jobtracker.sources.collect import Around, collect
from jobtracker.sources.model import (
    Breaker,
    BreakerState,
    Collection,
    Counts,
    Politeness,
    SourceKind,
    SourceState,
    SourceStatus,
    Terms,
    Validators,
)
from jobtracker.sources.pace import MemoryPace, Pace
from jobtracker.sources.registry import board_sources, company_systems
from jobtracker.sources.seen import Sighting
from jobtracker.sources.source import Source
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.led_client import LedClient
from tests.fakes.polite import NOON, FakeTime
from tests.fakes.shelves import MemoryMemory, MemoryShelf

HELD = 12
TOKENS = {"workday": "ferrymoor.wd5~External"}
SOURCES = {
    **{one.listing.id: one for one in board_sources().values() if one.listing.kind is not SourceKind.SAMPLE},
    **{
        name: system.board(TOKENS.get(name, "ferrymoor"), "Ferrymoor")
        for name, system in sorted(company_systems().items())
    },
}
LIMITS = Limits(bytes=200_000, connect_s=1.0, answer_s=0.5)
BLOCKED, FAILING, SUSPICIOUS = SourceStatus.BLOCKED, SourceStatus.FAILING, SourceStatus.SUSPICIOUS


@dataclass(frozen=True)
class Fault:
    """What a host does wrong, and what the ledger may say of it. ``words`` are in the reason whatever the source."""

    answer: Answer
    statuses: frozenset[SourceStatus]
    words: str = ""


def _fault(answer: Answer, *statuses: SourceStatus, words: str = "") -> Fault:
    return Fault(answer, frozenset(statuses), words)


_LATIN = json.dumps({"jobs": [{"id": 1, "title": "Köchin"}]}, ensure_ascii=False).encode("latin-1")
# What an answer of the wrong kind is taken for depends on the source: a reader of pages for people finds nothing in
# data, one of data finds a page. It is never a success, and never "no postings".
_UNREADABLE = (BLOCKED, FAILING, SUSPICIOUS)
FAULTS = {
    "429": _fault(Answer(status=429, headers={"Retry-After": "900"}), BLOCKED, words="(HTTP 429), and asks us to wait"),
    "403": _fault(Answer(status=403), BLOCKED, words="the host refused us (HTTP 403)"),
    "999": _fault(Answer(status=999), BLOCKED, words="the host refused us (HTTP 999)"),
    "503": _fault(Answer(status=503), FAILING, words="HTTP 503"),
    "503 for hours": _fault(Answer(status=503, headers={"Retry-After": "7200"}), BLOCKED, words="the host is busy"),
    "500": _fault(Answer(status=500), FAILING, words="HTTP 500"),
    "404": _fault(Answer(status=404), FAILING, words="gone (HTTP 404)"),
    "slow drip": _fault(Answer(b" " * 100, pieces=20, pause_s=0.1), FAILING, words="did not end in time"),
    "hangs up early": _fault(Answer(b"[1, 2", promised=5_000), FAILING, words="the answer was cut off"),
    "truncated JSON": _fault(Answer(b'{"jobs": [{"id": 1, "title": "Coo'), *_UNREADABLE),
    "a page for people": _fault(
        Answer(b"<!DOCTYPE html><title>Just a moment...</title><p>Are you human?"), *_UNREADABLE
    ),
    "redirect to metadata": _fault(
        Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}), FAILING
    ),
    "redirect to loopback": _fault(Answer(status=301, headers={"Location": "http://127.0.0.1:22/"}), FAILING),
    "gzip bomb": _fault(
        Answer(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"}), FAILING, words="larger than"
    ),
    "not compressed as it says": _fault(Answer(b"[]", headers={"Content-Encoding": "gzip"}), FAILING, words="compress"),
    "wrong charset": _fault(Answer(_LATIN, headers={"Content-Type": "application/json; charset=utf-8"}), *_UNREADABLE),
    "far too large": _fault(Answer(b"[" + b" " * 5_000_000 + b"]"), FAILING, words="larger than"),
    "nothing at all": _fault(Answer(b""), *_UNREADABLE),
}
# An answer without postings, in the shapes that sources have for it.
EMPTY = (
    b"[]",
    json.dumps(
        {
            **{key: [] for key in ("jobs", "data", "results", "offers", "content", "hits", "children", "jobPostings")},
            "SearchResult": {"SearchResultItems": [], "SearchResultCountAll": 0, "UserArea": {"NumberOfPages": "0"}},
            **dict.fromkeys(("total", "totalFound", "count", "totalResults", "nbHits"), 0),
        }
    ).encode(),
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title><link>https://x.example</link></channel></rss>',
    b'<?xml version="1.0"?><workzag-jobs></workzag-jobs>',
    b"<!DOCTYPE html>\n\n<!---->",
    b'<!DOCTYPE html><script id="__NEXT_DATA__">{"props": {"pageProps": {"apolloState": {"data": {}}}}}</script>',
)


class Unhurried:
    """A pace that lets everything go out at once: several sources' hosts are one here, and their budgets small."""

    def reserve(self, _host: str, _politeness: Politeness, now: datetime) -> datetime:
        """Now."""
        return now

    def hold(self, host: str, until: datetime) -> None:
        """Not held."""


@dataclass
class Bench:
    """A source with a history: twelve open postings, all seen an hour ago."""

    board: JobBoard
    source: Source
    time: FakeTime = field(default_factory=FakeTime)
    limits: Limits = LIMITS
    pace: Pace = field(default_factory=Unhurried)

    def __post_init__(self) -> None:
        self.client = LedClient(self.board, self.time, self.limits, self.pace)
        self.shelf, self.memory = MemoryShelf(), MemoryMemory()
        listing = self.source.listing
        before = NOON - timedelta(hours=1)
        for number in range(HELD):
            known_as = posting_id(listing.id, f"held-{number}")
            posting = Posting(
                id=known_as,
                source_id=listing.id,
                source_posting_id=f"held-{number}",
                url=f"https://jobs.example/{number}",
                title="Cooper",
                fetched_at=before,
                attribution=listing.attribution,
            )
            self.shelf[known_as] = StoredPosting.fresh(posting)
            seconds = int(before.timestamp())
            self.memory.seen[known_as] = Sighting(posting.content_hash[:32], seconds, seconds)
        self.held, self.seen = dict(self.shelf), dict(self.memory.seen)
        self.state = SourceState(
            source_id=listing.id,
            status=SourceStatus.OK,
            postings=HELD,
            validators=Validators(etag='"1"'),
            last_run_at=before,
            last_ok_at=before,
        )

    def answer(self, answer: Answer) -> None:
        """Have the host answer so, whatever it is asked; it has no robots.txt."""

        def reply(request: object) -> Answer:
            return Answer(status=404) if getattr(request, "path", "") == "/robots.txt" else answer

        self.board.next = reply  # type: ignore[method-assign]

    def collect(self) -> Collection:
        """One collection, to its ledger."""
        secrets = dict.fromkeys(self.source.listing.secrets, "secret")
        around = Around(self.client, self.shelf, self.memory, secrets=secrets, clock=self.time.clock)
        outcome = collect(self.source, self.state, around)
        assert outcome.ledger is not None
        self.state = outcome.state
        return outcome.ledger

    def check_nothing_lost(self) -> None:
        """What was held is held as it was, and counts as it did."""
        assert dict(self.shelf) == self.held
        assert self.memory.seen == self.seen
        assert (self.state.postings, self.state.last_ok_at) == (HELD, NOON - timedelta(hours=1))
        assert self.state.validators == Validators()


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        yield running


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_fault_is_told_by_its_name_and_nothing_is_lost(board: JobBoard, source_id: str) -> None:
    told: dict[str, str] = {}
    for name, fault in FAULTS.items():
        bench = Bench(board, SOURCES[source_id])
        bench.answer(fault.answer)
        ledger = bench.collect()
        assert ledger.status in fault.statuses, (name, ledger)
        assert ledger.status is bench.state.status
        assert ledger.reason, name
        assert fault.words in ledger.reason, (name, ledger.reason)
        assert (ledger.counts.new, ledger.counts.changed, ledger.counts.gone) == (0, 0, 0), (name, ledger)
        assert bench.state.breaker.failures == 1
        bench.check_nothing_lost()
        bench.client.close()
        told[name] = ledger.reason
    # A reason names what happened: no two of these are told alike.
    apart = ("429", "403", "503", "404", "slow drip", "gzip bomb", "redirect to metadata")
    assert len({told[name] for name in apart}) == len(apart)


@pytest.mark.parametrize("source_id", SOURCES)
def test_an_empty_answer_is_suspicious_in_whatever_shape_it_comes(board: JobBoard, source_id: str) -> None:
    statuses = set()
    for body in EMPTY:
        bench = Bench(board, SOURCES[source_id])
        bench.answer(Answer(body))
        ledger = bench.collect()
        statuses.add(ledger.status)
        if ledger.status is SUSPICIOUS:
            assert ledger.reason == f"no posting, where there were {HELD} before"
        bench.check_nothing_lost()
        bench.client.close()
    assert statuses <= {SUSPICIOUS, BLOCKED, FAILING}
    # Wellfound's page without postings is how it blocks, and there is always a thread of who is hiring.
    assert SUSPICIOUS in statuses or source_id in {"wellfound", "hackernews"}


def test_fifty_megabytes_are_read_no_further_than_the_limit(board: JobBoard) -> None:
    bench = Bench(board, SOURCES["remoteok"], limits=Limits())
    bench.answer(Answer(b"[" + b" " * 50_000_000 + b"]", pieces=50))
    assert bench.collect().reason == "the answer is larger than 30 MB"
    bench.check_nothing_lost()
    bench.client.close()


def test_a_host_that_asks_to_be_left_alone_is_left_alone(board: JobBoard) -> None:
    bench = Bench(board, SOURCES["remoteok"], pace=MemoryPace())
    bench.answer(FAULTS["429"].answer)
    bench.collect()
    assert bench.state.due_at is not None
    asked: list[object] = []
    board.next = lambda request: asked.append(request) or Answer(b"[]")  # type: ignore[method-assign, func-returns-value]
    ledger = bench.collect()
    # What it is known for does not change by not asking.
    assert (asked, ledger.status, ledger.requests) == ([], BLOCKED, 0)
    assert ledger.reason is not None
    assert ledger.reason.startswith("not asked before 2026-03-06 12:15 UTC")
    bench.client.close()


def _good(count: int) -> Answer:
    jobs = [{"id": str(n), "url": f"https://remoteok.com/{n}", "position": f"Cooper {n}"} for n in range(count)]
    return Answer(json.dumps([{"legal": "…"}, *jobs]).encode())


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_breaker_opens_half_opens_and_closes(board: JobBoard, source_id: str) -> None:
    source = SOURCES[source_id]
    trips_at = source.listing.politeness.trips_at
    assert (trips_at == 1) is (source.listing.terms is Terms.RESTRICTED)
    bench = Bench(board, source)
    bench.answer(Answer(status=999))
    for failure in range(1, trips_at + 1):
        assert bench.state.breaker.state is BreakerState.CLOSED
        assert bench.collect().reason == "the host refused us (HTTP 999)"
        assert bench.state.breaker.failures == failure
        bench.time.now += timedelta(seconds=10)
    first = bench.state.breaker
    assert (first.state, first.opened) == (BreakerState.OPEN, 1)
    asked: list[object] = []
    board.next = lambda request: asked.append(request) or Answer(status=999)  # type: ignore[method-assign, func-returns-value]
    ledger = bench.collect()
    assert (asked, ledger.status, ledger.requests) == ([], BLOCKED, 0)
    assert first.open_until is not None
    bench.time.now = first.open_until
    bench.collect()
    second = bench.state.breaker
    assert len(asked) >= 1
    assert second.open_until is not None
    assert (second.state, second.opened) == (BreakerState.OPEN, 2)
    assert second.open_until - bench.time.now > timedelta(minutes=30)
    assert bench.shelf == bench.held
    bench.client.close()


def test_a_busy_host_is_busy_even_where_its_budget_allows_no_second_try(board: JobBoard) -> None:
    source = SOURCES["jobicy"]
    assert source.listing.politeness.per_hour == 1
    bench = Bench(board, source, pace=MemoryPace())
    bench.answer(Answer(status=503))
    ledger = bench.collect()
    assert (ledger.status, ledger.reason) == (FAILING, "HTTP 503")
    bench.client.close()


def test_one_good_answer_closes_the_breaker(board: JobBoard) -> None:
    bench = Bench(board, RemoteOk())
    until = NOON - timedelta(minutes=1)
    breaker = Breaker(state=BreakerState.OPEN, failures=5, opened=3, open_until=until)
    bench.state = bench.state.model_copy(update={"breaker": breaker})
    bench.answer(_good(HELD))
    assert bench.collect().status is SourceStatus.OK
    assert bench.state.breaker == Breaker()
    bench.client.close()


def test_the_others_go_on_whatever_one_source_does(board: JobBoard) -> None:
    for fault in FAULTS.values():
        broken = Bench(board, SOURCES["greenhouse"])
        broken.answer(fault.answer)
        broken.collect()
        good = Bench(board, RemoteOk())
        good.answer(_good(5))
        ledger = good.collect()
        assert (ledger.status, ledger.counts) == (SourceStatus.OK, Counts(seen=5, new=5))
        for bench in (broken, good):
            bench.client.close()


def test_a_fault_in_the_middle_of_a_good_life_changes_nothing_and_the_next_answer_is_read_as_ever(
    board: JobBoard,
) -> None:
    bench = Bench(board, replace(RemoteOk(), listing=RemoteOk().listing.model_copy(update={"complete": True})))
    bench.answer(_good(20))
    bench.collect()
    puts, opened = bench.shelf.puts, bench.shelf.open()
    for fault in FAULTS.values():
        bench.state = bench.state.model_copy(update={"breaker": Breaker()})
        bench.answer(fault.answer)
        bench.time.now += timedelta(hours=3)
        assert bench.collect().status is not SourceStatus.OK
    bench.time.now += timedelta(days=1)
    bench.state = bench.state.model_copy(update={"breaker": Breaker()})
    bench.answer(_good(20))
    ledger = bench.collect()
    assert (ledger.status, ledger.counts) == (SourceStatus.OK, Counts(seen=20, unchanged=20))
    assert (bench.shelf.puts, bench.shelf.open()) == (puts, opened)
    bench.client.close()
