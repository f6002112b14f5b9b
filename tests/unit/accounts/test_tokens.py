"""Tokens: only ours, whole and in time."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from jobtracker.accounts import tokens
from jobtracker.accounts.model import InvalidTokenError

KEY = "a key of more than thirty-two bytes, for tests"


def test_a_token_says_whose_it_is_and_lives_thirty_minutes() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    claims = tokens.read(tokens.issue("p1", KEY, now=now), KEY)
    assert claims.person_id == "p1"
    assert claims.expires_at == now + timedelta(minutes=30)


def test_a_token_holds_no_personal_data() -> None:
    token = tokens.issue("p1", KEY, now=datetime.now(UTC))
    assert set(jwt.decode(token, options={"verify_signature": False})) == {"iss", "sub", "iat", "exp"}


def test_a_token_past_its_time_is_refused() -> None:
    token = tokens.issue("p1", KEY, now=datetime.now(UTC) - timedelta(minutes=31))
    with pytest.raises(InvalidTokenError):
        tokens.read(token, KEY)


def test_a_token_signed_with_another_key_is_refused() -> None:
    token = tokens.issue("p1", "b" + KEY, now=datetime.now(UTC))
    with pytest.raises(InvalidTokenError):
        tokens.read(token, KEY)


def test_a_token_that_names_no_algorithm_is_refused() -> None:
    now = datetime.now(UTC)
    claims = {"iss": "jobtracker", "sub": "p1", "iat": now, "exp": now + timedelta(minutes=5)}
    with pytest.raises(InvalidTokenError):
        tokens.read(jwt.encode(claims, "", algorithm="none"), KEY)


@pytest.mark.parametrize("missing", ["iss", "sub", "iat", "exp"])
def test_a_token_without_one_of_its_claims_is_refused(missing: str) -> None:
    now = datetime.now(UTC)
    claims = {"iss": "jobtracker", "sub": "p1", "iat": now, "exp": now + timedelta(minutes=5)}
    del claims[missing]
    with pytest.raises(InvalidTokenError):
        tokens.read(jwt.encode(claims, KEY, algorithm="HS256"), KEY)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.b", "\u0000"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidTokenError):
        tokens.read(token, KEY)
