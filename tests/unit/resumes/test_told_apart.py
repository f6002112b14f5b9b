"""What looks like one field of a resume and is another, or none."""

import pytest

from jobtracker.resumes.contact import read_contact, read_home
from jobtracker.resumes.education import read_education, score_in
from jobtracker.resumes.names import read_headline
from jobtracker.resumes.work import read_work


def test_what_the_person_is_called_on_networks_is_no_address_and_no_number() -> None:
    found = read_contact(
        [
            "Oslo, Norway ada.berg@post.example 22 12 34 56",
            "adab adab @adab@social.example 4711/adab",
            "adab +14155552671 adab",
        ],
        [],
        [],
    )
    assert found.emails == ["ada.berg@post.example"]
    assert found.phones == ["+4722123456"]


def test_where_only_a_line_of_handles_tells_a_number_it_counts() -> None:
    assert read_contact(["Oslo, Norway", "adab adab +14155552671"], [], []).phones == ["+14155552671"]


def test_the_label_of_a_number_is_no_town() -> None:
    assert read_home(["Telephone\tMobile: (if you have one)"]) is None
    found = read_home(["Mobile, Alabama"])
    assert found is not None
    assert found.city == "Mobile"


@pytest.mark.parametrize(
    ("below", "headline"),
    [
        (["Patient and Careful Pastry", "Baker"], "Patient and Careful Pastry Baker"),
        (["Patient and Careful", "Head Baker"], "Patient and Careful"),
        (["Pastry Baker", "Teacher"], "Pastry Baker"),
    ],
)
def test_a_calling_whose_last_word_wraps_is_whole(below: list[str], headline: str) -> None:
    assert read_headline(["Ada Berg", *below, "ada.berg@post.example"], "Ada Berg") == headline


def test_the_title_of_a_thesis_names_no_field_and_no_school() -> None:
    (one,) = read_education(
        [
            "1997–2001\tPhD - Thesis title: “Bees on the Roofs of the Old",
            "University”, a study of warmth\tISCED 6",
            "Green College Lund, Sweden",
        ]
    )
    assert (one.institution, one.degree, one.area) == ("Green College", "PhD", None)


def test_a_story_of_ones_school_days_is_no_school() -> None:
    assert read_education(["1977–78 My mother taught me stuff.", "May 1981", "Tried high school. Loved my sums."]) == []


def test_a_name_of_one_letter_and_a_sign_stays_the_last_word_of_its_line() -> None:
    lines = ["Gardener, Rose Farm", "2019 - 2021", "• Wrote the program that waters the beds in Python and", "C#"]
    assert read_work(lines)[0].bullets == ("Wrote the program that waters the beds in Python and C#",)


@pytest.mark.parametrize(
    ("line", "score"),
    [
        ("Diploma in Orchards, Green School\t1.4", "1.4"),
        ("Master of Science (1,3)", "1,3"),
        ("Grade 2.0", "2.0"),
        ("Version 1.4 of the curriculum", None),
        ("Room 12.10", None),
    ],
)
def test_a_grade_alone_is_one(line: str, score: str | None) -> None:
    assert score_in(line) == score


def test_dates_in_the_margin_beside_bullets_are_the_entrys() -> None:
    first, second = read_work(
        [
            "Rooftop Bees, Gardener\tLund, Sweden",
            "• Fed the hives of three gardens and of the two schools beside them that had\tJune 2019 – May 2022",
            "asked\t3 years",
            "• Built frames",
            "Rose Farm, Cook\tMalmo, Sweden",
            "• Planted roses\tMay 2018 – Aug 2018",
            "• Sold them\t4 months",
        ]
    )
    assert (first.title, first.company, first.start, first.end) == ("Gardener", "Rooftop Bees", "2019-06", "2022-05")
    assert first.bullets == (
        "Fed the hives of three gardens and of the two schools beside them that had asked",
        "Built frames",
    )
    assert (second.company, second.start, second.bullets) == ("Rose Farm", "2018-05", ("Planted roses", "Sold them"))
