"""Skills are found where they are named, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.extraction import extract
from jobtracker.skills.taxonomy import taxonomy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python, R and Go; C++ / C#", ["python", "r", "go", "c-plus-plus", "c-sharp"]),
        (".NET Core, ASP.NET and Node.js", ["dotnet", "asp-net", "node-js"]),
        ("CI/CD on k8s with Postgres", ["ci-cd", "kubernetes", "postgresql"]),
        ("Month-end close in SAP FI/CO", ["month-end-close", "sap-fi-co"]),
        ("You speak fluent German", ["german"]),
        ("Sprachen: Deutsch, Englisch B1", ["german", "english"]),
        ("wound care, IV therapy; BLS required", ["wound-care", "iv-therapy", "bls"]),
        ("REST APIs in Python", ["rest-apis", "python"]),
        ("5+ years of C#, Python+SQL", ["c-sharp", "python", "sql"]),
        ("Kubernetes – Postgres • Python…", ["kubernetes", "postgresql", "python"]),
        ("İstanbul: fluent German, C++", ["german", "c-plus-plus"]),
        ("node . js, Node.js; machine\u00a0-\u00a0learning", ["node-js", "machine-learning"]),
    ],
)
def test_skills_are_found_in_order_of_first_mention(text: str, expected: list[str]) -> None:
    assert extract(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Help us go to the next market",
        "You excel at what you do",
        "The rest of the team and a swift response",
        "Our R&D department reports at C level",
        "A French company with a Polish office",
        "Express yourself, inventors welcome, and sketch a plan with spark",
        "It's a go! Vitamin C is included",
        "dotnetting, pythonic, javas",
        "pythonő, őpython, python開発",
    ],
)
def test_words_that_only_look_like_skills_are_left_alone(text: str) -> None:
    assert extract(text) == []


@given(st.text(max_size=300))
def test_any_text_gives_known_skills_each_once(text: str) -> None:
    found = extract(text)

    assert len(found) == len(set(found))
    assert all(skill in taxonomy().by_id for skill in found)


@given(st.lists(st.sampled_from(sorted(taxonomy().spellings)), min_size=1, max_size=5, unique=True))
def test_a_skill_named_by_its_plain_name_is_found(ids: list[str]) -> None:
    known = taxonomy()
    plain = [one for one in ids if not known.spellings[one][0].near and known.by_id[one].kind != "language"]

    assert set(extract(". ".join(known.spellings[one][0].text for one in plain))) >= set(plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("German or French is a plus.", ["german", "french"]),
        ("L'anglais n'est pas nécessaire.", ["english"]),
        ("Free Dutch lessons at noon.", ["dutch"]),
        ("Turks spreken is handig.", ["turkish"]),
        ("A French bakery with Polish shelves.", []),
    ],
)
def test_a_language_counts_where_it_is_judged(text: str, expected: list[str]) -> None:
    assert extract(text) == expected


@pytest.mark.parametrize(
    "text",
    ["A tool that automates PR workflows", "Reviewed 40 PRs a week", "opened a PR for each fix", "merged PR #12"],
)
def test_a_pull_request_is_no_public_relations(text: str) -> None:
    assert "public-relations" not in extract(text)


@pytest.mark.parametrize("text", ["Skills: PR, events", "Ran PR for two theatres", "led the PR team"])
def test_public_relations_are_known_by_their_letters(text: str) -> None:
    assert "public-relations" in extract(text)
