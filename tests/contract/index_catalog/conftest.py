"""The catalog table's stream, the index that follows from it, and the models that follow from the index."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from boto3.dynamodb.types import TypeSerializer

from functions.index_catalog.settings import Settings as IndexSettings
from functions.train_models.settings import Settings as TrainSettings
from jobtracker.artifacts import cache as caching
from jobtracker.aws import bus
from jobtracker.catalog import gateway
from jobtracker.catalog.model import Query
from jobtracker.catalog.search import search
from jobtracker.messages.model import CatalogIndexed, Event, MatchShard, match_message
from jobtracker.postings.model import ClosedReason, Life, Posting, posting_id

SHARDS = 3
BUS = "jobtracker-test"
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)
FIELDS = ("nurse ward patients", "python backend services", "warehouse parcels loading", "teacher pupils lessons")


@pytest.fixture
def queue(artifacts_bucket: str) -> str:
    """The match queue."""
    return str(boto3.client("sqs").create_queue(QueueName="match")["QueueUrl"])


@pytest.fixture
def events(artifacts_bucket: str, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """The real bus takes each event; what it took is listed."""
    boto3.client("events").create_event_bus(Name=BUS)
    taken: list[Event] = []
    real = bus.publish

    def publish(name: str, event: Event) -> None:
        real(name, event)
        taken.append(event)

    monkeypatch.setattr(bus, "publish", publish)
    return taken


@pytest.fixture
def indexer(artifacts_bucket: str, catalog_table: str, queue: str, events: list[Event]) -> IndexSettings:
    return IndexSettings(
        stage="test",
        artifacts_bucket=artifacts_bucket,
        catalog_table=catalog_table,
        event_bus=BUS,
        match_queue_url=queue,
        match_shards=SHARDS,
    )


@pytest.fixture
def trainer(artifacts_bucket: str, events: list[Event]) -> TrainSettings:
    """The settings of train_models."""
    return TrainSettings(stage="test", artifacts_bucket=artifacts_bucket, event_bus=BUS)


@pytest.fixture(autouse=True)
def _own_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(caching, "default_directory", lambda: tmp_path / "cache")
    caching.forget()
    yield
    caching.forget()


def posting(number: int, title: str | None = None) -> Posting:
    """Posting ``number`` of the board."""
    words = FIELDS[number % len(FIELDS)]
    return Posting(
        id=posting_id("board", str(number)),
        source_id="board",
        source_posting_id=str(number),
        url=f"https://jobs.example/{number}",
        title=title or words.split()[0].capitalize(),
        description_text=f"{words} in house {number} near {words}",
        posted_at=MOMENT,
        fetched_at=MOMENT,
        attribution="the board",
        requisition_id=f"R-{1_000 + number}",
    )


def record(name: str, one: Posting, *, closed: bool = False) -> dict[str, Any]:
    """A stream record of it."""
    keys = {"PK": f"POSTING#{one.id}", "SK": "POSTING"}
    ended = {"closed_at": MOMENT, "closed_reason": ClosedReason.GONE} if closed else {}
    life = Life(first_seen_at=MOMENT, **ended).model_dump_json()
    item = {**keys, "data": one.model_dump_json(), "life": life, "separated": []}
    image = {key: TypeSerializer().serialize(value) for key, value in item.items()}
    change: dict[str, Any] = {"Keys": {key: {"S": value} for key, value in keys.items()}, "SequenceNumber": "1"}
    change["OldImage" if name == "REMOVE" else "NewImage"] = image
    return {
        "eventID": one.id,
        "eventName": name,
        "eventSource": "aws:dynamodb",
        "eventVersion": "1.1",
        "awsRegion": "eu-central-1",
        "dynamodb": change | {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    }


def stream(*postings: Posting, removed: tuple[Posting, ...] = ()) -> dict[str, Any]:
    """A batch of the stream."""
    return {"Records": [record("INSERT", one) for one in postings] + [record("REMOVE", one) for one in removed]}


def news(event: Event) -> dict[str, Any]:
    """An event as a rule hands it over."""
    return {"source": "jobtracker", "detail-type": event.type, "detail": json.loads(event.model_dump_json())}


def as_indexed(event: Event) -> CatalogIndexed:
    """The event, which is of this kind."""
    assert isinstance(event, CatalogIndexed)
    return event


def shards(queue: str) -> list[MatchShard]:
    """The messages of the match queue."""
    taken: list[MatchShard] = []
    while messages := boto3.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            body = match_message.validate_json(message["Body"])
            assert isinstance(body, MatchShard)
            taken.append(body)
            boto3.client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return taken


def titles(bucket: str, text: str) -> list[str]:
    """The titles that a search finds."""
    published = gateway.open_latest(bucket)
    assert published is not None
    return sorted(item.title for item in search(published.index, Query(text=text)).items)
