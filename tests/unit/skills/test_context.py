"""A posting asks for a skill as its sentence, or else its section, says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.context import asked
from jobtracker.skills.extraction import extract
from jobtracker.skills.model import Demand

REQUIRED, PREFERRED, MENTIONED, NOT_NEEDED = Demand.REQUIRED, Demand.PREFERRED, Demand.MENTIONED, Demand.NOT_NEEDED

POSTING = """About us
We sell tents. Our shop runs on PHP.

Requirements
* 4+ years of Python
* SQL, and Docker is a plus

Nice to have
* Kubernetes

What you will learn
* Terraform

We are forty people and like Ansible."""


def demands(text: str) -> dict[str, Demand]:
    return {one.skill: one.demand for one in asked(text)}


def years(text: str) -> dict[str, int]:
    return {one.skill: one.years for one in asked(text) if one.years is not None}


def test_a_section_says_how_it_asks_and_a_sentence_says_it_louder() -> None:
    assert demands(POSTING) == {
        "php": MENTIONED,
        "python": REQUIRED,
        "sql": REQUIRED,
        "docker": PREFERRED,
        "kubernetes": PREFERRED,
        "terraform": MENTIONED,
        "ansible": MENTIONED,
    }
    assert [one.skill for one in asked(POSTING) if one.learned] == ["terraform"]


@pytest.mark.parametrize(
    ("heading", "demand"),
    [
        ("Requirements", REQUIRED),
        ("WHAT YOU BRING:", REQUIRED),
        ("Dein Profil", REQUIRED),
        ("Profil recherché :", REQUIRED),
        ("Requisitos", REQUIRED),
        ("Wat breng je mee", REQUIRED),
        ("Preferred qualifications", PREFERRED),
        ("Bonus points", PREFERRED),
        ("Wünschenswert:", PREFERRED),
        ("Les plus", PREFERRED),
        ("Se valora", PREFERRED),
        ("Mooi meegenomen", PREFERRED),
        ("What you do not need", NOT_NEEDED),
        ("Responsibilities", MENTIONED),
        ("Deine Aufgaben", MENTIONED),
        ("Vos missions", MENTIONED),
        ("Our tech stack", MENTIONED),
        ("Some words", MENTIONED),
    ],
)
def test_headings_are_known_in_five_languages(heading: str, demand: Demand) -> None:
    assert demands(f"Requirements\n* Java\n\n{heading}\n* Docker")["docker"] is demand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You must have Python, and Docker is a plus.", {"python": REQUIRED, "docker": PREFERRED}),
        ("Ideally you know Docker, but Python is required.", {"docker": PREFERRED, "python": REQUIRED}),
        ("Familiarity with Docker.", {"docker": PREFERRED}),
        ("No Java needed.", {"java": NOT_NEEDED}),
        ("Kein Java nötig.", {"java": NOT_NEEDED}),
        ("Java n'est pas requis.", {"java": NOT_NEEDED}),
        ("No es necesario saber Java.", {"java": NOT_NEEDED}),
        ("Java is niet vereist.", {"java": NOT_NEEDED}),
        ("Java is not required, but a plus.", {"java": PREFERRED}),
        ("Java is not required, and Docker is a plus.", {"java": NOT_NEEDED, "docker": PREFERRED}),
        ("No SAP needed, Docker required.", {"sap": NOT_NEEDED, "docker": REQUIRED}),
        ("Python (required), Docker (nice to have).", {"python": REQUIRED, "docker": PREFERRED}),
        ("Nice to have: Docker, Kubernetes.", {"docker": PREFERRED, "kubernetes": PREFERRED}),
        ("Zwingend erforderlich ist Python, von Vorteil sind Docker und SQL.",
         {"python": REQUIRED, "docker": PREFERRED, "sql": PREFERRED}),
        ("We work with Python, e.g. Django. Docker is a must.",
         {"python": MENTIONED, "django": MENTIONED, "docker": REQUIRED}),
        ("You have worked with Python.", {"python": REQUIRED}),
        ("Write SQL where speed is needed.", {"sql": MENTIONED}),
        ("Ideally you know a framework, e.g. Django.", {"django": PREFERRED}),
        ("Knowledge of SQL, Docker or Git is a plus.", {"sql": PREFERRED, "docker": PREFERRED, "git": PREFERRED}),
        ("Required: Python, Docker (optional).", {"python": REQUIRED, "docker": PREFERRED}),
    ],
)  # fmt: skip
def test_a_sentence_says_how_it_asks(text: str, expected: dict[str, Demand]) -> None:
    assert demands(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5+ years of Python", {"python": 5}),
        ("3-5 years of experience with Java or Scala", {"java": 3, "scala": 3}),
        ("mindestens drei Jahre Erfahrung mit Python", {"python": 3}),
        ("Au moins 2 ans d'expérience en Python", {"python": 2}),
        ("Minimaal 4 jaar ervaring met Python", {"python": 4}),
        ("Al menos 2 años de Python", {"python": 2}),
        ("Python (5+ years), SQL (2 years), Docker", {"python": 5, "sql": 2}),
        ("6 years of Python and 2 years of SQL", {"python": 6, "sql": 2}),
        ("5 years in the trade, and Python", {}),
        ("For 15 years we have built with Python", {}),
        ("With 15 years on the market we use Python", {}),
        ("30 years of Python", {}),
        ("Python has won in the last 3 years", {}),
    ],
)
def test_years_belong_to_what_they_are_said_of(text: str, expected: dict[str, int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You will learn Docker.",
        "Bei uns lernst du Docker.",
        "Vous apprendrez Docker.",
        "Aprenderás Docker.",
        "Bij ons leer je Docker.",
        "There is a chance to learn Docker.",
    ],
)
def test_what_will_be_learned_is_not_demanded(text: str) -> None:
    (docker,) = asked(text)

    assert docker.learned
    assert docker.demand is MENTIONED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We sell tea. Your profile: Python, Docker. Useful: Java.", [REQUIRED, REQUIRED, PREFERRED]),
        ("Your tasks: services in Python. Essential: Docker. We run on Java.", [MENTIONED, REQUIRED, MENTIONED]),
        ("Nice to have: Python. Docker runs everything here.", [PREFERRED, MENTIONED]),
        ("Aufgaben: Dienste in Python. Dein Profil: Docker.", [MENTIONED, REQUIRED]),
    ],
)
def test_a_sentence_can_begin_a_section(text: str, expected: list[Demand]) -> None:
    assert [one.demand for one in asked(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python helpful.", PREFERRED),
        ("Python would be highly appreciated.", PREFERRED),
        ("Python (any version) is useful, but we can teach it.", PREFERRED),
        ("Python will be assumed.", REQUIRED),
        ("You hold Python dear.", REQUIRED),
        ("Python is neither here nor there.", Demand.NOT_NEEDED),
        ("Python wird nicht benötigt.", Demand.NOT_NEEDED),
    ],
)
def test_short_judgements_count(text: str, expected: Demand) -> None:
    assert [one.demand for one in asked(text)] == [expected]


def test_years_of_an_activity_are_years_of_what_it_is_done_in() -> None:
    found = asked("6+ years of software development in Java or Kotlin")

    assert {one.skill: one.years for one in found} == {"software-development": 6, "java": 6, "kotlin": 6}


def test_spans_are_the_places_that_say_so() -> None:
    text = "We use Python.\nRequirements\n* Python\n* Solid Python, please"

    (python,) = asked(text)

    assert python.spans == tuple((at, at + 6) for at in (text.index("* P") + 2, text.index("Solid") + 6))


@given(st.lists(st.sampled_from([*POSTING.split(), "\n", "* ", ": ", ". ", "İ", "no", "needed", "5 years"])))
def test_any_text_gives_what_the_fast_search_finds(words: list[str]) -> None:
    text = " ".join(words)
    found = asked(text)

    assert [one.skill for one in found] == extract(text)
    assert all(0 <= start < end <= len(text) for one in found for start, end in one.spans)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert [one.skill for one in asked(text)] == extract(text)


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    (java,) = asked("You must have " + "java, " * 1000)

    assert java.demand is REQUIRED
    assert 0 < len(java.spans) < 500
