"""Profiles as LinkedIn prints them, of invented people in seven languages of the page, and how much of them is read.

A field counts as read where its value is the one that is printed, letter by letter; an entry stands for the one at the
same place of its list. So what is left out, and what is read besides, makes all that follows wrong.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from benchmarks import report
from benchmarks.calibration import Mark, figures
from benchmarks.resume_marks import Entry, Truth, marks
from benchmarks.resume_people import Job, Person, Study, person
from jobtracker.resumes.extract import extract
from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance.evidence import scored
from jobtracker.resumes.read import read_profile
from jobtracker.skills import extraction
from tools.samples.linkedin_profile import LANGUAGES, Employer, Member, Post, School, draw

_TODAY: Final = "2025-12"
# The rules were looked at with those before it.
_FIRST: Final = 3_000
# Whether the lines of a long name stand closer than the names is not known for sure.
_EVEN: Final = 0.2
_LEVELS: Final = (
    "Native or Bilingual", "Full Professional", "Professional Working", "Limited Working", "Elementary",
)  # fmt: skip
_ACCENTS: Final = str.maketrans({"e": "é", "o": "ö", "a": "á", "n": "ñ", "u": "ü"})
_AREAS: Final = ("{0}", "{0}", "{0}", "Greater {1} Area", "{1} Metropolitan Area", "{1}, {2}")
_FORMS: Final = ("• {}", "- {}", "{}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A profile, what is printed of it, and how."""

    member: Member
    language: str
    even: bool


def printed(number: int, *, held_out: bool) -> Printed:
    """The profile of this number. Those held out are of people who share no name, employer or school with the rest."""
    one = person(number, held_out=held_out)
    by_lot = random.Random(f"linkedin {number} {held_out}")
    name = one.name[:-3] + one.name[-3:].translate(_ACCENTS) if by_lot.random() < 0.3 else one.name
    headline = one.label
    if by_lot.random() < 0.4:
        headline = " | ".join((one.label, *one.skills[:4], one.jobs[0].title))
    told = {
        "skills": one.skills[:3],
        "languages": tuple(f"{language} ({by_lot.choice(_LEVELS)})" for language, _ in one.languages),
        "certificates": tuple(name for name, _, _ in one.certificates),
        "awards": tuple(award.name for award in one.awards),
        "publications": tuple(publication.name for publication in one.publications),
    }
    member = Member(
        name=name,
        headline=headline,
        place=_place(one.place, by_lot) if by_lot.random() < 0.9 else "",
        contact=_contact(one, number, by_lot),
        employers=tuple(_employers(one.jobs, by_lot)),
        schools=tuple(_school(study, by_lot) for study in one.studies),
        summary=(one.summary,) if by_lot.random() < 0.7 else (),
        lists={kind: lines for kind, lines in told.items() if lines and by_lot.random() < 0.8},
    )
    return Printed(member, by_lot.choice(sorted(LANGUAGES)), by_lot.random() < _EVEN)


def read(one: Printed) -> tuple[Profile, list[Mark]]:
    """What is read of a profile, and which of its fields are right, with their confidence."""
    extracted = extract(draw(one.member, one.language, _TODAY, even=one.even))
    profile = read_profile(extracted.text, today=date.fromisoformat(f"{_TODAY}-28"))
    fields = list(scored(extracted.text, profile, extracted.lines))
    return profile, list(marks(profile, fields, _truth(one.member)))


def measured(count: int, *, held_out: bool) -> dict[str, report.Value]:
    """How many of the fields of so many profiles are read, and how far their confidences can be relied on."""
    right: dict[str, int] = {}
    known: dict[str, int] = {}
    wrong: list[str] = []
    found: list[Mark] = []
    for number in range(_FIRST, _FIRST + count):
        one = printed(number, held_out=held_out)
        profile, told = read(one)
        found += told
        for kind, wanted, given in _compared(one.member, profile):
            known[kind] = known.get(kind, 0) + 1
            right[kind] = right.get(kind, 0) + (wanted == given)
            if wanted != given:
                wrong.append(f"{number} {kind}: {wanted!r} ({given!r})")
    values: dict[str, report.Value] = {f"linkedin_{kind}": f"{right[kind]} of {known[kind]}" for kind in known}
    return values | figures("linkedin", found) | {"linkedin_wrong": wrong}


def _contact(one: Person, number: int, by_lot: random.Random) -> tuple[str, ...]:
    handle = one.email.partition("@")[0].replace(".", "-")
    lines = [f"{one.phone_written} (Mobile)"] if by_lot.random() < 0.5 else []
    lines += [one.email] if by_lot.random() < 0.8 else []
    lines.append(f"www.linkedin.com/in/{handle}-{by_lot.randrange(16**6):x} (LinkedIn)")
    if by_lot.random() < 0.3:
        lines.append(f"{handle}{number}.example.com ({by_lot.choice(('Company', 'Portfolio', 'Blog'))})")
    return tuple(lines)


def _place(place: str, by_lot: random.Random) -> str:
    town, _, country = place.partition(", ")
    return by_lot.choice(_AREAS).format(place, town, country)


