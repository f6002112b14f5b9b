"""Resumes and the profile over HTTP, against real tables and a real bucket."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from jobtracker.accounts import store as accounts
from jobtracker.accounts.model import Account
from jobtracker.aws import clients
from jobtracker.postings.model import Place
from jobtracker.resumes import gateway, store
from jobtracker.resumes.extract import extract
from jobtracker.resumes.model import (
    CONTENT_TYPES,
    LARGEST_FILE,
    Profile,
    Refusal,
    RefusalCode,
    Resume,
    ResumeStatus,
    Work,
)
from jobtracker.resumes.provenance.evidence import evidence_of
from jobtracker.resumes.read import read_profile
from tests.contract.test_api import API, PASSWORD, signed_in
from tests.unit.resumes.documents import pdf

WISHES = {"titles": ["Data Engineer"], "countries": ["DE"], "work_modes": ["remote"], "pay_floor": 70000}


@pytest.fixture
def app(api_settings: Settings) -> FastAPI:
    """The API."""
    return create_app(api_settings)


@pytest.fixture
def ada(api_settings: Settings) -> Account:
    """Somebody with an account."""
    return accounts.create(clients.table(api_settings.people_table), email="ada@example.com", password=PASSWORD)


@pytest.fixture
def client(app: FastAPI, ada: Account) -> TestClient:
    """Ada's browser."""
    return signed_in(app, ada)


@pytest.fixture
def events(api_settings: Settings) -> str:
    """The address of a queue that gets every event of the bus."""
    queue = clients.sqs().create_queue(QueueName="events")["QueueUrl"]
    named = clients.sqs().get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    clients.events().put_rule(Name="all", EventBusName=api_settings.event_bus, EventPattern='{"source":["jobtracker"]}')
    targets: Any = [{"Id": "queue", "Arn": named["Attributes"]["QueueArn"]}]
    clients.events().put_targets(Rule="all", EventBusName=api_settings.event_bus, Targets=targets)
    return queue


def announce(client: TestClient, **changes: object) -> Any:
    body = {"filename": "Ada's resume.PDF", "content_type": "application/pdf", "size": 5000} | changes
    return client.post(f"{API}/resumes", json=body)


def test_an_announced_resume_waits_for_its_file_and_says_where_to_send_it(client: TestClient, ada: Account) -> None:
    answer = announce(client)
    created = answer.json()
    assert answer.status_code == 201
    assert created["resume"]["status"] == "waiting"
    assert created["resume"]["content_type"] == "application/pdf"
    fields = created["upload"]["fields"]
    assert fields["key"] == f"uploads/{ada.id}/{created['resume']['id']}/original.pdf"
    assert fields["x-amz-meta-correlation-id"] == answer.headers["x-correlation-id"]
    assert client.get(f"{API}/resumes/{created['resume']['id']}").json() == created["resume"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"size": LARGEST_FILE + 1}, 413),
        ({"size": 0}, 422),
        ({"filename": "resume.exe"}, 415),
        ({"filename": "resume"}, 415),
        ({"filename": " "}, 422),
    ],
)
def test_a_file_that_could_not_be_read_is_refused_before_it_is_sent(
    client: TestClient, changes: dict[str, object], status: int
) -> None:
    answer = announce(client, **changes)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert client.get(f"{API}/resumes").json() == {"items": []}


def test_resumes_are_listed_newest_first_with_the_reason_of_a_refusal(
    client: TestClient, ada: Account, api_settings: Settings
) -> None:
    table = clients.table(api_settings.people_table)
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    refusal = Refusal(code=RefusalCode.ENCRYPTED, reason="The PDF is protected by a password.")
    for hours, status in ((1, ResumeStatus.REFUSED), (3, ResumeStatus.READ), (2, ResumeStatus.EXTRACTED)):
        resume = Resume(
            id=f"r{hours}",
            person_id=ada.id,
            filename="resume.pdf",
            content_type=CONTENT_TYPES[".pdf"],
            status=status,
            refusal=refusal if status is ResumeStatus.REFUSED else None,
            created_at=noon + timedelta(hours=hours),
        )
        store.put_resume(table, resume)
    items = client.get(f"{API}/resumes").json()["items"]
    assert [(item["id"], item["status"]) for item in items] == [("r3", "read"), ("r2", "extracted"), ("r1", "refused")]
    assert items[2]["refusal"] == {"code": "encrypted", "reason": refusal.reason}
    assert "person_id" not in items[0]


@pytest.mark.parametrize(
    ("name", "content_type", "ending"),
    [
        ("Ada.ODT", "application/vnd.oasis.opendocument.text", ".odt"),
        ("ada.rtf", "application/rtf", ".rtf"),
        ("ada.htm", "text/html", ".html"),
        ("ada.html", "text/html", ".html"),
        ("ada.md", "text/markdown", ".md"),
        ("ada.json", "application/json", ".json"),
        ("Basic_LinkedInDataExport.zip", "application/zip", ".zip"),
    ],
)
def test_every_type_that_is_read_may_be_announced(
    client: TestClient, name: str, content_type: str, ending: str
) -> None:
    # Browsers do not know every type, and Windows calls a ZIP "application/x-zip-compressed".
    created = announce(client, filename=name, content_type="application/octet-stream").json()
    assert created["resume"]["content_type"] == created["upload"]["fields"]["Content-Type"] == content_type
    assert created["upload"]["fields"]["key"].endswith(f"/original{ending}")


