"""A resume read by a language model, over what the rules read of it.

Every value is looked up in the resume's text, dates by how they are written there; what is not in it is dropped. The
rules' reading gives way in two cases only, and else stands:

- what they left empty is filled;
- what they read is a part of what the model found ("Anna" of "Anna Lind", "2021" of "Mar 2021"), and the longer value
  holds nothing that is a field of its own beside it, as a company behind a title.

An entry of a list is the same as one of the rules' where the names of both agree, or their dates do. An entry that is
none of theirs is added. Addresses and numbers stay with the rules, skills are those of the taxonomy, and where the
person lives is a place that the gazetteer knows and that does not stand with an employer or a school.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from pydantic import BaseModel

from jobtracker.llm.found import Document, folded
from jobtracker.llm.model import Reading
from jobtracker.postings.model import Place
from jobtracker.resumes import dates, lines
from jobtracker.resumes.careful_forms import (
    INSTRUCTIONS,
    MOST_LISTED,
    ReadAward,
    ReadCertificate,
    ReadCourse,
    ReadLanguage,
    ReadPosition,
    ReadProject,
    ReadPublication,
    ResumeReading,
)
from jobtracker.resumes.languages import read_languages
from jobtracker.resumes.model import Award, Certificate, Education, Language, Profile, Project, Publication, Work
from jobtracker.resumes.sections import Kind, heading, kinds_of
from jobtracker.resumes.standing import latest_title, seniority_of
from jobtracker.resumes.usage import skill_uses, years_of
from jobtracker.skills.extraction import extract
from jobtracker.skills.taxonomy import taxonomy

Answer = TypeVar("Answer", bound=BaseModel)
Entry = TypeVar("Entry", bound=BaseModel)
LONGEST: Final = 40_000
# No token is shorter than a byte, and above 100,000 of them all that is asked and answered costs five times as much.
_MOST_BYTES: Final = 80_000
MAX_TOKENS: Final = 8_000
_MOST_ENTRIES: Final = 60
_MOST_SKILLS: Final = 200
_MOST_NAMES: Final = 6
_NAMELESS: Final = re.compile(r"[\d@/|:]")
_MOST_BULLETS: Final = 40
_STOP: Final = re.compile(r"[.!?)]+(?=\s|$)")
_LONGEST_SUMMARY: Final = 1_500
_LONGEST_DESCRIPTION: Final = 2_000
# What stands under these headings is the place of something else.
_ELSEWHERE: Final = {
    Kind.WORK,
    Kind.EDUCATION,
    Kind.PROJECTS,
    Kind.PUBLICATIONS,
    Kind.AWARDS,
    Kind.CERTIFICATES,
    Kind.COURSES,
    Kind.REFERENCES,
}


class ReadsDocuments(Protocol):
    """What is used of ``llm.reader.Reader``."""

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = ..., max_tokens: int = ...
    ) -> Reading[Answer]:
        """The document in the form of ``form``."""


def read(claude: ReadsDocuments, text: str, rules: Profile, *, today: date) -> Profile:
    """The profile that ``rules`` read of a resume's text, with what the model found there besides.

    Raises LlmError where there is no reading.
    """
    document = sent(text)
    reading = claude.read(ResumeReading, INSTRUCTIONS, document, title="resume", max_tokens=MAX_TOKENS).value
    return mended(rules, reading, Document.of(document), today)


def sent(text: str) -> str:
    """What of a resume's text is sent: as much as can be read for a bounded sum."""
    return lines.clean(text)[:LONGEST].encode()[:_MOST_BYTES].decode(errors="ignore")


