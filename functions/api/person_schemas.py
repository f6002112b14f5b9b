"""The types of the HTTP API that are about a person: accounts, resumes, the profile. See ``schemas`` for the rules."""

import re
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints

from functions.api.conflict_schemas import Conflict, open_conflicts
from functions.api.schemas import Place, RequestBody, ShortText, Skill, View
from jobtracker.accounts import model as accounts
from jobtracker.postings import model as postings
from jobtracker.resumes import model as resumes
from jobtracker.resumes import uploads
from jobtracker.resumes.settled import called

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def _phone(text: str) -> str:
    number = re.sub(r"[\s().-]", "", text)
    if not _PHONE.fullmatch(number):
        raise ValueError("a telephone number begins with + and the country's number, as +49 30 901820")
    return number


Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]


# --- accounts


class AccountRequest(RequestBody):
    """A new account."""

    email: EmailStr
    password: SecretStr = Field(min_length=10, max_length=1000)
    name: ShortText | None = None


class SessionRequest(RequestBody):
    """Signing in. The password has no length rule here: a wrong one is wrong, however long."""

    email: str = Field(max_length=320)
    password: SecretStr = Field(max_length=1000)


class Person(View):
    """Who is signed in."""

    id: str
    email: str
    name: str | None
    role: accounts.Role

    @classmethod
    def of(cls, account: accounts.Account) -> Self:
        """The person whose account this is."""
        return cls(id=account.id, email=account.email, name=account.name, role=account.role)


class Token(View):
    """A bearer token, and how many seconds it lives."""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    person: Person


# --- resumes and the profile


class ResumeRequest(RequestBody):
    """The file that is about to be uploaded."""

    filename: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    content_type: str = Field(max_length=200)
    size: int = Field(ge=1, description="bytes; 10 MB at most")


class Refusal(View):
    """Why a resume was refused, and what to do."""

    code: uploads.RefusalCode
    reason: str


class Scan(View):
    """How a resume was read off pictures. Such a text is less sure than one that a file holds."""

    by: uploads.Scanner
    confidence: float = Field(description="how sure the letters are on average, from 0 to 1")
    pages: int = Field(description="pages that had to be read off pictures")
    pages_read: int = Field(description="how many of them could be")


class Resume(View):
    """An uploaded document and what became of it."""

    id: str
    filename: str
    content_type: str
    size: int | None
    status: uploads.ResumeStatus
    refusal: Refusal | None
    scan: Scan | None
    read_by: uploads.ReadBy
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, resume: uploads.Resume) -> Self:
        """The resume without its owner."""
        refusal, scan = resume.refusal, resume.scan
        return cls(
            **resume.model_dump(exclude={"person_id", "refusal", "scan"}),
            refusal=None if refusal is None else Refusal(code=refusal.code, reason=refusal.reason),
            scan=None if scan is None else Scan(**scan.model_dump()),
        )


class Upload(View):
    """Where to send the file: a form POST with ``fields`` first and the file last, in the field ``file``."""

    url: str
    fields: dict[str, str]


class ResumeCreated(View):
    """A resume that waits for its file."""

    resume: Resume
    upload: Upload


class ResumeList(View):
    """All resumes of a person, newest first."""

    items: list[Resume]


class PreferencesRequest(RequestBody):
    """What the person wants. Empty is no preference; pay is per year."""

    titles: list[ShortText] = Field(default=[], max_length=20)
    countries: list[Country] = Field(default=[], max_length=50)
    work_modes: list[postings.WorkMode] = Field(default=[], max_length=3)
    pay_floor: float | None = Field(default=None, ge=0, le=1e9, allow_inf_nan=False)
    pay_currency: Currency = "USD"

    def preferences(self) -> resumes.Preferences:
        """The same as the domain's type."""
        return resumes.Preferences.model_validate(self.model_dump())


class Preferences(View):
    """What the person wants. Empty is no preference; pay is per year."""

    titles: list[str]
    countries: list[str]
    work_modes: list[postings.WorkMode]
    pay_floor: float | None
    pay_currency: str


class Link(View):
    """A link and whose page it leads to."""

    kind: resumes.LinkKind
    url: str


class Work(View):
    """One position. Dates are partial ISO dates: ``2021`` or ``2021-03``."""

    company: str | None
    title: str | None
    place: str | None
    start: str | None
    end: str | None
    current: bool
    bullets: list[str]


class Education(View):
    """One course of study. Dates as in Work."""

    institution: str | None
    degree: str | None
    area: str | None
    start: str | None
    end: str | None
    score: str | None


