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
from jobtracker.resumes.model import Profile, Work
from jobtracker.resumes.provenance.evidence import evidence_of
from jobtracker.resumes.read import read_profile
from jobtracker.resumes.uploads import CONTENT_TYPES, LARGEST_FILE, Refusal, RefusalCode, Resume, ResumeStatus
from tests.contract.test_api import API, PASSWORD, signed_in
from tests.fakes.bus import heard
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
    return heard(api_settings.event_bus)


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
