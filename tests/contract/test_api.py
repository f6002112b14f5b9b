"""The real app over real tables: what a client sees, and what nobody else does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from jobtracker.accounts import store, tokens
from jobtracker.accounts.model import Account, Role
from jobtracker.aws import clients
from jobtracker.matching import store as match_store
from jobtracker.matching.model import Match, MatchSummary, Part, PartName
from jobtracker.postings import store as posting_store
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, Seniority, WorkMode
from tests.contract.conftest import JWT_KEY as KEY
from tests.fakes.bus import heard

PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
API = "/api/v1"


def posting(number: int) -> Posting:
    """A posting that states everything."""
    return Posting(
        id=f"{number:024x}",
        source_id="sample",
        source_posting_id=str(number),
        url=f"https://jobs.example.org/{number}",
        apply_url=f"https://jobs.example.org/{number}/apply",
        title=f"Data engineer {number}",
        company="Example Ltd",
        places=(Place(text="Berlin, Germany", city="Berlin", country="DE"),),
        work_mode=WorkMode.HYBRID,
        pay=Pay(minimum=70000, maximum=90000, currency="EUR", period=PayPeriod.YEAR),
        seniority=Seniority.SENIOR,
        skills=("python", "sql"),
        employment_type="full_time",
        language="en",
        description_html="<p>Build pipelines.</p>",
        description_text="Build pipelines.",
        posted_at=NOW,
        fetched_at=NOW,
        attribution="Example Board",
        sample=True,
    )


def match(number: int, score: float) -> Match:
    """A match whose one part is its score."""
    part = Part(name=PartName.SKILLS, points=score, possible=100, known=True, reason="2 of 2 skills.")
    return Match(
        posting_id=f"{number:024x}", score=score, parts=(part,), matched_skills=("python",), missing_skills=("sql",)
    )


@pytest.fixture
def app(api_settings: Settings) -> FastAPI:
    """The API."""
    return create_app(api_settings)


@pytest.fixture
def anyone(app: FastAPI) -> TestClient:
    """A client that is not signed in."""
    return TestClient(app, base_url="https://testserver")


def signed_in(app: FastAPI, account: Account) -> TestClient:
    """A client that is signed in to an account."""
    token = tokens.issue(account.id, KEY, now=datetime.now(UTC))
    return TestClient(app, base_url="https://testserver", headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def ada(api_settings: Settings) -> Account:
    """An account."""
    return store.create(
        clients.table(api_settings.people_table), email="ada@example.org", password=PASSWORD, name="Ada"
    )


@pytest.fixture
def client(app: FastAPI, ada: Account) -> TestClient:
    """A client that is signed in as Ada."""
    return signed_in(app, ada)


@pytest.fixture
def events(api_settings: Settings) -> Callable[[], list[dict[str, Any]]]:
    """The details of all events that the bus took, by a rule that puts them on a queue."""
    queue = heard(api_settings.event_bus)

    def received() -> list[dict[str, Any]]:
        answer = clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        return [json.loads(message["Body"])["detail"] for message in answer.get("Messages", [])]

    return received


# --- accounts


def test_a_new_person_gets_a_token_that_works_at_once(anyone: TestClient) -> None:
    response = anyone.post(f"{API}/accounts", json={"email": "Bob@Example.org", "password": PASSWORD, "name": " Bob "})
    assert response.status_code == 201
    body = response.json()
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 1800
    assert body["person"] == {"id": body["person"]["id"], "email": "bob@example.org", "name": "Bob", "role": "person"}
    me = anyone.get(f"{API}/me", headers={"Authorization": f"Bearer {body['access_token']}"})
    assert me.json() == body["person"]


def test_an_address_that_is_taken_is_a_conflict(anyone: TestClient, ada: Account) -> None:
    response = anyone.post(f"{API}/accounts", json={"email": "ADA@example.org", "password": "another password"})
    assert response.status_code == 409
    assert response.json()["type"].endswith("#problem-email-taken")


@pytest.mark.parametrize("password", ["ninechars", ""])
def test_a_password_shorter_than_ten_characters_is_refused(anyone: TestClient, password: str) -> None:
    response = anyone.post(f"{API}/accounts", json={"email": "bob@example.org", "password": password})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["body.password"]


def test_nobody_makes_themselves_an_administrator(anyone: TestClient) -> None:
    response = anyone.post(f"{API}/accounts", json={"email": "bob@example.org", "password": PASSWORD, "role": "admin"})
    assert response.status_code == 422


def test_signing_in_works_with_the_right_password_only(anyone: TestClient, ada: Account) -> None:
    right = anyone.post(f"{API}/sessions", json={"email": "ada@example.org", "password": PASSWORD})
    assert right.status_code == 200
    assert right.json()["person"]["id"] == ada.id
    wrong = anyone.post(f"{API}/sessions", json={"email": "ada@example.org", "password": "x"})
    unknown = anyone.post(f"{API}/sessions", json={"email": "nobody", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_a_token_past_its_time_is_refused(app: FastAPI, anyone: TestClient, ada: Account) -> None:
    old = tokens.issue(ada.id, KEY, now=datetime.now(UTC) - timedelta(minutes=31))
    assert anyone.get(f"{API}/me", headers={"Authorization": f"Bearer {old}"}).status_code == 401


def test_a_removed_account_is_out_at_once(client: TestClient, api_settings: Settings, ada: Account) -> None:
    assert client.get(f"{API}/me").status_code == 200
    clients.table(api_settings.people_table).delete_item(Key={"PK": f"USER#{ada.id}", "SK": "ACCOUNT"})
    response = client.get(f"{API}/me")
    assert response.status_code == 401
    assert response.json()["type"].endswith("#problem-token-invalid")


# --- postings and matches


@pytest.fixture
def matched(api_settings: Settings, ada: Account) -> list[Match]:
    """Ada's seven matches, two of equal score, with their postings."""
    catalog, people = clients.table(api_settings.catalog_table), clients.table(api_settings.people_table)
    found = [match(number, score) for number, score in enumerate([90.5, 80.0, 80.0, 71.25, 60.0, 50.0, 0.0])]
    for number in range(len(found)):
        posting_store.put(catalog, posting(number))
    summary = MatchSummary(
        person_id=ada.id, index_version="i1", profile_version=1, postings=100, matches=len(found), matched_at=NOW
    )
    assert match_store.replace(people, found, summary)
    return found


