"""collect_source as it is called: from a message on its queue to postings, ledger, state and event."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.collect_source import collector, handler, tasks
from functions.collect_source.settings import Settings
from jobtracker.aws import clients
from jobtracker.aws.observability import logger
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile, Resume
from jobtracker.sources import claims, items, own, own_source, registry, secrets, store
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.custom import CustomFeed, OwnSource
from jobtracker.sources.feed import Feed
from jobtracker.sources.listing import directory, find, listings
from jobtracker.sources.model import (
    BreakerState,
    Listing,
    Politeness,
    PostponedError,
    SourceKind,
    SourceSetting,
    SourceStatus,
    Terms,
)
from jobtracker.sources.source import Draft, Page, Source, Visit
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.lambda_calls import batch, context
from tests.fakes.polite import FakeTime, polite_client


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        running.answer("/api", Answer(recorded("remoteok.json"), headers={"ETag": '"r1"'}))
        running.answer("/feed", Answer(recorded("weworkremotely.xml")))
        running.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
        yield running


def _listing(source_id: str, *, terms: Terms = Terms.OPEN, wants: tuple[str, ...] = (), on: bool = True) -> Listing:
    return Listing(
        id=source_id,
        kind=SourceKind.BOARD,
        name=source_id.title(),
        homepage="https://b.example",
        host="b.example",
        attribution=f"Source: {source_id}",
        terms=terms,
        conditions="c",
        secrets=wants,
        on=on,
        complete=True,
        politeness=Politeness(between_s=0, trips_at=2),
    )


class Pages:
    """A source of three pages, the second of which has to wait once; it keeps the secrets that it was given."""

    def __init__(self, listing: Listing, wait: timedelta | None = None) -> None:
        self.listing = listing
        self.wait = wait
        self.given: list[dict[str, str]] = []

    def fetch(self, visit: Visit) -> Page:
        self.given.append(dict(visit.secrets))
        at = int(visit.cursor or 0)
        if at == 1 and self.wait is not None:
            until, self.wait = datetime.now(UTC) + self.wait, None
            raise PostponedError(until)
        number = str(at)
        draft = Draft(
            number, f"https://b.example/{number}", f"Miller {number}", "Mill", "Graz, Austria", "<p>Flour</p>"
        )
        return Page([draft], next=str(at + 1) if at < 2 else None)


class Collecting:
    """The function, its stores and whom it tells."""

    def __init__(self, settings: Settings, events: str, known: dict[str, Source]) -> None:
        self.settings = settings
        self.known = known
        self.table = clients.table(settings.catalog_table)
        self.people = clients.table(settings.people_table)
        self.operations = clients.table(settings.operations_table)
        self._events = events

    def handle(self, *messages: CollectSource) -> list[str]:
        """Hand the function a batch; gives the ids of the messages that it reports as failed."""
        answer = handler.lambda_handler(batch(*(message.model_dump_json() for message in messages)), context())
        return [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]

    def events(self) -> list[dict[str, Any]]:
        """What came over the bus since the last call."""
        return [json.loads(body)["detail"] for body in _drain(self._events)]

    def queued(self) -> list[CollectSource]:
        """What the function sent itself since the last call."""
        return [CollectSource.model_validate_json(body) for body in _drain(self.settings.collect_queue_url)]

    def items(self, prefix: str) -> list[dict[str, Any]]:
        """The catalog's items whose key begins so."""
        return [item for item in self.table.scan()["Items"] if str(item["PK"]).startswith(prefix)]

    def postings(self) -> list[dict[str, Any]]:
        """The catalog's postings."""
        return [item for item in self.items("POSTING#") if item["SK"] == "POSTING"]


def _drain(queue: str) -> list[str]:
    bodies = []
    while got := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in got:
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            bodies.append(message["Body"])
    return bodies


def _queue(name: str) -> tuple[str, str]:
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"} if name.endswith(".fifo") else {}
    url = clients.sqs().create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]
    arn = clients.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, arn


