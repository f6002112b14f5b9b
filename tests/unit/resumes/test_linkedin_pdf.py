"""A profile as LinkedIn prints it is read whole, in whatever language its page is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes import linkedin_pdf
from jobtracker.resumes.extract import extract
from jobtracker.resumes.model import Profile
from jobtracker.resumes.pdf import pdf_text
from jobtracker.resumes.phrases import ReadSkill
from jobtracker.resumes.provenance.evidence import evidence_of
from jobtracker.resumes.read import read_profile
from jobtracker.skills.model import FoundBy, FoundKind
from tests.unit.resumes import layouts, members
from tools.samples.linkedin_profile import LANGUAGES, Employer, Member, Post, draw

TODAY = date(2024, 4, 20)
CONTACT = "\n\nContact\n\nlinkedin.com/in/ana (LinkedIn)"


def read(member: Member, language: str = "en", *, even: bool = False) -> Profile:
    return read_profile(pdf_text(draw(member, language, even=even)), today=TODAY)


@pytest.fixture(scope="module")
def tess() -> Profile:
    return read(members.TESS)


def positions(profile: Profile) -> list[tuple[str | None, ...]]:
    return [(one.company, one.title, one.place, one.start, one.end) for one in profile.work]


def printed(member: Member) -> list[tuple[str | None, ...]]:
    return [
        (employer.company, post.title, post.place or None, post.start, post.end)
        for employer in member.employers
        for post in employer.posts
    ]


def test_head_and_contact(tess: Profile) -> None:
    assert (tess.name, tess.label) == (members.TESS.name, members.TESS.headline)
    assert (tess.email, tess.phone) == ("tess.brandvold@example.com", "+4740612345")
    assert tess.place is not None
    assert (tess.place.text, tess.place.city) == (members.TESS.place, "Trondheim")
    assert tess.summary == " ".join(members.TESS.summary)


def test_an_address_that_is_broken_over_lines_is_one(tess: Profile) -> None:
    assert [(one.kind, one.url) for one in tess.links] == [
        ("linkedin", "https://www.linkedin.com/in/tess-brandvold-81a2b4c"),
        ("website", "https://brandvold.example.com"),
        ("website", "https://notes-on-small-and-quiet-services.example.org"),
    ]


def test_several_positions_at_an_employer_whose_name_stands_once(tess: Profile) -> None:
    assert positions(tess) == printed(members.TESS)
    assert [one.current for one in tess.work] == [True, False, False, False, False]
    assert tess.years == 8.8


def test_a_text_goes_on_over_the_pages_end(tess: Profile) -> None:
    first, second, *_ = members.TESS.employers
    assert tess.work[0].bullets == (first.posts[0].text[0], "Led four engineers")
    assert tess.work[3].bullets == second.posts[0].text


def test_studies_have_degree_and_area_over_lines(tess: Profile) -> None:
    assert [(one.institution, one.degree, one.area, one.start, one.end) for one in tess.education] == [
        (
            one.institution,
            one.degree or None,
            one.area or None,
            *(one.dates.split(" - ") if one.dates else (None, None)),
        )
        for one in members.TESS.schools
    ]


@pytest.mark.parametrize("even", [False, True], ids=["items apart", "lines all alike"])
def test_the_bars_lists_are_read_item_by_item(even: bool) -> None:
    found, lists = read(members.TESS, even=even), members.TESS.lists
    assert [one.name for one in found.certificates] == list(lists["certificates"])
    assert [one.title for one in found.awards] == list(lists["awards"])
    assert [one.name for one in found.publications] == list(lists["publications"])
    assert [(one.language, one.fluency, one.level) for one in found.languages] == [
        ("Norwegian", "Native or Bilingual", "native"),
        ("English", "Full Professional", "fluent"),
        ("German", "Limited Working", "intermediate"),
    ]
    assert found.skills[:3] == ("python", "postgresql", "kubernetes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_language_the_page_is_in(language: str, tess: Profile) -> None:
    found = read(members.TESS, language)
    # The bar's headings are words as well, of which some are skills.
    assert found.model_dump(exclude={"skills"}) == tess.model_dump(exclude={"skills"})


@pytest.mark.parametrize(
    ("member", "language"), [(members.JURGEN, "de"), (members.ELODIE, "fr"), (members.INIGO, "es")]
)
def test_what_a_profile_lacks_is_not_read(member: Member, language: str) -> None:
    found = read(member, language)
    assert (found.name, found.label) == (member.name, member.headline)
    assert (found.place.text if found.place else "") == member.place
    assert (found.summary or "") == " ".join(member.summary)
    assert positions(found) == printed(member)
    assert [one.institution for one in found.education] == [one.institution for one in member.schools]
    assert [one.name for one in found.certificates] == list(member.lists.get("certificates", ()))
    assert (found.awards, found.publications, found.projects, found.work_rights) == ((), (), (), ())


def test_a_word_for_the_present_that_nobody_knows_is_told_by_the_duration() -> None:
    found = linkedin_pdf.read(f"Ana\n\nCook\n\nExperience\n\nHive\n\nCook\n\nmars 2020 - nåværende (4 år){CONTACT}")
    assert found is not None
    assert [(one.title, one.start, one.current) for one in found.work] == [("Cook", "2020-03", True)]


def test_positions_without_dates_keep_employer_and_title() -> None:
    found = linkedin_pdf.read(f"Ana\n\nExperience\n\nHive\n\nCook\n\nOrchard\n\nBaker\n\n2019 - 2020 (1 year){CONTACT}")
    assert found is not None
    assert [(one.company, one.title, one.start) for one in found.work] == [
        ("Hive", "Cook", None),
        ("Orchard", "Baker", "2019"),
    ]


def test_a_title_that_is_called_as_a_heading_elsewhere_is_a_title() -> None:
    told = (
        "Ana\n\nExperience\n\nHive\n\nVolunteer\n\n2019 - 2020 (1 year)\n\nExperience\n\nCook\n\n2018 - 2019 (1 year)"
    )
    found = linkedin_pdf.read(f"{told}{CONTACT}")
    assert found is not None
    assert [(one.company, one.title) for one in found.work] == [("Hive", "Volunteer"), ("Experience", "Cook")]


def test_every_field_lights_up_where_it_stands() -> None:
    extracted = extract(draw(members.TESS))
    told = evidence_of(extracted.text, read_profile(extracted.text, today=TODAY), extracted.lines)
    assert all(one.spans and one.spans[0].box for one in told.fields if one.confidence is not None)
    texts = [{span.page for span in one.spans} for one in told.fields if one.path.startswith("/work/3/bullets")]
    assert {1, 2} in texts


CONTACTS = "Contact\n\npiotr@example.com\nlinkedin.com/in/piotr-zielny\n\n"
CAREER = """Experience

