"""A resume's text as a profile."""

import re
from datetime import UTC, date, datetime

from jobtracker.postings.model import Seniority
from jobtracker.postings.normalise import read_seniority
from jobtracker.resumes import contact, dates, lines, names
from jobtracker.resumes.education import read_education
from jobtracker.resumes.model import Profile, Work
from jobtracker.resumes.sections import Kind, Section, sections_of
from jobtracker.resumes.work import read_work
from jobtracker.skills.extraction import extract

_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|io|net)/\S*")
_LONGEST_SUMMARY = 1_500
_SENIOR_YEARS = 5
_MID_YEARS = 2


def read_profile(text: str, *, today: date | None = None) -> Profile:
    """The person whom a resume's text describes. What the text does not say stays None or empty.

    Args:
        text: the text of the document in reading order.
        today: the day until which a current position counts; the present day by default.
    """
    shown, hidden = lines.without_addresses(lines.lines_of(lines.clean(text)))
    sections = sections_of(shown)
    head = _of(sections, Kind.HEAD)
    person = [*head, *_of(sections, Kind.CONTACT)]
    body = [
        line
        for section in sections
        if section.kind not in {Kind.HEAD, Kind.CONTACT, Kind.REFERENCES}
        for line in section.lines
    ]
    reach = contact.read_contact(person, body, hidden)
    name = names.read_name(person, body, reach.email)
    work = read_work(_of(sections, Kind.WORK))
    current = next((position.title for position in work if position.current and position.title), None)
    latest = current or next((position.title for position in work if position.title), None)
    label = names.read_headline([*person, *body], name) or latest
    years = years_of(work, today or datetime.now(UTC).date())
    return Profile(
        name=name,
        label=label,
        email=reach.email,
        phone=reach.phone,
        links=tuple(reach.links),
        place=reach.place,
        summary=_summary(sections),
        skills=tuple(extract(_ADDRESS.sub(" ", "\n".join([*person, *body])))),
        work=tuple(work),
        education=tuple(read_education(_of(sections, Kind.EDUCATION))),
        seniority=_seniority(latest, label, years),
        years=years,
    )


def years_of(work: list[Work], today: date) -> float | None:
    """Years of work, times of several positions at once counted once; None without a dated position."""
    now = f"{today:%Y-%m}"
    spans = sorted(
        (dates.months(one.start, is_end=False), dates.months(now if one.current else one.end or one.start, is_end=True))
        for one in work
        if one.start
    )
    if not spans:
        return None
    total, until = 0, 0
    for start, end in spans:
        total += max(0, end - max(start, until))
        until = max(until, end)
    return round(total / 12, 1)


def _of(sections: list[Section], kind: Kind) -> list[str]:
    return [line for section in sections if section.kind is kind for line in section.lines]


def _summary(sections: list[Section]) -> str | None:
    told = next((section.lines for section in sections if section.kind is Kind.SUMMARY and section.lines), None)
    if told is None:
        return None
    text = lines.joined([lines.unbulleted(line) for line in told])
    return text[:_LONGEST_SUMMARY].strip() or None


def _seniority(title: str | None, label: str | None, years: float | None) -> Seniority | None:
    """The level that the title names, or the one that the years suggest."""
    for text in (title, label):
        if text and (level := read_seniority(text)):
            return level
    if years is None or not title:
        return None
    return Seniority.SENIOR if years >= _SENIOR_YEARS else Seniority.MID if years >= _MID_YEARS else Seniority.JUNIOR