def test_matches_come_best_first_with_their_reasons(client: TestClient, matched: list[Match]) -> None:
    body = client.get(f"{API}/matches").json()
    assert [item["score"] for item in body["items"]] == [90.5, 80.0, 80.0, 71.25, 60.0, 50.0, 0.0]
    first = body["items"][0]
    assert first["parts"] == [
        {"name": "skills", "points": 90.5, "possible": 100.0, "known": True, "reason": "2 of 2 skills."}
    ]
    assert first["matched_skills"] == [{"id": "python", "name": "Python"}]
    assert first["missing_skills"] == [{"id": "sql", "name": "SQL"}]
    assert first["posting"]["title"] == "Data engineer 0"
    assert body["summary"]["postings"] == 100
    assert "person_id" not in body["summary"]
    assert body["next_cursor"] is None


def test_pages_of_matches_leave_out_and_repeat_nothing(client: TestClient, matched: list[Match]) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(10):
        params: dict[str, str | int] = {"limit": 2}
        if cursor:
            params["cursor"] = cursor
        body = client.get(f"{API}/matches", params=params).json()
        seen += [item["posting"]["id"] for item in body["items"]]
        cursor = body["next_cursor"]
        if cursor is None:
            break
    assert seen == [item.posting_id for item in matched]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ä"])