Analyst, Bank Lipowy 2018 - 2021
- Built pipelines with Python

Education

MSc, Mining Academy
2016 - 2018

"""


@pytest.mark.parametrize("parts", [(CONTACTS, CAREER), (CAREER, CONTACTS)])
def test_a_resume_that_names_linkedin_among_its_contacts_is_no_printed_profile(parts: tuple[str, str]) -> None:
    text = "Piotr Zielny\n\n" + "".join(parts)
    assert linkedin_pdf.read(text) is None
    work = read_profile(text, today=TODAY).work
    assert [(one.company, one.title, one.start, one.end) for one in work] == [
        ("Bank Lipowy", "Analyst", "2018", "2021")
    ]


def test_a_profile_of_which_every_position_has_its_place_is_one() -> None:
    employer = Employer("Kelp Works", (Post("Engineer", "2018-01", "2019-05", "Bergen, Norway"),))
    member = replace(members.TESS, employers=(employer,))
    assert linkedin_pdf.read(pdf_text(draw(member, "en"))) is not None
    assert positions(read(member)) == printed(member)


def test_a_printed_profile_has_what_was_read_carefully() -> None:
    text = pdf_text(draw(members.TESS, "en"))
    start = text.index("boring databases")
    found = ReadSkill(
        skill=None, phrase="boring databases", start=start, end=start + 16, kind=FoundKind.KNOWLEDGE, confidence=0.9,
        found_by=FoundBy.PHRASE,
    )  # fmt: skip
    assert read_profile(text, today=TODAY, named=[found]).other_skills == ("boring databases",)


def test_another_document_with_a_bar_is_laid_out_as_ever() -> None:
    def page(canvas: Canvas) -> None:
        layouts.column(canvas, 50, 100, ["CONTACT", "www.linkedin.com/in/amara"])
        canvas.setFont("Helvetica", 24)
        canvas.drawString(200, 780, "Amara Lindqvist")

    # No page's number stands below it.
    assert pdf_text(layouts.drawn(page)).splitlines() == ["Amara Lindqvist", "CONTACT", "www.linkedin.com/in/amara"]
    assert linkedin_pdf.read("Amara\n\nContact\n\nwww.example.com (Portfolio)") is None


WORDS = st.text(st.characters(codec="latin-1", categories=["L", "N"]), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), TEXTS)
def test_employers_and_titles_of_any_words(names: list[tuple[str, str]], headline: str) -> None:
    member = Member(
        "Ana Ruiz",
        headline,
        "Berlin, Germany",
        ("www.linkedin.com/in/ana-ruiz (LinkedIn)",),
        tuple(Employer(f"A{company}", (Post(f"B{title}", "2019-01", None),)) for company, title in names),
    )
    told = [(one.company, one.title) for one in read_profile(pdf_text(draw(member))).work]
    assert told == [(f"A{company}", f"B{title}") for company, title in names]
