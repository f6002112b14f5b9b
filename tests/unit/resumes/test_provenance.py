"""Where each field of a profile stands: in its own entry's block, in whatever form the document writes it."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtracker.resumes import entities
from jobtracker.resumes.document import lines_in
from jobtracker.resumes.evidence import Evidence
from jobtracker.resumes.extract import extract
from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance.evidence import evidence_of
from jobtracker.resumes.provenance.listed import listed
from jobtracker.resumes.provenance.personal import personal
from jobtracker.resumes.provenance.source import Source
from jobtracker.resumes.read import read_profile
from tests.unit.resumes import formats, texts
from tests.unit.resumes.test_resume_fields import TEXT
from tools.samples.resume import PDF

TODAY = date(2026, 3, 15)
TEXTS = {
    name: getattr(texts, name)
    for name in (
        "SIDEBAR", "GERMAN", "SPACED", "TITLE_AT_COMPANY", "LABELLED", "DATES_FIRST", "COMPANY_FIRST", "DATES_LAST",
    )
} | {"FIELDS": TEXT}  # fmt: skip
FILES = {
    "sample": PDF.read_bytes,
    "pdf": formats.pdf,
    "docx": formats.docx,
    "odt": formats.odt,
    "rtf": formats.rtf,
    "html": formats.html,
    "markdown": formats.markdown,
    "text": formats.text,
    "json": formats.json_resume,
    "linkedin": formats.linkedin,
}
TWO_JOBS = """Nadia Okonkwo
nadia@example.com | +44 20 7946 0958 | Leeds, UK

EXPERIENCE
Data Analyst
Ferngate Logistics, Leeds
Mar 2021 – Present
• Built dashboards in Grafana
Data Analyst
Oakhurst Grocers, York
01/2018 – Mar 2021
• Built dashboards in Power BI
"""


@pytest.fixture(autouse=True)
def _without_language_model(monkeypatch: pytest.MonkeyPatch) -> None:
    # Loading it takes seconds; where it finds a name is checked where it is tested.
    monkeypatch.setattr(entities, "_entities", lambda _text: [])


def evidence(text: str) -> Evidence:
    return evidence_of(text, read_profile(text, today=TODAY))


def said(text: str) -> dict[str, list[str]]:
    """The words at each field's spans."""
    return {field.path: [text[span.start : span.end] for span in field.spans] for field in evidence(text).fields}


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The pointers to all that a profile says."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}/{name}")
    elif isinstance(value, (list, tuple)):
        for number, one in enumerate(value):
            yield from leaves(one, f"{path}/{number}")
    elif value not in (None, False):
        yield path


def unfound(text: str) -> list[tuple[str, str]]:
    """The fields of which not every word stands in the text."""
    profile, source = read_profile(text, today=TODAY), Source(text)
    return [(one.path, one.value) for one in (*personal(profile, source), *listed(profile, source)) if one.share < 1]


@pytest.mark.parametrize("name", TEXTS)
def test_whatever_is_read_of_a_text_stands_in_it(name: str) -> None:
    assert unfound(TEXTS[name]) == []


@pytest.mark.parametrize("name", FILES)
def test_whatever_is_read_of_a_file_stands_in_its_text(name: str) -> None:
    assert unfound(extract(FILES[name]()).text) == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_value_of_a_profile_has_its_evidence(name: str) -> None:
    told = evidence(TEXTS[name])
    paths = {field.path for field in told.fields}
    missing = {
        path
        for path in leaves(told.profile.model_dump(mode="json"))
        if not any(path == one or path.startswith(f"{one}/") for one in paths)
    }
    assert missing == set()
    assert all(field.spans or field.derived_from for field in told.fields)


def test_entries_that_say_the_same_have_each_their_own_place() -> None:
    told = {field.path: field.spans for field in evidence(TWO_JOBS).fields}
    first, second = TWO_JOBS.index("Data Analyst"), TWO_JOBS.rindex("Data Analyst")
    assert [told["/work/0/title"][0].start, told["/work/1/title"][0].start] == [first, second]
    # The month in which one ends and the other begins stands twice, too.
    assert told["/work/0/start"][0].start == TWO_JOBS.index("Mar 2021")
    assert told["/work/1/end"][0].start == TWO_JOBS.rindex("Mar 2021")


