"""The resume in use, read by the language model over the rules' reading, from the message to the profile."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings as ApiSettings
from functions.read_profile import handler as read_profile
from functions.read_profile.settings import Settings as ReadSettings
from jobtracker.accounts import consent, spending, tokens
from jobtracker.accounts import store as accounts
from jobtracker.accounts.consent import Consent
from jobtracker.aws import clients
from jobtracker.llm.model import Outcome, Provider
from jobtracker.messages.model import ReadResume, ResumeExtracted
from jobtracker.resumes import gateway, store
from jobtracker.resumes.model import Award, Corrections, Profile, Project, Publication, StoredProfile
from jobtracker.resumes.read import read_profile as by_rules
from jobtracker.resumes.uploads import CONTENT_TYPES, Extracted, ReadBy, Resume
from tests.contract.careful import CAPS, PERSON, Careful, careful, received
from tests.contract.conftest import JWT_KEY
from tests.fakes.claude import Fault, Junk, Reply, Reset, Said
from tests.fakes.lambda_calls import batch, context

__all__ = ["careful"]

TEXT = """Robin Vale
robin@vale.example

Stations
At the Old Mill of Ghent I was the one who baked, from 2017 to 2021, mostly with Python and flour.

Made besides
Loaf Ledger counts loaves. On rye came out in Grain Letters in 2018. The Guild gave me its Golden Crust in 2020.
"""
ASKED = ReadResume(person_id=PERSON, resume_id="r1")
GOOD = Said(
    json.dumps(
        {
            "work": [{"title": "the one who baked", "company": "Old Mill", "dates": "2017 to 2021"}],
            "projects": [{"name": "Loaf Ledger", "told_begin": "counts loaves", "told_end": "counts loaves"}],
            "publications": [{"name": "On rye", "publisher": "Grain Letters", "date": "2018"}],
            "awards": [{"title": "Golden Crust", "awarder": "Guild", "date": "2020"}],
        }
    )
)
INVENTED = Said(
    json.dumps(
        {
            "name": "Ada Globex",
            "place": "Paris",
            "summary_begin": "Globex",
            "summary_end": "for Globex",
            "work": [{"title": "Chief", "company": "Globex"}],
            "skills": ["Go"],
            "projects": [{"name": "Globex Ledger"}],
            "publications": [{"name": "On Globex"}],
            "awards": [{"title": "Globex Prize"}],
        }
    )
)


def _resume(number: int = 1, person: str = PERSON) -> Resume:
    return Resume(
        id=f"r{number}",
        person_id=person,
        filename="cv.txt",
        content_type=CONTENT_TYPES[".txt"],
        created_at=datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(hours=number),
    )


def _bring(careful: Careful, number: int = 1, text: str = TEXT) -> StoredProfile:
    """A resume as it is when the rules have read it."""
    one = _resume(number)
    store.put_resume(careful.people, one)
    gateway.put_extracted(careful.settings.uploads_bucket, PERSON, one.id, Extracted(text=text))
    stored = store.put_profile(careful.people, one, by_rules(text), match_shards=2)
    assert stored is not None
    return stored


def _stored(careful: Careful) -> StoredProfile:
    found = store.get_profile(careful.people, PERSON)
    assert found is not None
    return found


def test_what_is_found_in_the_resume_becomes_the_profile_and_is_told(careful: Careful) -> None:
    before = _bring(careful)
    corrected = store.set_corrections(careful.people, PERSON, Corrections(label="Baker"))
    assert corrected is not None
    careful.service.says(GOOD)
    assert careful.handle(ASKED) == 0
    stored = _stored(careful)
    assert before.profile.work == ()
    (work,) = stored.profile.work
    assert (work.title, work.company, work.start, work.end) == ("the one who baked", "Old Mill", "2017", "2021")
    assert stored.profile.projects == (Project(name="Loaf Ledger", description="counts loaves."),)
    assert stored.profile.publications == (Publication(name="On rye", publisher="Grain Letters", date="2018"),)
    assert stored.profile.awards == (Award(title="Golden Crust", awarder="Guild", date="2020"),)
    assert (stored.read_by, stored.version) == (ReadBy.RULES_AND_CLAUDE, corrected.version + 1)
    assert (stored.profile.label, stored.as_read.label) == ("Baker", "the one who baked")
    assert (stored.profile.email, stored.profile.years) == ("robin@vale.example", stored.profile.years)
    resume = store.get_resume(careful.people, PERSON, "r1")
    assert resume is not None
    assert resume.read_by is ReadBy.RULES_AND_CLAUDE
    assert [one["profile_version"] for one in careful.told()] == [stored.version]
    (receipt,) = spending.receipts(careful.people, PERSON, 9)
    assert (receipt.purpose, receipt.outcome) == ("Reading your resume", Outcome.ANSWERED)
    (body,) = careful.service.asked
    document = body["messages"][0]["content"][0]
    assert document["type"] == "document"
    assert "Old Mill" in document["source"]["data"]
    assert "Old Mill" not in json.dumps(body["system"])


def test_a_message_that_comes_again_changes_nothing_more(careful: Careful) -> None:
    _bring(careful)
    careful.service.says(GOOD)
    assert careful.handle(ASKED, ASKED) == 0
    first = _stored(careful)
    assert careful.handle(ASKED) == 0
    assert _stored(careful) == first
    assert len(careful.service.asked) == 1
    assert {one["profile_version"] for one in careful.told()} == {first.version}
    # Nor does the rules' reading, when its message comes again.
    assert store.put_profile(careful.people, _resume(), by_rules(TEXT), match_shards=2) == first


@pytest.mark.parametrize(
    "reply",
    [
        Said("", stop_reason="refusal"),
        Said(GOOD.text, stop_reason="max_tokens"),
        Said("Here it is!"),
        Said('{"work": 7}'),
        Fault(400, "invalid_request_error"),
        Fault(500),
        Fault(529, "overloaded_error"),
        Reset(),
        Junk(),
    ],
)
def test_whatever_fails_the_rules_reading_stands(careful: Careful, reply: Reply) -> None:
    before = _bring(careful)
    careful.service.says(reply)
    assert careful.handle(ASKED, received=4) == 0
    assert _stored(careful) == before
    assert careful.told() == []


def test_what_the_model_invents_leaves_the_reading_as_it_was(careful: Careful) -> None:
    before = _bring(careful)
    careful.service.says(INVENTED)
    assert careful.handle(ASKED) == 0
    assert _stored(careful).as_read == before.as_read


def test_where_nobody_answers_now_the_message_comes_again_until_its_last_time(careful: Careful) -> None:
    before = _bring(careful)
    careful.service.says(Fault(529, "overloaded_error"))
    assert careful.handle(ASKED, received=1) == 1
    assert careful.handle(ASKED, received=4) == 0
    assert _stored(careful) == before
    careful.service.says(GOOD)
    assert careful.handle(ASKED, received=2) == 0
    assert _stored(careful).read_by is ReadBy.RULES_AND_CLAUDE


def test_without_consent_money_or_anybody_who_reads_nothing_is_sent(careful: Careful) -> None:
    before = _bring(careful)
    careful.allow(given=False)
    assert careful.handle(ASKED) == 0
    careful.allow()
    for cap in CAPS:
        careful.set(**dict.fromkeys(CAPS, 1_000_000) | {cap: 0})
        assert careful.handle(ASKED) == 0
    careful.set(**dict.fromkeys(CAPS, 1_000_000), anthropic_secret_arn=None)
    assert careful.handle(ASKED) == 0
    assert careful.service.asked == []
    assert _stored(careful) == before


def test_bedrock_reads_as_well(careful: Careful) -> None:
    _bring(careful)
    careful.set(anthropic_secret_arn=None, llm_provider=Provider.BEDROCK)
    careful.service.says(GOOD)
    assert careful.handle(ASKED) == 0
    assert _stored(careful).read_by is ReadBy.RULES_AND_CLAUDE


def test_a_resume_that_is_no_longer_in_use_is_left_alone(careful: Careful) -> None:
    _bring(careful)
    newer = _bring(careful, 2, "Robin Vale\nrobin@vale.example\nSkills\nRust\n")
    assert careful.handle(ASKED) == 0
    assert careful.service.asked == []
    assert _stored(careful) == newer


def test_a_resume_that_is_replaced_while_it_is_read_is_left_alone(careful: Careful) -> None:
    _bring(careful)

    def replaced(_: dict[str, Any]) -> Reply:
        store.put_profile(careful.people, _resume(2), Profile(name="Robin Anew"), match_shards=2)
        return GOOD

    careful.service.chooses = replaced
    assert careful.handle(ASKED) == 0
    stored = _stored(careful)
    assert (stored.resume_id, stored.profile, stored.read_by) == ("r2", Profile(name="Robin Anew"), ReadBy.RULES)
    assert careful.told() == []


def test_a_careful_reading_takes_the_place_of_the_very_reading_that_it_was_made_from(careful: Careful) -> None:
    before = _bring(careful)
    read = before.as_read.model_copy(update={"name": "Robin Ashdown Vale"})
    other = before.as_read.model_copy(update={"summary": "Read by other rules."})
    assert store.put_careful(careful.people, PERSON, "r1", other, read) is None
    assert store.put_careful(careful.people, PERSON, "r2", before.as_read, read) is None
    assert store.put_careful(careful.people, "nobody", "r1", before.as_read, read) is None
    assert _stored(careful) == before
    assert store.put_careful(careful.people, PERSON, "r1", before.as_read, read) == _stored(careful)
    assert _stored(careful).as_read == read


@pytest.mark.parametrize(("month", "given", "sent"), [(1_000_000, True, 1), (1_000_000, False, 0), (0, True, 0)])
def test_what_the_rules_have_read_is_sent_on_where_it_may_be(
    careful: Careful, monkeypatch: pytest.MonkeyPatch, month: int, given: bool, sent: int
) -> None:
    queue = clients.sqs().create_queue(QueueName="careful")["QueueUrl"]
    settings = ReadSettings(
        stage="test",
        uploads_bucket=careful.settings.uploads_bucket,
        people_table=careful.settings.people_table,
        event_bus="jobtracker",
        match_shards=2,
        careful_queue_url=queue,
        llm_person_month_microdollars=month,
    )
    monkeypatch.setattr(read_profile, "settings", lambda: settings)
    careful.allow(given=given)
    store.put_resume(careful.people, _resume())
    key = gateway.put_extracted(settings.uploads_bucket, PERSON, "r1", Extracted(text=TEXT))
    message = ResumeExtracted(person_id=PERSON, resume_id="r1", key=key).model_dump_json()
    assert read_profile.lambda_handler(batch(message), context()) == {"batchItemFailures": []}
    asked = received(queue)
    assert [(one["type"], one["resume_id"]) for one in asked] == [("ReadResume", "r1")] * sent
    if sent:
        careful.service.says(GOOD)
        assert careful.handle(ReadResume.model_validate(asked[0])) == 0
        # The same text read once more by the rules asks nobody.
        assert read_profile.lambda_handler(batch(message), context()) == {"batchItemFailures": []}
        assert received(queue) == []
        stored = _stored(careful)
        assert stored.read_by is ReadBy.RULES_AND_CLAUDE
        assert [(one["type"], one["resume_id"]) for one in received(careful.settings.profile_queue_url)] == [
            ("ResumeExtracted", "r1")
        ]
        # What speaks for each field is then of what the language model read too, and nobody is told of it again.
        evidence = gateway.get_evidence(settings.uploads_bucket, PERSON, "r1")
        assert evidence is not None
        assert evidence.profile == stored.as_read
        assert "/work/0/company" in {field.path for field in evidence.fields}
        assert [one["profile_version"] for one in careful.told()] == [1, stored.version]


def test_consent_that_is_given_later_has_the_resume_in_use_read(api_settings: ApiSettings) -> None:
    settings = api_settings.model_copy(update={"llm_person_month_microdollars": 1_000_000})
    people = clients.table(settings.people_table)
    ada = accounts.create(people, email="ada@example.org", password="correct horse battery")
    token = tokens.issue(ada.id, JWT_KEY, now=datetime.now(UTC))
    client = TestClient(create_app(settings), headers={"Authorization": f"Bearer {token}"})
    client.put("/api/v1/me/language-model", json={"allowed": True})
    assert received(settings.careful_queue_url) == []
    store.put_profile(people, _resume(person=ada.id), Profile(), match_shards=2)
    client.put("/api/v1/me/language-model", json={"allowed": False})
    assert received(settings.careful_queue_url) == []
    client.put("/api/v1/me/language-model", json={"allowed": True})
    (message,) = received(settings.careful_queue_url)
    assert (message["type"], message["person_id"], message["resume_id"]) == ("ReadResume", ada.id, "r1")
    assert client.get("/api/v1/profile").json()["read_by"] == "rules"
    store.put_careful(people, ada.id, "r1", Profile(), Profile(name="Ada"))
    assert client.get("/api/v1/profile").json()["read_by"] == "rules and Claude"
    client.put("/api/v1/me/language-model", json={"allowed": True})
    assert received(settings.careful_queue_url) == []
    nobody = TestClient(create_app(api_settings), headers={"Authorization": f"Bearer {token}"})
    consent.put(people, ada.id, Consent())
    nobody.put("/api/v1/me/language-model", json={"allowed": True})
    assert received(settings.careful_queue_url) == []
