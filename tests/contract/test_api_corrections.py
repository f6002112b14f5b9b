"""What a person says of the profile over HTTP: corrections, and which resumes make it."""

import json
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from functions.api.settings import Settings
from jobtracker.accounts.model import Account
from jobtracker.aws import clients
from jobtracker.resumes import store
from jobtracker.resumes.model import Profile, Work
from jobtracker.resumes.uploads import CONTENT_TYPES, Resume
from tests.contract.test_api import API
from tests.contract.test_api_resumes import ada, app, client, events

__all__ = ["ada", "app", "client", "events"]


def test_what_was_read_wrongly_is_corrected_and_says_what_was_read(
    client: TestClient, ada: Account, api_settings: Settings, events: str
) -> None:
    assert client.put(f"{API}/profile/corrections", json={"name": "Ada"}).status_code == 404
    table = clients.table(api_settings.people_table)
    created = datetime(2026, 3, 1, 12, tzinfo=UTC)
    resume = Resume(id="r1", person_id=ada.id, filename="a.pdf", content_type=CONTENT_TYPES[".pdf"], created_at=created)
    store.put_resume(table, resume)
    read = Profile(name="Adda", email="ada@example.com", skills=("python", "go"), years=3.5)
    store.put_profile(table, resume, read, match_shards=4)
    said = {"name": " Ada ", "email": None, "phone": "+49 (30) 90-18 20", "skills": ["golang", "Go", "SQL"], "years": 4}
    kept = client.put(f"{API}/profile/corrections", json=said).json()
    assert kept == client.get(f"{API}/profile").json()
    profile = kept["profile"]
    assert (profile["name"], profile["email"], profile["phone"]) == ("Ada", None, "+4930901820")
    assert [skill["id"] for skill in profile["skills"]] == ["go", "sql"]
    assert {one["field"]: one["read"] for one in kept["corrections"]} == {
        "name": "Adda",
        "email": "ada@example.com",
        "phone": None,
        "skills": "Python, Go",
        "years": "3.5",
    }
    [message] = clients.sqs().receive_message(QueueUrl=events, MaxNumberOfMessages=10)["Messages"]
    assert json.loads(message["Body"])["detail-type"] == "ProfileChanged"
    assert client.put(f"{API}/profile/corrections", json={}).json()["profile"]["name"] == "Adda"


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "030 901820"},
        {"email": "ada"},
        {"skills": ["whistling"]},
        {"years": -1},
        {"skill_uses": []},
        {"name": ""},
        {"work": [{"title": "Dev"}] * 101},
    ],
)
def test_corrections_that_make_no_sense_are_refused_by_name(client: TestClient, wrong: dict[str, object]) -> None:
    answer = client.put(f"{API}/profile/corrections", json=wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in json.dumps(answer.json()["errors"])


def profile_of(ada: Account, settings: Settings, read: Profile) -> None:
    """Make what was read Ada's profile."""
    table = clients.table(settings.people_table)
    created = datetime(2026, 3, 1, 12, tzinfo=UTC)
    resume = Resume(id="r1", person_id=ada.id, filename="a.pdf", content_type=CONTENT_TYPES[".pdf"], created_at=created)
    store.put_resume(table, resume)
    store.put_profile(table, resume, read, match_shards=4)


LISTS: dict[str, list[dict[str, object]]] = {
    "links": [{"url": "github.com/ada"}],
    "work": [
        {"title": "Go developer", "company": "Quay", "start": "2021-03", "current": True, "bullets": ["Wrote Python."]},
        {"title": "Clerk", "start": "2019", "end": "2019"},
    ],
    "education": [{"institution": "TU Hamburg", "degree": "MSc", "start": "2015", "end": "2017-09"}],
    "languages": [{"language": "German", "fluency": "B2"}, {"language": "Frisian", "level": "native"}],
    "certificates": [{"name": "Route Planner II", "date": "2021-06", "url": "https://example.com/cert"}],
    "projects": [{"name": "Cairn", "description": "Plans routes."}],
    "publications": [{"name": "On rivers", "date": "2019"}],
    "awards": [{"title": "Best Thesis"}],
    "work_rights": [{"words": "EU citizen"}],
}


def test_every_list_is_corrected_whole_and_taken_back(client: TestClient, ada: Account, api_settings: Settings) -> None:
    read = Profile(work=(Work(title="Dev", company="Papermill"),), skills=("python",), years=9.0)
    profile_of(ada, api_settings, read)
    before = client.get(f"{API}/profile").json()["profile"]
    answer = client.put(f"{API}/profile/corrections", json=LISTS | {"place": "Hamburg, Germany"})
    profile = answer.json()["profile"]
    for name, said in LISTS.items():
        shown = [{part: one[part] for part in sent} for one, sent in zip(profile[name], said, strict=True)]
        assert name == "links" or shown == said
    assert profile["links"] == [{"kind": "github", "url": "https://github.com/ada"}]
    assert (profile["place"]["city"], profile["place"]["country"]) == ("Hamburg", "DE")
    assert [(one["code"], one["level"]) for one in profile["languages"]] == [("de", "b2"), (None, "native")]
    assert profile["work_rights"][0]["kind"] == "citizen"
    assert [(use["skill"]["id"], use["positions"]) for use in profile["skill_uses"]] == [("python", [0])]
    assert profile["years"] != 9
    told = {one["field"]: one["read"] for one in answer.json()["corrections"]}
    assert set(told) == {*LISTS, "place"}
    assert (told["work"], told["awards"]) == ("Dev, Papermill", None)
    assert client.put(f"{API}/profile/corrections", json={}).json()["profile"] == before


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"work": [{"title": "Dev", "start": "2021-13"}]}, "body.work.0.start"),
        ({"work": [{"title": "Dev", "start": "2021-03", "end": "2021-02"}]}, "body.work.0.end"),
        ({"work": [{"title": "A"}, {"title": "B", "end": "2021", "current": True}]}, "body.work.1.current"),
        ({"work": [{"start": "2021"}]}, "body.work.0"),
        ({"education": [{"degree": "MSc", "start": "2021", "end": "2020"}]}, "body.education.0.end"),
        ({"projects": [{"url": "https://example.com"}]}, "body.projects.0"),
        ({"links": [{"url": "javascript:alert(1)"}]}, "body.links.0.url"),
        ({"certificates": [{"name": "A", "url": "https://no host"}]}, "body.certificates.0.url"),
        ({"languages": [{"language": "German", "level": "c9"}]}, "body.languages.0.level"),
        ({"projects": [{"name": "A", "description": "é" * 4_000}] * 20}, "body"),
    ],
)
def test_entries_that_make_no_sense_are_refused_where_they_stand(
    client: TestClient, wrong: dict[str, object], at: str
) -> None:
    answer = client.put(f"{API}/profile/corrections", json=wrong)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [at]


