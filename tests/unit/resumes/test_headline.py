"""The calling under a name, and lines at the foot of a page."""

import pytest

from jobtracker.resumes.lines import lines_of
from jobtracker.resumes.names import read_headline
from jobtracker.resumes.read import read_profile


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["Data Engineer · Bremen, Germany"], "Data Engineer"),
        (["Project Manager | Garden", "Design Specialist", "Graz"], "Project Manager | Garden Design Specialist"),
        (["Project Manager | Garden Designer", "Software Engineer"], "Project Manager | Garden Designer"),
        (["Project Manager | Garden", "Work Experience"], "Project Manager | Garden"),
        (["Project Manager |", "Garden Specialist"], "Project Manager | Garden Specialist"),
    ],
)
def test_the_calling_is_whole_and_holds_no_place(lines: list[str], label: str) -> None:
    assert read_headline(["Ada Moreno", *lines], "Ada Moreno") == label


WORK = """Experience
Head Gardener — Orchard Union GmbH, Graz
March 2019 – present
- Planted two parks"""


@pytest.mark.parametrize(
    ("below", "label"),
    [
        ("Landscape designer · ada.moreno@example.org · +43 316 500123", "Landscape designer"),
        ("ada.moreno@example.org · +43 316 500123", "Head Gardener"),
        ("ada.moreno@example.org\nHead Gardener at Orchard Union GmbH", "Head Gardener"),
        ("Head Gardener at Orchard Union GmbH | Roofs", "Head Gardener at Orchard Union GmbH | Roofs"),
    ],
)
def test_the_calling_among_the_contact_details_comes_first_and_none_names_an_employer(below: str, label: str) -> None:
    assert read_profile(f"Ada Moreno\n{below}\n{WORK}").label == label


def test_a_foot_with_a_copyright_and_page_numbers_says_nothing() -> None:
    text = "A paper on hives\nMarch 3, 2021 © Garden Union, Page 2 / 3\n© Ada Moreno"
    assert lines_of(text) == ["A paper on hives", "© Ada Moreno"]


SIDEBAR = [
    "Publications",
    "Bees in Towns",
    "May 2021",
    "Hive Quarterly",
    "An article on the roofs of",
    "large cities",
    "Long Summers",
    "July 2022",
    "Orchard Meetup",
    "A talk on drought",
]
WIDE = [
    "Patient gardener with nine years in public parks, who plans, plants and",
    "keeps what grows, and who has led crews of up to twelve people through",
    "dry summers and late frosts.",
]


def test_a_wide_paragraph_below_a_narrow_list_is_the_summary() -> None:
    profile = read_profile(
        "\n".join(["Ada Moreno", "ada.moreno@example.org", *SIDEBAR, *WIDE, "Education", "BSc 2012"])
    )
    assert profile.summary == " ".join(WIDE)
    assert [one.name for one in profile.publications] == ["Bees in Towns", "Long Summers"]
