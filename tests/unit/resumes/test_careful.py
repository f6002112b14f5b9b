"""A resume read by a language model over the rules' reading: filled and mended, and nothing invented."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.config import Config
from jobtracker.llm import prices
from jobtracker.llm.client import MODEL, text_bytes
from jobtracker.llm.found import Document, folded
from jobtracker.llm.model import Reading, Usage
from jobtracker.postings.model import Place
from jobtracker.resumes import careful
from jobtracker.resumes.careful import Answer, fuller
from jobtracker.resumes.careful_forms import INSTRUCTIONS, ResumeReading
from jobtracker.resumes.model import (
    Award,
    Certificate,
    Education,
    Language,
    LanguageLevel,
    Profile,
    Project,
    Publication,
    Work,
)

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


WHOLE = """Robin Ashdown Vale
Ghent, Belgium | robin@vale.example
I bake before the town wakes,
and teach whoever comes early.

Crumb & Crust, Leuven          Mar 2021 – Present
Night Baker

Things made
Loaf Ledger   2019 – 2020
• Counts loaves by their weight
• Written for bakers.

Vale R., On rye and patience. Grain Letters, 2018
Golden Crust, Guild of Bakers, June 2022

Education
Bakers’ College, Antwerp
"""
LEDGER = {"name": "loaf ledger", "dates": "2019 - 2020", "told_begin": "Counts loaves", "told_end": "for bakers"}
RYE = {"name": "On rye and patience", "publisher": "Grain Letters", "date": "2018"}
CRUST = {"title": "Golden Crust", "awarder": "Guild of Bakers", "date": "June 2022"}
SUMMARY: dict[str, Any] = {"summary_begin": "I bake before", "summary_end": "whoever comes early"}


def _read_whole(rules: Profile | None = None, **said: Any) -> Profile:
    return careful.read(Says(**said), WHOLE, rules or Profile(), today=TODAY)


def test_place_summary_projects_publications_and_awards_are_filled() -> None:
    profile = _read_whole(**SUMMARY, place="Ghent, Belgium", projects=[LEDGER], publications=[RYE], awards=[CRUST])
    assert profile.place is not None
    assert (profile.place.text, profile.place.city, profile.place.country) == ("Ghent, Belgium", "Gent", "BE")
    assert profile.summary == "I bake before the town wakes, and teach whoever comes early."
    told = "Counts loaves by their weight\nWritten for bakers."
    assert profile.projects == (Project(name="Loaf Ledger", description=told, start="2019", end="2020"),)
    assert profile.publications == (Publication(name="On rye and patience", publisher="Grain Letters", date="2018"),)
    assert profile.awards == (Award(title="Golden Crust", awarder="Guild of Bakers", date="2022-06"),)


def test_of_those_too_what_the_resume_does_not_say_is_dropped() -> None:
    profile = _read_whole(
        summary_begin="I bake before",
        summary_end="for Globex",
        place="Ghent, Germany",
        projects=[{"name": "Globex Ledger", "dates": "2019"}, LEDGER | {"dates": "1987", "told_end": "for Globex"}],
        publications=[RYE | {"name": "On rye and Globex"}, RYE | {"publisher": "Nature", "date": "1987"}],
        awards=[CRUST | {"title": "Nobel Prize"}, CRUST | {"awarder": "Globex", "date": "June 1987"}],
    )
    assert (profile.summary, profile.place) == (None, None)
    assert profile.projects == (Project(name="Loaf Ledger"),)
    assert profile.publications == (Publication(name="On rye and patience"),)
    assert profile.awards == (Award(title="Golden Crust"),)


def test_a_passage_that_runs_over_a_heading_is_none() -> None:
    profile = _read_whole(
        summary_begin="I bake before",
        summary_end="College, Antwerp",
        projects=[LEDGER | {"told_end": "College, Antwerp"}],
    )
    assert profile.summary is None
    assert profile.projects == (Project(name="Loaf Ledger", start="2019", end="2020"),)


@pytest.mark.parametrize("elsewhere", ["Leuven", "Antwerp", "Golden Crust"])
def test_the_place_of_an_employer_or_a_school_is_not_where_the_person_lives(elsewhere: str) -> None:
    work = [{"title": "Night Baker", "company": "Crumb & Crust", "place": "Leuven"}]
    assert _read_whole(place=elsewhere, work=work).place is None


def test_where_the_rules_read_them_they_stand() -> None:
    rules = Profile(
        place=Place(text="Lille, France", city="Lille", country="FR"),
        summary="Bakes.",
        projects=(Project(name="Loaf Ledger", description="As it was read", start="2019-05"),),
        publications=(Publication(name="Vale R., On rye and patience. Grain Letters"),),
        awards=(Award(title="Golden Crust", awarder="The Guild", date="2021"),),
    )
    profile = _read_whole(
        rules, **SUMMARY, place="Ghent, Belgium", projects=[LEDGER], publications=[RYE], awards=[CRUST]
    )
    assert (profile.place, profile.summary) == (rules.place, rules.summary)
    assert profile.projects == (rules.projects[0].model_copy(update={"end": "2020"}),)
    assert profile.publications == (
        Publication(name="Vale R., On rye and patience. Grain Letters", publisher="Grain Letters", date="2018"),
    )
    # Another year is another award, for all that is known.
    assert profile.awards == (*rules.awards, Award(title="Golden Crust", awarder="Guild of Bakers", date="2022-06"))
    assert _read_whole(rules).model_dump(exclude={"seniority"}) == rules.model_dump(exclude={"seniority"})


def test_more_of_a_place_or_a_summary_takes_its_place() -> None:
    rules = Profile(place=Place(text="Belgium", country="BE"), summary="I bake before the town wakes,")
    profile = _read_whole(rules, **SUMMARY, place="Ghent, Belgium")
    assert profile.place is not None
    assert profile.place.text == "Ghent, Belgium"
    assert profile.summary == "I bake before the town wakes, and teach whoever comes early."


@pytest.mark.parametrize("letter", ["a", "é", "語", "🥐"])
def test_the_longest_resume_costs_a_fifth_of_what_a_person_may_spend_in_a_day(letter: str) -> None:
    document = careful.sent(letter * 200_000)
    size = text_bytes(ResumeReading, INSTRUCTIONS, document, "resume")
    most = prices.most(MODEL, size, careful.MAX_TOKENS)
    day = int(Config.model_fields["llm_person_day_usd"].default * 1_000_000)
    assert 3 * prices.of(MODEL).of(most) <= day / 5
    assert len(document) >= 20_000


WORDS = st.sampled_from([*TEXT.split(), "Globex", "Rust", "1999", "PhD", "baker", "2021 -", ""])
QUOTE = st.lists(WORDS, max_size=4).map(" ".join)
POSITIONS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("title", "company", "place", "dates", "tasks_begin", "tasks_end"), QUOTE)),
    max_size=4,
)
COURSES = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("institution", "degree", "area", "dates", "score"), QUOTE)), max_size=3
)


LISTED = st.fixed_dictionaries(
    {
        "projects": st.lists(
            st.fixed_dictionaries(dict.fromkeys(("name", "dates", "told_begin", "told_end"), QUOTE)), max_size=2
        ),
        "publications": st.lists(
            st.fixed_dictionaries(dict.fromkeys(("name", "publisher", "date"), QUOTE)), max_size=2
        ),
        "awards": st.lists(st.fixed_dictionaries(dict.fromkeys(("title", "awarder", "date"), QUOTE)), max_size=2),
        "place": QUOTE,
        "summary_begin": QUOTE,
        "summary_end": QUOTE,
    }
)


@given(QUOTE, POSITIONS, COURSES, st.lists(QUOTE, max_size=5), LISTED)
def test_every_value_stands_in_the_resume(
    name: str, work: list[dict[str, str]], education: list[dict[str, str]], skills: list[str], listed: dict[str, Any]
) -> None:
    said = listed | {"name": name, "work": work, "education": education, "skills": skills}
    reading = ResumeReading.model_validate(said)
    document = Document.of(TEXT)
    profile = careful.mended(Profile(), reading, document, TODAY)
    values: list[str | None] = [profile.name, profile.label, profile.place.text if profile.place else None]
    # A summary is one paragraph, without the signs of the lists that it runs over.
    assert folded(profile.summary or "") in folded(TEXT.replace("• ", ""))
    entries = [*profile.work, *profile.education, *profile.projects, *profile.publications, *profile.awards]
    for entry in entries:
        told = entry.model_dump(exclude={"start", "end", "date", "current", "bullets", "description"})
        values += [value for value in told.values() if value is not None]
        values += (getattr(entry, "description", None) or "").split("\n")
        for day in (getattr(entry, name, None) for name in ("start", "end", "date")):
            assert day is None or day[:4] in TEXT
    values += [line for one in profile.work for line in one.bullets]
    for value in filter(None, values):
        assert document.find(value) is not None
        assert folded(value) in folded(TEXT)
    assert set(profile.skills) <= {"python", "kubernetes"} | set(careful._skills(TEXT.split(), document))