def test_values_are_found_as_they_are_written() -> None:
    words = said(TWO_JOBS)
    assert words["/phone"] == words["/phones/0"] == ["+44 20 7946 0958"]
    assert words["/work/1/start"] == ["01/2018"]
    assert words["/work/0/current"] == ["Present"]
    assert words["/place"] == ["Leeds, UK"]
    values = {field.path: field.value for field in evidence(TWO_JOBS).fields}
    assert values["/work/1/start"] == "Jan 2018"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("030 23125 417", "+493023125417"),
        ("+49 (0)30 23125-417", "+493023125417"),
        ("0049 30 23125417", "+493023125417"),
    ],
)
def test_a_number_is_found_in_every_form(written: str, number: str) -> None:
    text = f"Mira\nTel. {written} and more"
    told = evidence_of(text, Profile(phone=number, phones=(number,)))
    assert [text[span.start : span.end] for span in told.fields[0].spans] == [written]


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("Jan 2021 / Mar 2021", {"start": "2021-03", "end": "2021-03"}),
        ("Jan 2021, since Mar 2021", {"start": "2021-03", "current": True}),
    ],
)
def test_one_date_stands_for_both_ends_and_for_what_goes_on(written: str, dates: dict[str, Any]) -> None:
    text = f"Data Analyst\n{written}"
    told = evidence_of(text, Profile.model_validate({"work": [{"title": "Data Analyst"} | dates]})).fields
    spans = {field.path: [text[span.start : span.end] for span in field.spans] for field in told}
    assert spans == {"/work/0/title": ["Data Analyst"]} | {f"/work/0/{name}": ["Mar 2021"] for name in dates}


def test_an_address_is_not_found_in_a_longer_one() -> None:
    text = "github.com/amara/tool\nhttps://www.github.com/amara\n"
    profile = Profile.model_validate({"links": [{"kind": "github", "url": "https://github.com/amara"}]})
    [span] = evidence_of(text, profile).fields[0].spans
    assert text[span.start : span.end] == "https://www.github.com/amara"


def test_words_that_stand_apart_have_a_span_for_each_part() -> None:
    text = "Amara\nWrote the thing that\namara@example.com\ncounts all parcels."
    told = evidence_of(text, Profile(summary="Wrote the thing that counts all parcels."))
    words = [text[span.start : span.end] for span in told.fields[0].spans]
    assert words == ["Wrote the thing that", "counts all parcels."]


def test_a_word_within_another_is_none() -> None:
    text = "Golang and the rest\nEngineer at Go"
    profile = Profile.model_validate({"work": [{"company": "Go", "title": "Engineer"}]})
    told = {
        field.path: [text[span.start : span.end] for span in field.spans] for field in evidence_of(text, profile).fields
    }
    assert told["/work/0/company"] == ["Go"]
    assert evidence_of(text, profile).fields[1].spans[0].start == text.rindex("Go")


def test_what_is_derived_says_from_what_and_claims_no_place() -> None:
    told = {field.path: field for field in evidence(TWO_JOBS).fields}
    assert told["/seniority"].derived_from == "the years of work"
    assert told["/years"].derived_from == "the dates of the positions, overlaps counted once"
    assert all(field.spans == () for field in told.values() if field.derived_from)
    assert all(field.confidence is None for field in told.values() if field.derived_from)


LINES = sorted({line for text in TEXTS.values() for line in text.splitlines()})
any_text = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@any_text
@given(
    st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=30).map("\n".join))
)
def test_finding_never_fails_and_spans_lie_in_their_lines(text: str) -> None:
    told = evidence(text)
    bounds = [(line.start, line.end) for line in lines_in(text)]
    for field in told.fields:
        for span in field.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert any(start <= span.start and span.end <= end for start, end in bounds)


def test_a_text_that_says_the_same_many_times_is_done_in_seconds() -> None:
    entry = "Software Engineer\nAcme Inc, Berlin\n2019 – 2020\n• Built things in Python\n"
    text = "Jane Doe\njane@example.com\nExperience\n" + entry * 150
    profile = read_profile(text, today=TODAY)
    started = time.process_time()
    told = {field.path: field.spans for field in evidence_of(text, profile).fields}
    assert time.process_time() - started < 8
    # Every one has its own place.
    assert (
        len({told[f"/work/{number}/title"][0].start for number in range(len(profile.work))}) == len(profile.work) > 100
    )
