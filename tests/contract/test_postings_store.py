"""Postings in the catalog table, as they are stored for real."""

from datetime import UTC, datetime, timedelta, timezone

import boto3
import pytest
from mypy_boto3_dynamodb.service_resource import Table

from jobtracker.aws import clients
from jobtracker.postings import store
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, WorkMode, posting_id
from jobtracker.postings.store import Written
from jobtracker.sources.remoteok import RemoteOk
from jobtracker.sources.source import MAX_DESCRIPTION_BYTES, Draft, to_posting

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def table(catalog_table: str) -> Table:
    return clients.table(catalog_table)


def _posting(number: int = 1, *, title: str = "Cooper", at: datetime = NOON) -> Posting:
    return Posting(
        id=posting_id("remoteok", str(number)),
        source_id="remoteok",
        source_posting_id=str(number),
        url=f"https://remoteok.com/{number}",
        title=title,
        company="Hoop & Stave – Łódź",
        places=(Place(text="Łódź", city="Łódź", country="PL", latitude=51.77, longitude=19.46),),
        work_mode=WorkMode.ONSITE,
        pay=Pay(minimum=31.5, maximum=None, currency="PLN", period=PayPeriod.HOUR),
        skills=("woodworking",),
        description_html="<p>Oak &amp; ash</p>",
        description_text="Oak & ash",
        posted_at=NOON - timedelta(days=2),
        fetched_at=at,
        attribution="Source: Remote OK",
    )


def test_a_posting_is_read_back_as_it_was_written(table: Table) -> None:
    assert store.put(table, _posting()) is Written.NEW
    assert store.get(table, _posting().id) == _posting()


def test_a_posting_that_is_not_there_is_none(table: Table) -> None:
    assert store.get(table, "0" * 24) is None


def test_the_same_content_is_written_once_and_a_change_is_written(table: Table) -> None:
    later = NOON + timedelta(hours=6)
    assert store.put(table, _posting()) is Written.NEW
    assert store.put(table, _posting(at=later)) is Written.UNCHANGED
    assert store.put(table, _posting(at=later, title="Master cooper")) is Written.CHANGED
    stored = store.get(table, _posting().id)
    assert stored is not None
    assert (stored.title, stored.fetched_at) == ("Master cooper", later)


def test_the_same_content_again_makes_no_write_that_the_stream_would_carry(table: Table) -> None:
    store.put(table, _posting())
    before = table.get_item(Key={"PK": f"POSTING#{_posting().id}", "SK": "POSTING"})["Item"]
    store.put(table, _posting(at=NOON + timedelta(days=1)))
    assert table.get_item(Key={"PK": f"POSTING#{_posting().id}", "SK": "POSTING"})["Item"] == before


@pytest.mark.parametrize("earlier", [timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=400)])
def test_what_was_fetched_earlier_never_overwrites_what_was_fetched_later(table: Table, earlier: timedelta) -> None:
    store.put(table, _posting(title="Master cooper"))
    assert store.put(table, _posting(title="Cooper", at=NOON - earlier)) is Written.UNCHANGED
    stored = store.get(table, _posting().id)
    assert stored is not None
    assert stored.title == "Master cooper"


def test_two_moments_compare_as_moments_whatever_their_zone(table: Table) -> None:
    store.put(table, _posting(at=NOON))
    evening = (NOON + timedelta(minutes=5)).astimezone(timezone(timedelta(hours=-9)))
    assert store.put(table, _posting(at=evening, title="Master cooper")) is Written.CHANGED


def test_postings_are_got_by_the_hundreds_without_those_that_are_not_there(table: Table) -> None:
    for number in range(230):
        store.put(table, _posting(number))
    ids = [posting_id("remoteok", str(number)) for number in range(235)]
    found = store.get_many(table, [*ids, *ids[:20]])
    assert set(found) == set(ids[:230])
    assert all(posting.id == key for key, posting in found.items())
    assert store.get_many(table, []) == {}


def test_what_a_batch_leaves_over_is_asked_for_again(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        store.put(table, _posting(number))
    real = clients.dynamodb()
    asked: list[int] = []

    class Stingy:
        """The service's own right to answer a part and name the rest."""

        def batch_get_item(self, RequestItems: dict[str, dict[str, list[dict[str, str]]]]) -> object:  # noqa: N803
            keys = RequestItems[table.name]["Keys"]
            asked.append(len(keys))
            answer = dict(real.batch_get_item(RequestItems={table.name: {"Keys": keys[:1]}}))
            return answer | {"UnprocessedKeys": {table.name: {"Keys": keys[1:]}} if keys[1:] else {}}

    with monkeypatch.context() as patch:
        patch.setattr(clients, "dynamodb", Stingy)
        assert len(store.get_many(table, [posting_id("remoteok", str(number)) for number in range(4)])) == 4
    assert asked == [4, 3, 2, 1]


def test_a_posting_is_read_from_the_table_s_stream_and_nothing_else_is(table: Table) -> None:
    store.put(table, _posting())
    client = boto3.client("dynamodb", region_name="eu-central-1")
    image = client.get_item(
        TableName=table.name, Key={"PK": {"S": f"POSTING#{_posting().id}"}, "SK": {"S": "POSTING"}}
    )["Item"]
    assert store.from_stream_image(image) == _posting()
    assert store.from_stream_image({"PK": {"S": "SOURCE#remoteok"}, "SK": {"S": "STATE"}}) is None
    assert store.from_stream_image({}) is None


def test_the_longest_posting_that_is_collected_fits_into_an_item(table: Table) -> None:
    # Every sign of it is escaped in JSON, in the HTML and in the text alike.
    draft = Draft("1", "https://remoteok.com/1", "Cooper", None, "", '"' * (MAX_DESCRIPTION_BYTES - 10))
    assert store.put(table, to_posting(RemoteOk(), draft, NOON)) is Written.NEW
