"""collect_source as it is called: from a message on its queue to postings, ledger, state and event."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from mypy_boto3_dynamodb.service_resource import Table

from functions.collect_source import collector, handler
from functions.collect_source.settings import Settings
from jobtracker.aws import clients
from jobtracker.aws.observability import logger
from jobtracker.messages.model import CollectSource, PostingsCollected
from jobtracker.sources import store
from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.feed import Feed
from jobtracker.sources.greenhouse import Greenhouse
from jobtracker.sources.model import Collection, SourceState, SourceStatus
from jobtracker.sources.remoteok import RemoteOk
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.lambda_calls import batch, context


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        running.answer("/api", Answer(recorded("remoteok.json"), headers={"ETag": '"r1"'}))
        running.answer("/feed", Answer(recorded("weworkremotely.xml")))
        running.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
        yield running


class Collecting:
    """The function, its table and what it told the bus."""

    def __init__(self, table: Table, queue: str) -> None:
        self.table = table
        self._queue = queue

    def handle(self, *messages: CollectSource) -> list[str]:
        """Hand the function a batch; gives the ids of the messages that it reports as failed."""
        answer = handler.lambda_handler(batch(*(message.model_dump_json() for message in messages)), context())
        return [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]

    def events(self) -> list[PostingsCollected]:
        """What came over the bus since the last call."""
        got = clients.sqs().receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in got:
            clients.sqs().delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return [PostingsCollected.model_validate(json.loads(message["Body"])["detail"]) for message in got]

    def items(self, prefix: str) -> list[dict[str, Any]]:
        """The table's items whose key begins so."""
        return [item for item in self.table.scan()["Items"] if str(item["PK"]).startswith(prefix)]


@pytest.fixture
def collecting(catalog_table: str, board: JobBoard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collecting]:
    queue = clients.sqs().create_queue(QueueName="events")["QueueUrl"]
    arn = clients.sqs().get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    clients.events().create_event_bus(Name="jobtracker")
    clients.events().put_rule(Name="all", EventBusName="jobtracker", EventPattern='{"source":["jobtracker"]}')
    target = {"Id": "queue", "Arn": arn}
    clients.events().put_targets(Rule="all", EventBusName="jobtracker", Targets=[target])  # type: ignore[list-item]
    settings = Settings(
        stage="test", catalog_table=catalog_table, event_bus="jobtracker", contact="ops@tracker.example"
    )
    known = {
        source.id: source
        for source in (
            RemoteOk(url=f"{board.url}/api"),
            Feed("feed", "Feed", f"{board.url}/feed", board.url, "Source: Feed", company_first=True),
            Greenhouse("ferrymoor", "Ferrymoor", base=board.url),
        )
    }
    client = PoliteClient(settings.contact, limits=Limits(between_s=0.0), sleep=lambda _: None)
    monkeypatch.setattr(handler, "settings", lambda: settings)
    monkeypatch.setattr(collector, "sources", lambda: known)
    monkeypatch.setattr(collector, "_client", lambda _contact: client)
    yield Collecting(clients.table(catalog_table), queue)
    client.close()


def test_one_message_collects_one_source_into_the_table(collecting: Collecting) -> None:
    message = CollectSource(source_id="remoteok")
    assert collecting.handle(message) == []
    assert len(collecting.items("POSTING#")) == 3
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.postings, state.etag) == (SourceStatus.OK, 3, '"r1"')
    (event,) = collecting.events()
    assert (event.source_id, event.state, event.seen, event.written) == ("remoteok", "ok", 3, 3)
    assert event.correlation_id == message.correlation_id


def test_the_log_names_the_request_that_began_it_all(collecting: Collecting, caplog: pytest.LogCaptureFixture) -> None:
    message = CollectSource(source_id="remoteok")
    with caplog.at_level("INFO"):
        collecting.handle(message)
    assert logger().get_correlation_id() == message.correlation_id
    (collected,) = [record for record in caplog.records if record.message == "collected"]
    assert {"source_id": "remoteok", "seen": 3, "rejected": 1}.items() <= vars(collected).items()


def test_the_same_message_twice_changes_nothing_more(collecting: Collecting, board: JobBoard) -> None:
    message = CollectSource(source_id="greenhouse:ferrymoor")
    assert collecting.handle(message) == []
    first = collecting.items("POSTING#")
    assert collecting.handle(message) == []
    assert collecting.items("POSTING#") == first
    assert len(first) == 2
    assert len(board.requests) == 2
    assert [(event.seen, event.written) for event in collecting.events()] == [(2, 2), (2, 0)]


