"""LinkedIn's data export, a ZIP of tables, as text.

Only the tables that tell what a resume tells are read: not the messages, contacts and searches beside them.
"""

import csv
import re
import zipfile
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import Final

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.packed import DAMAGE, damaged
from jobtracker.resumes.plain import decoded
from jobtracker.resumes.structured import Position, Sheet, Study, items, joined, named
from jobtracker.resumes.uploads import RefusalCode

_NAMES: Final = (
    "profile",
    "positions",
    "education",
    "skills",
    "languages",
    "certifications",
    "projects",
    "publications",
    "honors",
    "email addresses",
    "phonenumbers",
)
_MOST_ROWS: Final = 2_000
_URL: Final = re.compile(r"https?://[^\s,\]\[]+")

Row = dict[str, str]


def linkedin_text(data: bytes) -> str:
    """The lines of an export. Raises RefusedError for one that cannot be opened or tells nothing of a career."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            tables = _tables(archive)
    except csv.Error as error:
        raise damaged() from error
    except RefusedError:
        raise
    except DAMAGE as error:
        raise damaged() from error
    sheet = _sheet(tables)
    if not (sheet.name or sheet.positions):
        raise RefusedError(
            RefusalCode.NO_TEXT,
            "The archive of LinkedIn holds no profile. Ask LinkedIn for the archive with your profile and positions.",
        )
    return sheet.text()


def _tables(archive: zipfile.ZipFile) -> dict[str, list[Row]]:
    """The tables by their names in lower case; of several of one name, the first."""
    found: dict[str, list[Row]] = {}
    for name in archive.namelist():
        path = PurePosixPath(name)
        table = path.stem.lower()
        if path.suffix.lower() == ".csv" and table in _NAMES and table not in found:
            found[table] = _rows(decoded(archive.read(name)))
    return found


def _rows(text: str) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""))
    head = [name.strip().lower() for name in next(reader, [])]
    rows: list[Row] = []
    for values in reader:
        if len(rows) == _MOST_ROWS:
            break
        rows.append({name: value.strip() for name, value in zip(head, values, strict=False)})
    return rows


def _sheet(tables: dict[str, list[Row]]) -> Sheet:
    profile = next(iter(tables.get("profile", [])), {})
    emails = sorted(tables.get("email addresses", []), key=lambda row: row.get("primary", "").lower() != "yes")
    return Sheet(
        name=joined((profile.get("first name", ""), profile.get("last name", "")), " "),
        label=profile.get("headline", ""),
        place=profile.get("geo location", ""),
        # The further addresses are kept for signing in, not to be written to.
        reach=[*_column(emails[:1], "email address"), *_column(tables.get("phonenumbers", []), "number")],
        summary=profile.get("summary", ""),
        positions=[_position(row) for row in tables.get("positions", [])],
        studies=[_study(row) for row in tables.get("education", [])],
        sections={
            "Skills": _column(tables.get("skills", []), "name"),
            "Languages": [_language(row) for row in tables.get("languages", [])],
            "Certificates": [line for row in tables.get("certifications", []) for line in _certificate(row)],
            "Projects": [line for row in tables.get("projects", []) for line in _project(row)],
            "Publications": [line for row in tables.get("publications", []) for line in _publication(row)],
            "Awards": [line for row in tables.get("honors", []) for line in _award(row)],
        },
        links=_URL.findall(profile.get("websites", "")),
    )


def _column(rows: list[Row], name: str) -> list[str]:
    return [row.get(name, "") for row in rows]


def _position(row: Row) -> Position:
    return Position(
        title=row.get("title", ""),
        company=row.get("company name", ""),
        place=row.get("location", ""),
        start=row.get("started on", ""),
        end=row.get("finished on", ""),
        text=items(row.get("description", "")),
    )


def _study(row: Row) -> Study:
    # LinkedIn's form asks for the degree and the field apart, and its export joins them.
    degree, _, area = row.get("degree name", "").partition(",")
    return Study(row.get("school name", ""), degree, area, row.get("start date", ""), row.get("end date", ""))


def _language(row: Row) -> str:
    name, level = row.get("name", ""), row.get("proficiency", "")
    return f"{name} ({level})" if name and level else name


def _certificate(row: Row) -> tuple[str, ...]:
    return named(
        "Certificate",
        row.get("name", ""),
        issuer=row.get("authority", ""),
        date=row.get("started on", ""),
        url=row.get("url", ""),
    )


def _project(row: Row) -> tuple[str, ...]:
    return named(
        "Project",
        row.get("title", ""),
        start=row.get("started on", ""),
        end=row.get("finished on", ""),
        url=row.get("url", ""),
        text=items(row.get("description", "")),
    )


def _publication(row: Row) -> tuple[str, ...]:
    return named(
        "Publication",
        row.get("name", ""),
        publisher=row.get("publisher", ""),
        date=row.get("published on", ""),
        url=row.get("url", ""),
        text=items(row.get("description", "")),
    )


def _award(row: Row) -> tuple[str, ...]:
    return named("Award", row.get("title", ""), date=row.get("issued on", ""), text=items(row.get("description", "")))
