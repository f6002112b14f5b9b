"""What the tables keep of sources: states, ledgers, settings, coverage, own sources, secrets and claims."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_dynamodb.service_resource import Table

from jobtracker.aws import clients
from jobtracker.sources import claims, items, own, secrets, store
from jobtracker.sources.custom import CustomFeed, OwnSource
from jobtracker.sources.model import Collection, Counts, Coverage, Run, SourceSetting, SourceState, SourceStatus

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def catalog(catalog_table: str) -> Table:
    return clients.table(catalog_table)


@pytest.fixture
def people(people_table: str) -> Table:
    return clients.table(people_table)


@pytest.fixture
def key_arn(aws: None) -> str:
    return clients.kms().create_key()["KeyMetadata"]["Arn"]


def _ledger(source_id: str, at: datetime, status: SourceStatus = SourceStatus.OK) -> Collection:
    return Collection(
        id=f"{at:%Y%m%dT%H%M%S}.000000Z",
        source_id=source_id,
        started_at=at,
        ended_at=at,
        status=status,
        counts=Counts(seen=3, new=1, duplicate=1, gone=1),
        refusals=("no title",),
        requests=4,
    )


def _state(source_id: str, at: datetime, status: SourceStatus = SourceStatus.OK) -> SourceState:
    return SourceState(source_id=source_id, status=status, last_run_at=at, due_at=at + HOUR)


def test_ledgers_come_back_whole_newest_first_and_page_by_page(catalog: Table) -> None:
    for source_id in ("greenhouse:acme", "greenhouse:acme2"):
        for hour in range(5):
            at = NOON + hour * HOUR
            store.record(catalog, _ledger(source_id, at), _state(source_id, at))
    whole = [_ledger("greenhouse:acme", NOON + hour * HOUR) for hour in (4, 3, 2, 1, 0)]
    assert store.ledgers(catalog, "greenhouse:acme", limit=10) == whole
    first = store.ledgers(catalog, "greenhouse:acme", limit=2)
    assert first == whole[:2]
    assert store.ledgers(catalog, "greenhouse:acme", limit=2, before=first[-1].id) == whole[2:4]
    assert store.ledgers(catalog, "greenhouse:acme", limit=2, before=whole[-1].id) == []
    assert store.ledgers(catalog, "greenhouse:none", limit=2) == []


def test_an_older_collection_never_overwrites_a_newer_state(catalog: Table) -> None:
    for minutes, status in ((0, SourceStatus.OK), (-5, SourceStatus.BLOCKED)):
        at = NOON + timedelta(minutes=minutes)
        store.record(catalog, _ledger("remoteok", at, status), _state("remoteok", at, status))
    assert store.state(catalog, "remoteok").status is SourceStatus.OK
    assert len(store.ledgers(catalog, "remoteok", limit=9)) == 2


def test_where_a_collection_under_way_stands_is_kept_and_ends_with_its_ledger(catalog: Table) -> None:
    run = Run(id="r", started_at=NOON, resume_at=NOON + HOUR, cursor="40", counts=Counts(seen=40), parts=2)
    begun = SourceState(source_id="remoteok", run=run)
    items.save(catalog, store.slot("remoteok"), begun)
    assert store.state(catalog, "remoteok") == begun
    store.record(catalog, _ledger("remoteok", NOON + HOUR), _state("remoteok", NOON + HOUR))
    assert store.state(catalog, "remoteok").run is None


def test_the_states_of_more_sources_than_one_read_holds_are_all_there(catalog: Table) -> None:
    ids = [f"greenhouse:board-{number}" for number in range(130)]
    store.record(catalog, _ledger(ids[7], NOON), _state(ids[7], NOON))
    states = store.states(catalog, ids)
    assert list(states) == ids
    assert [source_id for source_id, state in states.items() if state.status is SourceStatus.OK] == [ids[7]]


def test_the_last_decision_about_a_source_holds(catalog: Table) -> None:
    decided = [
        SourceSetting(source_id="linkedin", on=on, accepted=on, changed_by="ann", changed_at=NOON)
        for on in (True, False)
    ]
    for setting in decided:
        store.decide(catalog, setting)
    other = SourceSetting(source_id="greenhouse:acme", on=True, changed_by="ann", changed_at=NOON)
    store.decide(catalog, other)
    assert store.settings(catalog) == {"linkedin": decided[1], "greenhouse:acme": other}
    assert store.setting(catalog, "linkedin") == decided[1]
    assert store.setting(catalog, "remoteok") is None


def test_coverage_is_that_of_the_last_index(catalog: Table) -> None:
    first = [Coverage(source_id=f"s{n}", index_version="1", open=n, duplicates=0) for n in range(30)]
    store.cover(catalog, first)
    second = Coverage(source_id="s3", index_version="2", open=9, duplicates=4)
    store.cover(catalog, [second])
    assert store.coverage(catalog) == {one.source_id: one for one in first} | {"s3": second}


# --- people's own


def _own(owner_id: str, number: int, name: str = "A feed") -> OwnSource:
    return OwnSource(
        id=f"own:{number:012x}",
        owner_id=owner_id,
        name=name,
        config=CustomFeed(kind="feed", url="https://feeds.example/jobs.rss"),
        created_at=NOON,
    )


def test_a_person_s_sources_are_the_person_s_alone(people: Table) -> None:
    for source in (_own("ann", 1), _own("ann", 2), _own("bob", 3)):
        own.put(people, source)
    own.put(people, _own("ann", 1, "Another name"))
    assert [(source.id, source.name) for source in own.list_sources(people, "ann")] == [
        (_own("ann", 1).id, "Another name"),
        (_own("ann", 2).id, "A feed"),
    ]
    assert own.get(people, "bob", _own("ann", 1).id) is None
    assert own.get(people, "bob", _own("bob", 3).id) == _own("bob", 3)


def test_a_deleted_source_leaves_nothing_and_its_neighbours_stay(people: Table) -> None:
    gone, stays = _own("ann", 1), _own("ann", 2)
    for source in (gone, stays):
        own.put(people, source)
        own.put_secrets(people, "ann", source.id, {"key": b"sealed"})
        for hour in range(30):
            at = NOON + hour * HOUR
            items.record(people, own.slot("ann", source.id), _ledger(source.id, at), _state(source.id, at))
    own.delete(people, "ann", gone.id)
    own.set_due(people, "ann", gone.id, NOON, definition=gone.definition)
    assert own.list_sources(people, "ann") == [stays]
    assert not [item for item in people.scan()["Items"] if gone.id in str(item["SK"])]
    assert len(own.ledgers(people, "ann", stays.id, limit=99)) == 30
    assert own.state(people, "ann", stays.id).status is SourceStatus.OK
    assert own.secret_names(people, "ann", stays.id) == ("key",)


def test_own_sources_are_due_at_once_and_then_when_it_is_said(people: Table) -> None:
    for source in (_own("ann", 1), _own("bob", 2)):
        own.put(people, source)
    now = datetime.now(UTC)
    assert {(one.owner_id, one.source_id) for one in own.due(people, now + HOUR)} == {
        ("ann", _own("ann", 1).id),
        ("bob", _own("bob", 2).id),
    }
    first = _own("ann", 1)
    own.set_due(people, "ann", first.id, now + 2 * HOUR, definition=first.definition)
    assert [one.owner_id for one in own.due(people, now + HOUR)] == ["bob"]


def test_a_source_that_was_defined_anew_stays_due_at_once(people: Table) -> None:
    source, now = _own("ann", 1), datetime.now(UTC)
    moved = source.model_copy(update={"config": CustomFeed(kind="feed", url="https://other.example/jobs.rss")})
    own.put(people, moved)
    own.set_due(people, "ann", source.id, now + 2 * HOUR, definition=source.definition)
    assert [one.source_id for one in own.due(people, now + HOUR)] == [source.id]


# --- secrets


def test_a_secret_opens_only_as_the_one_that_was_sealed(catalog: Table, people: Table, key_arn: str) -> None:
    sealed = secrets.seal(key_arn, "adzuna", {"app_id": "me", "app_key": "hush"})
    store.put_secrets(catalog, "adzuna", sealed)
    kept = items.sealed(catalog, store.slot("adzuna"))
    assert secrets.unseal(key_arn, "adzuna", kept) == {"app_id": "me", "app_key": "hush"}
    swapped = {"app_id": kept["app_key"]}
    for source_id, owner_id, values in (("reed", None, kept), ("adzuna", "ann", kept), ("adzuna", None, swapped)):
        with pytest.raises(ClientError):
            secrets.unseal(key_arn, source_id, values, owner_id)


def test_no_table_holds_a_secret_that_can_be_read(catalog: Table, people: Table, key_arn: str) -> None:
    store.put_secrets(catalog, "adzuna", secrets.seal(key_arn, "adzuna", {"app_key": "hush-hush"}))
    own_id = _own("ann", 1).id
    own.put(people, _own("ann", 1))
    own.put_secrets(people, "ann", own_id, secrets.seal(key_arn, own_id, {"token": "hush-hush"}, "ann"))
    for table in (catalog, people):
        for item in table.scan()["Items"]:
            assert "hush-hush" not in str(item)
    for kept in (items.sealed(catalog, store.slot("adzuna")), items.sealed(people, own.slot("ann", own_id))):
        assert len(kept) == 1
        assert not [value for value in kept.values() if b"hush-hush" in value]


def test_secrets_are_known_by_name_set_one_by_one_and_forgotten_together(catalog: Table, key_arn: str) -> None:
    assert store.secret_names(catalog, "adzuna") == ()
    store.put_secrets(catalog, "adzuna", secrets.seal(key_arn, "adzuna", {"app_key": "one"}))
    store.put_secrets(catalog, "adzuna", secrets.seal(key_arn, "adzuna", {"app_id": "two", "app_key": "three"}))
    assert store.secret_names(catalog, "adzuna") == ("app_id", "app_key")
    opened = secrets.unseal(key_arn, "adzuna", items.sealed(catalog, store.slot("adzuna")))
    assert opened == {"app_id": "two", "app_key": "three"}
    store.delete_secrets(catalog, "adzuna")
    assert store.secret_names(catalog, "adzuna") == ()


# --- claims


def test_a_source_is_claimed_by_one_at_a_time(operations_table: str) -> None:
    table, slot = clients.table(operations_table), store.slot("remoteok")
    first = claims.claim(table, slot, NOON, NOON + HOUR)
    assert first is not None
    assert claims.claim(table, slot, NOON, NOON + HOUR) is None
    assert claims.claim(table, store.slot("other"), NOON, NOON + HOUR) is not None
    assert claims.claim(table, own.slot("ann", "remoteok"), NOON, NOON + HOUR) is not None
    claims.release(table, slot, first)
    assert claims.claim(table, slot, NOON, NOON + HOUR) is not None


def test_a_claim_whose_holder_died_expires_and_a_late_release_frees_nobody_else_s(operations_table: str) -> None:
    table, slot = clients.table(operations_table), store.slot("remoteok")
    first = claims.claim(table, slot, NOON, NOON + HOUR)
    later = NOON + HOUR + timedelta(seconds=1)
    assert claims.claim(table, slot, later, later + HOUR) is not None
    assert first is not None
    claims.release(table, slot, first)
    assert claims.claim(table, slot, later, later + HOUR) is None
    items_of: list[dict[str, Any]] = table.scan()["Items"]
    assert all("expires_at" in item for item in items_of)
