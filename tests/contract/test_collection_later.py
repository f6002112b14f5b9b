"""collect_source where it has to wait, and where what it collects is one person's alone."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.collect_source import collector, handler, tasks
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import ClosedReason
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.sources import items, own, own_source, store
from jobtracker.sources.custom import KEPT, CustomFeed, OwnSource
from jobtracker.sources.feed import Feed
from jobtracker.sources.model import SourceStatus
from jobtracker.sources.seen import Sighting, StoredMemory
from tests.contract.collecting import Collecting, Pages, a_listing, board, collecting, decided
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.lambda_calls import context

__all__ = ["board", "collecting"]


# --- going on later


def test_a_collection_that_has_to_wait_goes_on_by_a_schedule_and_is_one_collection(collecting: Collecting) -> None:
    collecting.known["pages"] = Pages(a_listing("pages"), wait=timedelta(hours=1))
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
    collecting.known["pages"] = Pages(a_listing("pages"))
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


def test_a_collection_in_parts_whose_end_cannot_be_recorded_is_ended_by_the_message_that_comes_again(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise ConnectionError

    source = Pages(a_listing("pages"))
    collecting.known["pages"] = source
    collecting.handle(CollectSource(source_id="pages"))
    source.wait = timedelta()
    collecting.handle(CollectSource(source_id="pages"))
    [again] = collecting.queued()
    with monkeypatch.context() as broken:
        broken.setattr(items, "record", away)
        with pytest.raises(BatchProcessingError):
            collecting.handle(again)
    assert collecting.handle(again) == []
    ledger, _ = store.ledgers(collecting.table, "pages", limit=9)
    assert (ledger.id, ledger.counts.seen, ledger.counts.gone) == (again.run_id, 3, 0)
    ids = [str(item["PK"]).removeprefix("POSTING#") for item in collecting.postings()]
    assert [one.life.open for one in postings.get_many(collecting.table, ids).values()] == [True] * 3
    left = clients.s3().list_objects_v2(Bucket=collecting.settings.artifacts_bucket, Prefix="collections/pages/")
    assert [found["Key"] for found in left["Contents"]] == ["collections/pages/seen.json.gz"]


def test_what_a_collection_saw_before_its_source_was_turned_off_is_closed_some_day(collecting: Collecting) -> None:
    collecting.known["pages"] = Pages(a_listing("pages"), wait=timedelta())
    collecting.handle(CollectSource(source_id="pages"))
    [again] = collecting.queued()
    store.decide(collecting.table, decided("pages", on=False))
    collecting.handle(again)
    memory = StoredMemory(collecting.settings.artifacts_bucket, "pages")
    assert len(memory.load()) == 1
    assert memory.load_parts(str(again.run_id), 1) is None


def test_what_was_over_before_its_source_was_turned_off_is_not_kept_as_open(collecting: Collecting) -> None:
    collecting.known["pages"] = Pages(a_listing("pages"), wait=timedelta())
    collecting.handle(CollectSource(source_id="pages"))
    [again] = collecting.queued()
    memory, seen = StoredMemory(collecting.settings.artifacts_bucket, "pages"), Sighting("ab", 1, 1)
    memory.save_part(str(again.run_id), 0, {"1": seen, "2": Sighting.closed(ClosedReason.GONE, 1)})
    store.decide(collecting.table, decided("pages", on=False))
    collecting.handle(again)
    assert memory.load() == {"1": seen}


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


def test_a_source_that_is_defined_anew_begins_anew(
    collecting: Collecting, own_feed: OwnSource, board: JobBoard
) -> None:
    validated = Answer(recorded("weworkremotely.xml"), headers={"Last-Modified": "Fri, 06 Mar 2026 10:00:00 GMT"})
    board.answer("/feed", lambda asked: Answer(status=304) if "if-modified-since" in asked.headers else validated)
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    own.put(collecting.people, own_feed.model_copy(update={"name": "Renamed"}))
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    assert "if-modified-since" in board.requests[-1].headers
    moved = CustomFeed(kind="feed", url="https://feeds.example/other.rss")
    own.put(collecting.people, own_feed.model_copy(update={"config": moved}))
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    assert "if-modified-since" not in board.requests[-1].headers
    assert own.ledgers(collecting.people, "ann", own_feed.id, limit=1)[0].counts.seen == 2


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


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"kind": "board", "system": "no-more", "token": "acme"}, "no board of a system that is known"),
        ({"kind": "feed", "url": "https://www.linkedin.com/feed"}, "LinkedIn forbids programs to read it"),
        ({"kind": "feed", "url": "ftp://a..b/"}, "no web address"),
    ],
)
def test_an_own_source_that_cannot_be_made_any_more_says_so_in_its_ledger(
    collecting: Collecting, config: dict[str, str], reason: str
) -> None:
    source = OwnSource.model_validate(
        {"id": "own:00000000000a", "owner_id": "ann", "name": "A", "config": config, "created_at": datetime.now(UTC)},
        context=KEPT,
    )
    own.put(collecting.people, source)
    assert collecting.handle(CollectSource(source_id=source.id, owner_id="ann")) == []
    [ledger] = own.ledgers(collecting.people, "ann", source.id, limit=9)
    assert (ledger.status, ledger.requests) == (SourceStatus.FAILING, 0)
    assert str(ledger.reason).startswith(reason)
    assert own.list_sources(collecting.people, "ann") == [source]
