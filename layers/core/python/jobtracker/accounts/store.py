"""Accounts in the people table.

An account lies in its person's partition, with the password's hash beside it. A second item, whose key is the
hash of the e-mail address, makes the address unique: both are written in one transaction or not at all.
"""

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from jobtracker.accounts import passwords
from jobtracker.accounts.model import Account, EmailTakenError, Role, WrongCredentialsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_ACCOUNT: Final = "ACCOUNT"
# The partition that is read for an unknown e-mail address, so that it costs the same number of reads as a known one.
_NOBODY: Final = "nobody"


def _key(person_id: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": _ACCOUNT}


def _email_key(email: str) -> dict[str, str]:
    return {"PK": f"EMAIL#{hashlib.sha256(_normal(email).encode()).hexdigest()}", "SK": _ACCOUNT}


def _normal(email: str) -> str:
    """Addresses that differ in case only are one: nobody runs mail servers that tell them apart."""
    return email.strip().lower()


def create(table: "Table", *, email: str, password: str, name: str | None = None, role: Role = Role.PERSON) -> Account:
    """Make an account. Raises EmailTakenError when the e-mail address has one."""
    account = Account(id=uuid4().hex, email=_normal(email), name=name, role=role, created_at=datetime.now(UTC))
    item = {**_key(account.id), "data": account.model_dump_json(), "password": passwords.hash_password(password)}
    unique = {**_email_key(email), "person_id": account.id}
    new = "attribute_not_exists(PK)"
    client = table.meta.client
    try:
        client.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": table.name, "Item": unique, "ConditionExpression": new}},
                {"Put": {"TableName": table.name, "Item": item, "ConditionExpression": new}},
            ]
        )
    except client.exceptions.TransactionCanceledException as error:
        if error.response["CancellationReasons"][0].get("Code") == "ConditionalCheckFailed":
            raise EmailTakenError from error
        raise
    return account


def get(table: "Table", person_id: str) -> Account | None:
    """The person's account, or None."""
    item = table.get_item(Key=_key(person_id)).get("Item")
    return None if item is None else Account.model_validate_json(str(item["data"]))


def find(table: "Table", email: str) -> Account | None:
    """The account with this e-mail address, or None."""
    unique = table.get_item(Key=_email_key(email)).get("Item")
    return None if unique is None else get(table, str(unique["person_id"]))


def authenticate(table: "Table", email: str, password: str) -> Account:
    """The account with these credentials. Raises WrongCredentialsError, after the same work for any reason."""
    unique = table.get_item(Key=_email_key(email)).get("Item")
    person_id = _NOBODY if unique is None else str(unique["person_id"])
    item = table.get_item(Key=_key(person_id)).get("Item")
    right = passwords.matches(password, None if item is None else str(item["password"]))
    if item is None or not right:
        raise WrongCredentialsError
    return Account.model_validate_json(str(item["data"]))


def set_role(table: "Table", person_id: str, role: Role) -> Account | None:
    """Give an existing account another role; None when there is no such account."""
    account = get(table, person_id)
    if account is None:
        return None
    changed = account.model_copy(update={"role": role})
    table.update_item(
        Key=_key(person_id),
        UpdateExpression="SET #data = :data",
        ConditionExpression="attribute_exists(PK)",
        ExpressionAttributeNames={"#data": "data"},
        ExpressionAttributeValues={":data": changed.model_dump_json()},
    )
    return changed
