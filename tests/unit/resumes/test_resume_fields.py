"""The further fields of a profile: what a resume says of them, and nothing that it does not say."""

from datetime import date

import pytest

from jobtracker.resumes.languages import level_of, read_languages
from jobtracker.resumes.links import kind_of
from jobtracker.resumes.model import LanguageLevel, LinkKind, Profile, WorkRightKind
from jobtracker.resumes.read import read_profile
from jobtracker.resumes.rights import kind_of as right_of

TEXT = """\
Lena Vogt
Data Engineer
lena@example.com | work@example.org | +49 30 901820 | Fax: +49 30 901821 | +44 20 7946 0018
github.com/lena-vogt-sample | orcid.org/0000-0002-1825-0097
EU citizen. No sponsorship required in Germany.
Work Experience
Data Engineer | Ostrava Data
Jan 2020 – Dec 2021
• Built pipelines in Python and Docker
Consultant | Nordic Retail AB
Jul 2021 – Jun 2022
• Wrote Python
Barista, Blue Cup Company
• Made coffee
Education
MSc Physics, University of Oslo, 2014 - 2016
GPA: 3.8/4.0
Sprachen
German (Muttersprache), English – C1; fluent in French and Spanish
Certifications
AWS Certified Developer | Amazon Web Services | Jun 2021
Projekte
Cairn: A tool for route planning, https://example.com/cairn
Publications
Vogt, L. (2021). Counting birds by radar. Journal of Small Things, 3(1). doi: 10.1234/abc.1
"On the length of rivers", River Letters, 2019
Auszeichnungen
Best Thesis Award, University of Oslo, 2016
References
Maria Costa, maria@example.com, +351 21 765 4321, US citizen
"""


@pytest.fixture(scope="module")
def lena() -> Profile:
    return read_profile(TEXT, today=date(2026, 3, 15))


def test_all_of_the_persons_addresses_are_kept_and_no_fax(lena: Profile) -> None:
    assert lena.emails == ("lena@example.com", "work@example.org")
    assert lena.phones == ("+4930901820", "+442079460018")
    assert (lena.email, lena.phone) == (lena.emails[0], lena.phones[0])
    assert [link.kind for link in lena.links] == [LinkKind.GITHUB, LinkKind.ORCID]


def test_the_lists_are_read_under_headings_of_any_language(lena: Profile) -> None:
    assert [(one.language, one.code, one.fluency, one.level) for one in lena.languages] == [
        ("German", "de", "Muttersprache", LanguageLevel.NATIVE),
        ("English", "en", "C1", LanguageLevel.C1),
        ("French", "fr", "fluent", LanguageLevel.FLUENT),
        ("Spanish", "es", "fluent", LanguageLevel.FLUENT),
    ]
    assert [tuple(one.model_dump().values()) for one in lena.certificates] == [
        ("AWS Certified Developer", "Amazon Web Services", "2021-06", None)
    ]
    assert [(one.name, one.url, one.description) for one in lena.projects] == [
        ("Cairn", "https://example.com/cairn", "A tool for route planning")
    ]
    assert [(one.name, one.publisher, one.date, one.url) for one in lena.publications] == [
        ("Counting birds by radar", "Journal of Small Things, 3(1)", "2021", "https://doi.org/10.1234/abc.1"),
        ("On the length of rivers", "River Letters", "2019", None),
    ]
    assert [(one.title, one.awarder, one.date) for one in lena.awards] == [
        ("Best Thesis Award", "University of Oslo", "2016")
    ]
    assert lena.education[0].score == "GPA: 3.8/4.0"


def test_months_of_a_skill_count_overlaps_once_and_undated_positions_not(lena: Profile) -> None:
    assert [(one.title, one.company, one.start) for one in lena.work] == [
        ("Data Engineer", "Ostrava Data", "2020-01"),
        ("Consultant", "Nordic Retail AB", "2021-07"),
        ("Barista", "Blue Cup Company", None),
    ]
    uses = {one.skill: (one.positions, one.months) for one in lena.skill_uses}
    assert uses["python"] == ((0, 1), 30)
    assert uses["docker"] == ((0,), 24)


def test_the_right_to_work_is_what_the_person_states(lena: Profile) -> None:
    assert [(one.words, one.kind) for one in lena.work_rights] == [
        ("EU citizen", WorkRightKind.CITIZEN),
        ("No sponsorship required in Germany", WorkRightKind.AUTHORIZED),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Requires visa sponsorship", WorkRightKind.NEEDS_SPONSORSHIP),
        ("Does not require sponsorship", WorkRightKind.AUTHORIZED),
        ("Green card holder", WorkRightKind.PERMANENT_RESIDENT),
        ("Unbefristete Arbeitserlaubnis", WorkRightKind.PERMIT),
        ("Not authorized to work in the US", None),
        ("Citizen science volunteer", None),
        ("Nationality: German", None),
    ],
)
def test_a_statement_has_the_kind_of_its_words(words: str, kind: WorkRightKind | None) -> None:
    assert right_of(words) is kind


@pytest.mark.parametrize(
    ("words", "level"),
    [("B2/C1", "b2"), ("Limited working proficiency", "intermediate"), ("near-native", "fluent"), ("TOEFL 110", None)],
)
def test_a_level_is_never_above_what_is_stated(words: str, level: str | None) -> None:
    assert level_of(words) == level


def test_programming_languages_are_none_that_one_speaks() -> None:
    assert read_languages(["Python, Go, C (native)", "Basic SQL"]) == []


def test_a_repository_is_no_profile() -> None:
    assert (kind_of("github.com/a/b"), kind_of("https://twitter.com/a"), kind_of("ada.github.io")) == (
        LinkKind.OTHER,
        LinkKind.X,
        LinkKind.WEBSITE,
    )


def test_a_heading_of_many_parts_opens_its_position() -> None:
    text = """\
Experience
Senior Platform Reliability Engineer | Ostrava Data GmbH | Berlin | Germany
Jan 2020 – Present
• Kept it running
"""
    work = read_profile(text, today=date(2026, 3, 15)).work
    assert [(one.title, one.company) for one in work] == [("Senior Platform Reliability Engineer", "Ostrava Data GmbH")]


def test_positions_without_any_dates_are_positions_where_they_are_plain() -> None:
    text = "Work Experience\nBarista, Blue Cup Company\n• Made coffee\nCook | Harbour Hotel\n• Made soup\n"
    work = read_profile(text, today=date(2026, 3, 15)).work
    assert [(one.title, one.company, one.bullets, one.start) for one in work] == [
        ("Barista", "Blue Cup Company", ("Made coffee",), None),
        ("Cook", "Harbour Hotel", ("Made soup",), None),
    ]


def test_what_is_not_said_is_empty() -> None:
    bare = read_profile("Work Experience\nBarista, Blue Cup Company\n• Made coffee\n", today=date(2026, 3, 15))
    assert not (bare.emails)
    assert not (bare.phones)
    assert not (bare.languages)
    assert not (bare.certificates)
    assert not (bare.projects)
    assert not (bare.publications)
    assert not (bare.awards)
    assert not (bare.work_rights)
