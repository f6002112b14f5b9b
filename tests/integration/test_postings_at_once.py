"""One posting written by many functions at once: over real HTTP, and seen from the table's stream."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobtracker.postings import store
from jobtracker.postings.model import ClosedReason, Event, Posting, StoredPosting, posting_id
from jobtracker.postings.store import Written
from jobtracker_local import deploy, process
from jobtracker_local.options import Options

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
FUNCTIONS = 10


@pytest.fixture
def table(options: Options) -> Iterator[str]:
    """The name of a catalog table with its stream, in an empty cloud."""
    process.start(options)
    keys = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
    deploy.client(options, "dynamodb").create_table(
        TableName="catalog",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=keys,
        AttributeDefinitions=[{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    yield "catalog"
    process.stop(options)


def _posting(title: str, minutes: int) -> Posting:
    return Posting(
        id=posting_id("remoteok", "1"),
        source_id="remoteok",
        source_posting_id="1",
        url="https://remoteok.com/1",
        title=title,
        fetched_at=NOON + timedelta(minutes=minutes),
        attribution="Source: Remote OK",
    )


def _at_once(options: Options, name: str, postings: list[Posting]) -> list[Written]:
    tables = [deploy.table(options, name) for _ in postings]
    with ThreadPoolExecutor(len(postings)) as pool:
        return list(pool.map(store.put, tables, postings))


def _streamed(options: Options, name: str) -> list[StoredPosting]:
    """The postings that the stream carries, the oldest first."""
    arn = deploy.client(options, "dynamodb").describe_table(TableName=name)["Table"]["LatestStreamArn"]
    streams = deploy.client(options, "dynamodbstreams")
    images: list[Any] = []
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        start = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")[
            "ShardIterator"
        ]
        images += [record["dynamodb"]["NewImage"] for record in streams.get_records(ShardIterator=start)["Records"]]
    return [stored for image in images if (stored := store.from_stream_image(image))]


def test_the_same_brought_by_many_at_once_is_written_once(options: Options, table: str) -> None:
    new = _at_once(options, table, [_posting("Cooper", minute) for minute in range(FUNCTIONS)])
    assert sorted(new) == sorted([Written.NEW, *[Written.UNCHANGED] * (FUNCTIONS - 1)])
    changed = _at_once(options, table, [_posting("Master cooper", 60)] * FUNCTIONS)
    assert sorted(changed) == sorted([Written.CHANGED, *[Written.UNCHANGED] * (FUNCTIONS - 1)])
    assert [stored.posting.title for stored in _streamed(options, table)] == ["Cooper", "Master cooper"]


def test_of_different_contents_at_once_the_latest_stays_and_every_change_is_kept(options: Options, table: str) -> None:
    _at_once(options, table, [_posting(f"Cooper {minute}", minute) for minute in range(FUNCTIONS)])
    catalog = deploy.table(options, table)
    stored = store.get(catalog, _posting("", 0).id)
    assert stored is not None
    assert stored.posting.title == f"Cooper {FUNCTIONS - 1}"
    kept = [version for version in store.versions(catalog, stored.posting.id) if version.event is Event.CHANGED]
    assert len(kept) == stored.life.versions - 1
    titles = [change.new for version in reversed(kept) for change in version.changes]
    assert titles == sorted(titles, key=str)
    assert len(_streamed(options, table)) == stored.life.versions


def test_closing_at_once_closes_once(options: Options, table: str) -> None:
    catalog = deploy.table(options, table)
    store.put(catalog, _posting("Cooper", 0))
    later = NOON + timedelta(hours=1)

    def close(_: int) -> bool:
        return store.close(deploy.table(options, table), _posting("", 0).id, ClosedReason.GONE, later)

    with ThreadPoolExecutor(FUNCTIONS) as pool:
        assert sum(pool.map(close, range(FUNCTIONS))) == 1
    assert [version.event for version in store.versions(catalog, _posting("", 0).id)] == [Event.CLOSED]
