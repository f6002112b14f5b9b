"""The bundled taxonomy holds together."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.extraction import extract
from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import BrokenTableError, read, slug, taxonomy

_TABLE = """
# A comment.
[letters | tool]
Alpha; *Aleph; alphabet > Beta
Beta > Gamma; Delta
=Gamma > Epsilon
~Delta > Epsilon

[others | soft]
Epsilon
"""


def test_no_spelling_means_two_skills() -> None:
    skills = defaultdict(set)
    for skill, names in taxonomy().spellings.items():
        for name in names:
            skills[name.text.casefold()].add(skill)

    assert {text: some for text, some in skills.items() if len(some) > 1} == {}


def test_no_spelling_stands_twice() -> None:
    for names in taxonomy().spellings.values():
        assert len({name.text for name in names}) == len(names)


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


def test_ids_keep_apart_names_that_differ_by_a_symbol() -> None:
    assert len({slug(name) for name in ("C", "C++", "C#", ".NET")}) == 4


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


def test_a_table_is_read_as_its_head_says() -> None:
    table = read(_TABLE)

    assert table.ids == ("alpha", "beta", "gamma", "delta", "epsilon")
    assert table.implied("alpha") == ("beta", "gamma", "delta", "epsilon")
    assert table.related("alpha") == ("beta", "gamma", "delta")
    assert [name.text for name in table.spellings["alpha"]] == ["Alpha", "Aleph", "alphabet"]
    assert table.by_other_name == {"aleph": "alpha"}
    assert (table.spellings["gamma"][0].exact, table.spellings["delta"][0].near) == (True, True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("Epsilon", "Epsilon stands twice"),
        ("Zeta > Omega", "zeta implies Omega"),
        ("Zeta > Eta\nEta > Zeta", "in a circle"),
        ("Zeta > Zeta", "in a circle"),
    ],
)
def test_a_broken_table_is_refused(more: str, said: str) -> None:
    with pytest.raises(BrokenTableError, match=said):
        read(f"{_TABLE}{more}\n")


@pytest.mark.parametrize(
    "text",
    [
        "Access to a car, a word with teams and a good outlook",
        "Spring is here: rust, crystals and salt in the flask",
        "A chef, a puppet and a backbone of embers from scratch",
        "Driving results, less waste, a linear path and a packer at the vault",
        "We react to a notion, express thanks and slack off",
        "The organisation is acting for a client that pays remuneration",
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
        ("Gabelstapler; permis de conduire; boekhouding", ["forklift", "driving-licence", "accounting"]),
    ],
)
def test_ambiguous_and_foreign_names_are_found_where_they_mean_it(text: str, found: list[str]) -> None:
    assert extract(text) == found