def mended(rules: Profile, reading: ResumeReading, document: Document, today: date) -> Profile:
    """The rules' reading, filled and mended by what of the model's stands in the document."""
    work = _merged(rules.work, [_position(one, document) for one in reading.work[:_MOST_ENTRIES]], _same_work)
    courses = [_course(one, document) for one in reading.education[:_MOST_ENTRIES]]
    papers = [_paper(one, document) for one in reading.certificates[:_MOST_ENTRIES]]
    projects = [_project(one, document) for one in reading.projects[:MOST_LISTED]]
    printed = [_publication(one, document) for one in reading.publications[:MOST_LISTED]]
    honours = [_award(one, document) for one in reading.awards[:MOST_LISTED]]
    summary = lines.paragraph_text(
        _passage(reading.summary_begin, reading.summary_end, document, longest=_LONGEST_SUMMARY)
    )
    skills = tuple(dict.fromkeys([*rules.skills, *_skills(reading.skills[:_MOST_SKILLS], document)]))
    name = fuller(rules.name, _name(reading.name, document))
    headline = rules.label if rules.label != latest_title(rules.work) else None
    latest = latest_title(work)
    label = fuller(headline, document.quoted(reading.label, longest=120), beside=(name, rules.email)) or latest
    years = years_of(work, today)
    return rules.model_copy(
        update={
            "name": name,
            "label": label,
            "place": _home(rules, reading.place, document, work),
            "summary": fuller(rules.summary, summary or None, beside=(name, rules.email)),
            "work": tuple(work),
            "education": tuple(_merged(rules.education, courses, _same_course)),
            "certificates": tuple(_merged(rules.certificates, papers, _same_paper)),
            "projects": tuple(_merged(rules.projects, projects, _same_project)),
            "publications": tuple(_merged(rules.publications, printed, _same_publication)),
            "awards": tuple(_merged(rules.awards, honours, _same_award)),
            "languages": tuple(_languages(rules.languages, reading.languages[:_MOST_ENTRIES], document)),
            "skills": skills,
            "skill_uses": tuple(skill_uses(skills, work, today, rules.linked_skills)),
            "years": years,
            "seniority": seniority_of(latest, label, years),
        }
    )


def fuller(rules: str | None, found: str | None, *, beside: Iterable[str | None] = ()) -> str | None:
    """What the rules read, or what was found where that is more of the same: not with what stands ``beside`` it."""
    if found is None or rules is None:
        return rules if found is None else found
    longer = Document.of(found)
    if folded(found) == folded(rules) or longer.find(rules) is None:
        return rules
    own = Document.of(rules)
    return rules if any(longer.find(one) and not own.find(one) for one in beside) else found


def _name(written: str | None, document: Document) -> str | None:
    """A person's name: a few words, and neither a number nor an address."""
    name = document.quoted(written, longest=60)
    return None if name is None or _NAMELESS.search(name) or len(name.split()) > _MOST_NAMES else name


def _position(one: ReadPosition, document: Document) -> Work | None:
    title, company = document.quoted(one.title), document.quoted(one.company)
    if title is None and company is None:
        return None
    start, end, current = _period(one.dates, document)
    bullets = _told(one, document)
    place = document.quoted(one.place)
    return Work(title=title, company=company, place=place, start=start, end=end, current=current, bullets=bullets)


def _course(one: ReadCourse, document: Document) -> Education | None:
    institution, degree, area = (document.quoted(value) for value in (one.institution, one.degree, one.area))
    if institution is None and degree is None:
        return None
    start, end, _ = _period(one.dates, document)
    score = document.quoted(one.score, longest=80)
    return Education(institution=institution, degree=degree, area=area, start=start, end=end, score=score)


def _paper(one: ReadCertificate, document: Document) -> Certificate | None:
    name = document.quoted(one.name)
    if name is None:
        return None
    return Certificate(name=name, issuer=document.quoted(one.issuer), date=_day(one.date, document))


def _project(one: ReadProject, document: Document) -> Project | None:
    name = document.quoted(one.name)
    told = _passage(one.told_begin, one.told_end, document, longest=_LONGEST_DESCRIPTION)
    if name is None and not told:
        return None
    start, end, _ = _period(one.dates, document)
    return Project(name=name, description="\n".join(told) or None, start=start, end=end)


