"""What a language model is asked of a resume, and the form in which it answers."""

from typing import Final

from pydantic import BaseModel, Field

MOST_LISTED: Final = 20
"""Projects, publications and awards that are asked for, of each: a scholar's papers would cut the answer off."""

INSTRUCTIONS: Final = (
    "The document is the text of somebody's resume, as it came out of a file: columns may be mixed. Give what it says "
    "of that person. Copy every value from the document letter by letter; never translate, complete, correct or infer. "
    "Leave out what the document does not say. dates are copied as written, such as 'Mar 2021 - Present'. "
    "tasks_begin and tasks_end are the first and the last five to ten words of what is told of a position below its "
    "title, company and dates; summary_begin and summary_end the same of the paragraph in which the person tells of "
    "themselves, told_begin and told_end of what is told of a project. place is where the person lives, as it stands "
    "with the address or the contact details: never the place of an employer or a school. skills are single skills, "
    "each as written. work holds jobs, internships and voluntary work, education courses of study, awards also honours "
    "and scholarships, all in the order of the document. Of projects, publications and awards give at most the first "
    f"{MOST_LISTED} each."
)


class ReadPosition(BaseModel):
    """One position."""

    title: str | None = None
    company: str | None = None
    place: str | None = None
    dates: str | None = Field(default=None, description="the whole period as written")
    tasks_begin: str | None = None
    tasks_end: str | None = None


class ReadCourse(BaseModel):
    """One course of study."""

    institution: str | None = None
    degree: str | None = Field(default=None, description="the degree without its subject")
    area: str | None = Field(default=None, description="the subject")
    dates: str | None = Field(default=None, description="the whole period, or the day of graduation, as written")
    score: str | None = Field(default=None, description="the grade as written")


class ReadLanguage(BaseModel):
    """A language, and how well it is spoken."""

    language: str
    fluency: str | None = None


class ReadCertificate(BaseModel):
    """A certificate or licence."""

    name: str
    issuer: str | None = None
    date: str | None = None


class ReadProject(BaseModel):
    """A project."""

    name: str | None = None
    dates: str | None = Field(default=None, description="the whole period as written")
    told_begin: str | None = None
    told_end: str | None = None


class ReadPublication(BaseModel):
    """Something published."""

    name: str = Field(description="the title alone")
    publisher: str | None = Field(default=None, description="the journal, conference or publisher")
    date: str | None = None


class ReadAward(BaseModel):
    """An award, honour or scholarship."""

    title: str
    awarder: str | None = None
    date: str | None = None


class ResumeReading(BaseModel):
    """What the model finds in a resume."""

    name: str | None = Field(default=None, description="the person's whole name")
    label: str | None = Field(default=None, description="the headline under the name")
    place: str | None = Field(default=None, description="where the person lives")
    summary_begin: str | None = None
    summary_end: str | None = None
    work: list[ReadPosition] = []
    education: list[ReadCourse] = []
    skills: list[str] = []
    languages: list[ReadLanguage] = []
    certificates: list[ReadCertificate] = []
    projects: list[ReadProject] = []
    publications: list[ReadPublication] = []
    awards: list[ReadAward] = []
