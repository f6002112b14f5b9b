"""A person's own source that is deleted while it is collected or defined anew: nothing of it is there afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from fastapi.testclient import TestClient

from functions.api.settings import Settings
from functions.collect_source import collector
from jobtracker.aws import clients, transactions
from jobtracker.aws.transactions import ContendedError, LostError, MissingError
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.sources import items, own, own_source
from jobtracker.sources.custom import OwnSource
from jobtracker.sources.seen import StoredMemory
from jobtracker.sources.source import Page, Visit
from tests.contract.collecting import Collecting, Pages, board, collecting
from tests.contract.test_api import API
from tests.contract.test_api_sources import FEED, ada, app
from tests.contract.test_collection_later import own_feed

__all__ = ["ada", "app", "board", "collecting", "own_feed"]


class Meanwhile(Pages):
    """Three pages; while the last one is asked for, something else happens."""

    def __init__(self, source: OwnSource, happens: Callable[[], None], wait: timedelta | None = None) -> None:
        super().__init__(source.listing, wait)
        self._happens = happens

    def fetch(self, visit: Visit) -> Page:
        if visit.cursor == "2":
            self._happens()
        return super().fetch(visit)


@pytest.fixture
def left(collecting: Collecting, own_feed: OwnSource) -> Callable[[], list[str]]:
    """The keys of all that there is of the source, in table and bucket."""

    def keys() -> list[str]:
        found = [str(item["SK"]) for item in collecting.people.scan()["Items"] if "PROFILE" not in str(item["SK"])]
        memory = StoredMemory(collecting.settings.artifacts_bucket, own_feed.id, "ann")
        objects = clients.s3().list_objects_v2(Bucket=memory.bucket, Prefix=memory.prefix).get("Contents", [])
        return sorted(found) + [one["Key"] for one in objects]

    return keys


def _ask(source: OwnSource) -> CollectSource:
    return CollectSource(source_id=source.id, owner_id="ann")


@pytest.mark.parametrize("told_first", [False, True])
def test_a_collection_under_way_leaves_nothing_of_a_source_that_is_deleted(
    collecting: Collecting,
    own_feed: OwnSource,
    left: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    *,
    told_first: bool,
) -> None:
    def deleted() -> None:
        assert len(list(private.each(collecting.people, "ann"))) == 2
        own.delete(collecting.people, "ann", own_feed.id)
        private.delete_of(collecting.people, "ann", own_feed.id)
        if told_first:
            assert collecting.handle(_ask(own_feed)) == []

    # What two parts saw lies in the bucket by then.
    monkeypatch.setattr(own_source, "build", lambda _: Meanwhile(own_feed, deleted, timedelta()))
    assert collecting.handle(_ask(own_feed)) == []
    [again] = collecting.queued()
    monkeypatch.setattr(own_source, "build", lambda _: Meanwhile(own_feed, deleted))
    assert len(left()) > 2
    assert collecting.handle(again) == []
    assert left() == []
    for message in (_ask(own_feed), again, again):
        assert collecting.handle(message) == []
    assert left() == []
    assert collecting.queued() == []


@pytest.mark.parametrize("before", ["save", "save_part", "record"])
def test_nothing_is_left_wherever_a_collection_stands_when_its_source_is_deleted(
    collecting: Collecting,
    own_feed: OwnSource,
    left: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    before: str,
) -> None:
    monkeypatch.setattr(own_source, "build", lambda _: Pages(own_feed.listing, timedelta(hours=1)))
    place: Any = items if before == "record" else StoredMemory
    real = getattr(place, before)

    def late(*arguments: Any) -> None:
        own.delete(collecting.people, "ann", own_feed.id)
        private.delete_of(collecting.people, "ann", own_feed.id)
        assert collecting.handle(_ask(own_feed)) == []
        real(*arguments)

    if before != "save_part":
        monkeypatch.setattr(own_source, "build", lambda _: Pages(own_feed.listing))
    monkeypatch.setattr(place, before, late)
    assert collecting.handle(_ask(own_feed)) == []
    assert left() == []
    assert own.state(collecting.people, "ann", own_feed.id).last_run_at is None


def test_a_collection_that_dies_before_it_is_recorded_has_its_message_clear_up(
    collecting: Collecting, own_feed: OwnSource, left: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_source, "build", lambda _: Pages(own_feed.listing))
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr(collector, "_ended", lambda *_: 1 / 0)
        with pytest.raises(Exception, match="All records failed"):
            collecting.handle(_ask(own_feed))
    assert any(key.endswith("seen.json.gz") for key in left())
    own.delete(collecting.people, "ann", own_feed.id)
    private.delete_of(collecting.people, "ann", own_feed.id)
    assert collecting.handle(_ask(own_feed)) == []
    assert left() == []


def test_what_a_collection_brought_before_the_deletion_is_ranked_where_it_stays(
    collecting: Collecting, own_feed: OwnSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    resume = Resume(
        id="r", person_id="ann", filename="a.pdf", content_type="application/pdf", created_at=datetime.now(UTC)
    )
    resumes.put_profile(collecting.people, resume, Profile(), match_shards=2)
    gone = Meanwhile(own_feed, lambda: own.delete(collecting.people, "ann", own_feed.id))
    monkeypatch.setattr(own_source, "build", lambda _: gone)
    assert collecting.handle(_ask(own_feed)) == []
    assert len(list(private.each(collecting.people, "ann"))) == 2
    assert [event["person_id"] for event in collecting.events()] == ["ann"]


@pytest.mark.parametrize("step", ["replace", "put_secrets"])
def test_a_source_that_is_deleted_while_it_is_defined_anew_stays_deleted(
    ada: TestClient, api_settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    people = clients.table(api_settings.people_table)
    path = f"{API}/own-sources/{ada.post(f'{API}/own-sources', json={'name': 'Mine', 'config': FEED}).json()['id']}"
    real = getattr(own, step)

    def late(*arguments: Any) -> Any:
        assert ada.delete(path).status_code == 204
        return real(*arguments)

    monkeypatch.setattr(own, step, late)
    body = {"name": "Again", "config": FEED, "secrets": {"key": "hush"}}
    assert ada.put(path, json=body).status_code == 404
    assert not [item for item in people.scan()["Items"] if "own:" in str(item["SK"])]


def test_writes_that_a_transaction_keeps_off_are_tried_again(
    people_table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    table, asked = clients.table(people_table), 0

    def busy(times: int, answer: ClientError) -> Callable[..., str]:
        def step(**_: Any) -> str:
            nonlocal asked
            asked += 1
            if asked <= times:
                raise answer
            return "done"

        return step

    errors = table.meta.client.exceptions
    alone = errors.TransactionConflictException({}, "DeleteItem")
    assert transactions.alone(table, busy(2, alone)) == "done"
    asked = 0
    with pytest.raises(ContendedError):
        transactions.alone(table, busy(99, alone))

    def cancelled(*codes: str) -> ClientError:
        reasons: Any = {"CancellationReasons": [{"Code": code} for code in codes]}
        return errors.TransactionCanceledException(reasons, "TransactWriteItems")

    needs = {"PK": "p", "SK": "s"}
    for times, codes, outcome in (
        (2, ("None", "TransactionConflict"), None),
        (99, ("TransactionConflict", "None"), ContendedError),
        (1, ("ConditionalCheckFailed", "ConditionalCheckFailed"), MissingError),
        (1, ("ConditionalCheckFailed", "None"), LostError),
        (1, ("ValidationError", "None"), ClientError),
    ):
        asked = 0
        monkeypatch.setattr(table.meta.client, "transact_write_items", busy(times, cancelled(*codes)))
        if outcome is None:
            transactions.write(table, [{}], needs)
        else:
            with pytest.raises(outcome):
                transactions.write(table, [{}], needs)
