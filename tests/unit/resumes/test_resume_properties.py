"""What holds for any text: reading never fails, and the profile says nothing that the text does not."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtracker.resumes import entities
from jobtracker.resumes.dates import months
from jobtracker.resumes.lines import clean
from jobtracker.resumes.read import read_profile
from tests.unit.resumes import test_resume_fields, texts

TODAY = date(2026, 3, 15)
ALL = [
    texts.SIDEBAR,
    texts.GERMAN,
    texts.SPACED,
    texts.TITLE_AT_COMPANY,
    texts.LABELLED,
    texts.DATES_FIRST,
    texts.COMPANY_FIRST,
    texts.DATES_LAST,
    test_resume_fields.TEXT,
]
LINES = sorted({line for text in ALL for line in text.splitlines()})
# Lines of real layouts in any order with any text between them reach every rule.
mixed = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=40).map("\n".join)


@pytest.fixture(autouse=True)
def _without_language_model(monkeypatch: pytest.MonkeyPatch) -> None:
    # Its answers are checked where it is tested; here it would only take time.
    monkeypatch.setattr(entities, "_entities", lambda _text: [])


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", clean(text).casefold())


any_text = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@any_text
@given(st.one_of(st.text(), mixed))
def test_reading_never_fails_and_invents_nothing(text: str) -> None:
    profile = read_profile(text, today=TODAY)
    told = letters(text)
    digits = re.sub(r"\D", "", text)
    if profile.email:
        assert letters(profile.email) in told
    if profile.name:
        assert letters(profile.name) in told
    if profile.phone:
        assert re.sub(r"\D", "", profile.phone)[-6:] in digits
    for link in profile.links:
        assert letters(link.url.removeprefix("https://")) in told
    for work in profile.work:
        for field in (work.company, work.title, work.place):
            assert field is None or letters(field) in told
        for bullet in work.bullets:
            assert all(letters(word) in told for word in bullet.split())
    further = [
        *(words for one in profile.languages for words in (one.language, one.fluency)),
        *(words for one in profile.certificates for words in (one.name, one.issuer)),
        *(words for one in profile.awards for words in (one.title, one.awarder)),
        *(words for one in profile.projects for words in (one.name, one.description)),
        *(words for one in profile.publications for words in (one.name, one.publisher)),
        *(one.words for one in profile.work_rights),
        *(one.score for one in profile.education),
    ]
    for words in further:
        assert words is None or all(letters(word) in told for word in words.split())
    for use in profile.skill_uses:
        assert use.skill in profile.skills
        assert all(0 <= at < len(profile.work) for at in use.positions)
    for study in profile.education:
        assert study.institution is None or letters(study.institution) in told


@any_text
@given(mixed)
def test_dates_are_in_order(text: str) -> None:
    profile = read_profile(text, today=TODAY)
    spans = [(one.start, one.end) for one in profile.work] + [(one.start, one.end) for one in profile.education]
    for start, end in spans:
        if start and end:
            assert months(start, is_end=False) <= months(end, is_end=True)
    assert profile.years is None or profile.years >= 0


@any_text
@given(st.permutations(ALL[0].splitlines()))
def test_the_order_of_lines_does_not_matter_to_the_address(lines: list[str]) -> None:
    assert read_profile("\n".join(lines), today=TODAY).email == "priya.raman@example.com"