@pytest.fixture
def collecting(
    catalog_table: str,
    people_table: str,
    operations_table: str,
    artifacts_bucket: str,
    board: JobBoard,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Collecting]:
    events, events_arn = _queue("events")
    collect, collect_arn = _queue("collect.fifo")
    clients.events().create_event_bus(Name="jobtracker")
    clients.events().put_rule(Name="all", EventBusName="jobtracker", EventPattern='{"source":["jobtracker"]}')
    target = {"Id": "queue", "Arn": events_arn}
    clients.events().put_targets(Rule="all", EventBusName="jobtracker", Targets=[target])  # type: ignore[list-item]
    boto3.client("scheduler").create_schedule_group(Name="continuations")
    settings = Settings(
        stage="test",
        catalog_table=catalog_table,
        people_table=people_table,
        operations_table=operations_table,
        artifacts_bucket=artifacts_bucket,
        event_bus="jobtracker",
        key_arn=clients.kms().create_key()["KeyMetadata"]["Arn"],
        collect_queue_url=collect,
        collect_queue_arn=collect_arn,
        continuation_group="continuations",
        continuation_role_arn="arn:aws:iam::123456789012:role/continuations",
        continuation_letters_arn=events_arn,
        contact="ops@tracker.example",
    )
    known: dict[str, Source] = {
        "remoteok": RemoteOk(url=f"{board.url}/api"),
        "feed": Feed(_listing("feed"), f"{board.url}/feed"),
        "greenhouse:ferrymoor": replace(greenhouse.board("ferrymoor", "Ferrymoor"), base=board.url),
    }
    client = polite_client(board, time=FakeTime(datetime.now(UTC)))
    monkeypatch.setattr(handler, "settings", lambda: settings)
    monkeypatch.setattr(tasks, "find_source", lambda source_id, _company: known.get(source_id))
    monkeypatch.setattr(tasks, "find", lambda source_id: known[source_id].listing if source_id in known else None)
    monkeypatch.setattr(collector, "_client", lambda *_: client)
    made = Collecting(settings, events, known)
    store.decide(made.table, _on("greenhouse:ferrymoor"))
    yield made
    client.close()


def _on(source_id: str, *, on: bool = True, accepted: bool = False) -> SourceSetting:
    return SourceSetting(source_id=source_id, on=on, accepted=accepted, changed_by="a", changed_at=datetime.now(UTC))


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
    store.decide(collecting.table, _on("remoteok", on=False))
    collecting.handle(CollectSource(source_id="remoteok"))
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.reason, state.postings) == (SourceStatus.OFF, "an administrator turned it off", 3)
    assert store.ledgers(collecting.table, "remoteok", limit=1)[0].status is SourceStatus.OFF
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
    source = Pages(_listing("shut", terms=Terms.RESTRICTED, on=False))
    collecting.known["shut"] = source
    for setting, reason in (
        (None, "nobody has turned it on"),
        (_on("shut"), "its conditions are not accepted"),
        (_on("shut", accepted=True), None),
    ):
        if setting is not None:
            store.decide(collecting.table, setting)
        collecting.handle(CollectSource(source_id="shut"))
        assert store.state(collecting.table, "shut").reason == reason
        assert bool(source.given) is (reason is None)


def test_a_source_with_a_key_is_off_without_it_and_is_given_it_opened(
    collecting: Collecting, caplog: pytest.LogCaptureFixture
) -> None:
    source = Pages(_listing("keyed", terms=Terms.KEY, wants=("app_id", "app_key")))
    collecting.known["keyed"] = source
    for name, value in (("app_id", "me"), ("app_key", "hush-hush")):
        collecting.handle(CollectSource(source_id="keyed"))
        assert source.given == []
        store.put_secrets(collecting.table, "keyed", secrets.seal(collecting.settings.key_arn, "keyed", {name: value}))
    assert store.state(collecting.table, "keyed").reason == "needs a key: app_key"
    with caplog.at_level("DEBUG"):
        collecting.handle(CollectSource(source_id="keyed"))
    assert source.given[0] == {"app_id": "me", "app_key": "hush-hush"}
    assert "hush-hush" not in str([vars(record) for record in caplog.records])


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


# --- going on later


def test_a_collection_that_has_to_wait_goes_on_by_a_schedule_and_is_one_collection(collecting: Collecting) -> None:
    collecting.known["pages"] = Pages(_listing("pages"), wait=timedelta(hours=1))
    message = CollectSource(source_id="pages")
    collecting.handle(message)
    state = store.state(collecting.table, "pages")
    assert state.run is not None
    scheduler = boto3.client("scheduler")
    [schedule] = scheduler.list_schedules(GroupName="continuations")["Schedules"]
    # Whoever comes meanwhile sees to its going on, and makes no second schedule of it.
    collecting.handle(message, CollectSource(source_id="pages"))
    assert [one["Name"] for one in scheduler.list_schedules(GroupName="continuations")["Schedules"]] == [
        schedule["Name"]
    ]
    planned = scheduler.get_schedule(GroupName="continuations", Name=schedule["Name"])
    assert planned["ActionAfterCompletion"] == "DELETE"
    assert planned["Target"]["SqsParameters"] == {"MessageGroupId": "b.example"}
    at = datetime.strptime(planned["ScheduleExpression"], "at(%Y-%m-%dT%H:%M:%S)").replace(tzinfo=UTC)
    assert timedelta() < at - state.run.resume_at <= timedelta(seconds=1)
    again = CollectSource.model_validate_json(planned["Target"]["Input"])
    assert (again.source_id, again.run_id, again.correlation_id) == ("pages", state.run.id, message.correlation_id)
    due = state.model_copy(update={"run": state.run.model_copy(update={"resume_at": datetime.now(UTC)})})
    items.save(collecting.table, store.slot("pages"), due)
    collecting.handle(again)
    [ledger] = store.ledgers(collecting.table, "pages", limit=9)
    assert (ledger.id, ledger.status, ledger.counts.seen) == (state.run.id, SourceStatus.OK, 3)
    assert len(collecting.postings()) == 3
    everything = collecting.table.scan()["Items"]
    collecting.handle(again)
    assert collecting.table.scan()["Items"] == everything


