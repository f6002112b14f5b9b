"""Draws the sample resume as a PDF. The same words give the same bytes.

Run ``python -m tools.samples.resume`` after a change of the words. The person and the employers are invented: the
telephone number is one of those that Germany keeps for fiction, and example.com belongs to nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

PDF: Final = Path("layers/core/python/jobtracker/resumes/data/sample_resume.pdf")
NAME: Final = "Mira Halvorsen"
HEADLINE: Final = "Senior Data Engineer"
CONTACT: Final = (
    "Berlin, Germany",
    "mira.halvorsen@example.com",
    "+49 30 23125 417",
    "linkedin.com/in/mira-halvorsen-sample",
    "github.com/mira-halvorsen-sample",
)
SUMMARY: Final = (
    "Data and backend engineer who has built pipelines and services that other teams lean on since 2015. I write "
    "Python and SQL every day, run what I build on AWS and Kubernetes, and like data models that explain "
    "themselves. Most proud of a streaming platform that replaced 140 nightly jobs and of the five engineers who now "
    "run it without me."
)


@dataclass(frozen=True, slots=True)
class Position:
    """One employment as it is printed."""

    title: str
    company: str
    place: str
    dates: str
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One course of study as it is printed."""

    degree: str
    institution: str
    dates: str


POSITIONS: Final = (
    Position(
        "Senior Data Engineer",
        "Amselwerk Mobility GmbH",
        "Berlin, Germany",
        "Apr 2022 – Present",
        (
            (
                "Lead the design of an event platform on Apache Kafka and Apache Flink that carries 2.3 billion "
                "events a day from 60,000 shared bicycles and cars."
            ),
            (
                "Moved 140 nightly batch jobs to streams, which brought the figures of the fleet from twelve hours "
                "old to forty seconds."
            ),
            (
                "Introduced data contracts and tests for data quality with dbt and Great Expectations; incidents "
                "caused by changed schemas fell from nine a month to one a quarter."
            ),
            "Mentor five engineers, run the guild for data modelling and take part in every third hiring interview.",
        ),
    ),
    Position(
        "Data Engineer",
        "Ledgerlark Deutschland GmbH",
        "Berlin, Germany",
        "Sep 2019 – Mar 2022",
        (
            (
                "Built the company's first data warehouse in Snowflake, with ingestion from 23 services by Apache "
                "Airflow and models in dbt that 80 analysts use."
            ),
            (
                "Cut the monthly cost of queries by 43 percent through clustering, incremental models and a budget "
                "that teams see."
            ),
            "Wrote the pipeline that pseudonymises customer data along GDPR, in Python with PySpark on AWS.",
        ),
    ),
    Position(
        "Backend Engineer",
        "Fjordpost AS",
        "Oslo, Norway",
        "Feb 2017 – Aug 2019",
        (
            (
                "Developed REST and gRPC services in Python (FastAPI, Django) and Go for the tracking of 9 million "
                "parcels a year."
            ),
            "Designed PostgreSQL schemas and Redis caches that kept the 95th percentile of answers below 80 ms.",
            (
                "Brought the services from two virtual machines to Docker and Kubernetes, provisioned with "
                "Terraform and delivered by GitLab CI."
            ),
        ),
    ),
    Position(
        "Software Engineer, Working Student",
        "Nordlicht Analytics",
        "Trondheim, Norway",
        "Aug 2015 – Jan 2017",
        (
            "Wrote importers in Python and pandas for meter readings of 30 energy suppliers and the tests around them.",
            "Replaced hand-made spreadsheets by dashboards in Grafana over PostgreSQL.",
        ),
    ),
)
COURSES: Final = (
    Course("MSc in Computer Science", "Norwegian University of Science and Technology", "2015 – 2017"),
    Course("BSc in Mathematics", "University of Bergen", "2012 – 2015"),
)
SKILLS: Final = (
    ("Languages", "Python, SQL, Go, Bash"),
    ("Data", "Apache Kafka, Apache Flink, Apache Spark, Apache Airflow, dbt, Snowflake, PostgreSQL, Redis"),
    ("Platform", "AWS, Kubernetes, Docker, Terraform, GitLab CI, Linux, Grafana, Prometheus"),
    ("Ways of working", "data modelling, test-driven development, code review, mentoring, agile methods"),
)
SPOKEN: Final = "Norwegian (native), English (fluent, C2), German (professional working proficiency, C1)"

