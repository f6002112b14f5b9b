"""The search function's app over a real published index."""

from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.routers import search as search_routes
from functions.search.settings import Settings
from functions.search.snapshot import searcher
from jobtracker.accounts import gateway as secrets
from jobtracker.accounts import passwords, store, tokens
from jobtracker.artifacts import cache
from jobtracker.aws import clients
from jobtracker.catalog import build
from jobtracker.catalog import gateway as catalog
from tests.contract.conftest import JWT_KEY, REGION
from tests.contract.test_api import API, PASSWORD, posting


@pytest.fixture
def settings(
    catalog_table: str, people_table: str, artifacts_bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings whose every name exists, and a disk of its own for artifacts."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(cache, "default_directory", lambda: tmp_path / "artifacts")
    cache.forget()
    secrets.forget()
    secret = boto3.client("secretsmanager", region_name=REGION).create_secret(Name="jwt", SecretString=JWT_KEY)
    return Settings(
        stage="test",
        catalog_table=catalog_table,
        people_table=people_table,
        artifacts_bucket=artifacts_bucket,
        jwt_secret_arn=secret["ARN"],
    )


@pytest.fixture
def client(settings: Settings) -> TestClient:
    """A signed-in client of the search app."""
    account = store.create(clients.table(settings.people_table), email="ada@example.org", password=PASSWORD)
    token = tokens.issue(account.id, JWT_KEY, now=datetime.now(UTC))
    app = create_app(settings, [search_routes.router], searcher(settings.artifacts_bucket))
    return TestClient(app, base_url="https://testserver", headers={"Authorization": f"Bearer {token}"})


def publish(settings: Settings, numbers: range, to: Path) -> None:
    """Make an index of these postings the current one, and let the seconds pass until it is asked for again."""
    before = catalog.open_latest(settings.artifacts_bucket)
    info = build.build([posting(number) for number in numbers], None, to)
    catalog.publish(settings.artifacts_bucket, to, info, follows=None if before is None else before.manifest)
    cache.forget()


def test_before_the_first_index_a_search_says_when_to_come_back(client: TestClient) -> None:
    response = client.get(f"{API}/postings")
    assert response.status_code == 503
    assert response.json()["type"].endswith("#problem-index-missing")
    assert int(response.headers["retry-after"]) > 0


def test_a_search_finds_postings_with_counts_and_names(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    publish(settings, range(5), tmp_path / "index")
    body = client.get(f"{API}/postings", params={"q": "data engineer", "country": "DE"}).json()
    assert body["total"] == 5
    assert body["facets"]["country"] == {"DE": 5}
    assert body["facets"]["source"] == {"sample": 5}
    assert body["approximate"] is False
    found = {item["title"]: item for item in body["items"]}["Data engineer 3"]
    assert found["skills"] == [{"id": "python", "name": "Python"}, {"id": "sql", "name": "SQL"}]
    assert found["url"] == "https://jobs.example.org/3"


def test_pages_of_a_search_leave_out_and_repeat_nothing(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    publish(settings, range(7), tmp_path / "index")
    seen: list[str] = []
    cursor = None
    while True:
        params: dict[str, str | int] = {"limit": 3, "sort": "newest"}
        if cursor:
            params["cursor"] = cursor
        body = client.get(f"{API}/postings", params=params).json()
        seen += [item["id"] for item in body["items"]]
        cursor = body["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == [posting(number).id for number in range(7)]


def test_a_new_index_is_found_without_a_restart(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    publish(settings, range(2), tmp_path / "one")
    assert client.get(f"{API}/postings").json()["total"] == 2
    publish(settings, range(4), tmp_path / "two")
    assert client.get(f"{API}/postings").json()["total"] == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "101"), ("country", "Germany"), ("work_mode", "sofa"), ("min_pay", "-1"), ("sort", "x")],
)
def test_a_filter_that_cannot_be_meant_is_refused_by_name(client: TestClient, name: str, value: str) -> None:
    response = client.get(f"{API}/postings", params={name: value})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [f"query.{name}"]


def test_a_cursor_that_was_not_handed_out_is_refused(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    publish(settings, range(1), tmp_path / "index")
    response = client.get(f"{API}/postings", params={"cursor": "bm9uc2Vuc2U"})
    assert response.status_code == 400
    assert response.json()["type"].endswith("#problem-invalid-cursor")


def test_search_is_for_people_who_are_signed_in(client: TestClient) -> None:
    assert client.get(f"{API}/postings", headers={"Authorization": ""}).status_code == 401


def test_the_search_function_serves_no_other_route(client: TestClient) -> None:
    for path in ("/health", "/me", "/matches", f"/postings/{posting(1).id}"):
        assert client.get(f"{API}{path}").status_code == 404
