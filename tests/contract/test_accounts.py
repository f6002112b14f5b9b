"""Accounts in the real table layout: unique addresses, hidden passwords, secrets that rotate."""

import boto3
import pytest

from jobtracker.accounts import gateway, passwords, store
from jobtracker.accounts.model import EmailTakenError, Role, WrongCredentialsError
from jobtracker.aws import clients
from tests.contract.conftest import REGION

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    gateway.forget()


def test_an_account_can_be_made_found_and_signed_in_to(people_table: str) -> None:
    table = clients.table(people_table)
    made = store.create(table, email="Ada@Example.org", password=PASSWORD, name="Ada")
    assert store.get(table, made.id) == made
    assert store.find(table, "ada@example.ORG ") == made
    assert store.authenticate(table, "ADA@example.org", PASSWORD) == made
    assert made.role is Role.PERSON


def test_an_address_has_one_account_however_it_is_spelt(people_table: str) -> None:
    table = clients.table(people_table)
    first = store.create(table, email="ada@example.org", password=PASSWORD)
    with pytest.raises(EmailTakenError):
        store.create(table, email="ADA@example.org", password="another password")
    assert store.authenticate(table, "ada@example.org", PASSWORD) == first
    assert len(table.scan()["Items"]) == 2


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(people_table: str) -> None:
    table = clients.table(people_table)
    store.create(table, email="ada@example.org", password=PASSWORD)
    for email, password in (("ada@example.org", "wrong password"), ("bob@example.org", PASSWORD)):
        with pytest.raises(WrongCredentialsError):
            store.authenticate(table, email, password)


def test_neither_password_nor_address_lies_in_a_key_or_in_clear(people_table: str) -> None:
    table = clients.table(people_table)
    store.create(table, email="ada@example.org", password=PASSWORD)
    items = table.scan()["Items"]
    assert not any("@" in str(item["PK"]) for item in items)
    assert PASSWORD not in str(items)


def test_an_administrator_is_made_directly_or_from_an_account(people_table: str) -> None:
    table = clients.table(people_table)
    admin = store.create(table, email="root@example.org", password=PASSWORD, role=Role.ADMIN)
    assert admin.role is Role.ADMIN
    person = store.create(table, email="ada@example.org", password=PASSWORD)
    store.set_role(table, person.id, Role.ADMIN)
    assert store.authenticate(table, "ada@example.org", PASSWORD).role is Role.ADMIN
    assert store.set_role(table, "nobody", Role.ADMIN) is None


def test_a_secret_is_asked_for_once_and_again_when_its_time_is_over(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = boto3.client("secretsmanager", region_name=REGION)
    arn = manager.create_secret(Name="jwt", SecretString="first")["ARN"]
    assert gateway.secret(arn) == "first"
    manager.put_secret_value(SecretId=arn, SecretString="second")
    assert gateway.secret(arn) == "first"
    gateway.forget()
    monkeypatch.setattr(gateway, "KEEP_SECONDS", 0.0)
    assert gateway.secret(arn) == "second"
    manager.put_secret_value(SecretId=arn, SecretString="third")
    assert gateway.secret(arn) == "third"