def _publication(one: ReadPublication, document: Document) -> Publication | None:
    name = document.quoted(one.name)
    if name is None:
        return None
    return Publication(name=name, publisher=document.quoted(one.publisher), date=_day(one.date, document))


def _award(one: ReadAward, document: Document) -> Award | None:
    title = document.quoted(one.title)
    if title is None:
        return None
    return Award(title=title, awarder=document.quoted(one.awarder), date=_day(one.date, document))


def _home(rules: Profile, written: str | None, document: Document, work: Sequence[Work]) -> Place | None:
    """Where the person lives: the rules' place, or the one that was found where that is more of it."""
    # The tables of places take a third of a second to load: only where one is named.
    from jobtracker.postings.places import read_place

    quoted = document.quoted(written, longest=120)
    found = read_place(quoted) if quoted else None
    if found is None or not _stands_with_the_person(found.text, document, work):
        return rules.place
    before = rules.place
    if before is None:
        return found
    other_country = before.country is not None and before.country != found.country
    return before if other_country or fuller(before.text, found.text) == before.text else found


def _stands_with_the_person(place: str, document: Document, work: Sequence[Work]) -> bool:
    """Whether the document has the place anywhere but with an employer, a school or a birth."""
    from jobtracker.resumes.whereabouts import tells_of_birth

    written = document.text.split("\n")
    kinds = kinds_of(written)
    span = document.find(place)
    while span is not None:
        at = document.text.count("\n", 0, span.start)
        line = Document.of(written[at])
        employed = any(line.find(one.company) for one in work)
        if kinds[at][0] not in _ELSEWHERE and not employed and not tells_of_birth(written[at]):
            return True
        span = document.find(place, span.end)
    return False


def _passage(begin: str | None, end: str | None, document: Document, *, longest: int) -> list[str]:
    """The lines from the first words of a passage to its last; none where it is longer, or runs over a heading."""
    begins = document.find(begin)
    ends = document.find(end, begins.start) if begins else None
    if begins is None or ends is None or ends.end - begins.start > longest:
        return []
    stop = _STOP.match(document.text, ends.end)
    told = [line.strip() for line in document.text[begins.start : stop.end() if stop else ends.end].split("\n")]
    plain = [lines.unbulleted(line) for line in told]
    return [] if any(map(heading, told)) else [line for line in plain if any(map(str.isalnum, line))]


def _day(written: str | None, document: Document) -> str | None:
    """The day of what has one: of a span of validity its beginning."""
    start, end, _ = _period(written, document)
    return start or end


def _period(written: str | None, document: Document) -> tuple[str | None, str | None, bool]:
    """Start, end and whether it goes on, of a period as the document writes it."""
    quoted = document.quoted(written, longest=80)
    read = quoted and (dates.read_range(quoted) or dates.read_date(quoted))
    return (read.start, read.end, read.current) if read else (None, None, False)


def _told(one: ReadPosition, document: Document) -> tuple[str, ...]:
    """The lines from where a position's tasks begin to where they end."""
    begins = document.find(one.tasks_begin)
    ends = document.find(one.tasks_end, begins.start) if begins else None
    if begins is None or ends is None:
        return ()
    first = document.text.rfind("\n", 0, begins.start) + 1
    last = document.text.find("\n", ends.end)
    told = [lines.unbulleted(line) for line in document.text[first : last if last >= 0 else None].splitlines()]
    return tuple(line for line in told if line)[:_MOST_BULLETS]


def _skills(written: Iterable[str], document: Document) -> list[str]:
    found: list[str] = []
    for one in written:
        quoted = document.quoted(one, longest=80)
        if quoted is not None:
            named = taxonomy().named(quoted)
            found += [named.id] if named else extract(quoted)
    return found


