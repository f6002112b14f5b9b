"""A posting read by the language model for who looks at it: asked once for everybody, a person's own stays theirs."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings as ApiSettings
from jobtracker.accounts import spending, tokens
from jobtracker.accounts import store as accounts
from jobtracker.accounts.model import Account
from jobtracker.messages.model import ReadPosting
from jobtracker.postings import private, readings, store
from jobtracker.postings.model import Posting
from jobtracker.postings.readings import ReadingStatus
from tests.contract.careful import CAPS, Careful, careful, received
from tests.contract.conftest import JWT_KEY
from tests.fakes.claude import Fault, Junk, Reply, Reset, Said

__all__ = ["careful"]

TEXT = "You bake at night.\n\n* You know sourdough.\n\n* French is a plus."
GOOD = Said(
    json.dumps(
        {
            "must_have": ["You know sourdough", "Ten years at Globex"],
            "nice_to_have": ["French is a plus"],
            "summary": [
                {"line": "You bake", "quotes": ["You bake at night"]},
                {"line": "You bake for 99 000 €", "quotes": ["You bake at night"]},
            ],
        }
    )
)


def _posting(posting_id: str = "p-1", text: str = TEXT) -> Posting:
    return Posting(
        id=posting_id,
        source_id="sample",
        source_posting_id=posting_id,
        url=f"https://bakery.example/{posting_id}",
        title="Night Baker",
        description_text=text,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        attribution="bakery.example",
    )


class Reading:
    """Two people before the API, and the function behind it."""

    def __init__(self, careful: Careful, settings: ApiSettings) -> None:
        self.careful, self.settings = careful, settings
        self.ada, self.bob = self._account("ada"), self._account("bob")
        for one in (self.ada, self.bob):
            careful.allow(person=one.id)
        store.put(careful.catalog, _posting())

    def _account(self, name: str) -> Account:
        return accounts.create(self.careful.people, email=f"{name}@example.org", password="correct horse battery")

    def client(self, account: Account, **more: Any) -> TestClient:
        token = tokens.issue(account.id, JWT_KEY, now=datetime.now(UTC))
        app = create_app(self.settings.model_copy(update=more))
        return TestClient(app, headers={"Authorization": f"Bearer {token}"})

    def ask(self, account: Account, posting_id: str = "p-1") -> tuple[int, dict[str, Any]]:
        answer = self.client(account).post(f"/api/v1/postings/{posting_id}/reading")
        return answer.status_code, answer.json()

    def see(self, account: Account, posting_id: str = "p-1") -> tuple[int, dict[str, Any]]:
        answer = self.client(account).get(f"/api/v1/postings/{posting_id}/reading")
        return answer.status_code, answer.json()

    def work(self, *, count: int = 1, last: bool = True) -> int:
        """Hand over what was sent; how many messages come again."""
        messages = [ReadPosting.model_validate(one) for one in received(self.settings.careful_queue_url)]
        assert len(messages) == count
        return sum(self.careful.handle(one, received=4 if last else 1) for one in messages)

    def receipts(self, account: Account) -> list[str]:
        return [one.purpose for one in spending.receipts(self.careful.people, account.id, 9)]


@pytest.fixture
def reading(api_settings: ApiSettings, careful: Careful) -> Reading:
    """A posting of everybody's, and two people who allow that it is read."""
    return Reading(careful, api_settings.model_copy(update={"llm_person_month_microdollars": 1_000_000}))


def _passage(words: str) -> dict[str, Any]:
    at = TEXT.index(words)
    return {"text": words, "spans": [{"start": at, "end": at + len(words)}]}


def test_a_posting_is_read_once_for_everybody_and_points_at_its_text(reading: Reading) -> None:
    reading.careful.service.says(GOOD)
    assert reading.see(reading.ada)[0] == 404
    assert reading.ask(reading.ada) == (202, {"status": "waiting", "reason": None, "reading": None})
    # Asking again while it is read sends nothing more.
    assert reading.ask(reading.ada)[0] == 202
    assert reading.see(reading.bob)[0] == 404
    assert reading.work() == 0
    status, told = reading.see(reading.ada)
    assert (status, told["status"]) == (200, "read")
    assert told["reading"]["must_have"] == [_passage("You know sourdough")]
    assert told["reading"]["nice_to_have"] == [_passage("French is a plus")]
    assert told["reading"]["summary"] == [_passage("You bake at night") | {"text": "You bake"}]
    assert reading.ask(reading.bob) == (200, told)
    assert received(reading.settings.careful_queue_url) == []
    assert (reading.receipts(reading.ada), reading.receipts(reading.bob)) == (["Reading a posting"], [])
    (body,) = reading.careful.service.asked
    assert body["messages"][0]["content"][0]["source"]["data"] == TEXT
    assert "sourdough" not in json.dumps(body["system"])


def test_who_asked_meanwhile_gets_what_the_other_one_paid_for(reading: Reading) -> None:
    reading.careful.service.says(GOOD)
    reading.ask(reading.ada)
    reading.ask(reading.bob)
    assert reading.work(count=2) == 0
    assert len(reading.careful.service.asked) == 1
    assert reading.see(reading.bob)[1]["status"] == "read"
    assert reading.receipts(reading.ada) + reading.receipts(reading.bob) == ["Reading a posting"]


