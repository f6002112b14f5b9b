"""Fingerprints of texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings import fingerprint
from jobtracker.postings.fingerprint import BINS, agreement, fingerprints

WORDS = [f"{one}{other}" for one in ("oak", "elm", "ash", "yew", "fir") for other in range(60)]


def _text(first: int, count: int) -> str:
    return " ".join(WORDS[(first + at * 7) % len(WORDS)] for at in range(count))


def _agreement(a: str, b: str) -> int:
    prints = fingerprints([a, b])
    return int(agreement(prints[:1], prints[1:])[0])


def test_a_text_agrees_with_itself_whatever_its_case_and_layout() -> None:
    text = _text(0, 200)
    assert _agreement(text, text) == BINS
    assert _agreement(text, text.upper().replace(" ", " \n* ")) == BINS


def test_unrelated_texts_agree_nowhere_or_nearly_so() -> None:
    assert _agreement(_text(0, 100), _text(3, 100)) <= 2


@pytest.mark.parametrize(("added", "least", "most"), [(20, 24, 31), (100, 14, 27), (300, 4, 16)])
def test_the_more_is_added_the_less_agrees(added: int, least: int, most: int) -> None:
    text = _text(0, 200)
    foot = " ".join(f"pine{at}" for at in range(added))
    assert least <= _agreement(text, f"{text}. {foot}") <= most


def test_the_order_of_words_counts() -> None:
    words = _text(0, 200).split()
    assert _agreement(" ".join(words), " ".join(sorted(words))) <= 2


def test_texts_without_words_agree_with_nothing() -> None:
    prints = fingerprints(["", " .\n-", "oak"])
    assert not prints[:2].any()
    assert agreement(prints[:1], prints[1:2])[0] == 0
    assert np.count_nonzero(prints[2]) == 1


def test_scripts_without_spaces_are_told_apart_sign_by_sign() -> None:
    text = "私たちは京都の小さな工房で樽を作る職人を探しています。経験は問いませんが、木が好きな方を歓迎します。" * 2
    changed = text.replace("京都", "大阪")
    assert BINS > _agreement(text, changed) > BINS // 2
    assert _agreement(text, "東京の病院で働く看護師を募集します。夜勤は月に四回までです。") <= 3


@given(st.lists(st.text(max_size=200), max_size=12))
def test_a_text_s_fingerprint_does_not_depend_on_what_stands_beside_it(texts: list[str]) -> None:
    together = fingerprints(texts)
    assert together.shape == (len(texts), BINS)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(fingerprints([text])[0], row)


def test_it_is_the_same_in_whatever_portions_it_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [_text(at, 5 + at) for at in range(120)]
    whole = fingerprints(texts)
    monkeypatch.setattr(fingerprint, "_CHUNK", 300)
    assert np.array_equal(fingerprints(texts), whole)


def test_what_is_stored_in_indexes_stays_what_it_is() -> None:
    assert (
        fingerprints(["Oak and ash, and a little elm."]).tobytes().hex()
        == "000000a00000000000000000000000000000a000002300002b0000b000000000"
    )
