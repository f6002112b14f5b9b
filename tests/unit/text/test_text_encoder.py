"""The encoder and its fitting."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.text.encoder import Encoder
from jobtracker.text.training import CannotFitError, fit_encoder
from jobtracker.text.words import words

NURSING = ["nurse", "ward", "patients", "care", "hospital", "medication", "night", "shift", "clinic", "doctor"]
CODING = ["python", "c++", "services", "deploy", "database", "testing", "backend", "api", "cloud", "linux"]


def _texts() -> list[str]:
    rng = np.random.default_rng(5)
    return [" ".join(rng.choice(field, 8)) for field in (NURSING, CODING) for _ in range(150)]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return fit_encoder(_texts(), dims=8)


def test_words_keep_the_signs_of_names_and_drop_the_rest() -> None:
    assert words("C++, C# and F# on Node.js; Ünïcode_x 2nd!") == [
        *("c++", "c#", "and", "f#", "on", "node", "js", "ünïcode", "x", "2nd")
    ]
    assert words("a b c", 2) == ["a", "b"]


def test_texts_of_one_field_are_more_alike_than_texts_of_two(encoder: Encoder) -> None:
    ward, clinic, code = encoder.encode(["nurse ward patients", "doctor clinic care", "python backend api"])
    assert ward @ clinic > ward @ code + 0.5


def test_vectors_have_length_one_or_are_zero(encoder: Encoder) -> None:
    vectors = encoder.encode(["nurse", "", "unheard of", "python " * 5_000])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1], atol=1e-5)
    assert vectors.dtype == np.float32
    assert encoder.encode([]).shape == (0, encoder.dims)


def test_a_saved_encoder_is_the_same_when_loaded(encoder: Encoder, tmp_path: Path) -> None:
    encoder.save(tmp_path)
    loaded = Encoder.load(tmp_path)
    assert loaded.version == encoder.version
    assert np.array_equal(loaded.encode(_texts()), encoder.encode(_texts()))


def test_the_same_texts_give_the_same_version_and_others_another(encoder: Encoder) -> None:
    assert fit_encoder(_texts(), dims=8).version == encoder.version
    assert fit_encoder(_texts()[:-1], dims=8).version != encoder.version


def test_small_collections_give_fewer_dimensions() -> None:
    assert fit_encoder(["nurse ward", "python code", "nurse code"]).dims == 2


@pytest.mark.parametrize("texts", [[], ["one text only"], ["", ""], ["...", "!!!"]])
def test_too_little_text_is_refused(texts: list[str]) -> None:
    with pytest.raises(CannotFitError):
        fit_encoder(texts)


def test_the_order_of_words_matters_through_pairs(encoder: Encoder) -> None:
    assert len(encoder.vocabulary.pairs)
    _, features, _ = encoder.vocabulary.counts(["night shift"])
    _, one, _ = encoder.vocabulary.counts(["night zzz shift"])
    assert len(features) == 3
    assert len(one) == 2


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(st.text(max_size=80), max_size=5))
def test_a_text_is_encoded_alike_alone_and_among_others(encoder: Encoder, texts: list[str]) -> None:
    together = encoder.encode(texts)
    assert np.isfinite(together).all()
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector)


def test_encoding_needs_neither_scikit_learn_nor_scipy() -> None:
    code = (
        "import sys, jobtracker.text.encoder, jobtracker.text.training\n"
        "sys.exit(bool({'sklearn', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
