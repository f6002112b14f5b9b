"""From a batch of the catalog table's stream to a published index."""

from typing import Any

import pytest

from functions.index_catalog import indexing
from functions.index_catalog.indexing import index
from functions.index_catalog.settings import Settings as IndexSettings
from jobtracker.artifacts.model import ConflictError
from jobtracker.aws import clients
from jobtracker.catalog import gateway
from jobtracker.messages.model import CatalogIndexed, Event, ModelPublished
from jobtracker.postings.model import posting_id
from jobtracker.sources import store as sources
from tests.contract.index_catalog.conftest import MOMENT, SHARDS, news, posting, record, shards, stream, titles


def test_changed_postings_are_in_the_next_index_and_everybody_is_matched(
    indexer: IndexSettings, events: list[Event], queue: str
) -> None:
    index(stream(posting(0), posting(1)), indexer)
    index(stream(posting(1, title="Pilot"), posting(2), removed=(posting(0),)), indexer)
    assert titles(indexer.artifacts_bucket, "") == ["Pilot", "Warehouse"]
    assert titles(indexer.artifacts_bucket, "nurse") == []
    published = gateway.open_current(indexer.artifacts_bucket)
    assert published is not None
    last = events[-1]
    assert isinstance(last, CatalogIndexed)
    assert (last.index_version, last.postings, last.encoder_version) == (published.index.version, 2, None)
    told = [message for message in shards(queue) if message.index_version == published.index.version]
    assert sorted(message.shard for message in told) == [0, 1, 2]
    assert {message.correlation_id for message in told} == {last.correlation_id}


def test_the_same_batch_again_publishes_nothing_but_tells_again(
    indexer: IndexSettings, events: list[Event], queue: str
) -> None:
    records = stream(posting(0), posting(1))
    index(records, indexer)
    before = gateway.open_latest(indexer.artifacts_bucket)
    index(records, indexer)
    after = gateway.open_latest(indexer.artifacts_bucket)
    assert before is not None
    assert after is not None
    assert after.manifest == before.manifest
    assert after.index is before.index
    assert [event.type for event in events] == ["CatalogIndexed"] * 2
    assert len(shards(queue)) == 2 * SHARDS


def test_a_lost_race_is_run_again_on_what_won(indexer: IndexSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    index(stream(posting(0)), indexer)
    real = gateway.publish
    raced: list[bool] = []

    def publish(*args: Any, **kwargs: Any) -> Any:
        if not raced:
            raced.append(True)
            index(stream(posting(1)), indexer)
        return real(*args, **kwargs)

    monkeypatch.setattr(gateway, "publish", publish)
    index(stream(posting(2)), indexer)
    assert titles(indexer.artifacts_bucket, "") == ["Nurse", "Python", "Warehouse"]


def test_a_race_lost_again_and_again_goes_back_to_the_stream(
    indexer: IndexSettings, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def publish(*_: Any, **__: Any) -> Any:
        attempts.append(1)
        raise ConflictError("catalog")

    monkeypatch.setattr(gateway, "publish", publish)
    with pytest.raises(ConflictError):
        index(stream(posting(0)), indexer)
    assert len(attempts) == indexing.ATTEMPTS
    assert events == []


def test_a_record_that_cannot_be_read_does_not_hold_up_the_others(indexer: IndexSettings) -> None:
    broken = record("INSERT", posting(0))
    broken["dynamodb"]["NewImage"]["data"] = {"S": "{}"}
    ledger = record("INSERT", posting(2))
    ledger["dynamodb"]["Keys"]["PK"] = {"S": "SOURCE#board"}
    index({"Records": [broken, ledger, record("INSERT", posting(1))]}, indexer)
    assert titles(indexer.artifacts_bucket, "") == ["Python"]


@pytest.mark.parametrize(
    "event",
    [
        {"Records": []},
        news(ModelPublished(artifact="salaries", artifact_version="1")),
        news(ModelPublished(artifact="encoder", artifact_version="1")),
        stream(removed=(posting(0),)),
    ],
)
def test_what_does_not_concern_an_absent_index_makes_none(
    indexer: IndexSettings, events: list[Event], event: dict[str, Any]
) -> None:
    index(event, indexer)
    assert gateway.open_latest(indexer.artifacts_bucket) is None
    assert events == []


def test_a_worker_that_heard_of_a_version_does_not_believe_its_disk(
    indexer: IndexSettings, events: list[Event]
) -> None:
    index(stream(posting(0)), indexer)
    index(stream(posting(1)), indexer)
    news = events[-1]
    assert isinstance(news, CatalogIndexed)
    # The indexer, in this same process, looked at the first index a moment ago.
    stale = gateway.open_current(indexer.artifacts_bucket)
    fresh = gateway.open_current(indexer.artifacts_bucket, wanted=news.index_version)
    assert stale is not None
    assert fresh is not None
    assert (stale.index.n, fresh.index.n) == (1, 2)


def test_a_closed_posting_leaves_search_and_stays_in_the_index(indexer: IndexSettings) -> None:
    index(stream(posting(0), posting(1)), indexer)
    index({"Records": [record("MODIFY", posting(0), closed=True)]}, indexer)
    assert titles(indexer.artifacts_bucket, "") == ["Python"]
    published = gateway.open_latest(indexer.artifacts_bucket)
    assert published is not None
    assert (published.index.n, published.index.info.rows, published.index.info.closed) == (1, 2, 1)
    assert published.index.appearances(posting(0).id)[0].closed_at == MOMENT


def test_what_the_index_holds_of_each_source_is_kept_and_forgotten_when_it_closed(
    indexer: IndexSettings,
) -> None:
    table = clients.table(indexer.catalog_table)
    other = posting(1).model_copy(update={"source_id": "other"})
    text = " ".join(f"duty{number} that both boards print" for number in range(40))
    first = posting(0).model_copy(update={"description_text": text, "company": "Northwind"})
    twin = first.model_copy(update={"id": posting_id("twin", "0"), "source_id": "twin"})
    index(stream(first, posting(2), other, twin), indexer)
    held = {name: (one.open, one.duplicates) for name, one in sources.coverage(table).items()}
    assert {name: count for name, (count, _) in held.items()} == {"board": 2, "other": 1, "twin": 1}
    assert sum(duplicates for _, duplicates in held.values()) == 1
    index({"Records": [record("MODIFY", other, closed=True)]}, indexer)
    assert sources.coverage(table)["other"].open == 0
