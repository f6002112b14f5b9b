"""schedule_collections: which sources it asks for, and how."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.schedule_collections import due, handler
from functions.schedule_collections.settings import Settings
from jobtracker.aws import bus, clients
from jobtracker.messages.model import CollectSource
from jobtracker.sources import items, own, secrets, store
from jobtracker.sources.custom import CustomFeed, OwnSource
from jobtracker.sources.listing import directory, listings
from jobtracker.sources.model import (
    Breaker,
    BreakerState,
    Collection,
    Listing,
    SourceKind,
    SourceSetting,
    SourceState,
    SourceStatus,
    Terms,
)
from tests.fakes.lambda_calls import context

PUBLIC = {one.id for one in listings().values() if one.on}


class Schedule:
    """The function, its tables and its queue."""

    def __init__(self, catalog: str, people: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.queue = clients.sqs().create_queue(QueueName="collect.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        self.table = clients.table(catalog)
        self.people = clients.table(people)
        self.settings = Settings(stage="test", catalog_table=catalog, people_table=people, collect_queue_url=self.queue)
        monkeypatch.setattr(handler, "settings", lambda: self.settings)

    def ended(self, source_id: str, due_in: timedelta, breaker: Breaker | None = None) -> None:
        at = datetime.now(UTC)
        ledger = Collection(id=at.isoformat(), source_id=source_id, started_at=at, ended_at=at, status=SourceStatus.OK)
        state = SourceState(
            source_id=source_id,
            status=SourceStatus.OK,
            last_run_at=at,
            due_at=at + due_in,
            breaker=breaker or Breaker(),
        )
        store.record(self.table, ledger, state)

    def decide(self, source_id: str, *, on: bool, accepted: bool = False) -> None:
        setting = SourceSetting(
            source_id=source_id, on=on, accepted=accepted, changed_by="a", changed_at=datetime.now(UTC)
        )
        store.decide(self.table, setting)

    def run(self) -> dict[str, str]:
        """Fire the schedule; gives the message group of each source that is asked for."""
        answer = handler.lambda_handler({}, context())
        groups: dict[str, str] = {}
        while got := self._receive():
            for message in got:
                asked = CollectSource.model_validate_json(message["Body"])
                name = asked.source_id if asked.owner_id is None else f"{asked.owner_id}/{asked.source_id}"
                assert name not in groups
                groups[name] = message["Attributes"]["MessageGroupId"]
        assert answer == {"sources": len(groups)}
        return groups

    def _receive(self) -> list[Any]:
        got = clients.sqs().receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, AttributeNames=["All"])
        messages = got.get("Messages", [])
        for message in messages:
            clients.sqs().delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return list(messages)


@pytest.fixture
def schedule(catalog_table: str, people_table: str, monkeypatch: pytest.MonkeyPatch) -> Schedule:
    return Schedule(catalog_table, people_table, monkeypatch)


def test_at_first_every_source_that_is_on_by_itself_is_asked_for_and_the_sample_is_not(schedule: Schedule) -> None:
    assert "sample" not in PUBLIC
    assert set(schedule.run()) == PUBLIC


def test_collections_of_one_host_are_one_group(schedule: Schedule) -> None:
    groups = schedule.run()
    assert groups["remoteok"] == "remoteok.com"
    for source_id, group in groups.items():
        assert group == listings()[source_id].host
    assert len(set(groups.values())) < len(groups)


def test_what_is_not_due_is_not_asked_for(schedule: Schedule) -> None:
    schedule.ended("remoteok", timedelta(hours=2))
    schedule.ended("weworkremotely", timedelta(hours=-1))
    assert set(schedule.run()) == PUBLIC - {"remoteok"}


def test_a_schedule_that_fires_a_little_early_skips_no_round(schedule: Schedule) -> None:
    schedule.ended("remoteok", timedelta(minutes=5))
    assert "remoteok" in schedule.run()


def test_a_source_whose_breaker_is_open_is_left_alone_until_its_time_has_come(schedule: Schedule) -> None:
    for source_id, minutes in (("remoteok", 30), ("weworkremotely", -1)):
        until = datetime.now(UTC) + timedelta(minutes=minutes)
        breaker = Breaker(state=BreakerState.OPEN, failures=5, opened=1, open_until=until)
        schedule.ended(source_id, timedelta(hours=-1), breaker)
    asked = schedule.run()
    assert "remoteok" not in asked
    assert "weworkremotely" in asked


def test_an_administrator_decides_what_is_asked_for(schedule: Schedule) -> None:
    off = next(company for company in directory().values() if not company.on)
    schedule.decide("remoteok", on=False)
    schedule.decide(off.source_id, on=True)
    schedule.decide("greenhouse:a-company-of-our-own", on=True)
    schedule.decide("no-such-source", on=True)
    asked = schedule.run()
    assert set(asked) == PUBLIC - {"remoteok"} | {off.source_id, "greenhouse:a-company-of-our-own"}


def _listing(source_id: str, terms: Terms, secrets: tuple[str, ...] = ()) -> Listing:
    return Listing(
        id=source_id,
        kind=SourceKind.BOARD,
        name=source_id,
        homepage="https://b.example",
        host="b.example",
        attribution="b",
        terms=terms,
        conditions="c",
        secrets=secrets,
    )


def test_a_restricted_source_takes_a_person_who_accepted_its_conditions(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "listings", lambda: {"shut": _listing("shut", Terms.RESTRICTED)})
    assert schedule.run() == {}
    schedule.decide("shut", on=True)
    assert schedule.run() == {}
    schedule.decide("shut", on=True, accepted=True)
    assert set(schedule.run()) == {"shut"}


def test_a_source_with_a_key_is_asked_for_once_its_key_is_there(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "listings", lambda: {"keyed": _listing("keyed", Terms.KEY, ("id", "key"))})
    schedule.decide("keyed", on=True)
    store.put_secrets(schedule.table, "keyed", {"id": b"sealed"})
    assert schedule.run() == {}
    store.put_secrets(schedule.table, "keyed", {"key": b"sealed"})
    assert set(schedule.run()) == {"keyed"}


def test_a_source_with_another_key_than_it_was_asked_with_is_asked_for_though_it_is_left_alone(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "listings", lambda: {"keyed": _listing("keyed", Terms.KEY, ("key",))})
    schedule.decide("keyed", on=True)
    store.put_secrets(schedule.table, "keyed", {"key": b"wrong"})
    until = datetime.now(UTC) + timedelta(hours=5)
    breaker = Breaker(state=BreakerState.OPEN, failures=5, opened=3, open_until=until)
    keys = secrets.mark({"key": b"wrong"})
    items.save(schedule.table, store.slot("keyed"), SourceState(source_id="keyed", keys=keys, breaker=breaker))
    assert schedule.run() == {}
    store.put_secrets(schedule.table, "keyed", {"key": b"right"})
    assert set(schedule.run()) == {"keyed"}


def test_when_nothing_is_due_nothing_is_sent(schedule: Schedule) -> None:
    for source_id in PUBLIC:
        schedule.ended(source_id, timedelta(hours=1))
    assert schedule.run() == {}


@pytest.mark.parametrize(("hours", "asked"), [(None, True), (7, False), (-1, True)])
def test_the_sample_source_is_asked_for_where_it_is_turned_on(
    schedule: Schedule, hours: int | None, asked: bool
) -> None:
    schedule.settings = schedule.settings.model_copy(update={"sample_source": True})
    if hours is not None:
        schedule.ended("sample", timedelta(hours=hours))
    assert ("sample" in schedule.run()) is asked


def test_two_rounds_are_two_messages_and_not_one_taken_for_a_repetition(schedule: Schedule) -> None:
    assert set(schedule.run()) == set(schedule.run()) == PUBLIC


def _own(owner_id: str, source_id: str) -> OwnSource:
    return OwnSource(
        id=source_id,
        owner_id=owner_id,
        name="A feed",
        config=CustomFeed(kind="feed", url="https://feeds.example/jobs.rss"),
        created_at=datetime.now(UTC),
    )


def test_people_s_own_sources_are_asked_for_when_they_are_due(schedule: Schedule) -> None:
    for owner_id, source_id in (
        ("ann", "own:000000000001"),
        ("ann", "own:000000000002"),
        ("bob", "own:000000000003"),
        ("bob", "own:000000000004"),
    ):
        own.put(schedule.people, _own(owner_id, source_id))
    definition = _own("ann", "own:000000000002").definition
    later = datetime.now(UTC) + timedelta(hours=3)
    own.set_due(schedule.people, "ann", "own:000000000002", later, definition=definition)
    own.delete(schedule.people, "bob", "own:000000000004")
    own.set_due(schedule.people, "bob", "own:000000000004", datetime.now(UTC), definition=definition)
    asked = {name: group for name, group in schedule.run().items() if "/" in name}
    ann, bob = _own("ann", "own:000000000001"), _own("bob", "own:000000000003")
    assert asked == {"ann/own:000000000001": ann.group, "bob/own:000000000003": bob.group}
    assert ann.group != bob.group


def test_an_own_source_that_is_defined_anew_is_asked_for_whatever_became_of_the_old_one(schedule: Schedule) -> None:
    source = _own("ann", "own:000000000001")
    until = datetime.now(UTC) + timedelta(hours=5)
    breaker = Breaker(state=BreakerState.OPEN, failures=5, opened=3, open_until=until)
    state = SourceState(source_id=source.id, definition=source.definition, breaker=breaker)
    own.put(schedule.people, source)
    items.save(schedule.people, own.slot("ann", source.id), state)
    assert "ann/own:000000000001" not in schedule.run()
    moved = CustomFeed(kind="feed", url="https://other.example/jobs.rss")
    own.put(schedule.people, source.model_copy(update={"config": moved}))
    assert "ann/own:000000000001" in schedule.run()


def test_a_source_that_cannot_be_read_or_sent_keeps_no_other_back(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(30):
        own.put(schedule.people, _own(f"p{number:03}", f"own:{number:012x}"))
    schedule.people.update_item(
        Key={"PK": "USER#p007", "SK": f"SOURCE#own:{7:012x}"},
        UpdateExpression="SET #d = :d",
        ExpressionAttributeNames={"#d": "data"},
        ExpressionAttributeValues={":d": "{}"},
    )
    really = clients.sqs().send_message_batch

    def refuse_one(**request: Any) -> Any:
        """As SQS answers where one message of a batch is none."""
        good = [one for one in request["Entries"] if '"owner_id":"p008"' not in one["MessageBody"]]
        failed = [
            {"Id": one["Id"], "Code": "InvalidParameterValue", "SenderFault": True, "Message": "no such group"}
            for one in request["Entries"]
            if one not in good
        ]
        return really(**request | {"Entries": good}) | {"Failed": failed}

    monkeypatch.setattr(clients.sqs(), "send_message_batch", refuse_one)
    asked = {name.partition("/")[0] for name in schedule.run() if "/" in name}
    assert asked == {f"p{number:03}" for number in range(30)} - {"p007", "p008"}
    told = [vars(record) for record in caplog.records if record.levelname == "ERROR"]
    assert [one.get("owner") for one in told] == ["p007", None]
    assert told[1]["reason"] == "no such group"


def test_the_due_sources_of_many_people_are_read_and_sent_together(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(110):
        own.put(schedule.people, _own(f"p{number % 7}", f"own:{number:012x}"))
    requests: list[str] = []
    for client in (clients.dynamodb().meta.client, clients.sqs()):
        client.meta.events.register("before-call", lambda model, **_: requests.append(model.name))
    asked = list(due.due_own_sources(schedule.people))
    assert len(asked) == 110
    assert requests.count("BatchGetItem") == 3
    assert "GetItem" not in requests
    assert all(trouble is None for _, trouble in bus.send_each(schedule.queue, asked))
    assert requests.count("SendMessageBatch") == 11