def test_a_cursor_that_was_not_handed_out_is_refused(client: TestClient, cursor: str) -> None:
    response = client.get(f"{API}/matches", params={"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["type"].endswith("#problem-invalid-cursor")


def test_a_match_whose_posting_is_gone_is_left_out(
    client: TestClient, api_settings: Settings, matched: list[Match]
) -> None:
    gone = matched[0].posting_id
    clients.table(api_settings.catalog_table).delete_item(Key={"PK": f"POSTING#{gone}", "SK": "POSTING"})
    assert len(client.get(f"{API}/matches").json()["items"]) == len(matched) - 1
    assert client.get(f"{API}/matches/{gone}").status_code == 404
    assert client.get(f"{API}/matches", params={"posting_id": gone}).json()["items"] == []


def test_one_match_can_be_asked_for(client: TestClient, matched: list[Match]) -> None:
    wanted = client.get(f"{API}/matches/{matched[3].posting_id}").json()
    assert wanted["score"] == 71.25
    listed = client.get(f"{API}/matches", params={"posting_id": matched[3].posting_id}).json()
    assert (listed["items"], listed["next_cursor"]) == ([wanted], None)
    none = client.get(f"{API}/matches", params={"posting_id": "no-match"})
    assert (none.status_code, none.json()["items"]) == (200, [])
    assert none.json()["summary"] == listed["summary"]


def test_nobody_sees_another_persons_matches(app: FastAPI, api_settings: Settings, matched: list[Match]) -> None:
    bob = store.create(clients.table(api_settings.people_table), email="bob@example.org", password=PASSWORD)
    client = signed_in(app, bob)
    assert client.get(f"{API}/matches").json() == {"summary": None, "stale": False, "items": [], "next_cursor": None}
    assert client.get(f"{API}/matches/{matched[0].posting_id}").status_code == 404
    assert client.get(f"{API}/matches", params={"posting_id": matched[0].posting_id}).json()["items"] == []


# --- duplicates


def test_an_administrator_takes_two_postings_apart(app: FastAPI, client: TestClient, api_settings: Settings) -> None:
    catalog, people = clients.table(api_settings.catalog_table), clients.table(api_settings.people_table)
    for number in (1, 2):
        posting_store.put(catalog, posting(number))
    path, body = f"{API}/postings/{posting(1).id}/separations", {"posting_id": posting(2).id}
    assert client.post(path, json=body).status_code == 403
    root = signed_in(app, store.create(people, email="root@example.org", password=PASSWORD, role=Role.ADMIN))
    assert root.post(path, json={"posting_id": "nothing"}).status_code == 404
    for _ in range(2):
        assert root.post(path, json=body).status_code == 202
    stored = posting_store.get_many(catalog, [posting(1).id, posting(2).id])
    assert [one.separated for one in stored.values()] == [(posting(2).id,), (posting(1).id,)]


def test_an_administrator_takes_back_that_two_postings_are_apart(
    app: FastAPI, client: TestClient, api_settings: Settings
) -> None:
    catalog, people = clients.table(api_settings.catalog_table), clients.table(api_settings.people_table)
    for number in (1, 2):
        posting_store.put(catalog, posting(number))
    root = signed_in(app, store.create(people, email="root@example.org", password=PASSWORD, role=Role.ADMIN))
    root.post(f"{API}/postings/{posting(1).id}/separations", json={"posting_id": posting(2).id})
    path = f"{API}/postings/{posting(2).id}/separations/{posting(1).id}"
    assert client.delete(path).status_code == 403
    assert root.delete(f"{API}/postings/nothing/separations/{posting(1).id}").status_code == 404
    for _ in range(2):
        assert root.delete(path).status_code == 204
    stored = posting_store.get_many(catalog, [posting(1).id, posting(2).id])
    assert [one.separated for one in stored.values()] == [(), ()]


def test_the_changes_of_a_posting_are_told_field_by_field(client: TestClient, api_settings: Settings) -> None:
    catalog = clients.table(api_settings.catalog_table)
    posting_store.put(catalog, posting(1))
    later = {"title": "Senior data engineer", "fetched_at": NOW + timedelta(days=2)}
    posting_store.put(catalog, posting(1).model_copy(update=later))
    (version,) = client.get(f"{API}/postings/{posting(1).id}/versions").json()["items"]
    assert version["event"] == "changed"
    assert version["changes"] == [{"field": "title", "old": "Data engineer 1", "new": "Senior data engineer"}]
    assert client.get(f"{API}/postings/nothing/versions").status_code == 404
