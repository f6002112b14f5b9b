"""Postings in the catalog table, as they are stored for real."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import boto3
import pytest
from botocore.exceptions import ClientError
from mypy_boto3_dynamodb.service_resource import Table

from jobtracker.aws import clients
from jobtracker.aws.transactions import ContendedError
from jobtracker.postings import items, store
from jobtracker.postings.model import (
    ClosedReason,
    Event,
    Pay,
    PayPeriod,
    Place,
    Posting,
    StoredPosting,
    WorkMode,
    posting_id,
)
from jobtracker.postings.store import Written
from jobtracker.sources.normalising import MAX_DESCRIPTION_BYTES

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def table(catalog_table: str) -> Table:
    return clients.table(catalog_table)


def _posting(number: int = 1, *, title: str = "Cooper", at: datetime = NOON, text: str = "Oak & ash") -> Posting:
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
        description_text=text,
        posted_at=NOON - timedelta(days=2),
        fetched_at=at,
        attribution="Source: Remote OK",
    )


def _stored(table: Table) -> StoredPosting:
    stored = store.get(table, _posting().id)
    assert stored is not None
    return stored


def _everything(table: Table) -> list[object]:
    return sorted(table.scan()["Items"], key=repr)


def test_a_posting_is_read_back_as_it_was_written(table: Table) -> None:
    assert store.put(table, _posting()) is Written.NEW
    assert _stored(table) == StoredPosting.fresh(_posting())
    assert store.versions(table, _posting().id) == []


def test_a_posting_that_is_not_there_is_none(table: Table) -> None:
    assert store.get(table, "0" * 24) is None
    assert not store.close(table, "0" * 24, ClosedReason.GONE, NOON)
    store.separate(table, "0" * 24, "1" * 24)
    assert _everything(table) == []


def test_the_same_content_is_written_once_and_a_change_is_written(table: Table) -> None:
    later = NOON + 6 * HOUR
    assert store.put(table, _posting()) is Written.NEW
    assert store.put(table, _posting(at=later)) is Written.UNCHANGED
    assert store.put(table, _posting(at=later, title="Master cooper")) is Written.CHANGED
    stored = _stored(table)
    assert (stored.posting.title, stored.posting.fetched_at) == ("Master cooper", later)
    assert (stored.life.first_seen_at, stored.life.changed_at, stored.life.versions) == (NOON, later, 2)


def test_a_change_keeps_what_was_before(table: Table) -> None:
    store.put(table, _posting(text="Oak and ash"))
    store.put(table, _posting(at=NOON + HOUR, title="Master cooper", text="Oak and elm"))
    store.put(table, _posting(at=NOON + 2 * HOUR, title="Cooper of casks", text="Oak and elm"))
    latest, earlier = store.versions(table, _posting().id)
    assert [(change.field, change.old, change.new) for change in latest.changes] == [
        ("title", "Master cooper", "Cooper of casks")
    ]
    assert (earlier.at, earlier.event, earlier.old_text) == (NOON + HOUR, Event.CHANGED, "Oak and ash")
    assert (earlier.words_added, earlier.words_removed) == (1, 1)
    assert store.versions(table, _posting().id, limit=1) == [latest]


def test_the_same_content_again_makes_no_write_that_the_stream_would_carry(table: Table) -> None:
    store.put(table, _posting())
    before = _everything(table)
    store.put(table, _posting(at=NOON + timedelta(days=1)))
    assert _everything(table) == before


def test_ten_at_once_that_bring_the_same_write_it_once(table: Table) -> None:
    store.put(table, _posting())
    changed = _posting(at=NOON + HOUR, title="Master cooper")
    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(lambda _: store.put(table, changed), range(10)))
    assert sorted(outcomes) == sorted([Written.CHANGED, *[Written.UNCHANGED] * 9])
    assert _stored(table).life.versions == 2
    assert len(store.versions(table, _posting().id)) == 1


def test_who_loses_a_race_looks_again_at_what_there_is_now(table: Table) -> None:
    store.put(table, _posting())
    turns = 0

    def close_in_between(stored: StoredPosting) -> tuple[StoredPosting, None]:
        nonlocal turns
        turns += 1
        if turns == 1:
            store.close(table, _posting().id, ClosedReason.GONE, NOON + HOUR)
        return stored.model_copy(update={"separated": ("x",)}), None

    slot = items.Slot(f"POSTING#{_posting().id}", "POSTING", "VERSION#")
    items.change(table, slot, close_in_between)
    stored = _stored(table)
    assert (turns, stored.separated, stored.life.closed_reason) == (2, ("x",), ClosedReason.GONE)


def test_who_always_loses_is_told_so(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(table, _posting())
    monkeypatch.setattr("time.sleep", lambda _: None)
    moment = NOON

    def always_late(stored: StoredPosting) -> tuple[StoredPosting, None]:
        nonlocal moment
        moment += HOUR
        store.put(table, _posting(at=moment, title=f"Cooper at {moment}"))
        return stored, None

    slot = items.Slot(f"POSTING#{_posting().id}", "POSTING", "VERSION#")
    with pytest.raises(ContendedError):
        items.change(table, slot, always_late)


@pytest.mark.parametrize("earlier", [timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=400)])
def test_what_was_fetched_earlier_never_overwrites_what_was_fetched_later(table: Table, earlier: timedelta) -> None:
    store.put(table, _posting(title="Master cooper"))
    assert store.put(table, _posting(title="Cooper", at=NOON - earlier)) is Written.UNCHANGED
    assert _stored(table).posting.title == "Master cooper"


def test_two_moments_compare_as_moments_whatever_their_zone(table: Table) -> None:
    store.put(table, _posting(at=NOON))
    evening = (NOON + timedelta(minutes=5)).astimezone(timezone(timedelta(hours=-9)))
    assert store.put(table, _posting(at=evening, title="Master cooper")) is Written.CHANGED


def test_a_posting_is_closed_once_and_for_the_first_reason(table: Table) -> None:
    store.put(table, _posting())
    assert store.close(table, _posting().id, ClosedReason.NOT_LISTED, NOON + HOUR)
    before = _everything(table)
    assert not store.close(table, _posting().id, ClosedReason.EXPIRED, NOON + 2 * HOUR)
    assert _everything(table) == before
    life = _stored(table).life
    assert (life.open, life.closed_at, life.closed_reason) == (False, NOON + HOUR, ClosedReason.NOT_LISTED)
    [closed] = store.versions(table, _posting().id)
    assert (closed.event, closed.reason) == (Event.CLOSED, ClosedReason.NOT_LISTED)


def test_a_posting_that_was_fetched_later_is_not_closed(table: Table) -> None:
    store.put(table, _posting())
    assert not store.close(table, _posting().id, ClosedReason.NOT_LISTED, NOON - HOUR)
    assert _stored(table).life.open


def test_a_closed_posting_that_comes_again_is_open_and_posted_again(table: Table) -> None:
    store.put(table, _posting())
    store.close(table, _posting().id, ClosedReason.NOT_LISTED, NOON + HOUR)
    assert store.put(table, _posting(at=NOON + timedelta(days=9))) is Written.CHANGED
    life = _stored(table).life
    assert (life.open, life.closed_reason, life.reposts, life.versions) == (True, None, 1, 1)
    assert [one.event for one in store.versions(table, _posting().id)] == [Event.REOPENED, Event.CLOSED]


def test_two_that_were_taken_for_duplicates_are_set_apart_for_good(table: Table) -> None:
    store.put(table, _posting())
    store.put(table, _posting(2))
    one, other = _posting().id, _posting(2).id
    store.separate(table, one, other)
    before = _everything(table)
    store.separate(table, other, one)
    assert _everything(table) == before
    store.put(table, _posting(at=NOON + HOUR, title="Master cooper"))
    assert (_stored(table).separated, _stored(table).life.versions) == ((other,), 2)
    assert store.get_many(table, [other])[other].separated == (one,)


def test_what_was_taken_apart_is_taken_back_from_either_side_and_only_that(table: Table) -> None:
    for number in (1, 2, 3):
        store.put(table, _posting(number))
    one, other, third = (_posting(number).id for number in (1, 2, 3))
    store.separate(table, one, other)
    store.separate(table, one, third)
    # What was recorded with one of the two only counts as well.
    store.separate(table, other, "gone")
    store.rejoin(table, other, one)
    store.rejoin(table, "gone", other)
    kept = {key: stored.separated for key, stored in store.get_many(table, [one, other, third]).items()}
    assert kept == {one: (third,), other: (), third: (one,)}
    before = _everything(table)
    for pair in ((other, one), (one, other), (other, "gone"), ("gone", "gone")):
        store.rejoin(table, *pair)
    assert _everything(table) == before


def test_a_posting_is_no_duplicate_of_itself_and_cannot_be_set_apart_from_itself(table: Table) -> None:
    store.put(table, _posting())
    store.separate(table, _posting().id, _posting().id)
    assert _stored(table).separated == ()


def test_postings_are_got_by_the_hundreds_without_those_that_are_not_there(table: Table) -> None:
    for number in range(230):
        store.put(table, _posting(number))
    ids = [posting_id("remoteok", str(number)) for number in range(235)]
    found = store.get_many(table, [*ids, *ids[:20]])
    assert set(found) == set(ids[:230])
    assert all(stored.posting.id == key for key, stored in found.items())
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
    store.separate(table, _posting().id, "other")
    store.close(table, _posting().id, ClosedReason.GONE, NOON + HOUR)
    client = boto3.client("dynamodb", region_name="eu-central-1")
    images = client.scan(TableName=table.name)["Items"]
    read = [stored for image in images if (stored := store.from_stream_image(image))]
    assert read == [_stored(table)]
    assert len(images) == 2
    assert store.from_stream_image({"PK": {"S": "SOURCE#remoteok"}, "SK": {"S": "STATE"}}) is None
    assert store.from_stream_image({}) is None


@pytest.mark.parametrize("sign", ['"', "ä", "&"])
def test_the_longest_posting_that_is_collected_fits_into_an_item(table: Table, sign: str) -> None:
    length = (MAX_DESCRIPTION_BYTES - 10) // len(sign.encode())
    longest = _posting(text=sign * length).model_copy(update={"description_html": sign * length})
    assert store.put(table, longest) is Written.NEW
    assert store.put(table, longest.model_copy(update={"description_text": "short", "fetched_at": NOON + HOUR}))
    [version] = store.versions(table, longest.id)
    assert version.old_text is not None
    assert len(version.old_text) < length


def test_a_posting_that_is_longer_than_an_item_may_be_is_told_apart_from_other_refusals(table: Table) -> None:
    longer = _posting(text="x" * 420_000)
    with pytest.raises(items.UnfitError):
        store.put(table, longer)
    store.put(table, _posting())
    with pytest.raises(items.UnfitError):
        store.put(table, longer.model_copy(update={"fetched_at": NOON + HOUR}))
    assert _stored(table).posting == _posting()
    with pytest.raises(ClientError):
        store.put(clients.table("no-such-table"), _posting())
