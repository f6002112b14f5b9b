import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.resumes.extract import extract
from jobtracker.resumes.genuine import other_than_a_resume, refusal_of
from jobtracker.resumes.model import Profile
from jobtracker.resumes.read import read_profile
from jobtracker.resumes.uploads import Extracted, RefusalCode

# Documents that are no resumes, by what they look like, and resumes that are short or speak of such documents.
_WRITTEN = json.loads(Path(__file__).with_name("other_documents.json").read_text(encoding="utf-8"))
OTHERS: dict[str, list[str]] = _WRITTEN["others"]
RESUMES: list[str] = _WRITTEN["resumes"]
LIKE = [(like, text) for like, some in OTHERS.items() for text in some]


@pytest.mark.parametrize(("like", "text"), LIKE)
def test_another_document_is_told_by_its_kind(like: str, text: str) -> None:
    assert other_than_a_resume(text, read_profile(text)) == like


@pytest.mark.parametrize("text", RESUMES)
def test_a_resume_is_one_whatever_it_speaks_of_and_however_short(text: str) -> None:
    assert other_than_a_resume(text, read_profile(text)) is None


def test_the_refusal_says_what_it_looks_like_and_what_to_do() -> None:
    text = OTHERS["an invoice or a receipt"][0]
    refusal = refusal_of(Extracted(text=text), read_profile(text))
    assert refusal is not None
    assert refusal.code is RefusalCode.NOT_A_RESUME
    assert "looks like an invoice" in refusal.reason
    assert "Upload" in refusal.reason


def test_a_format_of_resumes_is_not_judged() -> None:
    extracted = extract(json.dumps({"basics": {"name": "Ola", "summary": "We offer: you will apply now"}}).encode())
    assert extracted.is_structured
    assert refusal_of(extracted, Profile()) is None


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    other_than_a_resume(text, Profile())
