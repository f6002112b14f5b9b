"""From the catalog table's stream to a published index, and from the index to a fitted encoder and back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import numpy as np
import pytest
from boto3.dynamodb.types import TypeSerializer

from functions.index_catalog import indexing
from functions.index_catalog.indexing import index
from functions.index_catalog.settings import Settings as IndexSettings
from functions.train_models import handler as train_handler
from functions.train_models import training
from functions.train_models.settings import Settings as TrainSettings
from functions.train_models.training import train
from jobtracker.artifacts import cache as caching
from jobtracker.artifacts.model import ConflictError
from jobtracker.aws import bus, clients
from jobtracker.catalog import gateway
from jobtracker.catalog.model import Query
from jobtracker.catalog.search import search
from jobtracker.messages.model import CatalogIndexed, Event, MatchShard, ModelPublished, match_message
from jobtracker.postings.model import ClosedReason, Life, Posting, posting_id
from jobtracker.sources import store as sources
from jobtracker.text.encoder import Encoder
from jobtracker.text.gateway import current_encoder, current_manifest, fitted_on
from jobtracker.text.training import fit_encoder
from tests.fakes.lambda_calls import batch, context

SHARDS = 3
BUS = "jobtracker-test"
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)
FIELDS = ("nurse ward patients", "python backend services", "warehouse parcels loading", "teacher pupils lessons")


@pytest.fixture
def queue(artifacts_bucket: str) -> str:
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
    return TrainSettings(stage="test", artifacts_bucket=artifacts_bucket, event_bus=BUS)


@pytest.fixture(autouse=True)
def _own_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(caching, "default_directory", lambda: tmp_path / "cache")
    caching.forget()
    yield
    caching.forget()


def _posting(number: int, title: str | None = None) -> Posting:
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


def _record(name: str, posting: Posting, *, closed: bool = False) -> dict[str, Any]:
    keys = {"PK": f"POSTING#{posting.id}", "SK": "POSTING"}
    ended = {"closed_at": MOMENT, "closed_reason": ClosedReason.GONE} if closed else {}
    life = Life(first_seen_at=MOMENT, **ended).model_dump_json()
    item = {**keys, "data": posting.model_dump_json(), "life": life, "separated": []}
    image = {key: TypeSerializer().serialize(value) for key, value in item.items()}
    change: dict[str, Any] = {"Keys": {key: {"S": value} for key, value in keys.items()}, "SequenceNumber": "1"}
    change["OldImage" if name == "REMOVE" else "NewImage"] = image
    return {
        "eventID": posting.id,
        "eventName": name,
        "eventSource": "aws:dynamodb",
        "eventVersion": "1.1",
        "awsRegion": "eu-central-1",
        "dynamodb": change | {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    }


def _stream(*postings: Posting, removed: tuple[Posting, ...] = ()) -> dict[str, Any]:
    return {
        "Records": [_record("INSERT", posting) for posting in postings]
        + [_record("REMOVE", posting) for posting in removed]
    }


def _news(event: Event) -> dict[str, Any]:
    return {"source": "jobtracker", "detail-type": event.type, "detail": json.loads(event.model_dump_json())}


def _indexed(event: Event) -> CatalogIndexed:
    assert isinstance(event, CatalogIndexed)
    return event


def _shards(queue: str) -> list[MatchShard]:
    taken: list[MatchShard] = []
    while messages := boto3.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            body = match_message.validate_json(message["Body"])
            assert isinstance(body, MatchShard)
            taken.append(body)
            boto3.client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return taken


def _titles(bucket: str, text: str) -> list[str]:
    published = gateway.open_latest(bucket)
    assert published is not None
    return sorted(item.title for item in search(published.index, Query(text=text)).items)


def test_changed_postings_are_in_the_next_index_and_everybody_is_matched(
    indexer: IndexSettings, events: list[Event], queue: str
) -> None:
    index(_stream(_posting(0), _posting(1)), indexer)
    index(_stream(_posting(1, title="Pilot"), _posting(2), removed=(_posting(0),)), indexer)
    assert _titles(indexer.artifacts_bucket, "") == ["Pilot", "Warehouse"]
    assert _titles(indexer.artifacts_bucket, "nurse") == []
    published = gateway.open_current(indexer.artifacts_bucket)
    assert published is not None
    last = events[-1]
    assert isinstance(last, CatalogIndexed)
    assert (last.index_version, last.postings, last.encoder_version) == (published.index.version, 2, None)
    told = [message for message in _shards(queue) if message.index_version == published.index.version]
    assert sorted(message.shard for message in told) == [0, 1, 2]
    assert {message.correlation_id for message in told} == {last.correlation_id}


def test_the_same_batch_again_publishes_nothing_but_tells_again(
    indexer: IndexSettings, events: list[Event], queue: str
) -> None:
    batch = _stream(_posting(0), _posting(1))
    index(batch, indexer)
    before = gateway.open_latest(indexer.artifacts_bucket)
    index(batch, indexer)
    after = gateway.open_latest(indexer.artifacts_bucket)
    assert before is not None
    assert after is not None
    assert after.manifest == before.manifest
    assert after.index is before.index
    assert [event.type for event in events] == ["CatalogIndexed"] * 2
    assert len(_shards(queue)) == 2 * SHARDS


def test_a_lost_race_is_run_again_on_what_won(indexer: IndexSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    index(_stream(_posting(0)), indexer)
    real = gateway.publish
    raced: list[bool] = []

    def publish(*args: Any, **kwargs: Any) -> Any:
        if not raced:
            raced.append(True)
            index(_stream(_posting(1)), indexer)
        return real(*args, **kwargs)

    monkeypatch.setattr(gateway, "publish", publish)
    index(_stream(_posting(2)), indexer)
    assert _titles(indexer.artifacts_bucket, "") == ["Nurse", "Python", "Warehouse"]


def test_a_race_lost_again_and_again_goes_back_to_the_stream(
    indexer: IndexSettings, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def publish(*_: Any, **__: Any) -> Any:
        attempts.append(1)
        raise ConflictError("catalog")

    monkeypatch.setattr(gateway, "publish", publish)
    with pytest.raises(ConflictError):
        index(_stream(_posting(0)), indexer)
    assert len(attempts) == indexing.ATTEMPTS
    assert events == []


def test_a_record_that_cannot_be_read_does_not_hold_up_the_others(indexer: IndexSettings) -> None:
    broken = _record("INSERT", _posting(0))
    broken["dynamodb"]["NewImage"]["data"] = {"S": "{}"}
    ledger = _record("INSERT", _posting(2))
    ledger["dynamodb"]["Keys"]["PK"] = {"S": "SOURCE#board"}
    index({"Records": [broken, ledger, _record("INSERT", _posting(1))]}, indexer)
    assert _titles(indexer.artifacts_bucket, "") == ["Python"]


@pytest.mark.parametrize(
    "event",
    [
        {"Records": []},
        _news(ModelPublished(artifact="salaries", artifact_version="1")),
        _news(ModelPublished(artifact="encoder", artifact_version="1")),
        _stream(removed=(_posting(0),)),
    ],
)
def test_what_does_not_concern_an_absent_index_makes_none(
    indexer: IndexSettings, events: list[Event], event: dict[str, Any]
) -> None:
    index(event, indexer)
    assert gateway.open_latest(indexer.artifacts_bucket) is None
    assert events == []


def test_a_catalog_that_is_too_small_gets_no_encoder(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    train(None, trainer)
    index(_stream(_posting(0)), indexer)
    train(_indexed(events[-1]), trainer)
    assert current_manifest(trainer.artifacts_bucket) is None
    assert [event.type for event in events] == ["CatalogIndexed"]


def test_the_first_index_leads_to_an_encoder_and_the_encoder_to_vectors(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(_stream(*(_posting(number) for number in range(60))), indexer)
    indexed = events[-1]
    train(_indexed(indexed), trainer)
    published = events[-1]
    assert isinstance(published, ModelPublished)
    assert published.correlation_id == indexed.correlation_id
    index(_news(published), indexer)
    last = events[-1]
    assert isinstance(last, CatalogIndexed)
    assert last.encoder_version == published.artifact_version
    assert last.correlation_id == indexed.correlation_id
    opened = gateway.open_latest(indexer.artifacts_bucket)
    encoder = current_encoder(indexer.artifacts_bucket)
    assert opened is not None
    assert encoder is not None
    assert opened.index.vectors is not None
    assert opened.index.vectors.shape == (60, encoder.dims)
    count = len(events)
    train(_indexed(last), trainer)
    assert len(events) == count


def test_an_index_without_vectors_is_told_of_the_encoder_that_is_there(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(_stream(*(_posting(number) for number in range(60))), indexer)
    indexed = events[-1]
    train(_indexed(indexed), trainer)
    train(_indexed(indexed), trainer)
    assert [event.type for event in events] == ["CatalogIndexed", "ModelPublished", "ModelPublished"]
    assert events[-1].model_dump(include={"artifact_version"}) == events[-2].model_dump(include={"artifact_version"})


def test_the_encoder_is_fitted_anew_when_the_catalog_outgrew_it(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(_stream(*(_posting(number) for number in range(60))), indexer)
    train(_indexed(events[-1]), trainer)
    first = current_manifest(trainer.artifacts_bucket)
    index(_stream(*(_posting(number) for number in range(60, round(60 * training.GROWTH)))), indexer)
    train(_indexed(events[-1]), trainer)
    second = current_manifest(trainer.artifacts_bucket)
    assert first is not None
    assert second is not None
    assert (fitted_on(first), fitted_on(second)) == (60, round(60 * training.GROWTH))
    assert first.version != second.version


def test_the_schedule_fits_always_and_the_same_catalog_gives_the_same_encoder(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(_stream(*(_posting(number) for number in range(60))), indexer)
    train(None, trainer)
    first = current_manifest(trainer.artifacts_bucket)
    train(None, trainer)
    assert current_manifest(trainer.artifacts_bucket) == first
    assert [event.type for event in events] == ["CatalogIndexed", "ModelPublished", "ModelPublished"]


def test_a_worker_that_heard_of_a_version_does_not_believe_its_disk(
    indexer: IndexSettings, events: list[Event]
) -> None:
    index(_stream(_posting(0)), indexer)
    index(_stream(_posting(1)), indexer)
    news = events[-1]
    assert isinstance(news, CatalogIndexed)
    # The indexer, in this same process, looked at the first index a moment ago.
    stale = gateway.open_current(indexer.artifacts_bucket)
    fresh = gateway.open_current(indexer.artifacts_bucket, wanted=news.index_version)
    assert stale is not None
    assert fresh is not None
    assert (stale.index.n, fresh.index.n) == (1, 2)


def test_a_batch_of_news_leads_to_one_fit_and_the_schedule_to_one_in_any_case(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    fits: list[int] = []
    monkeypatch.setattr(train_handler, "settings", lambda: trainer)

    def counted(texts: list[str]) -> Encoder:
        fits.append(len(texts))
        return fit_encoder(texts)

    monkeypatch.setattr("functions.train_models.training.fit_encoder", counted)
    for upper in (60, 80, 120):
        index(_stream(*(_posting(number) for number in range(upper - 20, upper))), indexer)
    index(_stream(*(_posting(number) for number in range(40))), indexer)
    news = [event.model_dump_json() for event in events if isinstance(event, CatalogIndexed)]

    assert train_handler.lambda_handler(batch(*news), context()) == {"batchItemFailures": []}
    assert fits == [100]
    assert train_handler.lambda_handler({}, context()) == {"batchItemFailures": []}
    assert fits == [100, 100]


def test_a_closed_posting_leaves_search_and_stays_in_the_index(indexer: IndexSettings) -> None:
    index(_stream(_posting(0), _posting(1)), indexer)
    index({"Records": [_record("MODIFY", _posting(0), closed=True)]}, indexer)
    assert _titles(indexer.artifacts_bucket, "") == ["Python"]
    published = gateway.open_latest(indexer.artifacts_bucket)
    assert published is not None
    assert (published.index.n, published.index.info.rows, published.index.info.closed) == (1, 2, 1)
    assert published.index.appearances(_posting(0).id)[0].closed_at == MOMENT


def test_what_the_index_holds_of_each_source_is_kept_and_forgotten_when_it_closed(
    indexer: IndexSettings,
) -> None:
    table = clients.table(indexer.catalog_table)
    other = _posting(1).model_copy(update={"source_id": "other"})
    text = " ".join(f"duty{number} that both boards print" for number in range(40))
    first = _posting(0).model_copy(update={"description_text": text, "company": "Northwind"})
    twin = first.model_copy(update={"id": posting_id("twin", "0"), "source_id": "twin"})
    index(_stream(first, _posting(2), other, twin), indexer)
    held = {name: (one.open, one.duplicates) for name, one in sources.coverage(table).items()}
    assert {name: count for name, (count, _) in held.items()} == {"board": 2, "other": 1, "twin": 1}
    assert sum(duplicates for _, duplicates in held.values()) == 1
    index({"Records": [_record("MODIFY", other, closed=True)]}, indexer)
    assert sources.coverage(table)["other"].open == 0


def test_a_batch_uploads_its_own_files_and_a_reader_downloads_no_others(
    indexer: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(_stream(*(_posting(number) for number in range(40))), indexer)
    first = gateway.open_latest(indexer.artifacts_bucket)
    assert first is not None
    uploads, downloads = _transfers(monkeypatch)
    index(_stream(_posting(99)), indexer)
    second = gateway.open_latest(indexer.artifacts_bucket)
    assert second is not None
    segment = first.manifest.files.keys() & second.manifest.files.keys()
    assert any(path.endswith("postings-0000.bin") for path in segment)
    old = {first.manifest.object_key(path) for path in first.manifest.files}
    assert uploads
    assert not old & set(uploads)
    assert not old & set(downloads)
    assert second.index.n == 41


def test_a_cold_indexer_downloads_no_vectors_and_no_texts_to_add_a_batch(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(_stream(*(_posting(number) for number in range(60))), indexer)
    train(_indexed(events[-1]), trainer)
    index(_news(events[-1]), indexer)
    before = gateway.open_latest(indexer.artifacts_bucket)
    assert before is not None
    monkeypatch.setattr(caching, "default_directory", lambda: tmp_path / "cold")
    caching.forget()
    gateway.forget()
    _, downloads = _transfers(monkeypatch)
    index(_stream(_posting(99)), indexer)
    heavy = {
        before.manifest.object_key(path)
        for path in before.manifest.files
        if path.rpartition("/")[2].startswith(("vectors-", "titles-", "postings-"))
    }
    assert len(heavy) == 3
    assert not heavy & set(downloads)
    caching.forget()
    gateway.forget()
    whole = gateway.open_latest(indexer.artifacts_bucket)
    assert whole is not None
    assert whole.index.vectors is not None
    assert whole.index.vectors[np.arange(61)].any(axis=1).all()


def _transfers(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The keys that are uploaded and downloaded from now on."""
    uploads: list[str] = []
    downloads: list[str] = []
    s3 = clients.s3()
    up, down = s3.upload_file, s3.download_file

    def upload(file: str, bucket: str, key: str) -> None:
        uploads.append(key)
        up(file, bucket, key)

    def download(bucket: str, key: str, to: str) -> None:
        downloads.append(key)
        down(bucket, key, to)

    monkeypatch.setattr(s3, "upload_file", upload)
    monkeypatch.setattr(s3, "download_file", download)
    return uploads, downloads
