"""A resume's text as a profile."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from jobtracker.resumes import contact, entities, lines, linkedin_pdf, names
from jobtracker.resumes.education import read_education, studies_in
from jobtracker.resumes.employers import without_employers
from jobtracker.resumes.honours import certifying, read_awards, read_certificates
from jobtracker.resumes.languages import labelled, read_languages
from jobtracker.resumes.model import Language, LinkedSkill, Profile, Work, WorkRight
from jobtracker.resumes.phrases import ReadSkill, taken
from jobtracker.resumes.published import read_projects, read_publications
from jobtracker.resumes.rights import read_rights
from jobtracker.resumes.sections import Kind, Section, heading, sections_of, wider_column
from jobtracker.resumes.standing import latest_title, seniority_of
from jobtracker.resumes.usage import skill_uses, years_of
from jobtracker.resumes.work import read_work, stray_work
from jobtracker.skills.context import asked
from jobtracker.skills.extraction import extract, mentions
from jobtracker.skills.model import Demand

_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|io|net)/\S*")
# Sections whose heading a page of columns may put above lines of another.
_MIXED = {
    Kind.SUMMARY,
    Kind.SKILLS,
    Kind.LANGUAGES,
    Kind.CERTIFICATES,
    Kind.COURSES,
    Kind.REFERENCES,
    Kind.CONTACT,
    Kind.HEAD,
}
# Lists that a sidebar ends with.
_LISTS = {Kind.PUBLICATIONS, Kind.AWARDS, Kind.CERTIFICATES, Kind.LANGUAGES}
# Where people say of themselves what languages they speak and where they may work.
_PERSONAL = {Kind.HEAD, Kind.CONTACT, Kind.SUMMARY, Kind.OTHER}
_LONGEST_SUMMARY = 1_500
_PROSE = 8


def read_profile(text: str, *, today: date | None = None, named: Sequence[ReadSkill] = ()) -> Profile:
    """The person whom a resume's text describes. What the text does not say stays None or empty.

    Args:
        text: the text of the document in reading order.
        today: the day until which a current position counts; the present day by default.
        named: what the careful tier read of skills in the text.
    """
    today = today or datetime.now(UTC).date()
    if (printed := linkedin_pdf.read(text)) is not None:
        return _completed(printed, text, today, named)
    shown, hidden = lines.without_addresses(lines.lines_of(lines.clean(text)))
    shown, feet = lines.without_feet(shown)
    sections = sections_of(shown)
    for section in sections:
        # Above the first heading such signs are the pictures beside addresses.
        if section.kind not in {Kind.HEAD, Kind.CONTACT}:
            section.lines[:] = lines.with_bullets(section.lines)
    _part_summary(sections)
    head = _of(sections, Kind.HEAD)
    # A foot names the person, or who made the form: its addresses count where no other line has any.
    person = [*head, *_of(sections, Kind.CONTACT)]
    person += [line for line in feet if not any(map(contact.is_contact, person)) or names.name_of(line)]
    body = [
        line
        for section in sections
        if section.kind not in {Kind.HEAD, Kind.CONTACT, Kind.REFERENCES}
        for line in section.lines
    ]
    reach = contact.read_contact(person, body, hidden)
    work = _work(sections)
    education = read_education(_of(sections, Kind.EDUCATION)) or studies_in(_of(sections, Kind.WORK))
    latest = latest_title(work)
    name = names.read_name(person, body, next(iter(reach.emails), None))
    place = reach.place or contact.read_home(_below_name(name, person, body))
    if reach.emails or reach.phones or work or education:
        # The language model takes seconds to load: only for a resume, and only for what the rules did not find.
        name = name or entities.name_in(person)
        place = place or entities.place_in(person)
    label = names.without_employer(names.read_headline([*person, *body], name) or "", work) or latest
    years = years_of(work, today)
    told = _ADDRESS.sub(" ", "\n".join([*person, *body]))
    own = _without_employers([*person, *body], _of(sections, Kind.WORK), work)
    skills, linked, others = _skills(told, own, name, named)
    return Profile(
        name=name,
        label=label,
        email=next(iter(reach.emails), None),
        emails=tuple(reach.emails),
        phone=next(iter(reach.phones), None),
        phones=tuple(reach.phones),
        links=tuple(reach.links),
        place=place,
        summary=_summary(sections, head),
        skills=tuple(skills),
        linked_skills=linked,
        other_skills=others,
        work=tuple(work),
        skill_uses=tuple(skill_uses(skills, work, today, linked)),
        education=tuple(education),
        languages=tuple(_languages(sections)),
        certificates=tuple(
            read_certificates([*_of(sections, Kind.CERTIFICATES), *certifying(_of(sections, Kind.COURSES))])
        ),
        projects=tuple(read_projects(_of(sections, Kind.PROJECTS))),
        publications=tuple(read_publications(_of(sections, Kind.PUBLICATIONS), name)),
        awards=tuple(read_awards(_of(sections, Kind.AWARDS))),
        work_rights=tuple(_rights(sections)),
        seniority=seniority_of(latest, label, years),
        years=years,
    )


def _completed(printed: Profile, text: str, today: date, named: Sequence[ReadSkill]) -> Profile:
    """A profile whose form told all its fields, with those that follow from them."""
    latest = latest_title(printed.work)
    label = printed.label or latest
    years = years_of(printed.work, today)
    shown = lines.lines_of(lines.clean(text))
    begin = next((at for at, line in enumerate(shown) if heading(line) is Kind.WORK), len(shown))
    end = next((at for at, line in enumerate(shown) if at > begin and heading(line)), len(shown))
    body = [line for line in shown if not heading(line)]
    told = _ADDRESS.sub(" ", "\n".join(body))
    own = _without_employers(body, shown[begin + 1 : end], printed.work)
    skills, linked, others = _skills(told, own, printed.name, named)
    return printed.model_copy(
        update={
            "label": label,
            "skills": tuple(skills),
            "linked_skills": linked,
            "other_skills": others,
            "skill_uses": tuple(skill_uses(skills, printed.work, today, linked)),
            "seniority": seniority_of(latest, label, years),
            "years": years,
        }
    )


def _skills(
    told: str, own: str, name: str | None, named: Sequence[ReadSkill]
) -> tuple[list[str], tuple[LinkedSkill, ...], tuple[str, ...]]:
    """The skills that the text names or means, those that phrases mean, and the phrases that mean none we know.

    What the text says in every place that it names it is not needed ("no Java needed") is no skill of the person's, and
    nor is a part of the person's ``name`` ("Ada") or what only employers are called: ``own`` is the text without them.
    """
    told = told.replace(name, " ") if name else told
    places = Counter(one.skill for one in mentions(told))
    denied = {
        one.skill for one in asked(told) if one.demand is Demand.NOT_NEEDED and len(one.spans) == places[one.skill]
    }
    kept = set(extract(own)) - denied
    skills = [skill for skill in extract(told) if skill in kept]
    linked, others = taken([one for one in named if one.skill not in denied], skills, told)
    return [*skills, *(one.skill for one in linked)], linked, others


def _without_employers(body: Sequence[str], heads: Sequence[str], work: Sequence[Work]) -> str:
    rest = Counter(body) - Counter(heads)
    return _ADDRESS.sub(" ", without_employers(heads, rest.elements(), work))


def _of(sections: list[Section], kind: Kind) -> list[str]:
    return [line for section in sections if section.kind is kind for line in section.lines]


def _part_summary(sections: list[Section]) -> None:
    """Where no heading names a summary, a wide paragraph at the end of a sidebar's list is one."""
    if any(section.kind is Kind.SUMMARY for section in sections):
        return
    for at, section in enumerate(sections):
        begin = wider_column(section.lines) if section.kind in _LISTS else None
        # "Tools: saw, plane" is a list of another kind.
        if begin is not None and not any(":" in line for line in section.lines[begin:]):
            sections.insert(at + 1, Section(Kind.SUMMARY, section.lines[begin:]))
            del section.lines[begin:]
            return


