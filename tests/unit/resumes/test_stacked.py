"""Lists in layers: a title and its date, who gave it, what it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.resumes.honours import read_awards, read_certificates
from jobtracker.resumes.languages import read_languages
from jobtracker.resumes.links import read_links
from jobtracker.resumes.published import read_projects, read_publications
from jobtracker.resumes.stacked import stacked

NARROW = [
    "Certified Beekeeper: Hives",
    "May 2021",
    "Bee Tools",
    "Orchard Care Diploma",
    "July 2022",
    "Green School (Hort)",
]
WIDE = ["Certified Beekeeper: Hives\tMay 2021", "Bee Tools", "Orchard Care Diploma\tJuly 2022", "Green School (Hort)"]


def test_a_number_before_the_gap_is_no_day() -> None:
    lines = ["Best Hive 48\tApril 2021", "Honey Fair", "Best Jar\tMay 2022", "Honey Fair"]
    assert [one.title for one in read_awards(lines)] == ["Best Hive 48", "Best Jar"]


@pytest.mark.parametrize("lines", [NARROW, WIDE])
def test_the_line_below_a_certificate_is_its_issuer(lines: list[str]) -> None:
    assert [(one.name, one.issuer, one.date) for one in read_certificates(lines)] == [
        ("Certified Beekeeper: Hives", "Bee Tools", "2021-05"),
        ("Orchard Care Diploma", "Green School (Hort)", "2022-07"),
    ]


def test_lines_that_each_end_with_a_date_are_certificates_of_their_own() -> None:
    found = read_certificates(["Forklift Licence\t2019", "First Aid Course\t2020"])
    assert [one.name for one in found] == ["Forklift Licence", "First Aid Course"]


def test_an_award_keeps_its_title_and_date_apart_from_the_text_above() -> None:
    lines = [
        "Best Hive - Honey Fair 12",
        "April 2021",
        "Honey Fair",
        "Given for a hive which ranked first",
        "among 300 entries",
        "Gardener of the Year",
        "December 2021",
        "Petal Works",
        "Recognised for care",
    ]
    assert [(one.title, one.awarder, one.date) for one in read_awards(lines)] == [
        ("Best Hive - Honey Fair 12", "Honey Fair", "2021-04"),
        ("Gardener of the Year", "Petal Works", "2021-12"),
    ]


def test_a_title_over_two_lines_is_one_publication() -> None:
    lines = [
        "Keeping Bees in Towns: A",
        "Practical Guide",
        "September 2021",
        "Hive Quarterly",
        "An article on roofs",
        "Planting for the",
        "Long Summer",
        "May 2022",
        "Orchard Meetup",
        "A talk on drought",
    ]
    assert [(one.name, one.publisher, one.date) for one in read_publications(lines)] == [
        ("Keeping Bees in Towns: A Practical Guide", "Hive Quarterly", "2021-09"),
        ("Planting for the Long Summer", "Orchard Meetup", "2022-05"),
    ]


def test_a_project_holds_its_paragraph_and_no_words_of_a_link() -> None:
    lines = [
        "Hive Map (City Garden)\t2023 - Present",
        "A map of hives. Shown on itch.io to many visitors.",
        "A new release is planned for Q2",
        "2025.",
        "View on GitHub",
        "Open Source: Seed Calendar\t2021 - 2023",
        "A calendar of seeds.",
    ]
    first, second = read_projects(lines)
    assert (first.name, first.start, first.end, first.url) == ("Hive Map (City Garden)", "2023", None, None)
    assert first.description == (
        "A map of hives. Shown on itch.io to many visitors. A new release is planned for Q2 2025."
    )
    assert (second.name, second.start, second.end) == ("Open Source: Seed Calendar", "2021", "2023")
    assert second.description == "A calendar of seeds."


def test_levels_in_columns_are_those_of_the_names_above() -> None:
    found = read_languages(["English\tPolish\tDutch", "Native\tConversational\tBasic"])
    assert [(one.language, one.level) for one in found] == [
        ("English", "native"),
        ("Polish", "intermediate"),
        ("Dutch", "basic"),
    ]


def test_a_platform_by_its_name_and_a_papers_number_are_no_links_of_the_person() -> None:
    found = read_links(["LinkedIn\titch.io"], [], ["https://itch.io/jdoe", "https://doi.org/10.1234/abc"])
    assert [one.url for one in found] == ["https://itch.io/jdoe"]


@given(st.lists(st.sampled_from(["May 2021", "A Title\t2020", "words", "of the", "• item", "2019 - 2020", ""])))
def test_no_line_stands_in_two_entries(lines: list[str]) -> None:
    assert sum(len(one.below) + 1 for one in stacked(lines)) <= len(lines)


PROJECT = [
    "A toolkit for keeping hives",
    "◦ Used by three gardens",
    "◦ Heats 40 % less than a house of glass and",
    "wood",
]


@pytest.mark.parametrize(
    "heads",
    [
        ("Hive Kit\tJan 2023 – present", "Seed Sorter\tMay 2021"),
        ("Jan 2023 – present Hive Kit", "May 2021 Seed Sorter"),
    ],
    ids=["dates behind", "dates before"],
)
def test_a_dated_project_holds_the_words_and_the_bullets_below_it(heads: tuple[str, str]) -> None:
    first, second = read_projects([heads[0], *PROJECT, heads[1], "Sorts seeds", "◦ Given away"])
    assert (first.name, first.start, first.end) == ("Hive Kit", "2023-01", None)
    assert first.description == (
        "A toolkit for keeping hives\nUsed by three gardens\nHeats 40 % less than a house of glass and wood"
    )
    assert (second.name, second.start or second.end) == ("Seed Sorter", "2021-05")
    assert second.description == "Sorts seeds\nGiven away"


def test_a_project_without_a_date_among_dated_ones_stays_one_of_its_own() -> None:
    lines = ["Hive Kit\tMay 2021", "• Used by three gardens", "Seed Sorter", "• Given away to schools and gardens"]
    assert [one.name for one in read_projects(lines)] == ["Hive Kit", "Seed Sorter"]


@pytest.mark.parametrize("dates_first", [False, True])
def test_the_authors_below_a_title_are_no_publisher(dates_first: bool) -> None:
    titles = [("Roofs as Gardens", "July 2023"), ("Heat in the Hive", "Dec 2022")]
    first, second = (f"{date} {title}" if dates_first else f"{title}\t{date}" for title, date in titles)
    lines = [
        first,
        "Ada Green, Tom Hill and Eve Bloom",
        "10.5555/roofs.2023.12 (Garden Letters 2023)",
        second,
        "Eve Bloom",
        "Journal of Hives, 2022",
    ]
    assert [(one.name, one.publisher, one.date, one.url) for one in read_publications(lines, "Eve Bloom")] == [
        ("Roofs as Gardens", "Garden Letters 2023", "2023-07", "https://doi.org/10.5555/roofs.2023.12"),
        ("Heat in the Hive", "Journal of Hives", "2022-12", None),
    ]


def test_a_title_that_wraps_below_its_date_ends_before_its_authors() -> None:
    lines = [
        "Roofs as Gardens: What Grows Above the Fifth Floor of Some\tJuly 2023",
        "Old Houses",
        "E. Bloom, T. Hill",
        "(Garden Letters)",
        "Heat in the Hive\tDec 2022",
        "E. Bloom",
        "(Journal of Hives)",
    ]
    assert [(one.name, one.publisher) for one in read_publications(lines, "Eve Bloom")] == [
        ("Roofs as Gardens: What Grows Above the Fifth Floor of Some Old Houses", "Garden Letters"),
        ("Heat in the Hive", "Journal of Hives"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Hive Map", "Creator & Maintainer", "• A map of hives", "Seed App\t2022", "Creator", "• Sorts seeds"],
        [
            "Hive Map",
            "Project Lead",
            "Led the making of a map of all the hives that stand on roofs of the town.",
            "Seed App\t2022",
            "Frontend Developer",
            "Made the pages of an application that sorts seeds by when they are best sown.",
        ],
    ],
    ids=["bullets", "sentences"],
)
def test_what_somebody_was_in_a_project_is_no_project(lines: list[str]) -> None:
    found = read_projects(lines)
    assert [one.name for one in found] == ["Hive Map", "Seed App"]
    assert found[1].end == "2022"
    assert [(one.description or "").split("\n")[0] for one in found] == [lines[1], lines[4]]


def test_names_of_projects_alone_are_projects() -> None:
    assert [one.name for one in read_projects(["Hive Map", "Student Planner", "Calendar of Seeds and Months"])] == [
        "Hive Map",
        "Student Planner",
        "Calendar of Seeds and Months",
    ]


def test_the_repository_behind_a_projects_words_and_a_forge_alone_are_no_links_of_the_person() -> None:
    hidden = ["https://github.com/adaberg", "https://github.com/adaberg/hive-map", "https://github.com/"]
    assert [one.url for one in read_links([], [], hidden)] == ["https://github.com/adaberg"]
    shown = ["Portfolio: github.com/adaberg/hive-map"]
    assert [one.url for one in read_links(shown, [], [])] == ["https://github.com/adaberg/hive-map"]
