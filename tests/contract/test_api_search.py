"""The search function's app over a real published index."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
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
from jobtracker.postings import private
from jobtracker.postings import store as posting_store
from jobtracker.postings.model import ClosedReason, Posting, StoredPosting
from jobtracker.postings.places import read_place
from jobtracker.sources import items, own
from jobtracker.sources import store as source_store
from jobtracker.sources.custom import CustomFeed, OwnSource
from jobtracker.sources.model import Collection, SourceState, SourceStatus
from tests.contract.conftest import JWT_KEY, REGION
from tests.contract.test_api import API, NOW, PASSWORD, posting


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


def publish(settings: Settings, numbers: Iterable[int], to: Path) -> None:
    """Make an index of these postings the current one, and let the seconds pass until it is asked for again."""
    index(settings, [StoredPosting.fresh(posting(number)) for number in numbers], to)


def index(settings: Settings, postings: list[StoredPosting], to: Path) -> None:
    """The same for postings of any kind."""
    before = catalog.open_latest(settings.artifacts_bucket)
    info = build.build(postings, None, to)
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
    [
        ("limit", "0"),
        ("limit", "101"),
        ("country", "Germany"),
        ("work_mode", "sofa"),
        ("employment_type", "full_time"),
        ("source", "nix"),
        ("skill", "whistling"),
        ("min_pay", "-1"),
        ("sort", "x"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused_by_name(client: TestClient, name: str, value: str) -> None:
    response = client.get(f"{API}/postings", params={name: value})
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["field"].removesuffix(".0") == f"query.{name}"


def test_a_refusal_says_what_would_be_right_or_what_is_not_known(client: TestClient) -> None:
    def told(**params: str) -> str:
        (error,) = client.get(f"{API}/postings", params=params).json()["errors"]
        return str(error["message"])

    assert "'full-time', 'part-time'" in told(employment_type="full_time")
    assert told(skill="whistling") == "no skill is called “whistling”"
    assert told(source="nix") == "no source has the id “nix”"
    assert told(sort="nearest") == told(sort="nearest", place=" ") == "nearest to what? Name a place"


def test_the_nearest_come_first(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    names = ("Hamburg, Germany", "Potsdam, Germany", "Berlin, Germany")
    places = [place for name in names if (place := read_place(name))]
    near = [posting(at).model_copy(update={"places": (place,)}) for at, place in enumerate(places)]
    index(settings, [StoredPosting.fresh(one) for one in near], tmp_path / "index")
    asked = {"place": "Berlin", "km": "300", "sort": "nearest", "limit": "2"}
    first = client.get(f"{API}/postings", params=asked).json()
    second = client.get(f"{API}/postings", params=asked | {"cursor": first["next_cursor"]}).json()
    cities = [item["places"][0]["city"] for page in (first, second) for item in page["items"]]
    assert cities == ["Berlin", "Potsdam", "Hamburg"]
    away = [item["distance_km"] for page in (first, second) for item in page["items"]]
    assert away == [pytest.approx(0, abs=0.2), pytest.approx(27, abs=2), pytest.approx(255, abs=3)]
    newest = client.get(f"{API}/postings", params=asked | {"sort": "newest"}).json()
    assert {item["distance_km"] for item in newest["items"]} == {None}


def test_a_slip_in_a_place_is_read_as_the_city_that_was_meant_and_said(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    publish(settings, range(2), tmp_path / "index")
    meant = client.get(f"{API}/postings", params={"place": "Berlni"}).json()
    assert meant["place"]["city"] == "Berlin"
    assert meant["place_correction"] == {"typed": "Berlni", "searched": "Berlin"}
    for place, city in (("Berlin", "Berlin"), ("Atlantis", None)):
        as_typed = client.get(f"{API}/postings", params={"place": place}).json()
        assert as_typed["place_correction"] is None
        assert (as_typed["place"] or {"city": None})["city"] == city


def test_one_of_several_places_of_a_name_is_told_with_its_region(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    publish(settings, range(1), tmp_path / "index")
    place = client.get(f"{API}/postings", params={"place": "Springfield, IL"}).json()["place"]
    assert place == {"text": "Springfield, IL", "city": "Springfield", "region": "Illinois", "country": "US"}


@pytest.mark.parametrize("named", ["python", "Python", " PYTHON ", "CPython"])
def test_a_skill_is_found_by_its_name_and_by_its_other_spellings(
    client: TestClient, settings: Settings, tmp_path: Path, named: str
) -> None:
    publish(settings, range(2), tmp_path / "index")
    assert client.get(f"{API}/postings", params={"skill": named}).json()["total"] == 2
    assert client.get(f"{API}/postings", params={"skill": "Kubernetes"}).json()["total"] == 0


def test_a_cursor_that_was_not_handed_out_is_refused(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    publish(settings, range(1), tmp_path / "index")
    response = client.get(f"{API}/postings", params={"cursor": "bm9uc2Vuc2U"})
    assert response.status_code == 400
    assert response.json()["type"].endswith("#problem-invalid-cursor")


def test_search_is_for_people_who_are_signed_in(client: TestClient) -> None:
    assert client.get(f"{API}/postings", headers={"Authorization": ""}).status_code == 401


def test_the_search_function_serves_no_other_route(client: TestClient) -> None:
    for path in ("/health", "/me", "/matches", f"/postings/{posting(1).id}/versions"):
        assert client.get(f"{API}{path}").status_code == 404


# --- one posting


def elsewhere(number: int) -> Posting:
    """The job of ``posting(number)`` as an aggregator shows it."""
    same = {"id": f"{number + 1000:024x}", "source_id": "remoteok", "url": f"https://remoteok.com/{number}"}
    later = {"fetched_at": NOW + timedelta(days=1), "attribution": "Source: Remote OK", "sample": False}
    return posting(number).model_copy(update=same | later)


def test_a_posting_is_shown_whole_also_before_there_is_an_index(client: TestClient, settings: Settings) -> None:
    posting_store.put(clients.table(settings.catalog_table), posting(1))
    body = client.get(f"{API}/postings/{posting(1).id}").json()
    assert body["title"] == "Data engineer 1"
    assert body["places"] == [{"text": "Berlin, Germany", "city": "Berlin", "region": None, "country": "DE"}]
    assert body["pay"] == {"minimum": 70000, "maximum": 90000, "currency": "EUR", "period": "year"}
    assert [(one["id"], one["name"]) for one in body["skills"]] == [("python", "Python"), ("sql", "SQL")]
    assert body["source"] == {"id": "sample", "name": "Sample postings"}
    assert body["description_html"] == "<p>Build pipelines.</p>"
    assert (body["attribution"], body["sample"], body["private"]) == ("Example Board", True, False)
    assert [one["posting_id"] for one in body["appearances"]] == [posting(1).id]


def test_a_posting_says_how_it_asks_for_each_of_its_skills(client: TestClient, settings: Settings) -> None:
    text = "5+ years of Python are a must. Java or Scala is a plus."
    named = {
        "description_text": text,
        "description_html": f"<p>{text}</p>",
        "skills": ("python", "sql", "java", "scala"),
    }
    asking = posting(1).model_copy(update=named)
    posting_store.put(clients.table(settings.catalog_table), asking)
    body = client.get(f"{API}/postings/{posting(1).id}").json()
    python, sql, java, scala = body["skills"]
    (span,) = python.pop("spans")
    alone = {"learned": False, "alternatives": []}
    assert python == {"id": "python", "name": "Python", "demand": "required", "years": 5, **alone}
    assert body["description_text"][span["start"] : span["end"]] == "Python"
    assert sql == {"id": "sql", "name": "SQL", "demand": "mentioned", "years": None, "spans": [], **alone}
    assert [(one["demand"], one["alternatives"]) for one in (java, scala)] == [
        ("preferred", ["scala"]),
        ("preferred", ["java"]),
    ]


def test_an_unknown_posting_is_not_found(client: TestClient) -> None:
    assert client.get(f"{API}/postings/nothing").status_code == 404


def test_a_posting_tells_its_life_and_its_evidence(client: TestClient, settings: Settings) -> None:
    table = clients.table(settings.catalog_table)
    posting_store.put(table, posting(1))
    seen = NOW + timedelta(days=80)
    ledger = Collection(id="1", source_id="sample", started_at=seen, ended_at=seen, status=SourceStatus.OK)
    source_store.record(table, ledger, SourceState(source_id="sample", last_run_at=seen, last_ok_at=seen))
    life = client.get(f"{API}/postings/{posting(1).id}").json()["life"]
    assert (datetime.fromisoformat(life["first_seen_at"]), datetime.fromisoformat(life["last_seen_at"])) == (NOW, seen)
    posting_store.close(table, posting(1).id, ClosedReason.NOT_LISTED, seen + timedelta(days=1))
    body = client.get(f"{API}/postings/{posting(1).id}").json()
    assert body["life"]["closed_reason"] == "not_listed"
    assert {"age"} <= {one["kind"] for one in body["evidence"]}
    assert all(one["text"] for one in body["evidence"])


def test_the_same_job_elsewhere_is_one_of_its_appearances_and_leads_to_it(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    table = clients.table(settings.catalog_table)
    both = [posting(1), elsewhere(1)]
    for one in both:
        posting_store.put(table, one)
    index(settings, [StoredPosting.fresh(one) for one in both], tmp_path / "index")
    assert client.get(f"{API}/postings").json()["total"] == 1
    redirected = [client.get(f"{API}/postings/{one.id}", follow_redirects=False).status_code for one in both]
    assert sorted(redirected) == [200, 307]
    shown = [client.get(f"{API}/postings/{one.id}").json() for one in both]
    assert shown[0] == shown[1]
    assert {one["posting_id"] for one in shown[0]["appearances"]} == {one.id for one in both}
    assert shown[0]["appearances"][1]["reasons"]
    assert client.get(f"{API}/postings").json()["coverage"]["duplicates"] == 1


def test_a_posting_names_those_that_it_was_taken_apart_from(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    table, both = clients.table(settings.catalog_table), [posting(1), elsewhere(1)]
    for one in both:
        posting_store.put(table, one)
    posting_store.separate(table, both[0].id, both[1].id)
    index(settings, list(posting_store.get_many(table, [one.id for one in both]).values()), tmp_path / "index")
    for one, other in (both, both[::-1]):
        shown = client.get(f"{API}/postings/{one.id}").json()
        assert [place["posting_id"] for place in shown["appearances"]] == [one.id]
        assert [place["posting_id"] for place in shown["separated"]] == [other.id]
    posting_store.rejoin(table, both[0].id, both[1].id)
    assert client.get(f"{API}/postings/{both[0].id}").json()["separated"] == []


def test_a_posting_of_ones_own_is_shown_to_its_owner_alone(client: TestClient, settings: Settings) -> None:
    people = clients.table(settings.people_table)
    private.put(people, "somebody-else", posting(1))
    assert client.get(f"{API}/postings/{posting(1).id}").status_code == 404
    me = store.authenticate(people, email="ada@example.org", password=PASSWORD).id
    private.put(people, me, posting(2))
    assert client.get(f"{API}/postings/{posting(2).id}").json()["private"] is True


def test_a_posting_of_an_own_source_names_it_and_says_when_it_was_last_read(
    client: TestClient, settings: Settings
) -> None:
    people = clients.table(settings.people_table)
    me = store.authenticate(people, email="ada@example.org", password=PASSWORD).id
    brought = posting(3).model_copy(update={"source_id": "own:00000000000a"})
    private.put(people, me, brought)
    shown = client.get(f"{API}/postings/{brought.id}").json()
    assert (shown["source"]["name"], shown["life"]["last_seen_at"]) == ("Own source", None)
    config = CustomFeed(kind="feed", url="https://feeds.example/jobs.rss")
    source = OwnSource(id=brought.source_id, owner_id=me, name="Ada's feed", config=config, created_at=NOW)
    own.put(people, source)
    read = SourceState(source_id=source.id, definition=source.definition, status=SourceStatus.OK, last_ok_at=NOW)
    items.save(people, own.slot(me, source.id), read)
    shown = client.get(f"{API}/postings/{brought.id}").json()
    names = [shown["source"]["name"], *(one["source"]["name"] for one in shown["appearances"])]
    assert (names, shown["private"]) == (["Ada's feed", "Ada's feed"], True)
    assert datetime.fromisoformat(shown["life"]["last_seen_at"]) == NOW


# --- what a browser may keep


def test_an_answer_that_did_not_change_is_not_sent_again(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    publish(settings, range(2), tmp_path / "one")
    first = client.get(f"{API}/postings", params={"q": "data"})
    assert first.headers["cache-control"].startswith("private, max-age=")
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(f"{API}/postings", params={"q": "data"}, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{API}/postings", params={"q": "engineer"}, headers=known).status_code == 200
    publish(settings, range(3), tmp_path / "two")
    assert client.get(f"{API}/postings", params={"q": "data"}, headers=known).json()["total"] == 3


def test_a_posting_that_did_not_change_is_not_sent_again(client: TestClient, settings: Settings) -> None:
    table, path = clients.table(settings.catalog_table), f"{API}/postings/{posting(1).id}"
    posting_store.put(table, posting(1))
    known = {"If-None-Match": client.get(path).headers["etag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    posting_store.close(table, posting(1).id, ClosedReason.NOT_LISTED, NOW + timedelta(days=1))
    assert client.get(path, headers=known).status_code == 200
