"""A resume says the same in whatever format it is brought."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from jobtracker.resumes.extract import extract_text
from jobtracker.resumes.files import FileType, check
from jobtracker.resumes.html import html_text
from jobtracker.resumes.model import Profile
from jobtracker.resumes.read import read_profile
from tests.unit.resumes import formats

TODAY = date(2026, 3, 15)
# Formats whose text has the link that lies behind other words.
WITH_LINKS = ("odt", "rtf", "html", "md", "json", "linkedin")


def profile(data: bytes) -> Profile:
    return read_profile(extract_text(data), today=TODAY)


@pytest.fixture(scope="module")
def plain() -> Profile:
    """The profile of the resume as plain text."""
    return profile(formats.text())


def test_the_plain_resume_is_read_as_it_was_written(plain: Profile) -> None:
    assert (plain.name, plain.label, plain.email) == (formats.NAME, formats.LABEL, formats.EMAIL)
    assert plain.summary == formats.SUMMARY
    assert [(one.title, one.company, one.place, one.bullets) for one in plain.work] == [
        (title, company, place, bullets) for title, company, place, _, bullets in formats.WORK
    ]
    assert {"python", "sql", "docker", "kubernetes", "apache-airflow", "snowflake"} <= set(plain.skills)
    assert plain.education[0].institution == formats.STUDY[0]


@pytest.mark.parametrize("kind", formats.ALL)
def test_a_resume_gives_the_same_profile_in_every_format(kind: str, plain: Profile) -> None:
    found = profile(formats.ALL[kind]())
    # What a link is called stands below the last section, which is the one of certificates.
    apart = {"links", "place", "certificates", "skills"}
    assert found.certificates[0] == plain.certificates[0]
    # The order is that of their first mention, which the formats' orders of sections decide.
    assert set(found.skills) == set(plain.skills)
    assert found.model_dump(exclude=apart) == plain.model_dump(exclude=apart)
    assert found.place is not None
    assert (found.place.city, found.place.country) == ("Malmö", "SE")
    assert [link.url for link in found.links] == ([formats.LINK] if kind in WITH_LINKS else [])


@pytest.mark.parametrize("kind", formats.ALL)
def test_what_a_document_does_not_show_is_not_read(kind: str) -> None:
    text = extract_text(formats.ALL[kind]())
    assert "Secret" not in text
    assert "Somebody" not in text


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (formats.odt, FileType.ODT),
        (formats.rtf, FileType.RTF),
        (formats.html, FileType.HTML),
        (formats.markdown, FileType.MARKDOWN),
        (formats.json_resume, FileType.JSON_RESUME),
        (formats.linkedin, FileType.LINKEDIN),
        (formats.text, FileType.TEXT),
        (lambda: b"\xef\xbb\xbf  " + formats.html(), FileType.HTML),
        (lambda: formats.html().decode().encode("utf-16"), FileType.HTML),
        (lambda: b"\n <?xml version='1.0'?>\n<!-- saved --><html><body>Amara</body></html>", FileType.HTML),
        (lambda: b"<h1>Amara Lindqvist</h1><p>Engineer</p>", FileType.HTML),
        (lambda: b'<h1 align="center">Amara</h1>\n\n## Skills\n\nPython', FileType.MARKDOWN),
        (lambda: b"Amara\n=====\n\n**Engineer** in Lund", FileType.MARKDOWN),
        (lambda: b"---\nname: Amara\nlayout: cv\n---\nEngineer", FileType.MARKDOWN),
        (lambda: b"C# and C++, 5 * 3 stars, snake_case, <3 data", FileType.TEXT),
        (lambda: b"[Amara] {Engineer}\n- lists\n* of things", FileType.TEXT),
        (lambda: b"<amara@example.com> Engineer", FileType.TEXT),
    ],
)
def test_the_content_tells_the_type_of_a_text(make: Callable[[], bytes], kind: FileType) -> None:
    assert check(make()) is kind


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    page = """<body><h2>Amara <b>L</b>indqvist</h2><div><span>Ostrava Data</span><span>2019</span></div>
    <p>One<br>Two   and
    three</p><ul><li>First<ul><li>Within</li></ul></li></ul>
    <table><tr><td>2019 – 2023</td><td>Lund</td></tr><tr><td>a<br>b</td><td>c</td></tr></table>
    <pre>  kept   so
      as it is</pre><p aria-hidden="true">icon</p><p style="font-size:0px">tiny</p><noscript>no</noscript>
    <a href="mailto:amara@example.com?subject=Hi">Write</a><a href="javascript:x()">Go</a></body>"""
    assert extract_text(page.encode()).splitlines() == [
        "Amara Lindqvist",
        "Ostrava Data 2019",
        "One",
        "Two and three",
        "• First",
        "• Within",
        "2019 – 2023\tLund",
        "a",
        "b",
        "c",
        "kept   so",
        "as it is",
        "Write Go",
        "amara@example.com",
    ]


@pytest.mark.parametrize("white", ["white", "#FFF", "#ffffff", "rgb(255, 255, 255)", "rgba(255,255,255,1)"])
def test_white_letters_on_a_white_page_are_not_read(white: str) -> None:
    page = f"<body><p style='margin:0; color: {white}'>COBOL</p><font color='{white}'>Ada</font><p>Python</p></body>"
    assert html_text(page.encode()) == "Python"


@pytest.mark.parametrize(
    "page",
    [
        "<div style='background-color:#123'><p style='color:white'>Ada</p></div>",
        "<table bgcolor='navy'><tr><td><font color='white'>Ada</font></td></tr></table>",
        "<style>header {background: navy}</style><header><p style='color:#fff'>Ada</p></header>",
        "<p style='background: white; color: black'>Ada</p>",
        "<p style='border-color: white'>Ada</p>",
    ],
)
def test_letters_that_somebody_sees_are_read_whatever_their_colour(page: str) -> None:
    assert html_text(f"<html><body>{page}</body></html>".encode()) == "Ada"


@pytest.mark.parametrize(("label", "encoding"), [("iso-8859-1", "cp1252"), ("windows-1250", "cp1250")])
def test_a_page_is_read_in_the_encoding_that_it_declares(label: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>Žaneta Šebková, Ingenieurin für Daten</p></body>'
    assert extract_text(page.encode(encoding)) == "Žaneta Šebková, Ingenieurin für Daten"


def test_markdown_keeps_its_lines_its_tables_and_who_it_is_of() -> None:
    front = "---\nname: 'Amara Lindqvist'\nlayout: cv\n---\n"
    text = "Ostrava Data\n2019 – 2023\n\n    indented\n\n|a|b|\n|-|-|\n|x|y|\n"
    assert extract_text((front + text).encode()).splitlines() == [
        "Amara Lindqvist",
        "Ostrava Data",
        "2019 – 2023",
        "indented",
        "a\tb",
        "x\ty",
    ]


def test_an_open_document_gives_tabs_breaks_tables_and_boxes_but_nothing_hidden() -> None:
    styles = '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:p>Amara<text:s text:c='3'/>Lindqvist<text:tab/>Lund<text:line-break/>Engineer of data</text:p>"
        "<text:p>Beside<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>2019</text:p></table:table-cell>"
        "<table:table-cell><text:p>Ostrava</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><text:span text:style-name='T9'>Secret</text:span>"
        "<text:note><text:p>Secret</text:p></text:note></text:p>"
        "<text:tracked-changes><text:p>Secret</text:p></text:tracked-changes>"
    )
    text = extract_text(formats.odt_package(formats.odt_content(body, styles=styles)))
    assert [line for line in text.splitlines() if line] == [
        "Amara   Lindqvist\tLund",
        "Engineer of data",
        "Beside",
        "In a box",
        "2019\tOstrava",
    ]


def test_rich_text_gives_its_header_its_boxes_its_tables_and_any_alphabet() -> None:
    document = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset78 Old;}}"
        r"{\header\pard Amara Lindqvist\par}{\f1 \'cc\'e0\'eb\'fc\'ec\'b8} \u-10179?\u-8704? 2019\par "
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box\par}}{\shprslt Twice}}"
        r"\trowd a\cell b\cell\row{\*\shppict{\pict\bin7 }}{{{}}}}\par Last\par}"
    )
    told = [line.strip() for line in extract_text(document.encode("ascii")).splitlines() if line.strip()]
    assert told == ["Amara Lindqvist", "Мальмё 😀 2019", "In a box", "a|b", "Last"]


def test_an_older_json_resume_with_gaps_is_read() -> None:
    resume = {
        "basics": {
            "name": "Amara Lindqvist",
            "label": None,
            "phone": 46701740605,
            "website": "https://amara.example.com",
        },
        "work": [
            {
                "company": "Ostrava Data",
                "position": "Engineer",
                "startDate": "2019",
                "summary": "Built it.\n- And ran it.",
            },
            {"company": "Undated Ltd", "position": "Analyst"},
        ],
        "skills": None,
        "meta": {"theme": "even"},
    }
    text = extract_text(json.dumps(resume).encode())
    assert text.splitlines() == [
        "Amara Lindqvist",
        "46701740605",
        "Work Experience",
        "2019 – Present",
        "Company: Ostrava Data",
        "Position: Engineer",
        "• Built it.",
        "• And ran it.",
        "Company: Undated Ltd",
        "Position: Analyst",
        "https://amara.example.com",
    ]
    assert [one.company for one in profile(json.dumps(resume).encode()).work] == [
        "Ostrava Data",
        "Undated Ltd",
    ]


def test_linkedins_export_may_lie_in_a_folder_and_lack_tables() -> None:
    data = formats.linkedin(**{"Skills": "", "Education": "", "Email Addresses": "", "PhoneNumbers": ""})
    text = extract_text(data)
    assert text.splitlines()[:3] == [formats.NAME, formats.LABEL, formats.PLACE]
    assert "Skills" not in text