def _languages(rules: Sequence[Language], read_too: Sequence[ReadLanguage], document: Document) -> list[Language]:
    """The rules' languages, with levels that they did not see, and then the others."""
    found = {one.language.casefold(): one for one in rules}
    for one in read_too:
        language, fluency = document.quoted(one.language, longest=80), document.quoted(one.fluency, longest=80)
        # Which words are languages and levels is for the rules to say.
        for known in read_languages([f"{language}: {fluency}" if fluency else language]) if language else []:
            before = next((key for key, old in found.items() if old.code == known.code), known.language.casefold())
            if before not in found or (found[before].fluency is None and known.fluency is not None):
                kept = found.get(before, known).language
                found[before] = known.model_copy(update={"language": kept})
    return list(found.values())


def _merged(rules: Sequence[Entry], found: Sequence[Entry | None], same: Callable[[Entry, Entry], bool]) -> list[Entry]:
    """The rules' entries, each with what was found of it, and then the entries that are none of theirs."""
    merged, taken = list(rules), set[int]()
    added: list[Entry] = []
    for one in (entry for entry in found if entry is not None):
        at = next((at for at, entry in enumerate(rules) if at not in taken and same(entry, one)), None)
        if at is None:
            # Said twice, as by a reading that repeats itself.
            added += [] if any(same(other, one) for other in [*rules, *added]) else [one]
        else:
            taken.add(at)
            merged[at] = _filled(rules[at], one)
    return [*merged, *added]


def _filled(entry: Entry, found: Entry) -> Entry:
    """The entry with what was found of it: by ``fuller``, dates by what is more exact, lists where it has none."""
    changes: dict[str, Any] = {}
    own = {name for name, value in entry if isinstance(value, str)} - {"start", "end", "date"}
    for name, value in found:
        before = getattr(entry, name)
        if name in ("start", "date"):
            changes[name] = _finer(before, value)
        elif name == "end":
            open_ended = getattr(entry, "current", False) or getattr(found, "current", False)
            changes[name] = before if open_ended else _finer(before, value)
        elif name == "current":
            changes[name] = before or (value and getattr(entry, "end", None) is None)
        elif isinstance(value, tuple):
            changes[name] = before or value
        else:
            beside = [getattr(one, field) for one in (entry, found) for field in own if field != name]
            changes[name] = fuller(before, value, beside=beside)
    return entry.model_copy(update=changes)


def _finer(rules: str | None, found: str | None) -> str | None:
    """The more exact of two partial dates that agree; the rules' where they do not."""
    return found if rules is None or (found or "").startswith(f"{rules}-") else rules


def _same_work(one: Work, other: Work) -> bool:
    if not _agree(one.start, other.start):
        return False
    if one.start and (one.start, one.end, one.current) == (other.start, other.end, other.current):
        return True
    if one.title and other.title:
        return _alike(one.title, other.title) and (
            _alike(one.company, other.company) or not (one.company and other.company)
        )
    return _alike(one.company, other.company)


def _same_course(one: Education, other: Education) -> bool:
    if not _agree(one.start, other.start) or not _agree(one.end, other.end):
        return False
    if one.end and (one.start, one.end) == (other.start, other.end):
        return True
    if one.degree and other.degree and not _alike(one.degree, other.degree):
        return False
    return _alike(one.institution, other.institution) or (
        not (one.institution and other.institution) and _alike(one.degree, other.degree)
    )


def _same_paper(one: Certificate, other: Certificate) -> bool:
    return _alike(one.name, other.name)


def _same_project(one: Project, other: Project) -> bool:
    if one.name and other.name:
        return _alike(one.name, other.name)
    return _alike(one.description, other.description)


def _same_publication(one: Publication, other: Publication) -> bool:
    return _alike(one.name, other.name)


def _same_award(one: Award, other: Award) -> bool:
    return _alike(one.title, other.title) and _agree(one.date, other.date)


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two partial dates may be the same day."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, or one is a part of the other."""
    if not one or not other:
        return False
    return Document.of(one).find(other) is not None or Document.of(other).find(one) is not None
