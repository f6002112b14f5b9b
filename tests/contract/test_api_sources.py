"""Sources, companies and own sources over HTTP: what a person sees, what only an administrator does."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from jobtracker.accounts import store as accounts
from jobtracker.accounts.model import Account, Role
from jobtracker.aws import clients
from jobtracker.sources import items, own, secrets, store
from jobtracker.sources.boards.sample import SOURCE as SAMPLE
from jobtracker.sources.listing import directory, listings
from jobtracker.sources.model import (
    Breaker,
    BreakerState,
    Collection,
    Counts,
    Coverage,
    SourceKind,
    SourceState,
    SourceStatus,
)
from jobtracker.sources.outcome import turned_off
from tests.contract.test_api import API, NOW, PASSWORD, signed_in

FEED = {"kind": "feed", "url": "https://jobs.example.org/feed.xml"}


@pytest.fixture
def app(api_settings: Settings) -> FastAPI:
    """The API."""
    return create_app(api_settings)


def account(settings: Settings, name: str, role: Role = Role.PERSON) -> Account:
    """A new account."""
    people = clients.table(settings.people_table)
    return accounts.create(people, email=f"{name}@example.org", password=PASSWORD, role=role)


@pytest.fixture
def ada(app: FastAPI, api_settings: Settings) -> TestClient:
    """A client signed in as somebody."""
    return signed_in(app, account(api_settings, "ada"))


@pytest.fixture
def bob(app: FastAPI, api_settings: Settings) -> TestClient:
    """A client signed in as somebody else."""
    return signed_in(app, account(api_settings, "bob"))


@pytest.fixture
def admin(app: FastAPI, api_settings: Settings) -> TestClient:
    """A client signed in as an administrator."""
    return signed_in(app, account(api_settings, "root", Role.ADMIN))


def sent(queue_url: str) -> list[dict[str, Any]]:
    """The messages of a queue since the last call, with their groups."""
    got = clients.sqs().receive_message(
        QueueUrl=queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    )
    messages = got.get("Messages", [])
    for message in messages:
        clients.sqs().delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(one["Body"]) | {"group": one.get("Attributes", {}).get("MessageGroupId")} for one in messages]


# --- sources


def test_boards_and_the_companies_in_use_are_listed_by_name(ada: TestClient) -> None:
    items = ada.get(f"{API}/sources").json()["items"]
    used = {one.id for one in listings().values() if one.on or one.kind is not SourceKind.COMPANY}
    assert {item["id"] for item in items} == used
    assert {item["status"] for item in items if item["on"]} == {"never"}
    # The sample source is collected whenever somebody asks for it.
    assert {item["status"] for item in items if not item["on"] and item["kind"] != "sample"} == {"off"}
    names = [item["name"].casefold() for item in items]
    assert names == sorted(names)


def test_sources_that_did_not_change_are_not_sent_again(ada: TestClient, admin: TestClient) -> None:
    first = ada.get(f"{API}/sources")
    known = {"If-None-Match": first.headers["etag"]}
    assert ada.get(f"{API}/sources", headers=known).status_code == 304
    assert admin.get(f"{API}/sources", headers=known).status_code == 200
    admin.put(f"{API}/sources/remoteok/setting", json={"on": False})
    assert ada.get(f"{API}/sources", headers=known).status_code == 200


def test_a_source_tells_how_it_fared_and_what_the_catalog_holds_of_it(ada: TestClient, api_settings: Settings) -> None:
    table = clients.table(api_settings.catalog_table)
    for hours, status, seen in ((6, SourceStatus.OK, 412), (0, SourceStatus.BLOCKED, 0)):
        at = NOW - timedelta(hours=hours)
        ledger = Collection(
            id=at.isoformat(),
            source_id="remoteok",
            started_at=at,
            ended_at=at,
            status=status,
            reason=None if seen else "the host refused us (HTTP 403)",
            counts=Counts(seen=seen, new=seen, refused=2),
            refusals=("no title",),
            requests=3,
        )
        state = SourceState(
            source_id="remoteok",
            status=status,
            reason=ledger.reason,
            since=at,
            postings=412,
            counts=ledger.counts,
            last_run_at=at,
        )
        store.record(table, ledger, state)
    store.cover(table, [Coverage(source_id="remoteok", index_version="v", open=412, duplicates=96)])
    body = ada.get(f"{API}/sources/remoteok").json()
    source = body["source"]
    assert (source["status"], source["postings"], source["duplicates"]) == ("blocked", 412, 96)
    assert source["reason"] == "the host refused us (HTTP 403)"
    assert datetime.fromisoformat(source["since"]) == NOW
    assert [one["status"] for one in body["ledgers"]] == ["blocked", "ok"]
    assert body["ledgers"][1]["counts"]["seen"] == 412
    assert body["ledgers"][0]["refusals"] == ["no title"]
    assert body["limits"]["between_s"] >= 1
    first, *_ = ada.get(f"{API}/sources/remoteok/collections", params={"before": body["ledgers"][0]["id"]}).json()[
        "items"
    ]
    assert first["id"] == body["ledgers"][1]["id"]


def test_a_source_that_there_is_not_is_not_found(ada: TestClient) -> None:
    assert ada.get(f"{API}/sources/nothing").status_code == 404
    assert ada.get(f"{API}/sources/greenhouse:..%2Fetc").status_code == 404


def test_only_an_administrator_turns_sources_on_asks_for_collections_and_sets_secrets(ada: TestClient) -> None:
    assert ada.put(f"{API}/sources/remoteok/setting", json={"on": False}).status_code == 403
    assert ada.put(f"{API}/sources/adzuna/secrets", json={"values": {"app_key": "x"}}).status_code == 403
    assert ada.delete(f"{API}/sources/adzuna/secrets").status_code == 403
    assert ada.post(f"{API}/sources/remoteok/collections").status_code == 403


def test_a_companys_board_that_is_turned_on_is_listed(admin: TestClient, ada: TestClient) -> None:
    company = next(one for one in directory().values() if not one.on)
    assert company.source_id not in {item["id"] for item in ada.get(f"{API}/sources").json()["items"]}
    turned = admin.put(f"{API}/sources/{company.source_id}/setting", json={"on": True}).json()
    assert (turned["on"], turned["status"]) == (True, "never")
    listed = {item["id"]: item for item in ada.get(f"{API}/sources").json()["items"]}
    assert listed[company.source_id]["on"] is True
    off = admin.put(f"{API}/sources/{company.source_id}/setting", json={"on": False}).json()
    assert (off["on"], off["status"]) == (False, "off")


def test_a_source_is_off_with_its_reason_and_never_once_it_is_on(admin: TestClient, api_settings: Settings) -> None:
    shown = {item["id"]: item for item in admin.get(f"{API}/sources").json()["items"]}
    assert (shown["sample"]["status"], shown["sample"]["reason"]) == ("never", None)
    assert (shown["linkedin"]["status"], shown["linkedin"]["reason"]) == ("off", "nobody has turned it on")
    table = clients.table(api_settings.catalog_table)
    off = turned_off(SAMPLE, store.state(table, "sample"), NOW, "an administrator turned it off")
    assert off.ledger is not None
    store.record(table, off.ledger, off.state)
    for on, status, reason in ((False, "off", "an administrator turned it off"), (True, "never", None)):
        source = admin.put(f"{API}/sources/sample/setting", json={"on": on}).json()
        assert (source["status"], source["reason"], source["counts"]) == (status, reason, None)
    keyed = admin.put(f"{API}/sources/adzuna/setting", json={"on": True}).json()
    assert (keyed["status"], keyed["reason"]) == ("off", "needs a key: app_id, app_key")


def test_a_restricted_source_is_turned_on_only_by_who_accepts_its_conditions(admin: TestClient) -> None:
    restricted = next(one for one in listings().values() if one.terms == "restricted")
    refused = admin.put(f"{API}/sources/{restricted.id}/setting", json={"on": True})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("#problem-conditions-not-accepted")
    source = admin.put(f"{API}/sources/{restricted.id}/setting", json={"on": True, "accepted": True}).json()
    assert (source["on"], source["accepted"]) == (True, True)
    assert source["conditions"] == restricted.conditions


def test_secrets_are_sealed_named_and_never_shown(admin: TestClient, api_settings: Settings) -> None:
    names = listings()["adzuna"].secrets
    values = {name: f"hush-{name}" for name in names}
    answer = admin.put(f"{API}/sources/adzuna/secrets", json={"values": values})
    assert answer.json()["secrets_set"] == sorted(names)
    assert "hush" not in answer.text
    assert "hush" not in admin.get(f"{API}/sources/adzuna").text
    table = clients.table(api_settings.catalog_table)
    stored = [value for item in table.scan()["Items"] for value in item.values()]
    assert not any("hush" in str(value) for value in stored)
    assert admin.delete(f"{API}/sources/adzuna/secrets").json()["secrets_set"] == []
    unknown = admin.put(f"{API}/sources/adzuna/secrets", json={"values": {"password": "x"}})
    assert unknown.status_code == 422
    assert unknown.json()["type"].endswith("#problem-unknown-secret")


def test_an_administrator_asks_for_a_collection_by_a_message_in_the_order_of_its_host(
    admin: TestClient, api_settings: Settings
) -> None:
    answer = admin.post(f"{API}/sources/sample/collections", headers={"x-correlation-id": "collect-it-now"})
    assert answer.status_code == 202
    (message,) = sent(api_settings.collect_queue_url)
    assert (message["type"], message["source_id"], message["id"]) == ("CollectSource", "sample", answer.json()["id"])
    assert message["correlation_id"] == "collect-it-now"
    assert message["group"] == listings()["sample"].host


def test_in_local_mode_everybody_is_an_administrator(api_settings: Settings) -> None:
    local = create_app(api_settings.model_copy(update={"local_mode": True}))
    client = signed_in(local, account(api_settings, "eve"))
    assert client.post(f"{API}/sources/sample/collections").status_code == 202
    assert client.post(f"{API}/sources/nothing/collections").status_code == 404
    assert client.put(f"{API}/sources/sample/setting", json={"on": True}).status_code == 200
    assert client.get(f"{API}/me").json()["role"] == "admin"


# --- companies


def test_companies_are_found_by_name_by_domain_and_by_the_address_of_a_board(ada: TestClient) -> None:
    def first(text: str) -> dict[str, Any]:
        found: dict[str, Any] = ada.get(f"{API}/companies", params={"q": text}).json()["items"][0]
        return found

    assert first("stripe")["source_id"] == "greenhouse:stripe"
    assert first("https://www.stripe.com/jobs")["source_id"] == "greenhouse:stripe"
    assert first("https://jobs.lever.co/a-board-nobody-listed")["source_id"] == "lever:a-board-nobody-listed"
    assert ada.get(f"{API}/companies").json()["total"] >= 400


# --- a person's own sources


def test_an_own_source_that_is_refused_says_until_when_it_is_left_alone(
    ada: TestClient, api_settings: Settings
) -> None:
    source_id = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
    me, people = ada.get(f"{API}/me").json()["id"], clients.table(api_settings.people_table)

    def told(state: SourceState) -> str | None:
        items.save(people, own.slot(me, source_id), state)
        shown: str | None = ada.get(f"{API}/own-sources/{source_id}").json()["retry_at"]
        return shown

    due, later = NOW + timedelta(hours=1), NOW + timedelta(hours=4)
    [kept] = own.list_sources(people, me)
    state = SourceState(source_id=source_id, definition=kept.definition, status=SourceStatus.OK, due_at=due)
    assert told(state) is None
    refused = state.model_copy(update={"status": SourceStatus.BLOCKED, "left_until": due})
    assert datetime.fromisoformat(told(refused) or "") == due
    broken = refused.model_copy(update={"breaker": Breaker(state=BreakerState.OPEN, open_until=later)})
    assert datetime.fromisoformat(told(broken) or "") == later


def test_an_own_source_is_kept_collected_and_forgotten(ada: TestClient, api_settings: Settings) -> None:
    made = ada.post(f"{API}/own-sources", json={"name": " My feed ", "config": FEED})
    assert made.status_code == 201
    source = made.json()
    assert (source["name"], source["status"], source["config"]["url"]) == ("My feed", "never", FEED["url"])
    assert [one["id"] for one in ada.get(f"{API}/own-sources").json()["items"]] == [source["id"]]
    (at_once,) = sent(api_settings.collect_queue_url)
    assert at_once["source_id"] == source["id"]
    asked = ada.post(f"{API}/own-sources/{source['id']}/collections")
    assert asked.status_code == 202
    (message,) = sent(api_settings.collect_queue_url)
    me = ada.get(f"{API}/me").json()["id"]
    [kept] = own.list_sources(clients.table(api_settings.people_table), me)
    group = kept.group
    assert (message["source_id"], message["owner_id"], message["group"]) == (source["id"], me, group)
    changed = ada.put(f"{API}/own-sources/{source['id']}", json={"name": "Renamed", "config": FEED}).json()
    assert (changed["id"], changed["name"]) == (source["id"], "Renamed")
    assert ada.get(f"{API}/own-sources/{source['id']}/collections").json() == {"items": []}
    assert ada.delete(f"{API}/own-sources/{source['id']}").status_code == 204
    assert ada.get(f"{API}/own-sources/{source['id']}").status_code == 404


def test_secrets_of_an_own_source_open_as_this_persons_alone(ada: TestClient, api_settings: Settings) -> None:
    config = {
        "kind": "api",
        "url": "https://api.example.org/jobs",
        "secret_headers": {"X-Api-Key": "key"},
        "records": "jobs",
        "fields": {"id": "id", "url": "url", "title": "title"},
    }
    body = {"name": "An interface", "config": config, "secrets": {"key": "hush-hush"}}
    made = ada.post(f"{API}/own-sources", json=body)
    assert made.status_code == 201, made.text
    source = made.json()
    assert source["secrets_set"] == ["key"]
    assert "hush-hush" not in made.text
    people = clients.table(api_settings.people_table)
    me = ada.get(f"{API}/me").json()["id"]
    sealed = items.sealed(people, own.slot(me, source["id"]))
    assert secrets.unseal(api_settings.key_arn, source["id"], sealed, me) == {"key": "hush-hush"}
    with pytest.raises(clients.kms().exceptions.InvalidCiphertextException):
        secrets.unseal(api_settings.key_arn, source["id"], sealed, "somebody else")


def test_nobody_reaches_another_persons_source(ada: TestClient, bob: TestClient) -> None:
    mine = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
    path = f"{API}/own-sources/{mine}"
    assert bob.get(f"{API}/own-sources").json() == {"items": []}
    assert bob.get(path).status_code == 404
    assert bob.put(path, json={"name": "Taken", "config": FEED}).status_code == 404
    assert bob.delete(path).status_code == 404
    assert bob.post(f"{path}/collections").status_code == 404
    assert bob.get(f"{path}/collections").status_code == 404
    assert ada.get(path).json()["name"] == "Mine"


def test_a_source_that_makes_no_sense_is_refused_without_repeating_what_was_typed(ada: TestClient) -> None:
    refused = ada.post(
        f"{API}/own-sources", json={"name": "x", "config": {"kind": "feed", "url": "https://me:hush-hush@example.org/"}}
    )
    assert refused.status_code == 422
    assert "hush-hush" not in refused.text
    assert refused.json()["errors"][0]["field"].startswith("body.config")


def test_a_source_that_can_be_collected_no_more_is_shown_with_why(ada: TestClient, api_settings: Settings) -> None:
    body = {"name": "A board", "config": {"kind": "board", "system": "greenhouse", "token": "acme"}}
    source = ada.post(f"{API}/own-sources", json=body).json()
    people, me = clients.table(api_settings.people_table), ada.get(f"{API}/me").json()["id"]
    [kept] = own.list_sources(people, me)
    gone = kept.config.model_copy(update={"system": "no-more"})
    own.put(people, kept.model_copy(update={"config": gone}))
    [shown] = ada.get(f"{API}/own-sources").json()["items"]
    assert (shown["status"], shown["config"]["system"]) == ("failing", "no-more")
    assert shown["reason"].startswith("no board of a system that is known")
    assert ada.get(f"{API}/own-sources/{source['id']}").json() == shown
    assert ada.post(f"{API}/own-sources/{source['id']}/collections").status_code == 202
    refused = ada.put(f"{API}/own-sources/{source['id']}", json={"name": "x", "config": shown["config"]})
    assert refused.status_code == 422
    assert ada.delete(f"{API}/own-sources/{source['id']}").status_code == 204


def test_a_source_that_is_defined_anew_shows_nothing_of_what_it_was(ada: TestClient, api_settings: Settings) -> None:
    source = ada.post(f"{API}/own-sources", json={"name": "My feed", "config": FEED}).json()
    people, me = clients.table(api_settings.people_table), ada.get(f"{API}/me").json()["id"]
    [kept] = own.list_sources(people, me)
    failed = SourceState(source_id=source["id"], definition=kept.definition, status=SourceStatus.FAILING, reason="x")
    items.save(people, own.slot(me, source["id"]), failed)
    path = f"{API}/own-sources/{source['id']}"
    assert ada.put(path, json={"name": "Renamed", "config": FEED}).json()["status"] == "failing"
    moved = ada.put(path, json={"name": "Renamed", "config": FEED | {"url": "https://jobs.example.org/new.xml"}}).json()
    assert (moved["status"], moved["reason"]) == ("never", None)


def test_a_person_has_so_many_sources_and_no_more(ada: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.api.routers.own_sources.MOST", 1)
    assert ada.post(f"{API}/own-sources", json={"name": "one", "config": FEED}).status_code == 201
    refused = ada.post(f"{API}/own-sources", json={"name": "two", "config": FEED})
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("#problem-too-many")
