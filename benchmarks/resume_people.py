"""Invented people with what their resumes are to say, so that what is read of them can be told right from wrong."""

import random
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from tools.samples.parts import Company, Parts, Role, read_parts

T = TypeVar("T")

_WORDS: Final = Path(__file__).parent / "data" / "resumes" / "people.toml"


@dataclass(frozen=True, slots=True)
class Job:
    """One employment as it is to be read. Dates are partial ISO dates; ``end`` is None while it goes on."""

    title: str
    company: str
    place: str
    start: str
    end: str | None
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """One course of study."""

    institution: str
    degree: str
    area: str | None
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Further:
    """Something that somebody made, published or was given. ``by`` is who published or gave it."""

    name: str
    by: str
    date: str
    text: str = ""

    def reference(self, form: int) -> str:
        """How it is cited: by commas alone, with its title in quotation marks, or as the APA has it."""
        return (
            f"{self.name}, {self.by}, {self.date}",
            f"“{self.name}”, {self.by}, {self.date}",
            f"Vance, Q. ({self.date}). {self.name}. {self.by}.",
        )[form]


@dataclass(frozen=True, slots=True)
class Person:
    """What a resume is to say of somebody. ``phone`` is in E.164, ``phone_written`` as it is written."""

    name: str
    label: str
    email: str
    phone: str
    phone_written: str
    links: tuple[str, ...]
    place: str
    summary: str
    skills: tuple[str, ...]
    jobs: tuple[Job, ...]
    studies: tuple[Study, ...]
    languages: tuple[tuple[str, str], ...]
    certificates: tuple[tuple[str, str, str], ...]
    projects: tuple[Further, ...]
    publications: tuple[Further, ...]
    awards: tuple[Further, ...]
    right: str | None