def test_a_persons_own_posting_is_read_for_that_person_alone_and_goes_with_it(reading: Reading) -> None:
    people = reading.careful.people
    private.put(people, reading.ada.id, _posting("own-1"))
    reading.careful.service.says(GOOD)
    assert reading.ask(reading.bob, "own-1")[0] == 404
    assert reading.ask(reading.ada, "own-1")[0] == 202
    assert reading.work() == 0
    assert reading.see(reading.ada, "own-1")[1]["reading"]["must_have"] == [_passage("You know sourdough")]
    assert reading.see(reading.bob, "own-1")[0] == 404
    # The same text is everybody's under another id, and nothing of the person's is known there.
    assert reading.see(reading.ada)[0] == 404
    assert [item["PK"] for item in reading.careful.catalog.scan()["Items"] if "READING" in str(item["SK"])] == []
    assert reading.client(reading.ada).delete("/api/v1/own-postings/own-1").status_code == 204
    assert readings.wish(people, reading.ada.id, "own-1") is None


def test_a_posting_that_changed_is_read_anew(reading: Reading) -> None:
    reading.careful.service.says(GOOD)
    reading.ask(reading.ada)
    reading.work()
    changed = _posting(text=f"{TEXT} Soon.").model_copy(update={"fetched_at": datetime(2026, 3, 2, tzinfo=UTC)})
    store.put(reading.careful.catalog, changed)
    assert reading.see(reading.ada)[0] == 404
    assert reading.ask(reading.ada)[0] == 202


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Said("", stop_reason="refusal"), "declined"),
        (Said(GOOD.text, stop_reason="max_tokens"), "cut off"),
        (Said("Sure!"), "not in the form"),
        (Fault(400, "invalid_request_error"), "HTTP 400"),
        (Fault(529, "overloaded_error"), "HTTP 529"),
        (Reset(), "cannot be reached"),
        (Junk(), "is none"),
    ],
)
def test_what_fails_is_told_and_may_be_tried_again(reading: Reading, reply: Reply, reason: str) -> None:
    reading.careful.service.says(reply)
    reading.ask(reading.ada)
    assert reading.work() == 0
    status, told = reading.see(reading.ada)
    assert (status, told["status"], told["reading"]) == (200, "failed", None)
    assert reason in told["reason"]
    assert reading.ask(reading.ada)[1]["status"] == "waiting"
    reading.careful.service.says(GOOD)
    assert reading.work() == 0
    assert reading.see(reading.ada)[1]["status"] == "read"


def test_where_nobody_answers_now_the_wish_waits(reading: Reading) -> None:
    reading.careful.service.says(Fault(529, "overloaded_error"))
    reading.ask(reading.ada)
    assert reading.work(last=False) == 1
    assert reading.see(reading.ada)[1]["status"] == "waiting"
    wished = readings.wish(reading.careful.people, reading.ada.id, "p-1")
    assert wished is not None
    late = datetime.now(UTC) - timedelta(minutes=1)
    readings.keep(reading.careful.people, reading.ada.id, wished.model_copy(update={"until": late}))
    assert reading.see(reading.ada)[1]["status"] == "failed"


def test_who_opens_a_posting_that_waits_in_a_batch_has_it_read_at_once(reading: Reading) -> None:
    reading.ask(reading.ada)
    assert len(received(reading.settings.careful_queue_url)) == 1
    wished = readings.wish(reading.careful.people, reading.ada.id, "p-1")
    assert wished is not None
    readings.keep(reading.careful.people, reading.ada.id, wished.model_copy(update={"batched": True}))
    assert reading.see(reading.ada)[0] == 404
    assert reading.ask(reading.ada)[0] == 202
    reading.careful.service.says(GOOD)
    assert reading.work() == 0
    assert reading.see(reading.ada)[1]["status"] == "read"


def test_without_consent_or_a_language_model_nothing_is_sent(reading: Reading) -> None:
    careful = reading.careful
    nobody = reading.client(reading.ada, llm_person_month_microdollars=0).post("/api/v1/postings/p-1/reading")
    assert (nobody.status_code, nobody.json()["type"].endswith("language-model-off")) == (409, True)
    careful.allow(given=False, person=reading.ada.id)
    assert reading.ask(reading.ada)[0] == 409
    assert received(reading.settings.careful_queue_url) == []
    # Taken back after it was asked for, and before it was read.
    reading.ask(reading.bob)
    careful.allow(given=False, person=reading.bob.id)
    assert reading.work() == 0
    assert "you have not allowed" in reading.see(reading.bob)[1]["reason"]
    careful.allow(person=reading.bob.id)
    for cap in CAPS:
        careful.set(**dict.fromkeys(CAPS, 1_000_000) | {cap: 0})
        reading.ask(reading.bob)
        assert reading.work() == 0
        assert reading.see(reading.bob)[1]["status"] == "failed"
    assert careful.service.asked == []


def test_a_posting_without_text_and_one_that_is_gone_are_told(reading: Reading) -> None:
    store.put(reading.careful.catalog, _posting("p-2", " "))
    assert reading.ask(reading.ada, "p-2")[1]["reason"] == "This posting has no text."
    assert reading.ask(reading.ada, "p-3")[0] == 404
    private.put(reading.careful.people, reading.ada.id, _posting("own-1"))
    reading.ask(reading.ada, "own-1")
    private.delete(reading.careful.people, reading.ada.id, "own-1")
    # Its message finds neither the posting nor the wish.
    assert reading.work() == 0
    assert reading.careful.service.asked == []


def test_a_message_that_comes_twice_asks_once(reading: Reading) -> None:
    reading.careful.service.says(GOOD)
    reading.ask(reading.ada)
    (sent,) = received(reading.settings.careful_queue_url)
    message = ReadPosting.model_validate(sent)
    assert reading.careful.handle(message, message) == 0
    assert len(reading.careful.service.asked) == 1
    wished = readings.wish(reading.careful.people, reading.ada.id, "p-1")
    assert wished is not None
    assert wished.status is ReadingStatus.READ
