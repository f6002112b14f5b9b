"""Reading the courses of study of a resume."""

import re
from dataclasses import dataclass, field

from jobtracker.resumes.dates import read_date, read_range
from jobtracker.resumes.entries import Entry, split
from jobtracker.resumes.lines import is_bullet, pieces, unbulleted, with_commas
from jobtracker.resumes.model import Education
from jobtracker.resumes.vocabulary import degree_in, is_institution, is_title
from jobtracker.resumes.whereabouts import is_address, is_place, split_place

_GRADE = re.compile(
    r"\b(?:c?gpa|grade|gesamtnote|note|abschlussnote|score|honou?rs?|cum laude|magna|summa|distinction|thesis|"
    r"dissertation|isced|first class|coursework|percentage|cgpa|minor in)\b.*$|\d(?:[.,]\d+)?\s*/\s*\d+(?:[.,]\d+)?|"
    r"\b\d[.,]\d+\s*gpa\b",
    re.IGNORECASE,
)
_SCORES = (
    re.compile(
        r"\b(?:c?gpa|gesamtnote|abschlussnote|note|nota(?: media)?|mention|voto|percentage|cijfer)\b"
        r"\s*(?:of\b|[:=])?\s*"
        r"\d{1,3}(?:[.,]\d{1,2})?(?:\s*%|\s*(?:/|out of|von|sur|su)\s*\d{1,3}(?:[.,]\d{1,2})?)?(?![\d-])",
        re.IGNORECASE,
    ),
    re.compile(r"\b\d[.,]\d{1,2}(?:\s*/\s*\d{1,2}(?:[.,]\d{1,2})?)?\s*c?gpa\b", re.IGNORECASE),
    re.compile(r"\b(?:summa|magna|cum) (?:cum )?laude\b", re.IGNORECASE),
    re.compile(
        r"\bfirst[- ]class(?: honou?rs)?\b|\b(?:upper|lower) second(?:[- ]class)?(?: honou?rs)?\b|"
        r"\bsecond[- ]class honou?rs\b|\bthird[- ]class honou?rs\b|"
        r"\bwith (?:high |first[- ]class )?(?:distinction|merit|honou?rs)\b|"
        r"\bmit auszeichnung\b|\bmention (?:très bien|bien|assez bien)\b|\bmatrícula de honor\b|"
        r"(?<![\d:])2:[12](?![\d:])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d/.,])\d{1,2}[.,]\d{1,2}\s*/\s*\d{1,2}(?:[.,]\d{1,2})?(?![\d/])"),
)
_LABELLED_SCORE = re.compile(
    r"^(?:final |overall )?(?:grade|score|abschluss|result|classification)\s*[:：]\s*(\S.{0,60})$", re.IGNORECASE
)
_ALONE = re.compile(r"\(?(?:grade\s*:?\s*)?([1-6][.,]\d{1,2})\)?", re.IGNORECASE)
# What people say of themselves in sentences, which are no names of schools.
_TOLD = re.compile(r"\b(?:my|me|our|we|mein|meine|meiner)\b")
_MOST_QUOTED_LINES = 2
_IN = re.compile(r"^\s*(?:degree\s*)?(?:(?:in|of|für|en|der|des|zum|zur)\s+|[,:–—-]\s*|\()", re.IGNORECASE)
_EDGES = " ,;:|–—-()."


@dataclass(slots=True)
class _Read:
    institution: str | None = None
    degree: str | None = None
    area: str | None = None
    unsure: list[str] = field(default_factory=list)


def read_education(lines: list[str]) -> list[Education]:
    """The courses of study in the order of the text."""
    entries = split(lines, single=True) or _undated(lines)
    return [found for entry in entries if (found := study(entry))]


def studies_in(lines: list[str]) -> list[Education]:
    """The courses of study among entries of another section."""
    return [found for entry in split(lines, single=False) if is_study(entry) and (found := study(entry))]


def is_study(entry: Entry) -> bool:
    """Whether an entry tells of a course of study: it names a school and a degree, and no calling beside them."""
    head = " | ".join([*entry.above, entry.beside, *entry.below[:1]])
    degree = degree_in(head)
    return degree is not None and is_institution(head) and not is_title(head.replace(degree.group(), " "))


def study(entry: Entry) -> Education | None:
    """One entry as a course of study, or None when it names neither a school nor a degree."""
    one = _Read()
    beside = [entry.beside] if entry.beside else []
    count = len(entry.above) + len(beside) + max(0, 3 - len(entry.above))
    for line in _whole_quotations([*entry.above, *beside, *entry.below])[:count]:
        if is_bullet(line) or _TOLD.search(line):
            break
        _take(one, line)
    _decide(one)
    if not (one.institution or one.degree):
        return None
    dates = entry.dates
    return Education(
        institution=one.institution,
        degree=one.degree,
        area=one.area,
        start=dates.start if dates else None,
        end=dates.end if dates else None,
        score=next(
            (found for line in [*entry.above, *beside, *entry.below, *entry.body] if (found := score_in(line))), None
        ),
    )


