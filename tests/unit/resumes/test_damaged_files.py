"""Damaged files of every format are read as far as they go, or refused with a reason."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.resumes.extract import extract
from jobtracker.resumes.read import read_profile
from tests.unit.resumes import formats
from tests.unit.resumes.mutation import mutated

SLOWEST_S = 10
_WHOLE = {kind: make() for kind, make in formats.ALL.items()}


@pytest.mark.parametrize("kind", _WHOLE)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused(kind: str, seed: int) -> None:
    data = mutated(_WHOLE[kind], random.Random(seed))  # nothing secret is drawn
    began = time.monotonic()
    found = extract(data)
    assert (found.refusal is None) == bool(found.text)
    if found.refusal is None:
        read_profile(found.text[:100_000])
    else:
        assert found.refusal.reason.endswith(".")
    assert time.monotonic() - began < SLOWEST_S
