"""Where one of several skills is enough, the text says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills import context
from jobtracker.skills.context import asked
from jobtracker.skills.model import Demand


def groups(text: str) -> dict[str, tuple[str, ...]]:
    return {one.skill: one.alternatives for one in asked(text)}


def together(text: str) -> set[frozenset[str]]:
    """The groups, each once; every skill of a group must name all others."""
    found = groups(text)
    for skill, others in found.items():
        assert all(set(found[other]) == {skill, *others} - {other} for other in others)
    return {frozenset({skill, *others}) for skill, others in found.items() if others}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("You must have Java or Scala.", {"java", "scala"}),
        ("Required: Java, Scala, or Kotlin", {"java", "scala", "kotlin"}),
        ("Experience with AWS, Azure or Google Cloud is required", {"aws", "azure", "google-cloud"}),
        ("Experience in either Java or in Scala is required", {"java", "scala"}),
        ("One of the following languages: Java, Scala and Kotlin is required", {"java", "scala", "kotlin"}),
        ("At least one of Java, Scala is required", {"java", "scala"}),
        ("PostgreSQL, MySQL or a similar database is required", {"postgresql", "mysql"}),
        ("Docker and Java and/or Scala are required", {"java", "scala"}),
        ("Python and Java or Scala are required", {"java", "scala"}),
        ("Java or Scala would be a plus", {"java", "scala"}),
        ("Erfahrung mit Java oder Kotlin ist erforderlich", {"java", "kotlin"}),
        ("Mindestens eine der Sprachen Java, Kotlin und Scala ist erforderlich", {"java", "kotlin", "scala"}),
        ("La maîtrise de Java ou de Kotlin est requise", {"java", "kotlin"}),
        ("Imprescindible experiencia con Java o Kotlin", {"java", "kotlin"}),
        ("Ervaring met Java of Kotlin is vereist", {"java", "kotlin"}),
    ],
)
def test_one_of_a_group_is_enough(text: str, group: set[str]) -> None:
    assert together(text) == {frozenset(group)}
    assert [set(one) for one in context.groups(text)] == [group]


@pytest.mark.parametrize(
    "text",
    [
        "You must have Java and Scala.",
        "Required: Java, Scala, Kotlin",
        "Java is required. Or would you rather write Scala?",
        "Java or another language is required",
        "Java (8 or 11) and Scala are required",
        "You must have Java, or at least five years of Scala",
        "You must have a knowledge of Java",
        # One that is asked for on its own elsewhere is not one of several.
        "You must have Java or Java 11.",
    ],
)
def test_all_others_are_asked_for_each(text: str) -> None:
    assert together(text) == set()


def test_what_is_asked_for_alone_elsewhere_is_asked_for_whatever_else_there_is() -> None:
    found = groups("You must have Java or Scala.\nYou must have Java.")

    assert found == {"java": (), "scala": ("java",)}
    assert context.groups("You must have Java or Scala.\nYou must have Java.") == []


def test_what_is_only_mentioned_has_no_alternatives() -> None:
    found = asked("Our teams write Java or Scala.")

    assert {one.demand for one in found} == {Demand.MENTIONED}
    assert [one.alternatives for one in found] == [(), ()]


_NAMES = ["Java", "Scala", "SQL", "Docker"]
_JOINTS = [" or ", ", ", " and ", " one of ", " required", ".", "\n", " of ", "oder "]
_PIECES = st.sampled_from([*_NAMES, *_JOINTS])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_alternatives_are_other_skills_of_the_text(text: str) -> None:
    found = groups(text)

    for skill, others in found.items():
        assert skill not in others
        assert len(set(others)) == len(others)
        assert set(others) <= set(found)
    in_groups = [skill for group in context.groups(text) for skill in group]
    assert len(in_groups) == len(set(in_groups))
    assert {skill for skill in found if found[skill]} >= set(in_groups)
    mutual = {frozenset({skill, *others}) for skill, others in found.items() if others}
    mutual = {group for group in mutual if all({one, *found[one]} == group for one in group)}
    assert {frozenset(group) for group in context.groups(text)} == mutual
