"""Several resumes as one profile."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from jobtracker.postings.model import Place, Seniority
from jobtracker.resumes.corrected import corrected, still_open
from jobtracker.resumes.merge import merge
from jobtracker.resumes.model import (
    Award,
    Certificate,
    Corrections,
    Education,
    Language,
    LanguageLevel,
    Link,
    LinkKind,
    Profile,
    Project,
    Publication,
    Reading,
    SkillUse,
    Work,
    WorkRight,
)

TODAY = date(2026, 3, 15)
MILL = Work(company="Papermill GmbH", title="Engineer", start="2018-01", end="2019-12", bullets=("Wrote Python.",))
QUAY = Work(company="Quay", title="Data Engineer", start="2020-02", current=True, bullets=("Moved data.",))
READ = Profile(name="Ada", email="a@example.com", emails=("a@example.com",), skills=("python",), work=(QUAY, MILL))


def together(*profiles: Profile) -> tuple[Profile, dict[str, tuple[str, list[str]]]]:
    """The merged profile, and the used and the other values of each conflict by its path."""
    readings = [Reading(f"r{number}", profile) for number, profile in enumerate(profiles, 1)]
    merged, conflicts = merge(readings, today=TODAY)
    told = {
        ".".join(str(part) for part in (one.field, one.index, one.part) if part is not None): (
            one.used.value,
            [other.value for other in one.others],
        )
        for one in conflicts
    }
    return merged, told


def test_the_first_resume_counts_and_the_others_fill_in() -> None:
    berlin = Place(text="Berlin, Germany", city="Berlin", country="DE")
    others = Profile(name="ADA", label="Data Engineer", email="b@example.com", emails=("b@example.com",), place=berlin)
    merged, told = together(READ, others, Profile(name="Ada M.", label="data engineer"))
    assert (merged.name, merged.label, merged.place) == ("Ada", "Data Engineer", berlin)
    assert merged.emails == ("a@example.com", "b@example.com")
    assert told == {"name": ("Ada", ["Ada M."]), "email": ("a@example.com", ["b@example.com"])}


def test_each_value_says_which_resumes_state_it() -> None:
    names = ("Ada", "Ida", "ada", "Ida", "Eve")
    [conflict] = merge([Reading(f"r{at}", Profile(name=name)) for at, name in enumerate(names)], today=TODAY)[1]
    assert (conflict.used.value, conflict.used.resume_ids) == ("Ada", ("r0", "r2"))
    assert [(one.value, one.resume_ids) for one in conflict.others] == [("Ida", ("r1", "r3")), ("Eve", ("r4",))]


def test_an_address_that_the_first_resume_names_second_is_no_conflict() -> None:
    first = READ.model_copy(update={"emails": ("a@example.com", "b@example.com")})
    merged, told = together(first, Profile(email="b@example.com", emails=("b@example.com",)))
    assert (merged.emails, told) == (first.emails, {})


def test_one_position_of_two_resumes_is_one_with_the_bullets_of_both() -> None:
    other = Work(
        company="The Papermill",
        title="Software Engineer",
        place="Bremen",
        start="2018",
        end="2019-10",
        bullets=("wrote python", "Led two people."),
    )
    merged, told = together(READ, Profile(work=(other,)))
    assert len(merged.work) == 2
    assert merged.work[1].bullets == ("Wrote Python.", "Led two people.")
    assert (merged.work[1].place, merged.work[1].end) == ("Bremen", "2019-12")
    assert told == {
        "work.1.title": ("Engineer", ["Software Engineer"]),
        "work.1.end": ("2019-12", ["2019-10"]),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"company": "Wharf"},
        {"start": "2012-01", "end": "2013-01"},
        {"title": "Head of Sales", "start": "2019-11", "end": "2023-01"},
        {"company": None, "start": "2012", "end": "2013"},
    ],
)
def test_another_company_another_time_or_another_calling_is_another_position(changes: dict[str, str]) -> None:
    merged, told = together(READ, Profile(work=(MILL.model_copy(update=changes),)))
    assert len(merged.work) == 3
    assert not told


def test_a_position_that_went_on_and_one_that_ended_disagree() -> None:
    left = QUAY.model_copy(update={"current": False, "end": "2025-01"})
    merged, told = together(READ, Profile(work=(left,)))
    assert merged.work[0].current
    assert merged.work[0].end is None
    assert told == {"work.0.end": ("present", ["2025-01"])}


def test_a_position_of_the_second_resume_stands_where_its_time_is_and_counts() -> None:
    between = Work(company="Wharf", title="Analyst", start="2019-01", end="2020-01", bullets=("Asked in SQL.",))
    merged, _ = together(READ, Profile(work=(between,), skills=("sql",)))
    assert [one.company for one in merged.work] == ["Quay", "Wharf", "Papermill GmbH"]
    assert merged.skills == ("python", "sql")
    assert merged.skill_uses == (
        SkillUse(skill="python", positions=(2,), months=24),
        SkillUse(skill="sql", positions=(1,), months=13),
    )
    assert merged.years == 8.2


def test_studies_languages_and_certificates_are_matched_by_name() -> None:
    first = Profile(
        education=(Education(institution="TU Hamburg", degree="MSc", start="2015", end="2017"),),
        languages=(Language(language="German", code="de", level=LanguageLevel.B2), Language(language="Welsh")),
        certificates=(Certificate(name="Route Planner II", date="2021"),),
    )
    second = Profile(
        education=(
            Education(institution="TU Hamburg", degree="BSc", start="2012", end="2015"),
            Education(institution="TU  Hamburg", degree="MSc", area="Rivers", end="2018"),
        ),
        languages=(
            Language(language="Deutsch", code="de", level=LanguageLevel.C1),
            Language(language="welsh", fluency="Native", level=LanguageLevel.NATIVE),
        ),
        certificates=(Certificate(name="route planner II", date="2021-06", issuer="Cairn"), Certificate(name="Diver")),
    )
    merged, told = together(first, second)
    assert [(one.degree, one.area) for one in merged.education] == [("MSc", "Rivers"), ("BSc", None)]
    assert [(one.language, one.fluency, one.level) for one in merged.languages] == [
        ("German", None, "b2"),
        ("Welsh", "Native", "native"),
    ]
    assert [(one.name, one.issuer, one.date) for one in merged.certificates] == [
        ("Route Planner II", "Cairn", "2021"),
        ("Diver", None, None),
    ]
    assert told == {"education.0.end": ("2017", ["2018"]), "languages.0.level": ("b2", ["c1"])}


def test_a_corrected_field_is_decided_and_of_a_list_what_was_changed() -> None:
    other = Work(company="Papermill", title="Engineer", start="2018-03", end="2019-10")
    merged, conflicts = merge([Reading("r1", READ), Reading("r2", Profile(name="Ida", work=(other,)))], today=TODAY)
    assert [(one.field, one.part) for one in conflicts] == [("name", None), ("work", "start"), ("work", "end")]
    mended = (QUAY, merged.work[1].model_copy(update={"start": "2018-03"}))
    said = Corrections(name="Ada", work=mended)
    left = still_open(conflicts, corrected(merged, said, today=TODAY), said)
    assert [(one.field, one.part) for one in left] == [("work", "end")]
    assert still_open(conflicts, merged, Corrections()) == list(conflicts)


words = st.sampled_from(["Quay", "Papermill", "Engineer", "Data Engineer", "Head", "", "東京"])
maybe = st.none() | words
partial = st.none() | st.sampled_from(["2015", "2017-05", "2018", "2018-11", "2020-02"])
work = st.builds(
    Work, company=maybe, title=maybe, place=maybe, start=partial, end=partial, bullets=st.lists(words).map(tuple)
)
profiles = st.builds(
    Profile,
    name=maybe,
    label=maybe,
    summary=maybe,
    phones=st.lists(words, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, kind=st.just(LinkKind.OTHER), url=words), max_size=3).map(tuple),
    skills=st.lists(st.sampled_from(["python", "sql", "go"]), max_size=3).map(tuple),
    work=st.lists(work, max_size=4).map(tuple),
    skill_uses=st.just(()),
    education=st.lists(
        st.builds(Education, institution=maybe, degree=maybe, start=partial, end=partial), max_size=3
    ).map(tuple),
    languages=st.lists(st.builds(Language, language=words, level=st.none() | st.sampled_from(LanguageLevel))).map(
        tuple
    ),
    certificates=st.lists(st.builds(Certificate, name=words, date=partial), max_size=3).map(tuple),
    projects=st.lists(st.builds(Project, name=maybe, start=partial), max_size=3).map(tuple),
    publications=st.lists(st.builds(Publication, name=words), max_size=2).map(tuple),
    awards=st.lists(st.builds(Award, title=words, date=partial), max_size=2).map(tuple),
    work_rights=st.lists(st.builds(WorkRight, words=words), max_size=2).map(tuple),
    seniority=st.none() | st.sampled_from(Seniority),
    years=st.none() | st.floats(0, 40),
)
LISTS = ("links", "work", "education", "languages", "certificates", "projects", "publications", "awards", "work_rights")
quick = settings(max_examples=60, deadline=None)


@quick
@given(profiles)
def test_one_resume_and_the_same_resume_twice_are_the_resume(profile: Profile) -> None:
    assert together(profile) == (profile, {})
    assert together(profile, profile) == (profile, {})
    assert together(profile, profile, profile) == (profile, {})


@quick
@given(profiles, profiles)
def test_nothing_of_the_first_is_lost_and_its_order_stays(first: Profile, second: Profile) -> None:
    merged, _ = together(first, second)
    for name in ("name", "label", "summary", "seniority"):
        if getattr(first, name) is not None:
            assert getattr(merged, name) == getattr(first, name)
    assert merged.phones[: len(first.phones)] == first.phones
    assert merged.skills[: len(first.skills)] == first.skills
    for name in LISTS:
        entries = iter(getattr(merged, name))
        for entry in getattr(first, name):
            # Taking from the iterator until one fits holds the order as well.
            assert any(_holds(other, entry) for other in entries), name
        assert len(getattr(merged, name)) <= len(getattr(first, name)) + len(getattr(second, name))


def _holds(whole: BaseModel, part: BaseModel) -> bool:
    """Whether an entry says all that another does; a list may say more after it."""
    pairs = ((getattr(whole, name), value) for name, value in part if value not in (None, False))
    return all(said[: len(value)] == value if isinstance(value, tuple) else said == value for said, value in pairs)


@quick
@given(profiles, profiles)
def test_every_conflict_names_what_is_in_use_and_adding_the_second_again_adds_nothing(
    first: Profile, second: Profile
) -> None:
    readings = [Reading("a", first), Reading("b", second)]
    merged, conflicts = merge(readings, today=TODAY)
    assert merge(readings, today=TODAY) == (merged, conflicts)
    for one in conflicts:
        value = getattr(merged, one.field)
        value = value if one.index is None or one.part is None else getattr(value[one.index], one.part)
        assert str(value) == one.used.value
        assert (one.used.resume_ids, [other.resume_ids for other in one.others]) == (("a",), [("b",)])
