"""What a person sees and decides of the language model: no is where it begins, and every call is told."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from jobtracker.accounts import consent, store, tokens
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.model import Account
from jobtracker.accounts.spending import Spending
from jobtracker.aws import clients
from jobtracker.llm.model import Call, Outcome, Usage
from tests.contract.conftest import JWT_KEY

API = "/api/v1/me"
DOLLAR = 1_000_000


@pytest.fixture
def settings(api_settings: Settings) -> Settings:
    return api_settings.model_copy(update={"llm_person_month_microdollars": DOLLAR})


def _account(settings: Settings, email: str) -> Account:
    return store.create(clients.table(settings.people_table), email=email, password="correct horse battery")


def _client(settings: Settings, account: Account) -> TestClient:
    token = tokens.issue(account.id, JWT_KEY, now=datetime.now(UTC))
    return TestClient(create_app(settings), headers={"Authorization": f"Bearer {token}"})


def _pay(settings: Settings, account: Account, count: int) -> None:
    caps = Caps(DOLLAR, DOLLAR, DOLLAR, DOLLAR, 60, 60)
    tables = clients.table(settings.operations_table), clients.table(settings.people_table)
    purse = Spending(*tables, account.id, caps)
    for number in range(count):
        now = datetime.now(UTC) + timedelta(milliseconds=number)
        call = Call("Reading a page", Outcome.ANSWERED, Usage("claude-haiku-5-5", 800, 60), 100 + number)
        purse.settle(purse.reserve(500, now), call)


def test_nobody_has_allowed_anything_before_they_say_so(settings: Settings) -> None:
    client = _client(settings, _account(settings, "ada@example.org"))
    told = client.get(f"{API}/language-model").json()
    assert told == {
        "available": True,
        "allowed": False,
        "decided_at": None,
        "spent_microdollars": 0,
        "month_cap_microdollars": DOLLAR,
    }


def test_a_person_allows_it_and_takes_it_back(settings: Settings) -> None:
    ada, bob = _account(settings, "ada@example.org"), _account(settings, "bob@example.org")
    people = clients.table(settings.people_table)
    client = _client(settings, ada)
    answer = client.put(f"{API}/language-model", json={"allowed": True})
    assert answer.status_code == 200
    assert answer.json()["allowed"] is True
    assert answer.json()["decided_at"]
    assert consent.get(people, ada.id).given
    assert not consent.get(people, bob.id).given
    assert client.put(f"{API}/language-model", json={"allowed": False}).json()["allowed"] is False
    assert not consent.get(people, ada.id).given
    assert client.put(f"{API}/language-model", json={"allow": True}).status_code == 422
    assert not consent.get(people, ada.id).given


def test_a_yes_to_an_earlier_wording_is_none_to_this_one(settings: Settings) -> None:
    ada = _account(settings, "ada@example.org")
    people = clients.table(settings.people_table)
    people.put_item(Item={"PK": f"USER#{ada.id}", "SK": "LLM_CONSENT", "data": '{"given":true}'})
    assert not consent.get(people, ada.id).given
    client = _client(settings, ada)
    assert client.get(f"{API}/language-model").json()["allowed"] is False
    assert client.put(f"{API}/language-model", json={"allowed": True}).json()["allowed"] is True
    assert consent.get(people, ada.id).given


def test_where_no_language_model_is_set_up_it_says_so(api_settings: Settings) -> None:
    told = _client(api_settings, _account(api_settings, "ada@example.org")).get(f"{API}/language-model").json()
    assert (told["available"], told["month_cap_microdollars"]) == (False, 0)


def test_receipts_come_newest_first_and_pages_leave_out_and_repeat_nothing(settings: Settings) -> None:
    ada = _account(settings, "ada@example.org")
    client = _client(settings, ada)
    assert client.get(f"{API}/llm-receipts").json() == {"items": [], "next_cursor": None}
    _pay(settings, ada, 5)
    assert client.get(f"{API}/language-model").json()["spent_microdollars"] == 510
    costs: list[int] = []
    cursor: str | None = None
    for _ in range(3):
        page = client.get(f"{API}/llm-receipts", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        costs += [one["microdollars"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert costs == [104, 103, 102, 101, 100]
    assert cursor is None
    (first, *_) = client.get(f"{API}/llm-receipts").json()["items"]
    assert (first["purpose"], first["model"], first["outcome"]) == ("Reading a page", "claude-haiku-5-5", "answered")
    assert (first["input_tokens"], first["output_tokens"]) == (800, 60)


def test_nobody_sees_anothers_receipts_or_any_without_signing_in(settings: Settings) -> None:
    ada, bob = _account(settings, "ada@example.org"), _account(settings, "bob@example.org")
    _pay(settings, ada, 1)
    assert _client(settings, bob).get(f"{API}/llm-receipts").json()["items"] == []
    anyone = TestClient(create_app(settings))
    assert anyone.get(f"{API}/llm-receipts").status_code == 401
    assert anyone.put(f"{API}/language-model", json={"allowed": True}).status_code == 401
    assert _client(settings, ada).get(f"{API}/llm-receipts", params={"cursor": "AAAA"}).status_code == 400