class Language(View):
    """A language, with what the resume says of how well it is spoken and the level that this comes to."""

    language: str
    code: str | None
    fluency: str | None
    level: resumes.LanguageLevel | None


class Certificate(View):
    """A certificate or licence. ``date`` as in Work."""

    name: str
    issuer: str | None
    date: str | None
    url: str | None


class Project(View):
    """A project. Dates as in Work; ``description`` has a line for each item."""

    name: str | None
    url: str | None
    description: str | None
    start: str | None
    end: str | None


class Publication(View):
    """Something published. ``date`` as in Work."""

    name: str
    publisher: str | None
    date: str | None
    url: str | None


class Award(View):
    """An award, honour or scholarship. ``date`` as in Work."""

    title: str
    awarder: str | None
    date: str | None


class WorkRight(View):
    """A statement about the right to work, in the words of the resume."""

    words: str
    kind: resumes.WorkRightKind | None


class SkillUse(View):
    """The positions that name a skill, by their place in ``work``, and their months in all."""

    skill: Skill
    positions: list[int]
    months: int | None


class LinkedSkill(View):
    """A skill that the resume does not name, and its words that mean the skill."""

    skill: Skill
    phrases: list[str]


class ProfileFields(View):
    """A person as read from a resume."""

    name: str | None
    label: str | None
    email: str | None
    emails: list[str]
    phone: str | None
    phones: list[str]
    links: list[Link]
    place: Place | None
    summary: str | None
    skills: list[Skill]
    linked_skills: list[LinkedSkill]
    other_skills: list[str]
    work: list[Work]
    skill_uses: list[SkillUse]
    education: list[Education]
    languages: list[Language]
    certificates: list[Certificate]
    projects: list[Project]
    publications: list[Publication]
    awards: list[Award]
    work_rights: list[WorkRight]
    seniority: postings.Seniority | None
    years: float | None

    @classmethod
    def of(cls, read: resumes.Profile) -> Self:
        """The profile with its skills named."""
        return cls(
            **read.model_dump(exclude={"skills", "linked_skills", "skill_uses", "place"}),
            skills=[Skill.of(skill_id) for skill_id in read.skills],
            linked_skills=[
                LinkedSkill(skill=Skill.of(one.skill), phrases=list(one.phrases)) for one in read.linked_skills
            ],
            skill_uses=[
                SkillUse(skill=Skill.of(use.skill), positions=list(use.positions), months=use.months)
                for use in read.skill_uses
            ],
            place=None if read.place is None else Place.of(read.place),
        )


class Correction(View):
    """A field that the person corrected, and what the resume says of it, in words; null where it says nothing."""

    field: str
    read: str | None


class Profile(View):
    """The profile in use, its version and the resumes it came from. ``corrections`` are the fields of it that are not
    as they were read, but as the person says; ``conflicts`` are where the resumes disagree and the person did not yet
    say which is right, ``settled`` where the person said that the value in use is."""

    version: int
    resume_id: str | None
    read_by: uploads.ReadBy
    resume_ids: list[str]
    conflicts: list[Conflict]
    settled: list[Conflict]
    profile: ProfileFields
    corrections: list[Correction]
    preferences: Preferences
    changed_at: datetime

    @classmethod
    def of(cls, stored: resumes.StoredProfile) -> Self:
        """The stored profile with its skills named."""
        return cls(
            version=stored.version,
            resume_id=stored.resume_id,
            read_by=stored.read_by,
            resume_ids=list(stored.in_use),
            conflicts=open_conflicts(stored),
            settled=open_conflicts(stored, settled=True),
            profile=ProfileFields.of(stored.profile),
            corrections=[
                Correction(field=name, read=_in_words(getattr(stored.as_read, name)))
                for name in stored.corrections.said()
            ],
            preferences=Preferences(**stored.preferences.model_dump()),
            changed_at=stored.changed_at,
        )


def _in_words(read: object) -> str | None:
    """What was read of a field that can be corrected; of a list, what each entry is called by."""
    if isinstance(read, tuple):
        # Skills are told by commas, entries, which hold some themselves, by semicolons.
        skills = all(isinstance(one, str) for one in read)
        named = (Skill.of(one).name if isinstance(one, str) else called(one) for one in read)
        return (", " if skills else "; ").join(named) or None
    if isinstance(read, postings.Place):
        return read.text
    return None if read is None else f"{read:g}" if isinstance(read, float) else str(read)