def score_in(line: str) -> str | None:
    """The grade that a line states, in its words."""
    if label := _LABELLED_SCORE.match(unbulleted(line)):
        return label[1].strip()
    found = next((match for pattern in _SCORES if (match := pattern.search(line))), None)
    if found:
        return found.group().strip()
    # German schools grade from 1.0 on, and many write no more than that.
    return next((match[1] for piece in _cells(line) if (match := _ALONE.fullmatch(piece))), None)


def _cells(line: str) -> list[str]:
    """The parts of a line, and what stands in brackets at its end."""
    bracketed = re.search(r"\([^()]+\)$", line.strip())
    return [*pieces(line), *([bracketed.group()] if bracketed else [])]


def _whole_quotations(lines: list[str]) -> list[str]:
    """The lines, with each that opens a quotation whole to its end: a thesis may have a school in its title."""
    whole: list[str] = []
    joined = 0
    for line in lines:
        if whole and joined < _MOST_QUOTED_LINES and any(_is_open(whole[-1], *marks) for marks in ("“”", "„“", "«»")):
            whole[-1] = f"{whole[-1]} {line.strip()}"
            joined += 1
        else:
            whole.append(line)
            joined = 0
    return whole


def _is_open(line: str, opening: str, closing: str) -> bool:
    return opening in line and closing not in line[line.rfind(opening) + 1 :]


def _undated(lines: list[str]) -> list[Entry]:
    """Entries without dates: each school or degree that cannot belong to the entry before it opens another."""
    entries: list[Entry] = []
    read = _Read()
    for line in lines:
        if entries and score_in(line):
            entries[-1].body.append(line)
        if is_bullet(line) or read_range(line) or read_date(line):
            continue
        school, degree = is_institution(line), degree_in(line) is not None
        if not (school or degree):
            continue
        if not entries or (school and read.institution) or (degree and read.degree):
            entries.append(Entry())
            read = _Read()
        entries[-1].above.append(line)
        read.institution = read.institution or (line if school else None)
        read.degree = read.degree or (line if degree else None)
    return entries


def _take(one: _Read, line: str) -> None:
    """Take up what one line says. Words that follow a degree are its area; others wait for what is found later."""
    for piece in pieces(_GRADE.sub(" ", with_commas(line))):
        if is_place(piece) or is_address(piece):
            continue
        text, place = split_place(piece)
        after_degree = False
        for part in _parts(text if place else piece):
            degree = degree_in(part)
            if after_degree and one.area is None and not degree and not is_institution(part):
                one.area = part
            else:
                _assign(one, part, degree)
            after_degree = degree is not None


def _parts(text: str) -> list[str]:
    """The text apart at commas that stand between a degree and a school."""
    parts = [part.strip(_EDGES) for part in text.split(",")]
    parts = [part for part in parts if part]
    joined: list[str] = []
    for part in parts:
        both = joined and is_institution(joined[-1]) and is_institution(part)
        # "University of California, Berkeley", "Trinity College Dublin, The University of Dublin".
        if both or (joined and is_institution(joined[-1]) and is_place(part)):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _assign(one: _Read, text: str, degree: re.Match[str] | None) -> None:
    school = is_institution(text)
    if school and degree and one.institution is None and one.degree is None:
        _assign_both(one, text, degree)
    elif school and one.institution is None and not (degree and degree.start() == 0 and one.degree is None):
        one.institution = text
    elif degree and one.degree is None:
        _assign_degree(one, text, degree)
    elif not school and degree is None and len(text) > 2 and not text[0].isdigit():
        one.unsure.append(text)


def _decide(one: _Read) -> None:
    """Give the words that may be a school's or a field's name to what is missing."""
    if one.institution is None and one.unsure and one.degree:
        one.institution = one.unsure.pop(0)
    if one.area is None and one.unsure and one.degree:
        one.area = one.unsure.pop(0)


def _assign_both(one: _Read, text: str, degree: re.Match[str]) -> None:
    """A school and a degree in one run of words: "University of Washington Bachelor of Science"."""
    before, after = text[: degree.start()].strip(_EDGES), text[degree.end() :].strip(_EDGES)
    if is_institution(before):
        one.institution = before
        one.degree = degree.group().strip(_EDGES + " ") or None
        one.area = _area(text[degree.end() :])
        return
    # "BSc Physics, University of Oslo" was split before; "PhD University of Oslo" has the school behind.
    at = re.search(r"\s(?:at|from|an der|von der)\s", after)
    area, school = (after[: at.start()], after[at.end() :]) if at else ("", after)
    one.degree = degree.group().strip()
    one.institution = school.strip(_EDGES)
    one.area = _area(area)


def _assign_degree(one: _Read, text: str, degree: re.Match[str]) -> None:
    before = text[: degree.start()].strip(_EDGES)
    one.degree = f"{before} {degree.group()}".strip() if before else degree.group().strip()
    one.area = one.area or _area(text[degree.end() :])


def _area(text: str) -> str | None:
    return _IN.sub("", text).strip(_EDGES) or None
