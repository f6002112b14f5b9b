"""JSON Resume (https://jsonresume.org/schema), as text."""

import json
from typing import Annotated, Any, Final

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.files import wrong_type
from jobtracker.resumes.plain import decoded
from jobtracker.resumes.structured import Position, Sheet, Study, date, items, joined, named
from jobtracker.resumes.uploads import RefusalCode

# Values take twenty times their text in memory.
_LARGEST: Final = 2 * 1024 * 1024
_MOST_ENTRIES: Final = 1_000
_HOW: Final = "A JSON Resume is an object with the field “basics”, see jsonresume.org/schema."


def _text(value: Any) -> Any:
    """Text; what is null says nothing, and a number is written out."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _list(value: Any) -> Any:
    """A list; null is an empty one."""
    if isinstance(value, list) and len(value) > _MOST_ENTRIES:
        raise ValueError("too many")
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[Text], BeforeValidator(_list)]


def _either(*names: str) -> Any:
    """A field that older versions of the schema call by another name."""
    return Field(default="", validation_alias=AliasChoices(*names))


class _Location(BaseModel):
    city: Text = ""
    region: Text = ""
    country: Text = _either("countryCode", "country")


class _Account(BaseModel):
    network: Text = ""
    username: Text = ""
    url: Text = ""


class _Basics(BaseModel):
    name: Text = ""
    label: Text = ""
    email: Text = ""
    phone: Text = ""
    url: Text = _either("url", "website")
    summary: Text = ""
    location: Annotated[_Location, BeforeValidator(lambda value: value or {})] = _Location()
    profiles: Annotated[list[_Account], BeforeValidator(_list)] = []


class _Work(BaseModel):
    name: Text = _either("name", "company", "organization")
    position: Text = ""
    location: Text = ""
    start: Text = _either("startDate")
    end: Text = _either("endDate")
    summary: Text = ""
    highlights: Texts = []


class _Education(BaseModel):
    institution: Text = ""
    area: Text = ""
    degree: Text = _either("studyType")
    start: Text = _either("startDate")
    end: Text = _either("endDate")
    score: Text = _either("score", "gpa")


class _Named(BaseModel):
    """A skill, language, certificate, award, publication, project or interest: what is said of it by any name."""

    name: Text = _either("name", "title", "language")
    level: Text = _either("level", "fluency")
    issuer: Text = _either("issuer", "awarder", "publisher", "entity")
    date: Text = _either("date", "releaseDate")
    start: Text = _either("startDate")
    end: Text = _either("endDate")
    description: Text = _either("description", "summary")
    url: Text = _either("url", "website")
    keywords: Texts = []
    highlights: Texts = []


_Many = Annotated[list[_Named], BeforeValidator(_list)]


class _Resume(BaseModel):
    basics: _Basics
    work: Annotated[list[_Work], BeforeValidator(_list)] = []
    volunteer: Annotated[list[_Work], BeforeValidator(_list)] = []
    education: Annotated[list[_Education], BeforeValidator(_list)] = []
    skills: _Many = []
    languages: _Many = []
    certificates: _Many = []
    projects: _Many = []
    awards: _Many = []
    publications: _Many = []
    interests: _Many = []


def json_resume_text(data: bytes) -> str:
    """The lines of a JSON Resume. Referees are left out, being other people.

    Raises RefusedError for JSON that is broken, is no JSON Resume, or has fields of another kind than the schema says.
    """
    return _sheet(_parsed(data)).text()


def _parsed(data: bytes) -> _Resume:
    if len(data) > _LARGEST:
        raise RefusedError(
            RefusalCode.TOO_LARGE, "The JSON is larger than 2 MB. Leave embedded pictures out and upload it again."
        )
    try:
        found = json.loads(decoded(data))
    except json.JSONDecodeError as error:
        raise RefusedError(
            RefusalCode.CORRUPT,
            f"The JSON is broken at line {error.lineno}, column {error.colno}. Mend it there and upload it again.",
        ) from error
    # Numbers of thousands of digits, and what is nested thousands deep.
    except (ValueError, RecursionError) as error:
        raise RefusedError(RefusalCode.CORRUPT, f"The JSON cannot be read. {_HOW}") from error
    if not isinstance(found, dict) or not isinstance(found.get("basics"), dict):
        raise wrong_type("JSON, but no JSON Resume", _HOW)
    try:
        return _Resume.model_validate(found)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"][:4])
        raise RefusedError(
            RefusalCode.CORRUPT, f"The JSON Resume's field “{where[:80]}” is not what the schema says. {_HOW}"
        ) from error


def _sheet(resume: _Resume) -> Sheet:
    basics = resume.basics
    return Sheet(
        name=basics.name,
        label=basics.label,
        place=joined((basics.location.city, basics.location.region, basics.location.country)),
        reach=[basics.email, basics.phone],
        summary=basics.summary,
        positions=[_position(work) for work in resume.work],
        studies=[
            Study(one.institution, one.degree, one.area, one.start, one.end, one.score) for one in resume.education
        ],
        sections={
            "Skills": [_skill(one) for one in resume.skills],
            "Languages": [f"{one.name} ({one.level})" if one.level else one.name for one in resume.languages],
            "Certificates": _listed("Certificate", "issuer", resume.certificates),
            "Projects": _listed("Project", "for", resume.projects),
            "Volunteering": [joined((one.position, one.name, *_text_of(one))) for one in resume.volunteer],
            "Publications": _listed("Publication", "publisher", resume.publications),
            "Awards": _listed("Award", "awarder", resume.awards),
            "Interests": [_skill(one) for one in resume.interests],
        },
        links=[basics.url, *(one.url for one in basics.profiles)],
    )


def _position(work: _Work) -> Position:
    return Position(work.position, work.name, work.location, work.start, work.end, _text_of(work))


def _text_of(work: _Work) -> tuple[str, ...]:
    return (*items(work.summary), *work.highlights)


def _skill(one: _Named) -> str:
    return f"{one.name}: {joined(one.keywords)}" if one.name and one.keywords else one.name or joined(one.keywords)


def _listed(what: str, by: str, many: list[_Named]) -> list[str]:
    """Certificates, projects, publications or awards, each with its fields' names."""
    found: list[str] = []
    for one in many:
        fields = {
            by: one.issuer,
            "date": date(one.date),
            "start": date(one.start),
            "end": date(one.end),
            "url": one.url,
        }
        text = (*items(one.description), *one.highlights, joined(one.keywords))
        found += named(what, one.name, text=[line for line in text if line.strip()], **fields)
    return found
