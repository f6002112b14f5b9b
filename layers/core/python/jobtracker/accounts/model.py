"""An account: who may sign in, and as what."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """What an account may do."""

    PERSON = "person"
    ADMIN = "admin"


class Account(BaseModel):
    """A person's account. The password's hash is no part of it: it stays in the store."""

    model_config = ConfigDict(frozen=True)

    id: str
    email: str
    name: str | None = None
    role: Role = Role.PERSON
    created_at: datetime


class AccountError(Exception):
    """What can go wrong with accounts."""


class EmailTakenError(AccountError):
    """Another account has this e-mail address."""


class WrongCredentialsError(AccountError):
    """No account has this e-mail address, or the password is another one. Which of both is never said."""


class InvalidTokenError(AccountError):
    """A token that is malformed, signed by somebody else, too old, or of an account that is gone."""