def test_an_entry_without_its_name_is_told_so_in_words(client: TestClient) -> None:
    answer = client.put(f"{API}/profile/corrections", json={"languages": [{"language": None}]})
    assert answer.json()["errors"][0]["message"] == "Should not be empty"


def test_a_start_and_an_end_of_one_year_are_in_order(client: TestClient, ada: Account, api_settings: Settings) -> None:
    profile_of(ada, api_settings, Profile())
    work = [{"title": "Dev", "start": "2021-03", "end": "2021"}]
    assert client.put(f"{API}/profile/corrections", json={"work": work}).status_code == 200


def test_resumes_are_used_together_and_disagree_until_the_person_says_which_is_right(
    client: TestClient, ada: Account, api_settings: Settings, events: str
) -> None:
    assert client.put(f"{API}/profile/resumes", json={"resume_ids": ["r1"]}).status_code == 404
    profile_of(ada, api_settings, Profile(name="Adda", work=(Work(company="Quay", title="Dev", start="2020"),)))
    table = clients.table(api_settings.people_table)
    created = datetime(2026, 4, 1, 12, tzinfo=UTC)
    newer = Resume(id="r2", person_id=ada.id, filename="b.pdf", content_type=CONTENT_TYPES[".pdf"], created_at=created)
    store.put_resume(table, newer)
    read = Profile(name="Ada", work=(Work(company="Quay Ltd", title="Dev", start="2021"),))
    store.put_profile(table, newer, read, match_shards=4)
    alone = client.get(f"{API}/profile").json()
    assert (alone["resume_ids"], alone["conflicts"]) == (["r2"], [])

    both = client.put(f"{API}/profile/resumes", json={"resume_ids": ["r2", "r1"]}).json()

    assert both == client.get(f"{API}/profile").json()
    assert (both["resume_id"], both["resume_ids"]) == ("r2", ["r2", "r1"])
    name, start = both["conflicts"]
    assert name == {
        "id": name["id"],
        "field": "name",
        "index": None,
        "part": None,
        "called": None,
        "used": {"value": "Ada", "resume_ids": ["r2"]},
        "others": [{"value": "Adda", "resume_ids": ["r1"]}],
    }
    assert (start["field"], start["index"], start["part"], start["called"]) == ("work", 0, "start", "Dev, Quay Ltd")
    [message] = clients.sqs().receive_message(QueueUrl=events, MaxNumberOfMessages=10)["Messages"]
    assert json.loads(message["Body"])["detail"]["profile_version"] == both["version"]
    right = client.put(f"{API}/profile/conflicts/{start['id']}", json={"settled": True}).json()
    assert (right["conflicts"], right["settled"], right["corrections"]) == ([name], [start], [])
    again = client.put(f"{API}/profile/conflicts/{start['id']}", json={"settled": False}).json()
    assert (again["conflicts"], again["settled"]) == ([name, start], [])
    assert client.put(f"{API}/profile/conflicts/{start['id']}x", json={"settled": True}).status_code == 404
    work = [{"title": "Dev", "company": "Quay", "start": "2020"}]
    kept = client.put(f"{API}/profile/corrections", json={"name": "Ada", "work": work}).json()
    assert kept["conflicts"] == []


@pytest.mark.parametrize(
    ("ids", "status"), [(["r1", "r9"], 409), ([], 422), (["r1", "r1"], 422), ([f"r{at}" for at in range(6)], 422)]
)
def test_resumes_that_cannot_make_a_profile_are_refused(
    client: TestClient, ada: Account, api_settings: Settings, ids: list[str], status: int
) -> None:
    profile_of(ada, api_settings, Profile(name="Ada"))
    answer = client.put(f"{API}/profile/resumes", json={"resume_ids": ids})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(f"{API}/profile").json()["resume_ids"] == ["r1"]
