"""A profile as the person corrected it."""

from datetime import date

from jobtracker.resumes.corrected import corrected
from jobtracker.resumes.model import Corrections, Language, Profile, SkillUse, Work

TODAY = date(2026, 3, 15)
MILL = Work(company="Papermill", title="Engineer", start="2020-01", end="2020-12", bullets=("Wrote Python.",))
QUAY = Work(company="Quay", title="Engineer", start="2021-01", end="2022-06", bullets=("Wrote Python and SQL.",))
READ = Profile(
    name="Adda",
    email="a@example.com",
    emails=("a@example.com", "b@example.com"),
    phone="+4930901820",
    phones=("+4930901820",),
    skills=("python", "sql"),
    work=(MILL,),
    skill_uses=(SkillUse(skill="python", positions=(0,), months=12),),
    years=1.0,
)


def test_a_correction_leaves_no_address_or_number_beside_it_that_says_otherwise() -> None:
    said = corrected(READ, Corrections(email="c@example.com", phone=None), today=TODAY)
    assert (said.emails, said.phones) == (("c@example.com", "b@example.com"), ())
    assert corrected(READ, Corrections(name="Ada"), today=TODAY) == READ.model_copy(update={"name": "Ada"})
    assert corrected(READ, Corrections(), today=TODAY) == READ


def test_uses_of_skills_and_years_follow_the_positions() -> None:
    said = corrected(READ, Corrections(work=(QUAY, MILL)), today=TODAY)
    assert said.skill_uses == (
        SkillUse(skill="python", positions=(0, 1), months=30),
        SkillUse(skill="sql", positions=(0,), months=18),
    )
    assert said.years == 2.5
    none = corrected(READ, Corrections(work=()), today=TODAY)
    assert (none.skill_uses, none.years) == ((), None)


def test_a_position_that_goes_on_counts_to_this_day() -> None:
    now = MILL.model_copy(update={"end": None, "current": True})
    assert corrected(READ, Corrections(work=(now,)), today=TODAY).years == 6.2


def test_years_that_the_person_names_stand_beside_corrected_positions() -> None:
    assert corrected(READ, Corrections(work=(QUAY,), years=9.0), today=TODAY).years == 9.0
    assert corrected(READ, Corrections(work=(QUAY,), years=None), today=TODAY).years is None


def test_a_skill_that_the_person_names_is_found_where_it_was_used() -> None:
    said = corrected(READ, Corrections(skills=("sql",), work=(QUAY,)), today=TODAY)
    assert [use.skill for use in said.skill_uses] == ["sql"]


def test_a_list_is_corrected_as_a_whole_and_the_others_stay() -> None:
    said = corrected(READ, Corrections(languages=(Language(language="Frisian"),)), today=TODAY)
    assert [one.language for one in said.languages] == ["Frisian"]
    assert said.model_copy(update={"languages": ()}) == READ