def test_a_validator_is_kept_and_an_unchanged_answer_keeps_the_count(collecting: Collecting, board: JobBoard) -> None:
    collecting.handle(CollectSource(source_id="remoteok"))
    board.answer("/api", Answer(status=304))
    collecting.handle(CollectSource(source_id="remoteok"))
    assert board.requests[1].headers["if-none-match"] == '"r1"'
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.postings, state.etag) == (SourceStatus.OK, 3, '"r1"')


def test_a_source_that_fails_is_recorded_and_the_message_is_done(collecting: Collecting, board: JobBoard) -> None:
    collecting.handle(CollectSource(source_id="remoteok"))
    board.answer("/api", Answer(b"<!DOCTYPE html><title>Are you human?</title>"))
    assert collecting.handle(CollectSource(source_id="remoteok")) == []
    state = store.state(collecting.table, "remoteok")
    assert (state.status, state.reason) == (SourceStatus.BLOCKED, "a web page came instead of data")
    assert (state.postings, state.failures) == (3, 1)
    assert len(collecting.items("POSTING#")) == 3
    assert [event.state for event in collecting.events()] == ["ok", "blocked"]


def test_each_collection_leaves_its_ledger(collecting: Collecting) -> None:
    collecting.handle(CollectSource(source_id="feed"))
    collecting.handle(CollectSource(source_id="feed"))
    ledgers = [item for item in collecting.items("SOURCE#feed") if str(item["SK"]).startswith("COLLECTION#")]
    assert len(ledgers) == 2
    counts = [json.loads(str(item["data"])) for item in sorted(ledgers, key=lambda item: str(item["SK"]))]
    assert [(one["new"], one["unchanged"], one["rejected"]) for one in counts] == [(2, 0, 1), (0, 2, 1)]
    assert counts[0]["rejections"] == ["no link"]


def test_one_source_s_failure_leaves_the_others_of_the_batch(collecting: Collecting, board: JobBoard) -> None:
    board.answer("/api", Answer(status=500))
    wanted = ("remoteok", "feed", "greenhouse:ferrymoor")
    assert collecting.handle(*(CollectSource(source_id=one) for one in wanted)) == []
    states = store.states(collecting.table, wanted)
    assert [states[one].status for one in wanted] == [SourceStatus.FAILING, SourceStatus.OK, SourceStatus.OK]
    assert len(collecting.items("POSTING#")) == 4


def test_a_source_that_is_not_known_is_nobody_s_failure(collecting: Collecting) -> None:
    assert collecting.handle(CollectSource(source_id="gone")) == []
    assert collecting.table.scan()["Items"] == []
    assert collecting.events() == []


def test_a_message_that_is_none_is_reported_and_so_are_those_behind_it(collecting: Collecting) -> None:
    good = CollectSource(source_id="feed").model_dump_json()
    event = batch(good, '{"version": 9}', good)
    answer = handler.lambda_handler(event, context())
    # The queue is first in, first out: what follows a failed message must not overtake it.
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == [
        record["messageId"] for record in event["Records"][1:]
    ]


def test_a_table_that_is_away_sends_the_message_back(collecting: Collecting) -> None:
    collecting.table.delete()
    event = batch(CollectSource(source_id="feed").model_dump_json())
    with pytest.raises(BatchProcessingError):
        handler.lambda_handler(event, context())


def test_an_older_collection_never_overwrites_a_newer_state(collecting: Collecting) -> None:
    noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    for minutes, status in ((0, SourceStatus.OK), (-5, SourceStatus.BLOCKED)):
        at = noon + timedelta(minutes=minutes)
        ledger = Collection(id=at.isoformat(), source_id="remoteok", started_at=at, ended_at=at, status=status)
        state = SourceState(source_id="remoteok", status=status, last_run_at=at)
        store.record(collecting.table, ledger, state)
    assert store.state(collecting.table, "remoteok").status is SourceStatus.OK
    assert len(collecting.items("SOURCE#remoteok")) == 3


def test_the_states_of_more_sources_than_one_read_holds_are_all_there(collecting: Collecting) -> None:
    ids = [f"greenhouse:board-{number}" for number in range(130)]
    states = store.states(collecting.table, ids)
    assert list(states) == ids
    assert {state.status for state in states.values()} == {SourceStatus.NEVER}