class _Words(BaseModel):
    """What people are called, have learnt and can do."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    schools: tuple[str, ...]
    skills: tuple[str, ...]
    spoken: tuple[str, ...]
    fluency: tuple[str, ...]
    studies: tuple[tuple[str, str], ...]
    certificates: tuple[tuple[str, str], ...]
    phones: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    projects: tuple[str, ...]
    publications: tuple[str, ...]
    publishers: tuple[str, ...]
    awards: tuple[str, ...]
    rights: tuple[str, ...]


@cache
def _words() -> _Words:
    return _Words.model_validate(tomllib.loads(_WORDS.read_text(encoding="utf-8")))


@cache
def _parts() -> Parts:
    return read_parts()


def person(number: int, *, held_out: bool) -> Person:
    """The person of this number. Those held out share no name, employer, calling or school with the others."""
    # The same number is the same person.
    draw = random.Random(f"person {number} {held_out}")

    def mine(all_of: Sequence[T]) -> list[T]:
        return [one for at, one in enumerate(all_of) if (at % 3 == 0) is held_out]

    words = _words()
    first, last = draw.choice(mine(words.first)), draw.choice(mine(words.last))
    parts = _parts()
    roles = mine([role for role in parts.roles if role.language == "en"])
    field = draw.choice(roles).field
    callings = [role for role in roles if role.field == field] or roles
    companies = mine(parts.companies)
    jobs = _jobs(draw, callings, companies, draw.randint(1, 5))
    code, form = draw.choice(mine(words.phones))
    written = "".join(str(draw.randrange(10)) if sign == "X" else sign for sign in form)
    local = f"{first}.{last}".lower() if draw.random() < 0.7 else f"{draw.choice(('studio', 'hello', 'mail'))}{number}"
    handle = f"{first}-{last}".lower().replace("'", "")
    studies = []
    end = int(jobs[-1].start[:4])
    for degree, area in draw.sample(mine(words.studies), draw.randint(1, 2)):
        studies.append(Study(draw.choice(mine(words.schools)), degree, area or None, str(end - 3), str(end)))
        end -= 4
    return Person(
        name=f"{first} {draw.choice('ABEKMRT')}. {last}" if draw.random() < 0.15 else f"{first} {last}",
        label=_label(draw, jobs[0].title),
        email=f"{_ascii(local)}@example.{draw.choice(('com', 'org', 'net'))}",
        phone="".join(sign for sign in code + written if sign in "+0123456789"),
        phone_written=f"{code} {written}",
        links=tuple(
            f"{host}{_ascii(handle)}" for host in draw.sample(("linkedin.com/in/", "github.com/"), draw.randint(0, 2))
        ),
        place=jobs[0].place,
        summary=_summary(draw, jobs[0].title),
        skills=tuple(draw.sample(words.skills, draw.randint(5, 14))),
        jobs=tuple(jobs),
        studies=tuple(studies),
        languages=tuple((one, draw.choice(words.fluency)) for one in draw.sample(words.spoken, draw.randint(1, 3))),
        certificates=tuple(
            (name, by, str(draw.randint(2016, 2025)))
            for name, by in draw.sample(mine(words.certificates), draw.randint(0, 2))
        ),
        projects=tuple(
            Further(name, "", str(draw.randint(2015, 2025)), _bullet(draw, draw.choice(callings).duties))
            for name in draw.sample(mine(words.projects), draw.choice((0, 0, 1, 2)))
        ),
        publications=tuple(
            Further(name, draw.choice(mine(words.publishers)), str(draw.randint(2012, 2025)))
            for name in draw.sample(mine(words.publications), draw.choice((0, 0, 0, 1, 2)))
        ),
        awards=tuple(
            Further(name, draw.choice(companies).name, str(draw.randint(2012, 2025)))
            for name in draw.sample(mine(words.awards), draw.choice((0, 0, 0, 1, 2)))
        ),
        right=draw.choice(mine(words.rights)) if draw.random() < 0.2 else None,
    )


def _jobs(draw: random.Random, callings: Sequence[Role], companies: Sequence[Company], count: int) -> list[Job]:
    jobs: list[Job] = []
    year, month = 2025, draw.randint(1, 12)
    for at in range(count):
        role, company = draw.choice(callings), draw.choice(companies)
        length = draw.randint(8, 50)
        begin = year * 12 + month - 1 - length
        start = f"{begin // 12}-{begin % 12 + 1:02d}"
        now = at == 0 and draw.random() < 0.7
        city, *_, country = [part.strip() for part in draw.choice(company.offices).split(",")]
        title = draw.choice(sorted(role.titles.values()))
        jobs.append(
            Job(
                title=title,
                company=company.name,
                place=f"{city}, {country}",
                start=start,
                end=None if now else f"{year}-{month:02d}",
                bullets=tuple(_bullet(draw, [duty]) for duty in draw.sample(role.duties, draw.randint(0, 4))),
            )
        )
        before = begin - draw.randint(0, 3)
        year, month = before // 12, before % 12 + 1
    return jobs


def _bullet(draw: random.Random, duties: Sequence[str]) -> str:
    """One thing that somebody did: in a few words or at length, with figures or without, with a stop or without."""
    told = draw.choice(duties).rstrip(".")
    form = draw.random()
    if form < 0.15:
        told = " ".join(told.split()[: draw.randint(3, 5)]).rstrip(",;:")
        told = re.sub(r"( (?:of|at|and|the|in|for|to|a|an|with|on))+$", "", told)
    elif form < 0.55:
        told += draw.choice(
            (
                f", which brought costs down by {draw.randint(3, 60)}%",
                f" for {draw.randint(2, 90)},000 customers in {draw.randint(2, 14)} countries",
                ", working with sales, support and two partners abroad",
                f"; the team grew from {draw.randint(2, 5)} to {draw.randint(6, 30)} people in the meantime",
                f" ({draw.randint(2, 9)}.{draw.randint(1, 9)}x faster, {draw.randint(20, 90)}K a day)",
                f" with {' and '.join(draw.sample(_words().skills, 2))}",
                f", and brought {draw.randint(3, 12)} people from three departments to one way of working",
            )
        )
    return told + ("." if draw.random() < 0.4 else "")


def _label(draw: random.Random, title: str) -> str:
    """A headline: what somebody is, mostly in other words than those of the latest position."""
    skills = draw.sample(_words().skills, 2)
    years = draw.randint(3, 20)
    forms = (f"{title} | {' & '.join(skills)}", f"{title}, {skills[0]}", f"{title} with {years} years of experience")
    return title if draw.random() < 0.5 else draw.choice(forms)


def _summary(draw: random.Random, title: str) -> str:
    """A few sentences about somebody, most with figures in them."""
    told = [f"{title} with a liking for hard problems.", *draw.sample(_words().about, 2)]
    if draw.random() < 0.6:
        told[0] = f"{title} with {draw.randint(3, 20)}+ years of experience."
    if draw.random() < 0.5:
        told.append(f"Led {draw.randint(2, 40)} people and cut costs by {draw.randint(5, 60)}%.")
    if draw.random() < 0.4:
        told.append(f"Known for {', '.join(draw.sample(_words().skills, 3))}.")
    return " ".join(told).rstrip("." if draw.random() < 0.2 else "")


def _ascii(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.replace("'", "")) if sign.isascii())
