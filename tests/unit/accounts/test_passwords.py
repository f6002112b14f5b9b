"""Passwords: what is hashed, and what is the same password."""

import time

import bcrypt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.accounts import passwords


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def test_a_password_is_hashed_with_twelve_rounds_of_bcrypt() -> None:
    assert passwords.hash_password("correct horse battery").startswith("$2b$12$")


def test_the_same_password_matches_and_another_does_not(few_rounds: None) -> None:
    hashed = passwords.hash_password("correct horse battery")
    assert passwords.matches("correct horse battery", hashed)
    assert not passwords.matches("correct horse batterz", hashed)


def test_two_hashes_of_one_password_differ(few_rounds: None) -> None:
    assert passwords.hash_password("correct horse battery") != passwords.hash_password("correct horse battery")


def test_passwords_that_differ_only_after_72_bytes_are_different(few_rounds: None) -> None:
    hashed = passwords.hash_password("x" * 72 + "a")
    assert passwords.matches("x" * 72 + "a", hashed)
    assert not passwords.matches("x" * 72 + "b", hashed)
    assert not passwords.matches("x" * 72, hashed)


def test_a_password_of_72_bytes_goes_to_bcrypt_as_it_is(few_rounds: None) -> None:
    password = "ä" * 36
    assert bcrypt.checkpw(password.encode(), passwords.hash_password(password).encode())


def test_a_password_typed_composed_or_decomposed_is_the_same(few_rounds: None) -> None:
    assert passwords.matches("Zu\u0308richer See", passwords.hash_password("Z\u00fcricher See"))


def test_nobodys_password_never_matches_and_takes_as_long() -> None:
    hashed = passwords.hash_password("correct horse battery")
    start = time.perf_counter()
    passwords.matches("another password", hashed)
    known = time.perf_counter() - start
    start = time.perf_counter()
    assert not passwords.matches("nobody has this password", None)
    unknown = time.perf_counter() - start
    assert 0.3 < unknown / known < 3


@settings(max_examples=40, deadline=None)
@given(password=st.text(max_size=200))
def test_every_text_can_be_a_password(password: str) -> None:
    hashed = bcrypt.hashpw(passwords._prepared(password), bcrypt.gensalt(4)).decode()
    assert passwords.matches(password, hashed)
