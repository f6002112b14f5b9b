"""A resume read by a language model over the rules' reading: filled and mended, and nothing invented."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.llm.found import Document, folded
from jobtracker.llm.model import Reading, Usage
from jobtracker.resumes import careful
from jobtracker.resumes.careful import Answer, ResumeReading, fuller
from jobtracker.resumes.model import Certificate, Education, Language, LanguageLevel, Profile, Work

TODAY = date(2026, 3, 1)
TEXT = """Robin Ashdown Vale
Baker of the night
robin@vale.example

Crumb & Crust, Ghent          Mar 2021 – Present
Night Baker
• Baked 400 loaves a night and planned the ovens in Python
• Taught three apprentices
Old Mill Bakery               2017 - 2021
Junior Baker

Bakers’ College, Bruges       2014 – 2017
Diploma, Bread and Pastry     Distinction
Sourdough Master · Guild of Bakers · June 2022
Dutch (native), French: B2
Kubernetes, pâtisserie
"""


class Says:
    """A model that says what it is told to."""

    def __init__(self, **said: Any) -> None:
        self._said = said
        self.document = ""

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = "", max_tokens: int = 0
    ) -> Reading[Answer]:
        """The same for every document."""
        self.document = document
        return Reading(form.model_validate(self._said), Usage("none", 0, 0))


def _read(rules: Profile | None = None, **said: Any) -> Profile:
    return careful.read(Says(**said), TEXT, rules or Profile(), today=TODAY)


NIGHT = {
    "title": "night baker",
    "company": "Crumb & Crust",
    "place": "Ghent",
    "dates": "Mar 2021 - Present",
    "tasks_begin": "Baked 400 loaves",
    "tasks_end": "three apprentices",
}


def test_what_the_rules_left_empty_is_filled_as_the_resume_writes_it() -> None:
    profile = _read(
        name="ROBIN ASHDOWN VALE",
        label="baker of the night",
        work=[NIGHT, {"title": "Junior Baker", "company": "Old Mill Bakery", "dates": "2017 – 2021"}],
        education=[
            {
                "institution": "Bakers' College",
                "degree": "Diploma",
                "area": "Bread and Pastry",
                "dates": "2014 - 2017",
                "score": "Distinction",
            }
        ],
        skills=["Kubernetes", "Docker", "pâtisserie"],
        languages=[{"language": "Dutch", "fluency": "native"}, {"language": "French", "fluency": "B2"}],
        certificates=[{"name": "Sourdough Master", "issuer": "Guild of Bakers", "date": "June 2022"}],
    )
    assert (profile.name, profile.label) == ("Robin Ashdown Vale", "Baker of the night")
    assert profile.work == (
        Work(
            title="Night Baker",
            company="Crumb & Crust",
            place="Ghent",
            start="2021-03",
            current=True,
            bullets=("Baked 400 loaves a night and planned the ovens in Python", "Taught three apprentices"),
        ),
        Work(title="Junior Baker", company="Old Mill Bakery", start="2017", end="2021"),
    )
    assert profile.education == (
        Education(
            institution="Bakers’ College",
            degree="Diploma",
            area="Bread and Pastry",
            start="2014",
            end="2017",
            score="Distinction",
        ),
    )
    assert profile.skills == ("kubernetes",)
    assert [(one.language, one.level) for one in profile.languages] == [
        ("Dutch", LanguageLevel.NATIVE),
        ("French", LanguageLevel.B2),
    ]
    assert profile.certificates == (Certificate(name="Sourdough Master", issuer="Guild of Bakers", date="2022-06"),)
    assert profile.years is not None
    assert 8 < profile.years < 10


def test_what_the_resume_does_not_say_is_dropped() -> None:
    profile = _read(
        name="Robin Globex",
        label="Chief Baker of Globex",
        work=[
            {"title": "Chief Baker", "company": "Globex"},
            {**NIGHT, "place": "Antwerp", "dates": "Jan 2001 - Present", "tasks_begin": "Led 40 people"},
        ],
        education=[{"institution": "Harvard", "degree": "PhD", "dates": "2014 - 2017"}],
        skills=["Rust", "Python 3.13"],
        languages=[{"language": "German", "fluency": "native"}, {"language": "French", "fluency": "native speaker"}],
        certificates=[{"name": "Guild of Bakers", "issuer": "Globex", "date": "June 2023"}],
    )
    assert (profile.name, profile.label) == (None, "Night Baker")
    assert profile.work == (Work(title="Night Baker", company="Crumb & Crust"),)
    assert profile.education == ()
    assert profile.skills == ()
    assert [(one.language, one.fluency) for one in profile.languages] == [("French", None)]
    assert profile.certificates == (Certificate(name="Guild of Bakers"),)


def test_the_rules_reading_gives_way_only_to_more_of_the_same() -> None:
    rules = Profile(
        name="Robin Vale",
        label="Baker",
        email="robin@vale.example",
        phones=("+3212345678",),
        work=(
            Work(title="Baker", company="Crumb", start="2021", current=True, bullets=("As it was read",)),
            Work(title="Old Mill Bakery", company="Junior Baker", start="2017", end="2021"),
        ),
        languages=(Language(language="Dutch", code="nl", fluency="mother tongue", level=LanguageLevel.NATIVE),),
        skills=("python",),
    )
    profile = _read(
        rules,
        name="Robin Ashdown Vale",
        label="Baker of the night",
        work=[
            NIGHT | {"title": "Night Baker", "company": "Crumb & Crust"},
            {"title": "Junior Baker", "company": "Old Mill Bakery", "dates": "2017 - 2021"},
        ],
        languages=[{"language": "Dutch", "fluency": "native"}],
    )
    # Other words are no longer ones: a name with another one in its middle stays, and so do fields that were mixed up.
    assert (profile.name, profile.label) == ("Robin Vale", "Baker of the night")
    first, second = profile.work
    assert (first.title, first.company, first.start) == ("Night Baker", "Crumb & Crust", "2021-03")
    assert first.bullets == ("As it was read",)
    assert second == rules.work[1]
    assert profile.languages == rules.languages
    assert (profile.email, profile.phones, profile.skills) == (rules.email, rules.phones, ("python",))


@pytest.mark.parametrize(
    ("rules", "found", "beside", "kept"),
    [
        (None, "Baker", (), "Baker"),
        ("Baker", None, (), "Baker"),
        ("Baker", "Night Baker", (), "Night Baker"),
        ("Baker", "BAKER", (), "Baker"),
        ("Baker", "Bakery", (), "Baker"),
        ("Night Baker", "Baker", (), "Night Baker"),
        ("Baker", "Baker, Crumb & Crust", ("Crumb & Crust",), "Baker"),
        ("Baker at Crumb", "Night Baker at Crumb", ("Crumb",), "Night Baker at Crumb"),
    ],
)
def test_more_of_the_same(rules: str | None, found: str | None, beside: tuple[str, ...], kept: str) -> None:
    assert fuller(rules, found, beside=beside) == kept


def test_a_position_that_is_told_twice_is_one() -> None:
    assert len(_read(work=[NIGHT, NIGHT, {"title": "Night Baker"}]).work) == 1
    rules = Profile(work=(Work(title="Night Baker", company="Crumb & Crust"),))
    assert len(_read(rules, work=[NIGHT, NIGHT]).work) == 1


def test_two_positions_of_one_company_stay_two() -> None:
    rules = Profile(work=(Work(title="Night Baker", company="Crumb & Crust", start="2021-03", current=True),))
    profile = _read(rules, work=[NIGHT, {"title": "Junior Baker", "company": "Crumb & Crust", "dates": "2017 - 2021"}])
    assert [one.title for one in profile.work] == ["Night Baker", "Junior Baker"]


WORDS = st.sampled_from([*TEXT.split(), "Globex", "Rust", "1999", "PhD", "baker", "2021 -", ""])
QUOTE = st.lists(WORDS, max_size=4).map(" ".join)
POSITIONS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("title", "company", "place", "dates", "tasks_begin", "tasks_end"), QUOTE)),
    max_size=4,
)
COURSES = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("institution", "degree", "area", "dates", "score"), QUOTE)), max_size=3
)


@given(QUOTE, POSITIONS, COURSES, st.lists(QUOTE, max_size=5))
def test_every_value_stands_in_the_resume(
    name: str, work: list[dict[str, str]], education: list[dict[str, str]], skills: list[str]
) -> None:
    reading = ResumeReading.model_validate({"name": name, "work": work, "education": education, "skills": skills})
    document = Document.of(TEXT)
    profile = careful.mended(Profile(), reading, document, TODAY)
    values = [profile.name, profile.label]
    for entry in [*profile.work, *profile.education]:
        told = entry.model_dump(exclude={"start", "end", "current", "bullets"})
        values += [value for value in told.values() if value is not None]
        for day in (getattr(entry, "start", None), getattr(entry, "end", None)):
            assert day is None or day[:4] in TEXT
    values += [line for one in profile.work for line in one.bullets]
    for value in filter(None, values):
        assert document.find(value) is not None
        assert folded(value) in folded(TEXT)
    assert set(profile.skills) <= {"python", "kubernetes"} | set(careful._skills(TEXT.split(), document))