_INK = HexColor("#1f2933")
_QUIET = HexColor("#52606d")
_ACCENT = HexColor("#0b6e69")
_RULE = HexColor("#cbd2d9")
_MARGIN = 17 * mm
_FRAME_PADDING = 6
_DATES_WIDTH = 42 * mm

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.2, leading=12.7, textColor=_INK)
_NAME = ParagraphStyle("name", _BODY, fontName="Helvetica-Bold", fontSize=24, leading=28)
_HEADLINE = ParagraphStyle("headline", _BODY, fontSize=12.5, leading=17, textColor=_ACCENT)
_CONTACT = ParagraphStyle("contact", _BODY, fontSize=8.8, leading=12, textColor=_QUIET)
_HEADING = ParagraphStyle(
    "heading", _BODY, fontName="Helvetica-Bold", fontSize=10, leading=13, textColor=_ACCENT, spaceBefore=10
)
_ROLE = ParagraphStyle("role", _BODY, fontName="Helvetica-Bold", fontSize=10, leading=12.5)
_EMPLOYER = ParagraphStyle("employer", _BODY, textColor=_QUIET, spaceAfter=2)
_DATES = ParagraphStyle("dates", _BODY, fontSize=9, textColor=_QUIET, alignment=TA_RIGHT)


def _heading(text: str) -> list[Flowable]:
    return [Paragraph(text.upper(), _HEADING), HRFlowable(width="100%", thickness=0.6, color=_RULE, spaceAfter=4)]


def _dated(left: str, style: ParagraphStyle, dates: str) -> Table:
    """A line with its dates at the right margin."""
    width = A4[0] - 2 * (_MARGIN + _FRAME_PADDING)
    row = Table([[Paragraph(left, style), Paragraph(dates, _DATES)]], [width - _DATES_WIDTH, _DATES_WIDTH])
    row.setStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
    row.setStyle([(side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING")])
    row.setStyle([("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
    return row


def _position(one: Position) -> Flowable:
    bullets = [ListItem(Paragraph(text, _BODY), spaceAfter=1) for text in one.bullets]
    return KeepTogether(
        [
            _dated(one.title, _ROLE, one.dates),
            Paragraph(f"{one.company} | {one.place}", _EMPLOYER),
            ListFlowable(bullets, bulletType="bullet", start="•", leftIndent=11, bulletFontSize=9, bulletColor=_ACCENT),
            Spacer(1, 6),
        ]
    )


def _story() -> Iterator[Flowable]:
    yield Paragraph(NAME, _NAME)
    yield Paragraph(HEADLINE, _HEADLINE)
    yield Paragraph(" | ".join(CONTACT[:3]), _CONTACT)
    yield Paragraph(" | ".join(CONTACT[3:]), _CONTACT)
    yield from _heading("Summary")
    yield Paragraph(SUMMARY, _BODY)
    yield from _heading("Experience")
    for position in POSITIONS:
        yield _position(position)
    yield from _heading("Education")
    for course in COURSES:
        yield _dated(course.degree, _ROLE, course.dates)
        yield Paragraph(course.institution, _EMPLOYER)
    yield from _heading("Skills")
    for label, names in SKILLS:
        yield Paragraph(f"<b>{label}:</b> {names}", _BODY)
    yield from _heading("Languages")
    yield Paragraph(SPOKEN, _BODY)


def write(path: Path) -> None:
    """Write the PDF to ``path``."""
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=15 * mm,
        bottomMargin=10 * mm,
        title=f"{NAME}, {HEADLINE}",
        author=NAME,
        invariant=1,
    )
    document.build(list(_story()))


def main() -> None:
    """Write the sample resume."""
    PDF.parent.mkdir(parents=True, exist_ok=True)
    write(PDF)
    print(f"{PDF}: {PDF.stat().st_size} bytes")


if __name__ == "__main__":
    main()
