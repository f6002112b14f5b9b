"""collect_source as it is called: from a message on its queue to postings, ledger, state and event."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.collect_source import handler, tasks
from jobtracker.aws.observability import logger
from jobtracker.messages.model import CollectSource
from jobtracker.postings import store as postings
from jobtracker.sources import claims, items, normalising, registry, secrets, store
from jobtracker.sources.listing import directory, find, listings
from jobtracker.sources.model import (
    BreakerState,
    Listing,
    SourceStatus,
    Terms,
)
from jobtracker.sources.source import Draft, Page, Visit
from tests.contract.collecting import Collecting, Keyed, Pages, a_listing, board, collecting, decided
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.lambda_calls import batch, context

__all__ = ["board", "collecting"]


def test_one_message_collects_one_source_into_the_table(collecting: Collecting) -> None:
    message = CollectSource(source_id="remoteok")
    assert collecting.handle(message) == []
    assert len(collecting.postings()) == 3
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.postings, state.validators.etag) == (SourceStatus.OK, 3, '"r1"')
    (event,) = collecting.events()
    assert (event["source_id"], event["state"], event["seen"], event["written"]) == ("remoteok", "ok", 3, 3)
    assert event["correlation_id"] == message.correlation_id


def test_the_log_names_the_request_that_began_it_all(collecting: Collecting, caplog: pytest.LogCaptureFixture) -> None:
    message = CollectSource(source_id="remoteok")
    with caplog.at_level("INFO"):
        collecting.handle(message)
    assert logger().get_correlation_id() == message.correlation_id
    (collected,) = [record for record in caplog.records if record.message == "collected"]
    assert vars(collected)["counts"].items() >= {"seen": 3, "refused": 1}.items()


def test_the_same_message_again_asks_nobody_and_changes_nothing(collecting: Collecting, board: JobBoard) -> None:
    message = CollectSource(source_id="greenhouse:ferrymoor")
    assert collecting.handle(message) == []
    asked, everything = len(board.requests), collecting.table.scan()["Items"]
    assert collecting.handle(message) == []
    assert len(board.requests) == asked
    assert collecting.table.scan()["Items"] == everything
    assert len(collecting.events()) == 1


def test_the_same_answers_again_change_no_posting(collecting: Collecting) -> None:
    collecting.handle(CollectSource(source_id="greenhouse:ferrymoor"))
    first = collecting.items("POSTING#")
    collecting.handle(CollectSource(source_id="greenhouse:ferrymoor"))
    assert collecting.items("POSTING#") == first
    assert [(event["seen"], event["written"]) for event in collecting.events()] == [(3, 3), (3, 0)]


def test_who_finds_the_source_being_collected_leaves_it_alone(collecting: Collecting, board: JobBoard) -> None:
    now = datetime.now(UTC)
    claims.claim(collecting.operations, store.slot("remoteok"), now, now + timedelta(minutes=5))
    assert collecting.handle(CollectSource(source_id="remoteok")) == []
    assert board.requests == []
    assert collecting.handle(CollectSource(source_id="feed")) == []
    assert len(board.requests) == 1


def test_a_validator_is_kept_and_an_unchanged_answer_keeps_the_count(collecting: Collecting, board: JobBoard) -> None:
    collecting.handle(CollectSource(source_id="remoteok"))
    board.answer("/api", Answer(status=304))
    collecting.handle(CollectSource(source_id="remoteok"))
    assert board.requests[1].headers["if-none-match"] == '"r1"'
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.postings, state.validators.etag) == (SourceStatus.OK, 3, '"r1"')


def test_a_source_that_fails_is_recorded_and_the_message_is_done(collecting: Collecting, board: JobBoard) -> None:
    collecting.handle(CollectSource(source_id="remoteok"))
    board.answer("/api", Answer(b"<!DOCTYPE html><title>Are you human?</title>"))
    assert collecting.handle(CollectSource(source_id="remoteok")) == []
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.reason) == (SourceStatus.BLOCKED, "a web page came instead of data")
    assert (state.postings, state.breaker.failures) == (3, 1)
    assert len(collecting.postings()) == 3
    assert [event["state"] for event in collecting.events()] == ["ok", "blocked"]


def test_each_collection_leaves_its_ledger(collecting: Collecting) -> None:
    collecting.handle(CollectSource(source_id="feed"))
    collecting.handle(CollectSource(source_id="feed"))
    latest, first = store.ledgers(collecting.table, "feed", limit=9)
    assert (first.counts.new, first.counts.unchanged, first.counts.refused) == (2, 0, 1)
    assert (latest.counts.new, latest.counts.unchanged, latest.counts.refused) == (0, 2, 1)
    assert first.refusals == ("no link",)


def test_one_source_s_failure_leaves_the_others_of_the_batch(collecting: Collecting, board: JobBoard) -> None:
    board.answer("/api", Answer(status=500))
    wanted = ("remoteok", "feed", "greenhouse:ferrymoor")
    assert collecting.handle(*(CollectSource(source_id=one) for one in wanted)) == []
    states = store.states(collecting.table, wanted)
    assert [states[one].status for one in wanted] == [SourceStatus.FAILING, SourceStatus.OK, SourceStatus.OK]
    assert len(collecting.postings()) == 5


def test_a_source_that_is_not_known_is_nobody_s_failure(collecting: Collecting) -> None:
    before = collecting.table.scan()["Items"]
    assert collecting.handle(CollectSource(source_id="gone")) == []
    assert collecting.handle(CollectSource(source_id="own:000000000001", owner_id="ann")) == []
    assert collecting.table.scan()["Items"] == before
    assert collecting.events() == []


def test_a_message_that_is_none_is_reported_and_so_are_those_behind_it(collecting: Collecting) -> None:
    good = CollectSource(source_id="feed").model_dump_json()
    event = batch(good, '{"version": 9}', good)
    answer = handler.lambda_handler(event, context())
    # The queue is first in, first out: what follows a failed message must not overtake it.
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == [
        record["messageId"] for record in event["Records"][1:]
    ]


def test_a_table_that_is_away_sends_the_message_back_and_frees_the_source(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(postings, "put", away)
        with pytest.raises(BatchProcessingError):
            handler.lambda_handler(batch(CollectSource(source_id="feed").model_dump_json()), context())
    collecting.handle(CollectSource(source_id="feed"))
    assert store.state(collecting.table, "feed").counts.new == 2


# --- what may be collected


def test_a_source_that_is_off_is_not_asked_and_says_so(collecting: Collecting, board: JobBoard) -> None:
    collecting.handle(CollectSource(source_id="remoteok"))
    store.decide(collecting.table, decided("remoteok", on=False))
    collecting.handle(CollectSource(source_id="remoteok"))
    state = store.state(collecting.table, "remoteok")
    # Once it is on, it is what it was before.
    assert (state.status, state.reason, state.postings) == (SourceStatus.OK, None, 3)
    ledger = store.ledgers(collecting.table, "remoteok", limit=1)[0]
    assert (ledger.status, ledger.reason) == (SourceStatus.OFF, "an administrator turned it off")
    assert len(board.requests) == 1


def test_a_company_s_board_is_on_from_the_start_where_the_directory_says_so(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "find_source", registry.source)
    monkeypatch.setattr(tasks, "find", find)
    for on, off in ((True, None), (False, "nobody has turned it on")):
        company = next(one for one in directory().values() if one.on is on)
        task = tasks.task_of(CollectSource(source_id=company.source_id), collecting.settings)
        assert task is not None
        assert (task.off, task.source.listing.name) == (off, listings()[company.source_id].name)


def test_a_restricted_source_is_off_until_its_conditions_are_accepted(collecting: Collecting) -> None:
    source = Pages(a_listing("shut", terms=Terms.RESTRICTED, on=False))
    collecting.known["shut"] = source
    for setting, reason in (
        (None, "nobody has turned it on"),
        (decided("shut"), "its conditions are not accepted"),
        (decided("shut", accepted=True), None),
    ):
        if setting is not None:
            store.decide(collecting.table, setting)
        collecting.handle(CollectSource(source_id="shut"))
        assert store.ledgers(collecting.table, "shut", limit=1)[0].reason == reason
        assert bool(source.given) is (reason is None)


def test_a_source_with_a_key_is_off_without_it_and_is_given_it_opened(
    collecting: Collecting, caplog: pytest.LogCaptureFixture
) -> None:
    source = Pages(a_listing("keyed", terms=Terms.KEY, wants=("app_id", "app_key")))
    collecting.known["keyed"] = source
    for name, value in (("app_id", "me"), ("app_key", "hush-hush")):
        collecting.handle(CollectSource(source_id="keyed"))
        assert source.given == []
        store.put_secrets(collecting.table, "keyed", secrets.seal(collecting.settings.key_arn, "keyed", {name: value}))
    told = [ledger.reason for ledger in store.ledgers(collecting.table, "keyed", limit=2)]
    assert told == ["needs a key: app_key", "needs a key: app_id, app_key"]
    with caplog.at_level("DEBUG"):
        collecting.handle(CollectSource(source_id="keyed"))
    assert source.given[0] == {"app_id": "me", "app_key": "hush-hush"}
    assert "hush-hush" not in str([vars(record) for record in caplog.records])


def test_a_new_key_is_tried_at_once_though_the_source_is_left_alone_after_a_wrong_one(collecting: Collecting) -> None:
    source = Keyed(a_listing("keyed", terms=Terms.KEY, wants=("key",)))
    collecting.known["keyed"] = source

    def give(key: str) -> None:
        sealed = secrets.seal(collecting.settings.key_arn, "keyed", {"key": key})
        store.put_secrets(collecting.table, "keyed", sealed)

    give("wrong")
    for _ in range(3):
        collecting.handle(CollectSource(source_id="keyed"))
    state = store.state(collecting.table, "keyed")
    assert (state.breaker.state, source.given) == (BreakerState.OPEN, ["wrong"] * 2)
    for key in ("wrong", "right"):
        give(key)
        for _ in range(2):
            collecting.handle(CollectSource(source_id="keyed"))
    assert source.given == [*["wrong"] * 4, *["right"] * 2]
    assert store.state(collecting.table, "keyed").status is SourceStatus.OK


def test_a_breaker_that_is_half_open_is_so_in_the_table_while_its_one_try_is_made(
    collecting: Collecting, board: JobBoard
) -> None:
    source = replace(collecting.known["feed"], url=board.answer("/feed", Answer(status=404)))  # type: ignore[type-var]
    collecting.known["feed"] = source
    for _ in range(2):
        collecting.handle(CollectSource(source_id="feed"))
    state = store.state(collecting.table, "feed")
    assert state.breaker.state is BreakerState.OPEN
    asked = len(board.requests)
    collecting.handle(CollectSource(source_id="feed"))
    assert len(board.requests) == asked
    past = state.breaker.model_copy(update={"open_until": datetime.now(UTC) - timedelta(minutes=1)})
    items.save(collecting.table, store.slot("feed"), state.model_copy(update={"breaker": past, "last_run_at": None}))
    during: list[BreakerState] = []

    def look(_: object) -> Answer:
        during.append(store.state(collecting.table, "feed").breaker.state)
        return Answer(recorded("weworkremotely.xml"))

    board.answer("/feed", look)
    collecting.handle(CollectSource(source_id="feed"))
    assert during == [BreakerState.HALF_OPEN]
    assert store.state(collecting.table, "feed").breaker.state is BreakerState.CLOSED


@dataclass(frozen=True)
class _Three:
    """A source of three postings, the second of which has a link that no item can hold."""

    listing: Listing

    def fetch(self, _visit: Visit) -> Page:
        return Page([_draft("1"), _draft("2", "x" * 450_000), _draft("3")])


def _draft(number: str, end: str = "") -> Draft:
    return Draft(number, f"https://b.example/{number}{end}", f"Miller {number}", "Mill", "Graz", "<p>Flour</p>")


def test_a_record_that_is_longer_than_any_posting_is_refused_and_the_others_are_kept(collecting: Collecting) -> None:
    _collect_three(collecting, "a link longer than any")


def test_so_is_one_that_only_the_table_refuses(collecting: Collecting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normalising, "_MAX_LINK", 500_000)
    monkeypatch.setattr(normalising, "_MAX_WRITTEN_BYTES", 500_000)
    _collect_three(collecting, "longer than what can be kept")


def _collect_three(collecting: Collecting, reason: str) -> None:
    collecting.known["three"] = _Three(a_listing("three"))
    assert collecting.handle(CollectSource(source_id="three")) == []
    assert len(collecting.postings()) == 2
    (ledger,) = store.ledgers(collecting.table, "three", 5)
    assert (ledger.status, ledger.counts.seen, ledger.counts.refused) == (SourceStatus.OK, 2, 1)
    assert ledger.refusals == (reason,)
