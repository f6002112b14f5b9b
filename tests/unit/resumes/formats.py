"""One resume in every format, made on the spot."""

import json
import zipfile
from html import escape
from io import BytesIO
from typing import Final

from docx import Document
from reportlab.pdfgen.canvas import Canvas

NAME: Final = "Amara Lindqvist"
LABEL: Final = "Senior Data Engineer"
EMAIL: Final = "amara.lindqvist@example.com"
PHONE: Final = "+46 70 174 06 05"
PLACE: Final = "Malmö, Sweden"
LINK: Final = "https://github.com/amara-lindqvist"
SUMMARY: Final = (
    "Data engineer with nine years of building pipelines and warehouses for retailers and banks, from their first "
    "sketch until other people run them without asking me anything at all."
)
WORK: Final = (
    (
        "Senior Data Engineer",
        "Ostrava Data GmbH",
        "Berlin, Germany",
        ("2020-03", ""),
        ("Built pipelines in Python and Apache Airflow.", "Moved a warehouse of 40 TB to Snowflake without an outage."),
    ),
    (
        "Data Analyst",
        "Nordic Retail AB",
        "Malmö, Sweden",
        ("2016-08", "2020-02"),
        ("Wrote SQL reports that 200 shops read each morning.",),
    ),
)
STUDY: Final = ("Lund University", "Master of Science", "Computer Science", ("2014", "2016"))
SKILLS: Final = ("Python", "SQL", "Docker", "Kubernetes")

LANGUAGE: Final = ("Swedish", "Native or bilingual proficiency")
CERTIFICATE: Final = ("SnowPro Core", "Snowflake")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown(date: str) -> str:
    """A date as resumes write it."""
    year, _, month = date.partition("-")
    return "Present" if not date else f"{_MONTHS[int(month) - 1]} {year}" if month else year


def span(dates: tuple[str, str]) -> str:
    """Two dates as resumes write them."""
    return f"{shown(dates[0])} – {shown(dates[1])}"


def blocks() -> list[tuple[str, str]]:
    """The resume as pairs of a kind (name, heading, line, item) and its text."""
    found = [("name", NAME), ("line", LABEL), ("line", PLACE), ("line", f"{EMAIL} | {PHONE}")]
    found += [("heading", "Summary"), ("line", SUMMARY), ("heading", "Work Experience")]
    for title, company, place, dates, bullets in WORK:
        found += [("line", title), ("line", f"{company} | {place}"), ("line", span(dates))]
        found += [("item", bullet) for bullet in bullets]
    school, degree, area, dates = STUDY
    found += [("heading", "Education"), ("line", f"{degree} in {area}"), ("line", school), ("line", span(dates))]
    found += [("heading", "Skills"), ("line", ", ".join(SKILLS))]
    found += [("heading", "Languages"), ("line", f"{LANGUAGE[0]} ({LANGUAGE[1]})")]
    return [*found, ("heading", "Certificates"), ("line", f"{', '.join(CERTIFICATE)}, May 2021")]


def text() -> bytes:
    """As plain text."""
    return "\n".join(f"- {words}" if kind == "item" else words for kind, words in blocks()).encode()


