"""Access tokens: JSON Web Tokens, HS256, 30 minutes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import jwt

from jobtracker.accounts.model import InvalidTokenError

LIFETIME: Final = timedelta(minutes=30)
_ALGORITHM: Final = "HS256"
_ISSUER: Final = "jobtracker"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says."""

    person_id: str
    expires_at: datetime


def issue(person_id: str, key: str, *, now: datetime) -> str:
    """A token for one person, valid for ``LIFETIME`` from ``now``."""
    claims = {"iss": _ISSUER, "sub": person_id, "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def read(token: str, key: str) -> Claims:
    """What the token says. Raises InvalidTokenError unless it is ours, whole and in time."""
    try:
        claims = jwt.decode(
            token, key, algorithms=[_ALGORITHM], issuer=_ISSUER, options={"require": ["iss", "sub", "iat", "exp"]}
        )
    except jwt.PyJWTError as error:
        raise InvalidTokenError from error
    return Claims(person_id=str(claims["sub"]), expires_at=datetime.fromtimestamp(claims["exp"], UTC))
