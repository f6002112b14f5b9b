"""A person's own postings in the people table."""

from datetime import UTC, datetime, timedelta

import pytest
from mypy_boto3_dynamodb.service_resource import Table

from jobtracker.aws import clients
from jobtracker.postings import private
from jobtracker.postings.model import ClosedReason, Event, Posting, StoredPosting, posting_id
from jobtracker.postings.store import Written

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def table(people_table: str) -> Table:
    return clients.table(people_table)


def _posting(number: int = 1, *, title: str = "Thatcher", at: datetime = NOON) -> Posting:
    return Posting(
        id=posting_id("ada/import", str(number)),
        source_id="import",
        source_posting_id=str(number),
        url=f"https://straw.example/{number}",
        title=title,
        fetched_at=at,
        attribution="pasted",
    )


def test_a_posting_is_its_owner_s_and_nobody_else_s(table: Table) -> None:
    assert private.put(table, "ada", _posting()) is Written.NEW
    assert private.get(table, "ada", _posting().id) == StoredPosting.fresh(_posting())
    assert private.get(table, "ben", _posting().id) is None
    assert private.page(table, "ben") == ([], None)
    assert not private.delete(table, "ben", _posting().id)
    assert not private.close(table, "ben", _posting().id, ClosedReason.GONE, NOON + HOUR)


def test_its_life_is_kept_as_that_of_any_other_posting(table: Table) -> None:
    private.put(table, "ada", _posting())
    assert private.put(table, "ada", _posting(at=NOON + HOUR)) is Written.UNCHANGED
    assert private.put(table, "ada", _posting(at=NOON + HOUR, title="Master thatcher")) is Written.CHANGED
    assert private.close(table, "ada", _posting().id, ClosedReason.GONE, NOON + 2 * HOUR)
    stored = private.get(table, "ada", _posting().id)
    assert stored is not None
    assert (stored.life.versions, stored.life.closed_reason) == (2, ClosedReason.GONE)
    events = [version.event for version in private.versions(table, "ada", _posting().id)]
    assert events == [Event.CLOSED, Event.CHANGED]


def test_postings_are_listed_page_by_page_each_once_and_without_their_versions(table: Table) -> None:
    for number in range(7):
        private.put(table, "ada", _posting(number))
        private.put(table, "ada", _posting(number, title="Master thatcher", at=NOON + HOUR))
    private.put(table, "ben", _posting(99))
    found: list[str] = []
    after = None
    while True:
        shown, after = private.page(table, "ada", limit=3, after=after)
        found += [stored.posting.id for stored in shown]
        if after is None:
            break
    assert found == sorted(_posting(number).id for number in range(7))


def test_a_deleted_posting_leaves_nothing_behind(table: Table) -> None:
    private.put(table, "ada", _posting())
    private.put(table, "ada", _posting(title="Master thatcher", at=NOON + HOUR))
    private.put(table, "ada", _posting(2))
    assert private.delete(table, "ada", _posting().id)
    assert [item["SK"] for item in table.scan()["Items"]] == [f"POSTING#{_posting(2).id}"]
    assert not private.delete(table, "ada", _posting().id)