def pdf() -> bytes:
    """As a PDF."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFontSize(7)
    for number, (kind, words) in enumerate(blocks()):
        canvas.drawString(30, 800 - 18 * number, f"- {words}" if kind == "item" else words)
    canvas.save()
    return buffer.getvalue()


def docx() -> bytes:
    """As a Word document whose bullets are those of its lists."""
    document = Document()
    styles = {"name": "Title", "heading": "Heading 1", "line": "Normal", "item": "List Bullet"}
    for kind, words in blocks():
        document.add_paragraph(words, style=styles[kind])
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def html(link: str = LINK) -> bytes:
    """As a page with what a browser does not show."""
    tags = {"name": "h1", "heading": "h2", "line": "p", "item": "li"}
    body = "".join(f"<{tags[kind]}>{escape(words)}</{tags[kind]}>\n" for kind, words in blocks())
    return (
        "<!doctype html><html><head><title>My page</title><style>p { color: red }</style></head><body>"
        f"<script>track('visit')</script><nav hidden>Menu</nav>{body}"
        f'<a href="{link}">My code</a><div style="display: none">Secret words</div></body></html>'
    ).encode()


def markdown() -> bytes:
    """As Markdown."""
    marks = {"name": "# ", "heading": "\n## ", "line": "\n", "item": "- "}
    lines = "\n".join(f"{marks[kind]}{words}" for kind, words in blocks())
    return f"{lines}\n\n[My code]({LINK})\n".encode()


def rtf() -> bytes:
    """As Word and LibreOffice write it: styles, a picture, hidden text, and Unicode as escapes."""

    def escaped(words: str) -> str:
        return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in words)

    bullet = "{\\listtext\\f1 \\u8226?\\tab}"
    lines = "".join(
        f"\\pard\\plain \\f0\\fs24 {bullet if kind == 'item' else ''}{escaped(words)}\\par\n"
        for kind, words in blocks()
    )
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fnil\\fcharset2 Symbol;}}"
        "{\\stylesheet{\\s0 Normal;}}{\\info{\\author Somebody Else}}{\\*\\generator Writer;}"
        "{\\*\\shppict{\\pict\\pngblip 89504e470d0a1a0a}}{\\v Secret words}"
    )
    link = f'{{\\field{{\\*\\fldinst{{HYPERLINK "{LINK}"}}}}{{\\fldrslt{{My code}}}}}}\\par'
    return f"{head}\n{lines}{link}}}".encode()


_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMES: Final = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:draw="{_ODF}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt_content(body: str, *, doctype: str = "", styles: str = "") -> str:
    """content.xml around the body of a text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_ODF_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt_package(content: str, *, header: str = "", **more: bytes) -> bytes:
    """A package as OpenDocument's standard describes it."""
    styles = (
        f"<office:document-styles {_ODF_NAMES}><office:master-styles><style:master-page><style:header>"
        f"<text:p>{header}</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("styles.xml", styles)
        package.writestr("META-INF/manifest.xml", more.pop("manifest", b"<manifest/>"))
        for name, data in more.items():
            package.writestr(name, data)
    return buffer.getvalue()


def odt() -> bytes:
    """As an OpenDocument text: the name in its header, its items in lists."""
    tags = {
        "heading": "<text:h>{}</text:h>",
        "line": "<text:p>{}</text:p>",
        "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    body = "".join(tags[kind].format(escape(words)) for kind, words in blocks() if kind != "name")
    link = f'<text:p><text:a xlink:href="{LINK}">My <text:span>code</text:span></text:a></text:p>'
    return odt_package(odt_content(body + link), header=NAME)


def json_resume() -> bytes:
    """As JSON Resume."""
    school, degree, area, studied = STUDY
    resume = {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {
            "name": NAME,
            "label": LABEL,
            "email": EMAIL,
            "phone": PHONE,
            "summary": SUMMARY,
            "location": {"city": "Malmö", "countryCode": "SE"},
            "profiles": [{"network": "GitHub", "username": "amara-lindqvist", "url": LINK}],
        },
        "work": [
            {
                "name": company,
                "position": title,
                "location": place,
                "startDate": f"{dates[0]}-01",
                "endDate": f"{dates[1]}-28" if dates[1] else None,
                "highlights": list(bullets),
            }
            for title, company, place, dates, bullets in WORK
        ],
        "education": [
            {
                "institution": school,
                "studyType": degree,
                "area": area,
                "startDate": studied[0],
                "endDate": studied[1],
            }
        ],
        "skills": [{"name": "Tools", "level": "Master", "keywords": list(SKILLS)}],
        "languages": [{"language": LANGUAGE[0], "fluency": LANGUAGE[1]}],
        "certificates": [{"name": CERTIFICATE[0], "issuer": CERTIFICATE[1], "date": "2021-05-01"}],
        "references": [{"name": "Somebody Else", "reference": "Secret words"}],
    }
    return json.dumps(resume, ensure_ascii=False, indent=2).encode()


def csv_table(*rows: tuple[str, ...]) -> str:
    """A table as LinkedIn writes it: every value in quotes."""
    return "\r\n".join(",".join('"{}"'.format(value.replace('"', '""')) for value in row) for row in rows) + "\r\n"


def linkedin(**instead: str) -> bytes:
    """As LinkedIn's data export, with tables beside those of the profile."""
    first, last = NAME.split()
    school, degree, area, studied = STUDY
    positions = [
        (
            company,
            title,
            "\n".join(f"• {bullet}" for bullet in bullets),
            place,
            shown(dates[0]),
            dates[1] and shown(dates[1]),
        )
        for title, company, place, dates, bullets in WORK
    ]
    tables = {
        "Profile": csv_table(
            ("First Name", "Last Name", "Headline", "Summary", "Geo Location", "Websites"),
            (first, last, LABEL, SUMMARY, PLACE, f"[PORTFOLIO:{LINK}]"),
        ),
        "Positions": csv_table(
            ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"), *positions
        ),
        "Education": csv_table(
            ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
            (school, *studied, "", f"{degree}, {area}", ""),
        ),
        "Skills": csv_table(("Name",), *((skill,) for skill in SKILLS)),
        "Languages": csv_table(("Name", "Proficiency"), LANGUAGE),
        "Certifications": csv_table(
            ("Name", "Url", "Authority", "Started On", "Finished On", "License Number"),
            (CERTIFICATE[0], "", CERTIFICATE[1], "May 2021", "", ""),
        ),
        "Email Addresses": csv_table(
            ("Email Address", "Confirmed", "Primary", "Updated On"),
            ("old@example.org", "Yes", "No", "1/1/20, 1:00 AM"),
            (EMAIL, "Yes", "Yes", "1/1/20, 1:00 AM"),
        ),
        "PhoneNumbers": csv_table(("Extension", "Number", "Type"), ("", PHONE, "Mobile")),
        "messages": csv_table(("FROM", "CONTENT"), ("Somebody Else", "Secret words")),
    } | instead
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            if table:
                archive.writestr(f"{name}.csv", table)
    return buffer.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one more member."""
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


ALL: Final = {
    "txt": text,
    "pdf": pdf,
    "docx": docx,
    "odt": odt,
    "rtf": rtf,
    "html": html,
    "md": markdown,
    "json": json_resume,
    "linkedin": linkedin,
}
