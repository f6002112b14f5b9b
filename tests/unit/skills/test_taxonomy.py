"""The bundled taxonomy holds together."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.extraction import extract
from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import taxonomy


def test_no_spelling_means_two_skills() -> None:
    skills = defaultdict(set)
    for skill, names in taxonomy().spellings.items():
        for name in names:
            skills[name.text.casefold()].add(skill)

    assert {text: some for text, some in skills.items() if len(some) > 1} == {}


def test_no_spelling_stands_twice() -> None:
    for names in taxonomy().spellings.values():
        assert len({name.text for name in names}) == len(names)


def test_every_name_is_found_where_it_stands_alone() -> None:
    known = taxonomy()
    plain = [
        (skill, name.text)
        for skill, names in known.spellings.items()
        for name in names
        if not name.near and skill not in known.languages
    ]

    assert [(skill, text) for skill, text in plain if extract(text) != [skill]] == []


def test_relations_are_mutual_and_lead_to_skills() -> None:
    known = taxonomy()

    for skill in known.by_id.values():
        assert skill.id not in skill.related
        assert all(skill.id in known.related(other) for other in skill.related)


def test_the_taxonomy_spans_many_fields() -> None:
    kinds = [skill.kind for skill in taxonomy().by_id.values()]
    assert len(kinds) >= 2500
    assert {kind for kind in SkillKind if kinds.count(kind) < 45} == set()
    for name in ("Python", "Wound care", "Welding", "lesson plans", "Forklift", "IFRS", "HACCP", "GDPR"):
        assert any(name in {n.text for n in names} for names in taxonomy().spellings.values()), name


@pytest.mark.parametrize(
    ("skill", "implied"),
    [
        ("react", {"javascript"}),
        ("kubernetes", {"containers"}),
        ("eks", {"kubernetes", "aws", "containers"}),
        ("django-rest-framework", {"django", "python"}),
        ("mariadb", {"sql"}),
        ("forklift-licence", {"forklift"}),
        ("accounting", set()),
        ("no-such-skill", set()),
    ],
)
def test_a_skill_implies_others_at_any_distance(skill: str, implied: set[str]) -> None:
    assert set(taxonomy().implied(skill)) == implied


def test_no_skill_implies_itself_and_each_once() -> None:
    known = taxonomy()

    assert len(known.parents) > 700
    for skill in known.ids:
        implied = known.implied(skill)
        assert skill not in implied
        assert len(set(implied)) == len(implied)
        assert all(one in known.by_id for one in implied)


@given(st.lists(st.sampled_from(taxonomy().ids), max_size=8))
def test_what_is_implied_follows_what_is_given_and_adding_it_again_adds_nothing(ids: list[str]) -> None:
    known, given_once = taxonomy(), tuple(dict.fromkeys(ids))
    whole = known.with_implied(ids)

    assert whole[: len(given_once)] == given_once
    assert known.with_implied(whole) == whole


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Amazon Web Services AWS software", "aws"),
        ("microsoft excel", "microsoft-excel"),
        ("understand spoken French", "french"),
        ("manage  budgets", "budget-management"),
        ("Hypertext markup language HTML", "html"),
        ("Excel", "microsoft-excel"),
        ("excel", None),
        ("Access", "microsoft-access"),
        ("access", None),
        ("Go", "go"),
        ("go", None),
        ("raise hens", "raise-hens"),
        ("no such skill", None),
    ],
)
def test_names_of_other_classifications_link_to_skills(text: str, skill: str | None) -> None:
    assert taxonomy().linkable.find(text) == skill


def test_what_only_links_is_not_looked_for() -> None:
    known = taxonomy()

    assert known.by_id["raise-hens"].name == "raise hens"
    assert extract("You will raise hens and manage budgets, access and excel") == []
    assert known.named("raise hens") is None


@pytest.mark.parametrize(
    "text",
    [
        "Access to a car, a word with teams and a good outlook",
        "Spring is here: rust, crystals and salt in the flask",
        "A chef, a puppet and a backbone of embers from scratch",
        "Driving results, less waste, a linear path and a packer at the vault",
        "We react to a notion, express thanks and slack off",
        "The organisation is acting for a client that pays remuneration",
        "Find us on LinkedIn and YouTube; ask Grace, Janet or Julia about the Keynote, the Scheme and the Bonus",
        "Our business model and company policies, personal development and team building in the meat industry",
        "Full accountability, reporting to the board, an interviewing process, the reliability of trains",
    ],
)
def test_everyday_words_are_no_skills(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Python, Rust, Julia", ["python", "rust", "julia-language"]),
        ("Terraform, Chef, Puppet, Salt", ["terraform", "chef", "puppet", "salt"]),
        ("Jira, Slack, Teams, Outlook", ["jira", "slack", "microsoft-teams", "microsoft-outlook"]),
        ("React, Ember, Backbone", ["react", "ember", "backbone"]),
        ("Figma, Sketch; Java, Spring", ["figma", "sketch", "java", "spring-framework"]),
        ("EKS, MariaDB, Ubuntu, GitHub", ["eks", "mariadb", "ubuntu", "github"]),
        ("ArcMap, CMake and Lotus Notes", ["esri-arcmap", "cmake", "ibm-lotus-notes"]),
        ("pricing strategies, neuropharmacology", ["pricing-strategy", "neuropharmacology"]),
        ("Python, Racket; a Racket for tennis", ["python", "racket"]),
        ("Gabelstapler; permis de conduire; boekhouding", ["forklift", "driving-licence", "accounting"]),
    ],
)
def test_ambiguous_and_foreign_names_are_found_where_they_mean_it(text: str, found: list[str]) -> None:
    assert extract(text) == found