def stored(person: Account, settings: Settings, *, status: ResumeStatus = ResumeStatus.READ) -> Resume:
    """A resume of the person with one page, as the functions before the API leave it."""
    table, bucket = clients.table(settings.people_table), settings.uploads_bucket
    resume = Resume(
        id="r1",
        person_id=person.id,
        filename="resume.pdf",
        content_type=CONTENT_TYPES[".pdf"],
        status=status,
        created_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    store.put_resume(table, resume)
    data = pdf(("Amara Lindqvist", "Data engineer", "amara@example.com", "Skills", "Python and SQL"))
    extracted = extract(data)
    gateway.put_extracted(bucket, person.id, resume.id, extracted)
    if status is ResumeStatus.READ:
        read = evidence_of(extracted.text, read_profile(extracted.text), extracted.lines)
        gateway.put_evidence(bucket, person.id, resume.id, read)
        gateway.put_page_image(bucket, person.id, resume.id, 1, b"RIFF")
    return resume


def test_a_document_says_where_each_field_of_its_profile_was_read(
    client: TestClient, ada: Account, api_settings: Settings
) -> None:
    stored(ada, api_settings)
    document = client.get(f"{API}/resumes/r1/document").json()
    assert (document["resume_id"], document["filename"], document["scan"]) == ("r1", "resume.pdf", None)
    [page] = document["pages"]
    assert page["number"] == 1
    assert page["image"].split("?")[0].endswith(f"/extracted/{ada.id}/r1/1.webp")
    assert "X-Amz-Expires=3600" in page["image"]
    text = document["text"]
    assert [text[line["start"] : line["end"]] for line in document["lines"]] == text.splitlines()
    assert set(document["lines"][0]["box"]) == {"x0", "y0", "x1", "y1"}
    fields = {field["path"]: field for field in document["fields"]}
    [span] = fields["/email"]["spans"]
    assert text[span["start"] : span["end"]] == document["profile"]["email"] == "amara@example.com"
    assert 0 < fields["/email"]["confidence"] < 1
    assert fields["/skills/0"]["value"] == document["profile"]["skills"][0]["name"]


@pytest.mark.parametrize(
    ("status", "code", "slug"),
    [
        (ResumeStatus.WAITING, 409, "not-read"),
        (ResumeStatus.EXTRACTED, 409, "not-read"),
        (ResumeStatus.REFUSED, 404, "not-found"),
    ],
)
def test_a_resume_that_is_not_read_has_no_document(
    client: TestClient, ada: Account, api_settings: Settings, status: ResumeStatus, code: int, slug: str
) -> None:
    stored(ada, api_settings, status=status)
    answer = client.get(f"{API}/resumes/r1/document")
    assert answer.status_code == code
    assert answer.json()["type"].endswith(f"#problem-{slug}")


def test_a_resume_without_evidence_or_of_somebody_else_has_no_document(
    app: FastAPI, client: TestClient, ada: Account, api_settings: Settings
) -> None:
    stored(ada, api_settings)
    table = clients.table(api_settings.people_table)
    eve = signed_in(app, accounts.create(table, email="eve@example.com", password=PASSWORD))
    assert eve.get(f"{API}/resumes/r1/document").status_code == 404
    key = f"extracted/{ada.id}/r1.evidence.json"
    clients.s3().delete_object(Bucket=api_settings.uploads_bucket, Key=key)
    assert client.get(f"{API}/resumes/r1/document").status_code == 404


def test_somebody_elses_resume_is_not_found(app: FastAPI, client: TestClient, api_settings: Settings) -> None:
    resume = announce(client).json()["resume"]
    table = clients.table(api_settings.people_table)
    eve = signed_in(app, accounts.create(table, email="eve@example.com", password=PASSWORD))
    assert eve.get(f"{API}/resumes/{resume['id']}").status_code == 404
    assert eve.get(f"{API}/resumes").json() == {"items": []}


def test_without_a_resume_there_is_no_profile_and_no_wishes_can_be_kept(client: TestClient) -> None:
    assert client.get(f"{API}/profile").status_code == 404
    assert client.put(f"{API}/profile/preferences", json=WISHES).status_code == 404


def test_wishes_are_kept_and_ask_for_a_new_ranking(
    client: TestClient, ada: Account, api_settings: Settings, events: str
) -> None:
    table = clients.table(api_settings.people_table)
    created = datetime(2026, 3, 1, 12, tzinfo=UTC)
    resume = Resume(id="r1", person_id=ada.id, filename="a.pdf", content_type=CONTENT_TYPES[".pdf"], created_at=created)
    store.put_resume(table, resume)
    profile = Profile(
        name="Ada",
        place=Place(text="Berlin", city="Berlin", country="DE"),
        skills=("python",),
        work=(Work(title="Dev"),),
    )
    store.put_profile(table, resume, profile, match_shards=4)

    answer = client.put(f"{API}/profile/preferences", json=WISHES)

    kept = client.get(f"{API}/profile").json()
    assert answer.json() == kept
    assert kept["version"] == 2
    assert kept["preferences"] == WISHES | {"pay_currency": "USD"}
    assert kept["profile"]["skills"] == [{"id": "python", "name": "Python"}]
    assert kept["profile"]["place"]["city"] == "Berlin"
    [message] = clients.sqs().receive_message(QueueUrl=events, MaxNumberOfMessages=10)["Messages"]
    event = json.loads(message["Body"])
    assert event["detail-type"] == "ProfileChanged"
    assert event["detail"]["profile_version"] == 2
    assert event["detail"]["correlation_id"] == answer.headers["x-correlation-id"]


@pytest.mark.parametrize(
    "wrong",
    [{"countries": ["Germany"]}, {"pay_floor": -1}, {"work_modes": ["moon"]}, {"pay_currency": "euro"}, {"hobby": "x"}],
)
def test_wishes_that_make_no_sense_are_refused_by_name(client: TestClient, wrong: dict[str, object]) -> None:
    answer = client.put(f"{API}/profile/preferences", json=wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in json.dumps(answer.json()["errors"])


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
