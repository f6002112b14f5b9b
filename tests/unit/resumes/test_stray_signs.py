"""Links and signs at the beginning of lines are neither employers nor words of what is told."""

from datetime import date

import pytest

from jobtracker.resumes.entries import paragraphs
from jobtracker.resumes.lines import with_bullets
from jobtracker.resumes.links import is_url
from jobtracker.resumes.read import read_profile


@pytest.mark.parametrize(
    "line", ["https://acme.example/a", "• www.acme.com", "© acme.com", "« https://a.example", "e acme.com/jobs."]
)
def test_a_line_of_a_link_is_one(line: str) -> None:
    assert is_url(line)


@pytest.mark.parametrize("line", ["Booking.com", "Engineer, Acme.com", "See https://a.example", "", "«"])
def test_other_lines_are_none(line: str) -> None:
    assert not is_url(line)


@pytest.mark.parametrize(
    "link", ["https://acme.example", "© acme.com", "¢ www.acme.com/about", "• https://acme.example/x"]
)
def test_a_link_is_neither_employer_nor_title_nor_bullet(link: str) -> None:
    text = f"""Ada Berg
ada@example.com

Experience
Software Engineer
{link}
Acme Inc
Jan 2020 - Dec 2021
• Wrote the importer
{link}
• Drew the plans
"""
    (work,) = read_profile(text, today=date(2026, 3, 15)).work
    assert (work.title, work.company) == ("Software Engineer", "Acme Inc")
    assert work.bullets == ("Wrote the importer", "Drew the plans")


@pytest.mark.parametrize("signs", ["«¢©", "«««", "eee", "e«e"])
def test_what_ocr_read_in_place_of_bullets_is_taken_off(signs: str) -> None:
    told = ("Wrote the importer", "Drew the plans", "Led a team")
    bullets = "\n".join(f"{sign} {words}" for sign, words in zip(signs, told, strict=True))
    text = f"Ada Berg\nada@example.com\n\nExperience\nSoftware Engineer, Acme Inc\nJan 2020 - Dec 2021\n{bullets}\n"
    (work,) = read_profile(text, today=date(2026, 3, 15)).work
    assert work.bullets == told


def test_words_and_quotes_are_no_bullets() -> None:
    lines = ["Vendas", "e Compras", "e Clientes", "« Ada »", "© 2020 Acme"]
    assert with_bullets(lines) == lines


def test_a_bullet_ends_where_a_paragraph_begins() -> None:
    page = ["• Short.", "The team was of five people and wrote all of the code that the company sells today."]
    assert paragraphs(page) == ["Short.", page[1]]
    wrapped = ["• Wrote all of the code that the company sells in", "Germany and in France."]
    assert paragraphs(wrapped) == ["Wrote all of the code that the company sells in Germany and in France."]