def _employers(jobs: Sequence[Job], by_lot: random.Random) -> Iterator[Employer]:
    company, posts = "", list[Post]()
    for job in jobs:
        if posts and by_lot.random() >= 0.4:
            yield Employer(company, tuple(posts))
            posts = []
        company = company if posts else job.company
        form = by_lot.choice(_FORMS)
        start, end = (job.start[:4], job.end and job.end[:4]) if by_lot.random() < 0.1 else (job.start, job.end)
        place = _place(job.place, by_lot) if by_lot.random() < 0.8 else ""
        posts.append(Post(job.title, start, end, place, tuple(form.format(bullet) for bullet in job.bullets)))
    yield Employer(company, tuple(posts))


def _school(study: Study, by_lot: random.Random) -> School:
    dates = "" if by_lot.random() < 0.1 else f"{study.start} - {study.end}"
    return School(study.institution, study.degree, study.area or "", dates)


def _posts(member: Member) -> Iterator[tuple[str, Post, tuple[str, ...]]]:
    for employer in member.employers:
        for post in employer.posts:
            yield employer.company, post, tuple(line.removeprefix("• ").removeprefix("- ") for line in post.text)


def _links(member: Member) -> list[str]:
    return [
        f"https://{line.split(' (')[0]}" for line in member.contact if "example.com (" in line or "linkedin" in line
    ]


def _numbers(member: Member) -> list[str]:
    return ["".join(filter("+0123456789".__contains__, line)) for line in member.contact if line.endswith("(Mobile)")]


def _compared(member: Member, profile: Profile) -> Iterator[tuple[str, object, object]]:
    """The kinds of field with what is printed and what was read."""
    yield "names", member.name, profile.name
    yield "headlines", member.headline, profile.label
    yield "places", member.place, profile.place.text if profile.place else ""
    yield "e-mails", [line for line in member.contact if "@" in line], list(profile.emails)
    yield "telephone numbers", _numbers(member), list(profile.phones)
    yield "links", _links(member), [link.url for link in profile.links]
    yield "summaries", " ".join(member.summary), profile.summary or ""
    posts = list(_posts(member))
    yield "numbers of positions", len(posts), len(profile.work)
    for (company, post, bullets), work in zip(posts, profile.work, strict=False):
        yield "companies", company, work.company
        yield "titles", post.title, work.title
        yield "places of positions", post.place, work.place or ""
        yield "beginnings", post.start, work.start
        yield "ends", post.end or "present", "present" if work.current else work.end
        yield "texts", bullets, work.bullets
    yield "numbers of studies", len(member.schools), len(profile.education)
    for school, study in zip(member.schools, profile.education, strict=False):
        yield "institutions", school.institution, study.institution
        yield "degrees", school.degree, study.degree or ""
        yield "areas", school.area, study.area or ""
        yield "years of studies", school.dates, f"{study.start} - {study.end}" if study.end else ""
    for kind, given in (
        ("languages", [f"{one.language} ({one.fluency})" for one in profile.languages]),
        ("certificates", [one.name for one in profile.certificates]),
        ("awards", [one.title for one in profile.awards]),
        ("publications", [one.name for one in profile.publications]),
    ):
        yield kind, list(member.lists.get(kind, ())), given


def _truth(member: Member) -> Truth:
    """What the profile says, for telling which fields are right."""
    lists = member.lists
    said = [member.headline, *member.summary, *(line for lines in lists.values() for line in lines)]
    said += [line for _, post, bullets in _posts(member) for line in (post.title, *bullets)]
    said += [f"{one.institution}\n{one.degree}, {one.area}" for one in member.schools]
    emails = frozenset(line for line in member.contact if "@" in line)
    entries: dict[str, Sequence[Entry]] = {
        "work": [
            {
                "title": post.title, "company": company, "place": post.place or None, "start": post.start,
                "end": post.end, "current": "" if post.end else "Present", "bullets": bullets,
            }
            for company, post, bullets in _posts(member)
        ],
        "education": [_study(one) for one in member.schools],
        "languages": [
            {"language": name, "fluency": level.rstrip(")")}
            for name, _, level in (line.partition(" (") for line in lists.get("languages", ()))
        ],
        "certificates": [{"name": name} for name in lists.get("certificates", ())],
        "publications": [{"name": name} for name in lists.get("publications", ())],
        "awards": [{"title": name} for name in lists.get("awards", ())],
    }  # fmt: skip
    numbers = frozenset(_numbers(member))
    values = {
        "name": frozenset({member.name}), "label": frozenset({member.headline}), "email": emails, "emails": emails,
        "phone": numbers, "phones": numbers, "links": frozenset(_links(member)), "place": frozenset({member.place}),
        "summary": frozenset({" ".join(member.summary)}), "skills": frozenset(extraction.extract("\n".join(said))),
    }  # fmt: skip
    return Truth(values, entries)


def _study(one: School) -> Entry:
    start, _, end = one.dates.partition(" - ")
    return {
        "institution": one.institution, "degree": one.degree, "area": one.area or None, "start": start or None,
        "end": end or None,
    }  # fmt: skip
