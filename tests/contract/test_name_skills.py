"""The careful tier as a service: resumes by the queue, postings by the API. The model's spans are those of the test."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.routers import skills as skills_routes
from functions.name_skills import handler as name_skills
from functions.name_skills.posting import CarefulReader
from functions.name_skills.settings import Settings
from functions.read_profile import handler as read_profile
from functions.read_profile.settings import Settings as ReadSettings
from jobtracker.accounts import gateway as secrets
from jobtracker.accounts import passwords, tokens
from jobtracker.accounts import store as accounts
from jobtracker.aws import clients
from jobtracker.messages.model import ResumeExtracted
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import Posting
from jobtracker.resumes import gateway, store
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Extracted, Refusal, RefusalCode, Resume
from jobtracker.skills import careful
from jobtracker.skills.linking import Link
from jobtracker.skills.model import FoundKind, SkillSpan
from tests.contract.careful import received
from tests.contract.conftest import JWT_KEY, REGION
from tests.contract.test_api import API, PASSWORD, posting
from tests.fakes.bus import heard
from tests.fakes.lambda_calls import batch, context

TEXT = """Amara Okafor
amara@example.com

Work
Ward manager, Riverside Hospital, 2019 - 2022
- Wrote the weekly shift rosters and worked with Python
- Led fire drills

References
Rosa Lind, who knows her from bell casting
"""
ROSTERS, DRILLS, BELLS = "shift rosters", "fire drills", "bell casting"


@pytest.fixture(autouse=True)
def _spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three phrases are spans wherever they stand, and the first means shift planning."""
    known = {ROSTERS: 0.9, DRILLS: 0.8, BELLS: 0.95}

    def find_spans(text: str) -> list[SkillSpan]:
        found = [(text.find(words), words) for words in known if words in text]
        return [SkillSpan(at, at + len(words), FoundKind.KNOWLEDGE, known[words]) for at, words in sorted(found)]

    monkeypatch.setattr(careful, "find_spans", find_spans)
    monkeypatch.setattr(
        careful, "link", lambda phrases: [Link("shift-planning", 0.9) if one == ROSTERS else None for one in phrases]
    )


