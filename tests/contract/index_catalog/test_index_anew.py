"""Building the index from the catalog table: where none was published, or one that this release cannot read."""

import json
import weakref
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from functions.index_catalog import handler
from functions.index_catalog.indexing import index
from functions.index_catalog.settings import Settings as IndexSettings
from jobtracker.artifacts import cache as caching
from jobtracker.aws import clients
from jobtracker.catalog import build, gateway
from jobtracker.messages.model import Event
from jobtracker.postings import store
from jobtracker.postings.model import ClosedReason, StoredPosting
from tests.contract.index_catalog.conftest import MOMENT, SHARDS, as_indexed, posting, shards, stream, titles
from tests.fakes.lambda_calls import context


@pytest.mark.parametrize("harm", ["format", "layout"])
def test_an_index_of_another_shape_is_no_index_and_is_built_anew_from_the_table(
    indexer: IndexSettings, events: list[Event], harm: str
) -> None:
    table = clients.table(indexer.catalog_table)
    for number in range(3):
        store.put(table, posting(number))
    store.close(table, posting(2).id, ClosedReason.GONE, MOMENT + timedelta(days=1))
    index(stream(posting(0)), indexer)
    _harm(indexer.artifacts_bucket, harm)
    assert gateway.open_latest(indexer.artifacts_bucket) is None
    assert gateway.open_current(indexer.artifacts_bucket) is None
    index(stream(posting(0), posting(7)), indexer)
    published = gateway.open_latest(indexer.artifacts_bucket)
    assert published is not None
    assert set(published.index.ids) == {posting(number).id for number in (0, 1, 7)}
    assert (published.index.info.rows, published.index.info.closed) == (4, 1)
    assert titles(indexer.artifacts_bucket, "nurse") == ["Nurse"]


@pytest.mark.parametrize("before", ["nothing", "format"])
@pytest.mark.parametrize("told", ["Deployed", "IndexSchedule"])
def test_after_a_deployment_the_index_is_built_from_the_table_where_there_is_none(
    indexer: IndexSettings, events: list[Event], queue: str, before: str, told: str
) -> None:
    event = {"Deployed": {"detail-type": "CloudFormation Stack Status Change", "detail": {}}, "IndexSchedule": {}}[told]
    index(event, indexer)
    assert (gateway.current_manifest(indexer.artifacts_bucket), events) == (None, [])
    for number in range(3):
        store.put(clients.table(indexer.catalog_table), posting(number))
    if before == "format":
        index(stream(posting(0)), indexer)
        _harm(indexer.artifacts_bucket, "format")
        events.clear()
        shards(queue)
    index(event, indexer)
    assert titles(indexer.artifacts_bucket, "") == ["Nurse", "Python", "Warehouse"]
    assert as_indexed(events[-1]).postings == 3
    assert len(shards(queue)) == SHARDS
    index(event, indexer)
    assert (len(events), shards(queue)) == (1, [])


def test_a_catalog_is_built_anew_without_what_cannot_be_read_and_without_what_the_batch_removed(
    indexer: IndexSettings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "settings", lambda: indexer)
    table = clients.table(indexer.catalog_table)
    for number in range(4):
        store.put(table, posting(number))
    for number, name in ((1, "data"), (2, "life")):
        table.update_item(
            Key={"PK": f"POSTING#{posting(number).id}", "SK": "POSTING"},
            UpdateExpression="SET #name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":value": "{"},
        )
    handler.lambda_handler(stream(posting(7, title="Pilot"), removed=(posting(3),)), context())
    assert titles(indexer.artifacts_bucket, "") == ["Nurse", "Pilot"]
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "PostingsUnreadable" in line]
    assert [line["PostingsUnreadable"] for line in told] == [[1.0, 1.0]]


def test_a_catalog_that_is_built_anew_is_never_held_whole(
    indexer: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: set[int] = set()
    most = 0

    def every(*_: Any) -> Iterator[StoredPosting]:
        nonlocal most
        for number in range(1_000):
            one = StoredPosting.fresh(posting(number))
            alive.add(number)
            weakref.finalize(one, alive.discard, number)
            most = max(most, len(alive))
            yield one

    monkeypatch.setattr(build, "BATCH", 50)
    monkeypatch.setattr(store, "every", every)
    index({}, indexer)
    published = gateway.open_latest(indexer.artifacts_bucket)
    assert published is not None
    assert published.index.info.rows == 1_000
    assert most <= 3 * build.BATCH


def _harm(bucket: str, harm: str) -> None:
    """Make the manifest look as another release of the product left it."""
    manifest = gateway.current_manifest(bucket)
    assert manifest is not None
    changed: dict[str, Any] = {"metadata": {}} if harm == "format" else {"layout": 1}
    other = manifest.model_copy(update=changed).model_dump_json().encode()
    clients.s3().put_object(Bucket=bucket, Key=manifest.key, Body=other)
    caching.forget()
    gateway.forget()
