"""A collection of many pages: in parts, with waits between them, and ended where it must be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from jobtracker.postings.model import ClosedReason
from jobtracker.sources.boards.remoteok import LISTING
from jobtracker.sources.collect import LONGEST_RUN
from jobtracker.sources.model import Listing, Politeness, PostponedError, SourceError, SourceStatus, Validators
from jobtracker.sources.source import Closed, Draft, Page, Record, RecordError, Rejection, Seen, Visit, each
from tests.fakes.collecting import DAY, Bench
from tests.fakes.polite import NOON

START = NOON


PAGED = LISTING.model_copy(update={"id": "paged", "complete": True, "politeness": Politeness(between_s=0)})


@dataclass
class Paged:
    """A source of several pages. ``trouble`` is raised by a page, or in the middle of one (page, record)."""

    pages: list[list[int]]
    trouble: dict[int | tuple[int, int], Exception] = field(default_factory=dict)
    asked: list[str | None] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    on_record: Callable[[int], None] = lambda _: None
    loops: bool = False
    refused: int = 0
    untitled: set[int] = field(default_factory=set)
    over: set[int] = field(default_factory=set)

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
        yield from [Rejection("no id")] * (self.refused if at == 0 else 0)
        for place, number in enumerate(self.pages[at]):
            if (error := self.trouble.pop((at, place), None)) is not None:
                raise error
            if visit.known(str(number)):
                yield Seen(str(number))
                continue
            self.read.append(number)
            self.on_record(number)
            if number in self.over:
                yield Closed(str(number), ClosedReason.GONE)
                continue
            title = "" if number in self.untitled else f"Baker {number}"
            yield Draft(str(number), f"https://p.example/{number}", title, "Mill", "Graz, Austria", "<p>x</p>")


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


def _in_parts(bench: Bench) -> Paged:
    """Six postings are held, and a collection that lists five of them stands before its last page."""
    bench.run(Paged([[1, 2, 3], [4, 5, 6]]))
    source = Paged([[1, 2], [3, 4], [5]], {2: PostponedError(START + 2 * DAY)})
    assert bench.outcome(source).ledger is None
    bench.time.now += DAY
    return source


def test_a_collection_in_parts_whose_end_was_not_recorded_ends_again_as_it_did(bench: Bench) -> None:
    source = _in_parts(bench)
    for recorded in (False, True):
        outcome = bench.outcome(source, recorded=recorded)
        assert outcome.ledger is not None
        assert (outcome.ledger.status, outcome.ledger.counts.seen) == (SourceStatus.OK, 5)
        assert bench.shelf.open() == set("12345")
    assert bench.memory.parts == {}


def test_a_collection_whose_parts_are_lost_begins_anew_and_takes_nothing_for_gone(bench: Bench) -> None:
    source = _in_parts(bench)
    assert bench.state is not None
    assert bench.state.run is not None
    bench.memory.forget_parts(bench.state.run.id, bench.state.run.parts)
    outcome = bench.outcome(source)
    assert outcome.ledger is not None
    assert (outcome.ledger.status, outcome.ledger.counts.seen, outcome.ledger.counts.gone) == (SourceStatus.OK, 5, 1)
    assert bench.shelf.open() == set("12345")


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
    assert (state.postings, state.left_until, state.reason) == (2, until, "the host or its limits demand a pause")
    ledger, state = bench.run(Paged([[1, 2]]))
    assert (ledger.status, state.left_until) == (SourceStatus.OK, None)


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


def test_no_more_than_the_most_is_kept_and_the_rest_is_not_taken_for_gone(bench: Bench) -> None:
    bench.run(Paged([[1, 2, 3], [4]]))
    source = Paged([[5, 6, 1], [2]])
    ledger = bench.outcome(source, most=2).ledger
    assert ledger is not None
    assert (ledger.status, ledger.counts.seen, ledger.counts.gone) == (SourceStatus.OK, 2, 0)
    assert source.read == [5, 6]
    assert bench.shelf.open() == set("123456")


def test_a_first_page_of_nothing_but_refusals_does_not_pass_for_a_host_that_was_not_asked(bench: Bench) -> None:
    source = Paged([[], [1, 2, 3]])
    source.refused = 2
    outcome = bench.outcome(source, deadline=bench.time.now)
    assert (outcome.ledger, outcome.continue_at) == (None, START)
    ledger, _ = bench.run(source)
    assert (ledger.status, ledger.counts.seen, ledger.counts.refused) == (SourceStatus.OK, 3, 2)


def test_refusals_of_a_page_that_is_read_again_are_counted_once(bench: Bench) -> None:
    trouble: dict[int | tuple[int, int], Exception] = {
        (0, place): PostponedError(START + timedelta(minutes=place)) for place in (1, 2)
    }
    source = Paged([[1, 2, 3, 4], [5]], trouble)
    source.refused = 2
    while (outcome := bench.outcome(source)).ledger is None:
        bench.time.now += timedelta(minutes=5)
    counts = outcome.ledger.counts
    assert (outcome.ledger.status, counts.seen, counts.refused) == (SourceStatus.OK, 5, 2)


def test_a_record_known_from_before_that_cannot_be_read_is_counted_once_and_the_next_page_s_as_well(
    bench: Bench,
) -> None:
    bench.run(Paged([[1, 2, 3], [4, 5, 6]]))
    bench.time.now += 8 * DAY
    source = Paged([[1, 2, 3], [4, 5, 6]], {(0, 2): PostponedError(START), (1, 2): PostponedError(START)})
    source.untitled = {1, 4, 7}
    source.pages[1].append(7)
    while (outcome := bench.outcome(source)).ledger is None:
        pass
    counts = outcome.ledger.counts
    assert (counts.seen, counts.refused, counts.gone) == (4, 3, 0)


def test_time_that_is_up_among_records_that_cannot_be_read_ends_the_part(bench: Bench) -> None:
    source = Paged([[1]])
    source.refused = 3
    parts = 1
    while (outcome := bench.outcome(source, deadline=bench.time.now)).ledger is None:
        parts += 1
        assert outcome.state.run is not None
        assert outcome.state.run.counts.refused == min(parts - 1, 3)
    assert (parts, outcome.ledger.counts.seen, outcome.ledger.counts.refused) == (5, 1, 3)


# --- what is listed and over all the same


def test_a_posting_whose_details_say_that_it_is_over_is_closed_and_comes_back_when_they_do(bench: Bench) -> None:
    source = Paged([[1, 2], [3, 4]])
    bench.run(source, after=DAY * 8)
    source.over = {2, 5}
    source.pages = [[1, 2], [3, 4, 5]]
    ledger, state = bench.run(source)
    assert (ledger.status, ledger.counts.seen, ledger.counts.gone, ledger.counts.refused) == (SourceStatus.OK, 3, 1, 0)
    assert (bench.shelf.closed(), bench.shelf.open()) == ({"2": ClosedReason.GONE}, {"1", "3", "4"})
    assert state.postings == 3
    again, _ = bench.run(source)
    assert (again.counts.seen, again.counts.gone) == (3, 0)
    source.over = set()
    bench.run(source)
    assert bench.shelf.open() == {"1", "2", "3", "4", "5"}


def test_what_is_over_is_remembered_over_the_parts_of_a_collection(bench: Bench) -> None:
    source = Paged([[1, 2, 3], [4, 5]])
    bench.run(source, after=DAY * 8)
    source.over, source.read = {2}, []
    while bench.outcome(source, deadline=bench.time.now).ledger is None:
        pass
    assert source.read == [1, 2, 3, 4, 5]
    assert bench.shelf.closed() == {"2": ClosedReason.GONE}


def test_a_host_that_says_nearly_everything_is_over_is_not_believed(bench: Bench) -> None:
    source = Paged([[*range(20)]])
    bench.run(source, after=DAY * 8)
    source.over = set(range(1, 20))
    ledger, _ = bench.run(source)
    assert (ledger.status, ledger.counts.gone) == (SourceStatus.SUSPICIOUS, 0)
    assert len(bench.shelf.open()) == 20
    source.over = set()
    assert bench.run(source)[0].status is SourceStatus.OK
    assert bench.shelf.closed() == {}


def test_a_host_that_loses_its_details_closes_nothing_though_it_is_asked_for_a_few_at_a_time(bench: Bench) -> None:
    numbers = [*range(28)]
    for last in range(7, 29, 7):
        bench.run(Paged([numbers[:last]]))
    source = Paged([numbers])
    source.over = set(numbers)
    bench.time.now += 3 * DAY
    for _ in range(4):
        ledger, state = bench.run(source)
        assert (ledger.status, ledger.counts.gone, state.postings) == (SourceStatus.SUSPICIOUS, 0, 28)
        assert str(ledger.reason).endswith("listed postings are gone")
    assert len(bench.shelf.open()) == 28
    source.over = {3}
    assert bench.run(source)[0].status is SourceStatus.OK
    assert bench.shelf.closed() == {"3": ClosedReason.GONE}


@pytest.mark.parametrize(("over", "gone"), [({0, 1}, 2), ({0, 1, 2, 3}, 4), ({0, 1, 2, 3, 4}, 0)])
def test_some_details_that_are_gone_are_believed(bench: Bench, over: set[int], gone: int) -> None:
    bench.run(Paged([[*range(5)]]), after=DAY)
    bench.run(Paged([[*range(20)]]), after=DAY * 6)
    source = Paged([[*range(20)]])
    source.over = over
    assert bench.run(source)[0].counts.gone == gone


def test_details_that_are_gone_of_postings_that_nobody_knew_are_no_reason_for_doubt(bench: Bench) -> None:
    bench.run(Paged([[1, 2, 3, 4, 5]]))
    source = Paged([[*range(1, 9)]])
    source.over = {6, 7, 8}
    ledger, _ = bench.run(source)
    assert (ledger.status, ledger.counts.seen) == (SourceStatus.OK, 5)