@pytest.fixture
def settings(catalog_table: str, people_table: str, uploads_bucket: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    secrets.forget()
    made = Settings(
        stage="test",
        catalog_table=catalog_table,
        people_table=people_table,
        artifacts_bucket="not asked",
        jwt_secret_arn=boto3.client("secretsmanager", region_name=REGION).create_secret(
            Name="jwt", SecretString=JWT_KEY
        )["ARN"],
        uploads_bucket=uploads_bucket,
        profile_queue_url=clients.sqs().create_queue(QueueName="profile")["QueueUrl"],
        queue_attempts=4,
    )
    monkeypatch.setattr(name_skills, "settings", lambda: made)
    return made


def extracted(settings: Settings, what: Extracted) -> ResumeExtracted:
    key = gateway.put_extracted(settings.uploads_bucket, "p1", "r1", what)
    return ResumeExtracted(correlation_id="c0ffee", person_id="p1", resume_id="r1", key=key)


def run(message: ResumeExtracted, *, received: int = 1) -> dict[str, Any]:
    answer: dict[str, Any] = name_skills.lambda_handler(batch(message.model_dump_json(), received=received), context())
    return answer


def sent(settings: Settings) -> list[ResumeExtracted]:
    return [ResumeExtracted.model_validate(one) for one in received(settings.profile_queue_url)]


def test_what_a_resume_says_of_skills_is_kept_and_the_message_goes_on(settings: Settings) -> None:
    message = extracted(settings, Extracted(text=TEXT))
    for _ in range(2):
        assert run(message) == {"batchItemFailures": []}
        kept = gateway.get_skills(settings.uploads_bucket, "p1", "r1")
        assert kept is not None
        assert [(one.skill, one.phrase, one.found_by.value) for one in kept.skills] == [
            ("shift-planning", ROSTERS, "linked"),
            ("python", "Python", "named"),
            (None, DRILLS, "phrase"),
            (None, BELLS, "phrase"),
        ]
        assert kept.version == careful.version()
        assert sent(settings) == [message]
    # Extracted anew, what stands elsewhere now is nobody's.
    twice = gateway.get_skills(settings.uploads_bucket, "p1", "r1")
    assert twice is not None
    assert [one.phrase for one in twice.of_text(TEXT.replace("Led", "Led the"))] == [ROSTERS, "Python"]


def test_a_refused_document_and_one_that_is_gone_are_sent_on_as_they_came(settings: Settings) -> None:
    refused = extracted(settings, Extracted(refusal=Refusal(code=RefusalCode.EMPTY, reason="It is empty.")))
    gone = refused.model_copy(update={"key": "extracted/p1/r9.json"})
    for message in (refused, gone):
        assert run(message) == {"batchItemFailures": []}
        assert sent(settings) == [message]
    assert gateway.get_skills(settings.uploads_bucket, "p1", "r1") is None


def test_a_message_that_fails_comes_again_and_goes_on_without_skills_at_last(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> list[SkillSpan]:
        raise RuntimeError("no model")

    monkeypatch.setattr(careful, "find_spans", broken)
    message = extracted(settings, Extracted(text=TEXT))
    body = batch(message.model_dump_json(), message.model_dump_json())
    # Where all of a batch fail, Powertools raises, and the whole batch comes again.
    with pytest.raises(Exception, match="All records failed"):
        name_skills.lambda_handler(body, context())
    assert sent(settings) == []
    assert run(message, received=4) == {"batchItemFailures": []}
    assert sent(settings) == [message]
    assert gateway.get_skills(settings.uploads_bucket, "p1", "r1") is None


def test_the_profile_takes_what_words_mean_with_place_time_and_confidence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard()
    reading = ReadSettings(
        stage="test",
        uploads_bucket=settings.uploads_bucket,
        people_table=settings.people_table,
        event_bus="jobtracker",
        match_shards=2,
        careful_queue_url=clients.sqs().create_queue(QueueName="careful")["QueueUrl"],
    )
    monkeypatch.setattr(read_profile, "settings", lambda: reading)
    table = clients.table(settings.people_table)
    now = datetime(2026, 3, 1, tzinfo=UTC)
    store.put_resume(
        table, Resume(id="r1", person_id="p1", filename="a.txt", content_type="text/plain", created_at=now)
    )
    run(extracted(settings, Extracted(text=TEXT)))
    [message] = sent(settings)
    assert read_profile.lambda_handler(batch(message.model_dump_json()), context()) == {"batchItemFailures": []}
    stored = store.get_profile(table, "p1")
    assert stored is not None
    profile = stored.profile
    assert set(profile.skills) == {"python", "shift-planning"}
    assert [(one.skill, one.phrases) for one in profile.linked_skills] == [("shift-planning", (ROSTERS,))]
    # Who vouches for somebody has skills of their own.
    assert profile.other_skills == (DRILLS,)
    uses = {use.skill: use for use in profile.skill_uses}
    assert uses["shift-planning"].positions == uses["python"].positions == (0,)
    assert uses["shift-planning"].months == uses["python"].months
    evidence = gateway.get_evidence(settings.uploads_bucket, "p1", "r1")
    assert evidence is not None
    fields = {field.path: field for field in evidence.fields}
    linked = fields[f"/skills/{profile.skills.index('shift-planning')}"]
    [span] = linked.spans
    assert (TEXT[span.start : span.end], linked.confidence) == (ROSTERS, 0.81)
    [span] = fields["/other_skills/0"].spans
    assert (TEXT[span.start : span.end], fields["/other_skills/0"].confidence) == (DRILLS, 0.8)


Client = Callable[[str], TestClient]


@pytest.fixture
def client(settings: Settings) -> Client:
    """Signed-in clients of the app that answers for postings, by the person's address."""

    def signed_in(email: str) -> TestClient:
        account = accounts.create(clients.table(settings.people_table), email=email, password=PASSWORD)
        token = tokens.issue(account.id, JWT_KEY, now=datetime.now(UTC))
        app = create_app(settings, [skills_routes.router], skill_reader=CarefulReader())
        return TestClient(app, base_url="https://testserver", headers={"Authorization": f"Bearer {token}"})

    return signed_in


ASKING = f"Requirements\n- 3+ years of {ROSTERS}\n- Linux\n\nNice to have\n- {DRILLS}\n"


def wanting() -> Posting:
    return posting(1).model_copy(update={"description_text": ASKING})


def test_a_posting_says_what_it_asks_for_in_its_own_words_and_what_the_person_has(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = client("ada@example.org")
    people = clients.table(settings.people_table)
    stored = wanting()
    postings.put(clients.table(settings.catalog_table), stored)
    url = f"{API}/postings/{stored.id}/skills"
    first = ada.get(url)
    items = first.json()["items"]
    assert [(one["skill"] and one["skill"]["id"], one["phrase"], one["found_by"]) for one in items] == [
        ("shift-planning", ROSTERS, "linked"),
        ("linux", "Linux", "named"),
        (None, DRILLS, "phrase"),
    ]
    assert [(one["demand"], one["years"]) for one in items] == [
        ("required", 3),
        ("required", None),
        ("preferred", None),
    ]
    [span] = items[0]["spans"]
    assert ASKING[span["start"] : span["end"]] == ROSTERS
    assert not any(one["in_profile"] for one in items)
    assert ada.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    [person] = [str(one["PK"]).removeprefix("USER#") for one in _accounts(people)]
    # Whoever has Ubuntu has Linux.
    resume = Resume(id="r1", person_id=person, filename="a", content_type="text/plain", created_at=datetime.now(UTC))
    store.put_profile(people, resume, Profile(skills=("ubuntu",)), match_shards=2)
    again = ada.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert [one["in_profile"] for one in again.json()["items"]] == [False, True, False]
    monkeypatch.setattr(careful, "version", lambda: "another")
    assert ada.get(url, headers={"If-None-Match": again.headers["etag"]}).json()["version"] == "another"


def test_somebody_elses_own_posting_is_as_one_that_is_not_there(client: Client, settings: Settings) -> None:
    ada, bob = client("ada@example.org"), client("bob@example.org")
    people = clients.table(settings.people_table)
    ids = {json.loads(str(one["data"]))["email"]: str(one["PK"]).removeprefix("USER#") for one in _accounts(people)}
    stored = wanting()
    private.put(people, ids["ada@example.org"], stored)
    url = f"{API}/postings/{stored.id}/skills"
    assert ada.get(url).status_code == 200
    assert bob.get(url).status_code == 404
    assert ada.get(url, headers={"Authorization": ""}).status_code == 401


def _accounts(people: Any) -> list[dict[str, Any]]:
    return [one for one in people.scan()["Items"] if str(one["PK"]).startswith("USER#") and one["SK"] == "ACCOUNT"]


def test_a_request_reaches_the_api_and_a_batch_the_queue(settings: Settings) -> None:
    event = {
        "version": "2.0",
        "routeKey": "GET /api/v1/postings/{posting_id}/skills",
        "rawPath": "/api/v1/postings/x/skills",
        "rawQueryString": "",
        "headers": {"host": "testserver"},
        "requestContext": {
            "http": {"method": "GET", "path": "/api/v1/postings/x/skills", "sourceIp": "192.0.2.1"},
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }
    name_skills.answer.cache_clear()
    assert name_skills.lambda_handler(event, context())["statusCode"] == 401
    name_skills.answer.cache_clear()
