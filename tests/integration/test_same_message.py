"""Collecting the same again, and the same message many times at once, against tables that races do not fool."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.collect_source import collector, handler, tasks
from functions.collect_source.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.sources import claims, store
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.model import PostponedError, SourceStatus
from jobtracker.sources.source import Page, Visit
from jobtracker_local import deploy, process
from jobtracker_local.options import Options
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.lambda_calls import batch, context
from tests.fakes.polite import FakeTime, polite_client

AT_ONCE, POSTINGS = 10, 40


def _answer(count: int, title: str = "Cooper") -> Answer:
    jobs = [{"id": str(n), "url": f"https://remoteok.com/{n}", "position": f"{title} {n}"} for n in range(count)]
    return Answer(json.dumps([{"legal": "…"}, *jobs]).encode())


class Small:
    """An empty cloud with what collect_source needs, and the function itself in this process."""

    def __init__(self, options: Options, settings: Settings, stream: str) -> None:
        self.settings = settings
        self.table = clients.table(settings.catalog_table)
        self._streams = deploy.client(options, "dynamodbstreams")
        self._stream = stream

    def handle(self, message: CollectSource) -> list[Any]:
        """Hand the function one message; gives the messages that it reports as failed."""
        answer = handler.lambda_handler(batch(message.model_dump_json()), context())
        return list(answer["batchItemFailures"])

    def at_once(self, messages: list[CollectSource]) -> None:
        """Hand all of them to functions that run at the same time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert list(pool.map(self.handle, messages)) == [[] for _ in messages]

    def changes(self) -> list[str]:
        """What the catalog's stream tells of postings, by the filter that it passes through."""
        names = []
        for shard in self._streams.describe_stream(StreamArn=self._stream)["StreamDescription"]["Shards"]:
            where = {"StreamArn": self._stream, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
            iterator = self._streams.get_shard_iterator(**where)["ShardIterator"]
            while iterator:
                got = self._streams.get_records(ShardIterator=iterator)
                if not got["Records"]:
                    break
                names += [
                    record["eventName"]
                    for record in got["Records"]
                    if record["dynamodb"]["Keys"]["SK"]["S"] == "POSTING"
                ]
                iterator = got.get("NextShardIterator")
        return names


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        running.answer("/api", _answer(POSTINGS))
        yield running


@pytest.fixture
def small(options: Options, board: JobBoard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    process.start(options)
    made = _make(options)
    for name, value in _environment(options).items():
        monkeypatch.setenv(name, value)
    clients.forget()
    client = polite_client(board, time=FakeTime(datetime.now(UTC)))
    monkeypatch.setattr(handler, "settings", lambda: made[0])
    monkeypatch.setattr(tasks, "find_source", lambda *_: RemoteOk(url=f"{board.url}/api"))
    monkeypatch.setattr(collector, "_client", lambda _: client)
    yield Small(options, *made)
    client.close()
    clients.forget()
    process.stop(options)


def _environment(options: Options) -> dict[str, str]:
    signed = deploy.client(options, "sts")
    keys = signed._request_signer._credentials
    return {
        "AWS_ENDPOINT_URL": signed.meta.endpoint_url,
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "AWS_DEFAULT_REGION": signed.meta.region_name,
        "AWS_REGION": signed.meta.region_name,
    }


def _make(options: Options) -> tuple[Settings, str]:
    dynamodb = deploy.client(options, "dynamodb")
    for name in ("catalog", "people", "operations"):
        keys = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
        made = dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=keys,
            AttributeDefinitions=[{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )
        if name == "catalog":
            stream = made["TableDescription"]["LatestStreamArn"]
    deploy.client(options, "s3").create_bucket(Bucket="artifacts-of-this-test")
    deploy.client(options, "events").create_event_bus(Name="jobtracker")
    deploy.client(options, "scheduler").create_schedule_group(Name="continuations")
    sqs = deploy.client(options, "sqs")
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    collect = sqs.create_queue(QueueName="collect.fifo", Attributes=fifo)["QueueUrl"]
    letters = sqs.create_queue(QueueName="letters")["QueueUrl"]
    arns = [
        sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        for url in (collect, letters)
    ]
    settings = Settings(
        stage="test",
        catalog_table="catalog",
        people_table="people",
        operations_table="operations",
        artifacts_bucket="artifacts-of-this-test",
        event_bus="jobtracker",
        key_arn="arn:aws:kms:eu-central-1:000000000000:key/none",
        collect_queue_url=collect,
        collect_queue_arn=arns[0],
        continuation_group="continuations",
        continuation_role_arn="arn:aws:iam::000000000000:role/continuations",
        continuation_letters_arn=arns[1],
        contact="ops@tracker.example",
    )
    return settings, stream


def test_the_same_answers_twice_write_no_stream_record(small: Small, board: JobBoard) -> None:
    small.handle(CollectSource(source_id="remoteok"))
    assert small.changes() == ["INSERT"] * POSTINGS
    small.handle(CollectSource(source_id="remoteok"))
    assert len(board.requests) == 2
    assert small.changes() == ["INSERT"] * POSTINGS
    board.answer("/api", _answer(POSTINGS, title="Cooper and baker"))
    small.handle(CollectSource(source_id="remoteok"))
    assert small.changes() == ["INSERT"] * POSTINGS + ["MODIFY"] * POSTINGS


def test_the_same_message_ten_times_at_once_collects_once(small: Small, board: JobBoard) -> None:
    message = CollectSource(source_id="remoteok")
    small.at_once([message] * AT_ONCE)
    assert len(board.requests) == 1
    assert small.changes() == ["INSERT"] * POSTINGS
    assert len(store.ledgers(small.table, "remoteok", limit=AT_ONCE)) == 1
    small.at_once([message] * AT_ONCE)
    assert len(board.requests) == 1
    assert small.changes() == ["INSERT"] * POSTINGS


def test_ten_that_collect_the_same_at_once_in_spite_of_all_write_each_posting_once(
    small: Small, board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "claim", lambda *_: "mine")
    small.at_once([CollectSource(source_id="remoteok") for _ in range(AT_ONCE)])
    assert len(board.requests) > 1
    assert small.changes() == ["INSERT"] * POSTINGS
    state = store.state(small.table, "remoteok")
    assert (state.status, state.postings) == (SourceStatus.OK, POSTINGS)


def test_a_collection_that_has_to_wait_is_woken_by_its_schedule(
    small: Small, options: Options, board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = datetime.now(UTC) + timedelta(seconds=3)

    class Waiting(RemoteOk):
        def fetch(self, visit: Visit) -> Page:
            if visit.cursor is None:
                return Page(super().fetch(visit).records, next="2")
            if datetime.now(UTC) < until:
                raise PostponedError(until)
            return Page()

    monkeypatch.setattr(tasks, "find_source", lambda *_: Waiting(url=f"{board.url}/api"))
    small.handle(CollectSource(source_id="remoteok"))
    assert store.state(small.table, "remoteok").run is not None
    sqs = deploy.client(options, "sqs")
    ends = time.monotonic() + 30
    while not (
        got := sqs.receive_message(QueueUrl=small.settings.collect_queue_url, WaitTimeSeconds=2).get("Messages")
    ):
        assert time.monotonic() < ends
    [woken] = [CollectSource.model_validate_json(message["Body"]) for message in got]
    small.handle(woken)
    [ledger] = store.ledgers(small.table, "remoteok", limit=9)
    assert (ledger.id, ledger.status, ledger.counts.seen) == (woken.run_id, SourceStatus.OK, POSTINGS)
    assert deploy.client(options, "scheduler").list_schedules(GroupName="continuations")["Schedules"] == []