def test_a_collection_whose_time_is_up_sends_itself_the_rest(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "_RESERVE_S", 30.0)
    short = context()
    monkeypatch.setattr(type(short), "get_remaining_time_in_millis", lambda _: 0)
    collecting.known["pages"] = Pages(_listing("pages"))
    pending = [CollectSource(source_id="pages")]
    rounds = 0
    while pending:
        collecting.handle(*pending)
        pending = collecting.queued()
        rounds += 1
    [ledger] = store.ledgers(collecting.table, "pages", limit=9)
    assert (ledger.status, ledger.counts.seen, rounds > 2) == (SourceStatus.OK, 3, True)
    assert "Contents" not in clients.s3().list_objects_v2(
        Bucket=collecting.settings.artifacts_bucket, Prefix=f"collections/pages/{ledger.id}"
    )


# --- a person's own source


@pytest.fixture
def own_feed(collecting: Collecting, board: JobBoard, monkeypatch: pytest.MonkeyPatch) -> OwnSource:
    """Ann's own feed; its address is one that the guard would refuse to define."""
    source = OwnSource(
        id="own:00000000000a",
        owner_id="ann",
        name="Ann's feed",
        config=CustomFeed(kind="feed", url="https://feeds.example/jobs.rss"),
        created_at=datetime.now(UTC),
    )
    own.put(collecting.people, source)
    monkeypatch.setattr(own_source, "build", lambda own: Feed(own.listing, f"{board.url}/feed"))
    return source


def test_a_person_s_own_source_gives_postings_to_nobody_else(collecting: Collecting, own_feed: OwnSource) -> None:
    before = collecting.table.scan()["Items"]
    assert collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann")) == []
    shown, _ = private.page(collecting.people, "ann")
    assert len(shown) == 2
    assert private.page(collecting.people, "bob") == ([], None)
    assert collecting.table.scan()["Items"] == before
    assert own.state(collecting.people, "ann", own_feed.id).postings == 2
    assert own.ledgers(collecting.people, "ann", own_feed.id, limit=9)[0].counts.new == 2
    now = datetime.now(UTC)
    assert list(own.due(collecting.people, now)) == []
    assert len(list(own.due(collecting.people, now + timedelta(days=1)))) == 1


def test_a_person_is_ranked_anew_where_the_person_s_own_postings_changed(
    collecting: Collecting, own_feed: OwnSource
) -> None:
    resume = Resume(
        id="r", person_id="ann", filename="a.pdf", content_type="application/pdf", created_at=datetime.now(UTC)
    )
    resumes.put_resume(collecting.people, resume)
    profile = resumes.put_profile(collecting.people, resume, Profile(), match_shards=2)
    assert profile is not None
    message = CollectSource(source_id=own_feed.id, owner_id="ann")
    collecting.handle(message)
    [event] = collecting.events()
    assert (event["type"], event["person_id"], event["profile_version"]) == ("ProfileChanged", "ann", profile.version)
    assert event["correlation_id"] == message.correlation_id
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    assert collecting.events() == []


def test_the_client_keeps_the_common_pace_and_asks_public_addresses_only(
    collecting: Collecting, board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(handler, "settings", lambda: collecting.settings)
    monkeypatch.setattr(tasks, "find_source", lambda source_id, _company: collecting.known.get(source_id))
    monkeypatch.setattr(tasks, "find", lambda source_id: collecting.known[source_id].listing)
    collector._client.cache_clear()
    try:
        collecting.handle(CollectSource(source_id="feed"))
        refused = store.state(collecting.table, "feed")
        allowed = collecting.settings.model_copy(update={"allowed_hosts": f"{board.host},127.0.0.1:1"})
        monkeypatch.setattr(handler, "settings", lambda: allowed)
        collecting.handle(CollectSource(source_id="feed"))
    finally:
        collector._client.cache_clear()
    assert refused.status is SourceStatus.FAILING
    assert "127.0.0.1" not in str(refused.reason)
    assert store.state(collecting.table, "feed").status is SourceStatus.OK
    assert [item["PK"] for item in collecting.operations.scan()["Items"]] == [f"PACE#{board.host}"]