def _below_name(name: str | None, person: list[str], body: list[str]) -> list[str]:
    """The lines below a name that stands in a sidebar or behind one."""
    at = next((at for at, line in enumerate(body) if name and names.name_of(line) == name), None)
    if at is None or any(names.name_of(line) == name for line in person):
        return []
    return body[at + 1 : at + 4]


def _work(sections: list[Section]) -> list[Work]:
    """The positions under their heading, and whole ones that columns put under another."""
    work = read_work(_of(sections, Kind.WORK))
    for section in sections:
        if section.kind in _MIXED:
            known = {(one.company, one.title, one.start) for one in work}
            work += [one for one in stray_work(section.lines) if (one.company, one.title, one.start) not in known]
    return work


def _languages(sections: list[Section]) -> list[Language]:
    """The languages under their heading, and those of lines that say that they are about languages."""
    others = [line for section in sections if section.kind in {*_PERSONAL, Kind.SKILLS} for line in section.lines]
    return read_languages([*_of(sections, Kind.LANGUAGES), *labelled(others)])


def _rights(sections: list[Section]) -> list[WorkRight]:
    """What is stated of the right to work: an employer's or a client's is not the person's."""
    told = [line for section in sections if section.kind in _PERSONAL for line in section.lines]
    others = [
        line
        for section in sections
        if section.kind not in {*_PERSONAL, Kind.REFERENCES, Kind.WORK_RIGHT}
        for line in section.lines
    ]
    return read_rights(told, others, _of(sections, Kind.WORK_RIGHT))


def _summary(sections: list[Section], head: list[str]) -> str | None:
    """What stands under "Summary", else the paragraph before the first heading."""
    told = next((section.lines for section in sections if section.kind is Kind.SUMMARY and section.lines), None)
    if told is None:
        begin = next((at for at, line in enumerate(head) if len(line.split()) >= _PROSE and not _is_list(line)), None)
        told = [line for line in head[begin:] if not contact.is_contact(line)] if begin is not None else []
        if sum(len(line.split()) for line in told) < 2 * _PROSE:
            return None
    text = lines.paragraph_text([lines.unbulleted(line) for line in told])
    return text[:_LONGEST_SUMMARY].strip() or None


def _is_list(line: str) -> bool:
    return contact.is_contact(line) or len(lines.pieces(line)) > 2
