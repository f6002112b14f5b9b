"""Sections are found by their headings, and nothing else is taken for one."""

import pytest

from jobtracker.resumes.lines import ICON, clean, lines_of, paragraph_text
from jobtracker.resumes.sections import Kind, heading, sections_of


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Experience", Kind.WORK),
        ("WORK EXPERIENCE", Kind.WORK),
        ("Professional Experience:", Kind.WORK),
        ("## Employment History", Kind.WORK),
        ("Relevant Work Experience", Kind.WORK),
        ("WORKEXPERIENCE", Kind.WORK),
        (f"{ICON} Education", Kind.EDUCATION),
        ("Education & Training", Kind.EDUCATION),
        ("Technical Skills", Kind.SKILLS),
        ("Skills & Awards", Kind.SKILLS),
        ("Licenses & Certifications", Kind.CERTIFICATES),
        ("About Me", Kind.SUMMARY),
        ("BERUFSERFAHRUNG", Kind.WORK),
        ("Persönliche Daten", Kind.CONTACT),
        ("Sprachkenntnisse", Kind.LANGUAGES),
        ("— References —", Kind.REFERENCES),
        ("Formation académique", Kind.EDUCATION),
    ],
)
def test_a_heading_is_known_in_its_variants(line: str, kind: Kind) -> None:
    assert heading(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "experience",
        "• Education",
        "Experience with Python",
        "Education, Berlin",
        "I have experience.",
        "Skills Manager at Acme",
        "",
        "Experience.",
        "Led the project team and the work",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading(line) is None


def test_content_may_follow_a_heading_on_its_line() -> None:
    sections = sections_of(
        ["Ada", "Skills: Python, SQL", "Professional Summary Builder of engines that compute things"]
    )
    assert [(one.kind, one.lines) for one in sections[1:]] == [
        (Kind.SKILLS, ["Python, SQL"]),
        (Kind.SUMMARY, ["Builder of engines that compute things"]),
    ]


def test_pages_are_not_numbered_in_the_text() -> None:
    assert lines_of("Ada\nPage 1 of 2\nAda Byron – 2/3\n- 3 -\n\nEngineer") == ["Ada", "Engineer"]


def test_letters_spaced_out_are_words() -> None:
    assert lines_of(clean("W O R K   E X P E R I E N C E")) == ["WORK EXPERIENCE"]


def test_a_long_line_is_read_in_parts_and_stays_whole() -> None:
    line = "word " * 1_000
    parts = lines_of(line)
    assert max(len(part) for part in parts) <= 600
    assert paragraph_text(parts) == line.strip()
