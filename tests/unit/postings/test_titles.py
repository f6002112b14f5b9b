"""The role that a title names is the same however the title is dressed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.levels import level_in_title, read_seniority
from jobtracker.postings.model import Seniority
from jobtracker.postings.titles import clean_title, place_in_title, read_role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Senior Backend Engineer (m/w/d) - Remote", "backend engineer"),
        ("Backend Engineer II, Hamburg", "backend engineer"),
        ("Backend Engineer (Berlin or Remote)", "backend engineer"),
        ("Junior Backend Engineer - €50k-60k", "backend engineer"),
        ("Backend Engineer | REF-20391 | Full-time", "backend engineer"),
        ("Lead Backend Engineer at Northwind", "backend engineer"),
        ("We're hiring: Backend Engineer!", "backend engineer"),
        ("Staff Nurse", "staff nurse"),
        ("Staff Site Reliability Engineer", "site reliability engineer"),
        ("Principal", "principal"),
        ("Chief of Staff", "chief of staff"),
        ("Pfleger*in im Nachtdienst (all genders)", "pfleger im nachtdienst"),
        ("Ausbildung zum Tischler (m/w/d) 2027", "tischler"),
        ("Chargé(e) de clientèle H/F - CDI", "chargé de clientèle"),
        ("Ingeniero/a de Obra Senior", "ingeniero de obra"),
        ("Stagiair Inkoop (32 uur)", "inkoop"),
        ("Sachbearbeiter 80-100%", "sachbearbeiter"),
        ("Sales Manager DACH", "sales manager"),
        ("Engineer, Mobile", "engineer mobile"),
        ("Director, IT", "director it"),
        ("Senior .NET Developer", ".net developer"),
        ("C++ Developer", "c++ developer"),
        ("Intern", "intern"),
    ],
)
def test_the_role_is_what_is_left_of_a_title(title: str, role: str) -> None:
    assert read_role(title) == role


def test_a_known_employer_is_no_part_of_the_role() -> None:
    assert read_role("Cook - northwind kitchens", "Northwind Kitchens") == "cook"
    assert read_role("Northwind", "Northwind") == "northwind"


@pytest.mark.parametrize("title", ["", " ", "--", "(m/w/d)", "🚀"])
def test_a_title_that_names_nothing_has_no_role(title: str) -> None:
    assert read_role(title) is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Data Analyst - Berlin", "Berlin"),
        ("Support Agent (Remote - EMEA)", "EMEA"),
        ("Nurse, San Francisco, CA", "San Francisco, CA"),
        ("Welder (Linz, Austria)", "Linz; Austria"),
        ("Engineer, Mobile", ""),
        ("Director, IT", ""),
        ("Plumber", ""),
    ],
)
def test_a_place_that_stands_apart_in_the_title_is_found(title: str, place: str) -> None:
    assert place_in_title(title) == place


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Werkstudentin Einkauf", Seniority.INTERN),
        ("Alternance - Comptable", Seniority.INTERN),
        ("Becaria de Diseño", Seniority.INTERN),
        ("Starszy programista", Seniority.SENIOR),
        ("Comptable confirmé", Seniority.MID),
        ("Erfahrene Köchin", Seniority.SENIOR),
        ("Technician Level 2", Seniority.MID),
        ("Mechanic 3", Seniority.SENIOR),
        ("Band 5 Radiographer", None),
        ("Abteilungsleiterin Einkauf", Seniority.LEAD),
        ("Projektleiter Tiefbau", None),
        ("Art Director", None),
        ("Assistant to the CEO", None),
        ("Assistant Buyer", Seniority.JUNIOR),
        ("Research Associate", None),
        ("Senior Research Associate", Seniority.SENIOR),
        ("Lead Generation Specialist", None),
    ],
)
def test_levels_are_known_in_several_languages_and_told_from_trades(title: str, level: Seniority | None) -> None:
    assert level_in_title(title) is level


@pytest.mark.parametrize(
    ("field", "level"),
    [
        ("Entry level", Seniority.JUNIOR),
        ("MID_LEVEL", Seniority.MID),
        ("student", Seniority.INTERN),
        ("Director", Seniority.EXECUTIVE),
        ("Mid-Senior level", None),
        ("Not Applicable", None),
    ],
)
def test_a_field_of_the_source_tells_the_level_where_the_title_does_not(field: str, level: Seniority | None) -> None:
    assert read_seniority("Glazier", "", field) is level
    assert read_seniority("Senior Glazier", "", field) is Seniority.SENIOR


words = st.sampled_from(
    [
        *(
            "Senior",
            "Staff",
            "Nurse",
            "Engineer",
            "(m/w/d)",
            "-",
            "|",
            ",",
            "Berlin",
            "Remote",
            "II",
            "Lead",
            "/in",
            "$90k",
        ),
        *(
            "*in",
            "(e)",
            "at",
            "Acme",
            "[",
            "]",
            "(",
            ")",
            "Ausbildung",
            "zum",
            "Intern",
            "2026",
            "REF-123",
            "💡",
            ".NET",
        ),
    ]
)


@given(st.text() | st.lists(words, max_size=12).map(" ".join), st.none() | st.text(max_size=20))
def test_any_title_is_read_and_roles_are_plain(title: str, company: str | None) -> None:
    role = read_role(title, company)
    assert role is None or (role and role == role.strip() and role == role.lower() and "\n" not in role)
    level_in_title(title)
    place_in_title(title)


@given(
    st.lists(
        st.sampled_from(["backend", "nurse", "data", "welder", "teacher", "night", "kitchen"]), min_size=1, max_size=4
    )
)
def test_what_dresses_a_title_up_does_not_change_its_role(words_of_it: list[str]) -> None:
    plain = " ".join(words_of_it)
    for dressed in (
        f"Senior {plain}",
        f"{plain} (m/f/d)",
        f"{plain} - Remote",
        f"{plain} (Hamburg, Germany)",
        f"{plain} [Full-time]",
        f"Junior {plain.upper()} | £30k",
    ):
        assert read_role(dressed) == plain


def test_hostile_titles_are_read_in_little_time(quickly: None) -> None:
    for piece in (
        " ",
        "(",
        "- ",
        "/in",
        "(m/",
        "Senior ",
        "Lead ",
        "$1",
        "1",
        "A",
        ", ",
        " at ",
        "Berlin, ",
        "a/",
        "20",
    ):
        for title in (piece * 20_000, "x" + piece * 20_000 + "!"):
            read_role(title)
            clean_title(title)
            level_in_title(title)
            place_in_title(title)
