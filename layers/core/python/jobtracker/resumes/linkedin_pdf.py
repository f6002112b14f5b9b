"""Reading a profile that LinkedIn printed ("Save to PDF"), from its text as ``layout.linkedin`` lays it out.

LinkedIn's headings stand alone between blank lines, and so does whatever else is printed in letters of another size:
employer, time there in all, title; then the dates with the text below them. So each is told by where it stands, and no
word of it has to be known.
"""

import re
from collections.abc import Sequence
from typing import Final

from jobtracker.postings.model import Place
from jobtracker.postings.places import country_of, read_place
from jobtracker.resumes.contact import read_contact, valid_email
from jobtracker.resumes.dates import Dates, before, read_date, read_range
from jobtracker.resumes.document import LONGEST_TEXT
from jobtracker.resumes.languages import read_languages
from jobtracker.resumes.lines import clean, is_bullet, paragraph_text, unbulleted
from jobtracker.resumes.model import Award, Certificate, Education, Profile, Publication, Work
from jobtracker.resumes.names import as_name
from jobtracker.resumes.rights import read_rights
from jobtracker.resumes.sections import Kind
from jobtracker.resumes.vocabulary import degree_in
from jobtracker.resumes.whereabouts import is_place

Chunk = list[str]
"""Lines between blank ones: what is printed in letters of one size."""

_MARK: Final = re.compile(r"\blinkedin\.com/|\(LinkedIn\)", re.IGNORECASE)
_HEADINGS: Final = {
    Kind.CONTACT: "contact; kontakt; coordonnées; contactar; contato; contacto; contactos; contatti; contactgegevens",
    Kind.SKILLS: (
        "top skills; top-kenntnisse; principales compétences; aptitudes principales; principais competências; "
        "competências principais; competenze principali; belangrijkste vaardigheden"
    ),
    Kind.LANGUAGES: "languages; sprachen; langues; idiomas; lingue; talen",
    Kind.CERTIFICATES: (
        "certifications; zertifikate; zertifizierungen; bescheinigungen; certificaciones; certificações; "
        "certificazioni; certificeringen"
    ),
    Kind.AWARDS: "honors-awards; honors & awards; auszeichnungen; distinctions; reconocimientos; riconoscimenti",
    Kind.PUBLICATIONS: "publications; veröffentlichungen; publicaciones; publicações; pubblicazioni; publicaties",
    Kind.OTHER: "patents; patente; brevets; patentes; brevetti; patenten",
    Kind.SUMMARY: "summary; zusammenfassung; résumé; extracto; resumo; riepilogo; samenvatting",
    Kind.WORK: "experience; berufserfahrung; expérience; experiencia; experiência; esperienza; ervaring",
    Kind.EDUCATION: (
        "education; ausbildung; formation; educación; formación; educação; formação acadêmica; formação académica; "
        "formazione; opleiding"
    ),
}
_KINDS: Final = {name: kind for kind, names in _HEADINGS.items() for name in names.split("; ")}
# "March 2019 - Present (5 years 2 months)": whatever word stands for the present.
_SPAN: Final = re.compile(
    r"(?P<start>[^()–-]{0,20}\b(?:19|20)\d\d)(?:\s+[-–]\s+(?P<end>[^()]{2,40}?))?\s*(?P<length>\([^()]{2,60}\))?"
)
_LENGTH: Final = re.compile(r"(?:\d+\s+[^\W\d]+\.?)(?:\s+\d+\s+[^\W\d]+\.?)?")
_AREA: Final = re.compile(
    r"\b(?:area|region|metropolitan\w*|umgebung|großraum|metropolregion|périphérie|région|alrededores|área|região|"
    r"dintorni|omgeving|remote)\b",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(
    r"^(?:ville de|área metropolitana de|região metropolitana de|metropolregion|area metropolitana di)\s+|"
    r"\s+(?:et périphérie|e dintorni|e região)$",
    re.IGNORECASE,
)
_DETAILS: Final = re.compile(r"(?P<told>.*?)\s*(?:·\s*)?(?:\((?P<dates>[^()]*\d{4}[^()]*)\))?")
_CAREER: Final = (Kind.SUMMARY, Kind.WORK, Kind.EDUCATION)
_MOST_ADDRESS_LINES: Final = 4
_MOST_PLACE_WORDS: Final = 9


def read(text: str) -> Profile | None:
    """The person whom a printed profile describes, but for what follows from it; None for another text."""
    sections = _sections(clean(text[:LONGEST_TEXT]))
    if not _is_printed(sections):
        return None
    contact = sections[Kind.CONTACT]
    name, label, home = _head(sections[Kind.HEAD])
    reach = read_contact([*([home] if home else []), *_entries(_lines(contact))], [], [])
    summary = _lines(sections.get(Kind.SUMMARY, []))
    work = _work(sections.get(Kind.WORK, []))
    others = [bullet for one in work for bullet in one.bullets]
    return Profile(
        name=name,
        label=label,
        email=next(iter(reach.emails), None),
        emails=tuple(reach.emails),
        phone=next(iter(reach.phones), None),
        phones=tuple(reach.phones),
        links=tuple(reach.links),
        place=_place(home) if home else reach.place,
        summary=paragraph_text(summary) or None,
        work=tuple(work),
        education=tuple(_education(sections.get(Kind.EDUCATION, []))),
        languages=tuple(read_languages(_lines(sections.get(Kind.LANGUAGES, [])))),
        certificates=tuple(Certificate(name=line) for line in _lines(sections.get(Kind.CERTIFICATES, []))),
        publications=tuple(Publication(name=line) for line in _lines(sections.get(Kind.PUBLICATIONS, []))),
        awards=tuple(Award(title=line) for line in _lines(sections.get(Kind.AWARDS, []))),
        work_rights=tuple(read_rights([*([label] if label else []), *summary], others, [])),
    )


def _sections(text: str) -> dict[Kind, list[Chunk]]:
    """The chunks below each of LinkedIn's headings, which are chunks of their own."""
    chunks: list[Chunk] = [[]]
    for line in text.splitlines():
        if line.strip():
            chunks[-1].append(line.strip())
        elif chunks[-1]:
            chunks.append([])
    sections: dict[Kind, list[Chunk]] = {Kind.HEAD: []}
    kind = Kind.HEAD
    for chunk in filter(None, chunks):
        own = _KINDS.get(chunk[0].casefold()) if len(chunk) == 1 else None
        # Each stands there once: another one is an employer's name or a title.
        if own is not None and own not in sections:
            kind = own
            sections[kind] = []
        else:
            sections[kind].append(chunk)
    return sections


def _is_printed(sections: dict[Kind, list[Chunk]]) -> bool:
    """Whether these are a printed profile's: the bar with LinkedIn's address behind the career, as it is laid out, and
    a duration behind the dates of positions. Others have the one or the other, and their positions otherwise."""
    if not any(_MARK.search(line) for line in _lines(sections.get(Kind.CONTACT, []))):
        return False
    order = list(sections)
    if any(order.index(kind) > order.index(Kind.CONTACT) for kind in _CAREER if kind in sections):
        return False
    # A position's place stands behind its dates, after a tab.
    told = [line.partition("\t")[0].strip() for line in _lines(sections.get(Kind.WORK, []))]
    dated = [line for line in told if read_range(line) is not None]
    return not dated or any((span := _SPAN.fullmatch(line)) and span["length"] for line in dated)


def _lines(chunks: Sequence[Chunk]) -> list[str]:
    return [line for chunk in chunks for line in chunk]


def _head(chunks: Sequence[Chunk]) -> tuple[str | None, str | None, str | None]:
    """The name, the headline, and the place that stands below it."""
    if not chunks:
        return None, None, None
    name = " ".join(chunks[0])
    told = _lines(chunks[1:])
    home = told.pop() if told and (len(told) > 1 or is_place(told[0])) and _is_place(told[-1]) else None
    return as_name(name) or name, " ".join(told) or None, home


def _place(written: str) -> Place:
    found = read_place(written) or read_place(_AROUND.sub("", written))
    return found.model_copy(update={"text": written}) if found else Place(text=written)


def _is_place(line: str) -> bool:
    if is_place(line) or is_place(_AROUND.sub("", line)):
        return True
    if len(line.split()) > _MOST_PLACE_WORDS or line.endswith((".", "!", "?", ":")) or is_bullet(line):
        return False
    last = line.rpartition(",")[2].strip()
    return bool(_AREA.search(line) or (last != line.strip() and country_of(last) and not any(map(str.isdigit, line))))


def _entries(lines: Sequence[str]) -> list[str]:
    """The contact's entries, each in one line: an address that is too long for its line goes on below."""
    made: list[str] = []
    count = 0
    for line in lines:
        if made and count < _MOST_ADDRESS_LINES and _goes_on(made[-1], line):
            made[-1] += f" {line}" if line.startswith("(") else line
            count += 1
        else:
            made.append(line)
            count = 1
    return made


def _goes_on(above: str, line: str) -> bool:
    if line.startswith("(") and not above.endswith(")"):
        return True
    if " " in above:
        return False
    if "@" not in above and "@" not in line and (above.endswith(("-", "/")) or "." in above):
        # What an address leads to stands behind it in brackets, with a space before them.
        return True
    joined = valid_email(above + line)
    return joined is not None and valid_email(line) is None and valid_email(above) is None


def _work(chunks: Sequence[Chunk]) -> list[Work]:
    """The positions: above the dates of each its title, and above the first at an employer the employer's name."""
    found: list[Work] = []
    company: str | None = None
    above: list[str] = []
    for chunk in chunks:
        dates = _dates(chunk[0].partition("\t")[0])
        if dates is None:
            above += [told] if (told := " ".join(line for line in chunk if not _LENGTH.fullmatch(line))) else []
            continue
        found += _undated(above[:-2])
        company = above[-2] if len(above) > 1 else company
        found.append(_position(company, above[-1] if above else None, dates, chunk))
        above = []
    return [*found, *_undated(above)]


def _undated(names: Sequence[str]) -> list[Work]:
    """Positions without dates: employers and titles that take turns."""
    return [Work(company=company, title=title) for company, title in zip(names[::2], names[1::2], strict=False)]


def _position(company: str | None, title: str | None, dates: Dates, chunk: Chunk) -> Work:
    _, _, place = chunk[0].partition("\t")
    text = chunk[1:]
    if place and not _is_place(place) and len(place.split()) > _MOST_PLACE_WORDS:
        text, place = [place, *text], ""
    elif not place and text and _is_place(text[0]):
        place, *text = text
    return Work(
        company=company,
        title=title,
        place=place.replace("\t", " ") or None,
        start=dates.start,
        end=dates.end,
        current=dates.current,
        bullets=tuple(_paragraphs(text)),
    )


def _dates(line: str) -> Dates | None:
    """What a line of dates says, if it is one."""
    match = _SPAN.fullmatch(line)
    start = read_date(match["start"]) if match else None
    if match is None or start is None or start.end is None or not (match["end"] or match["length"]):
        return None
    if match["end"] is None:
        return Dates(start.end, start.end, False, match.span())
    whole = read_range(line)
    if whole and whole.span[0] == 0:
        return whole
    end = read_date(match["end"])
    if end is None:
        return Dates(start.end, None, True, match.span()) if match["length"] else None
    first, last = (end.end, start.end) if end.end and before(end.end, start.end) else (start.end, end.end)
    return Dates(first, last, False, match.span())


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a text; one that a page's end parts goes on in lower case."""
    made: list[str] = []
    for line in lines:
        told = line.replace("\t", " ")
        if made and not is_bullet(told) and (told[0].islower() or made[-1].endswith((",", "-", "–", "&"))):
            made[-1] += told if made[-1].endswith("-") else f" {told}"
        elif bare := unbulleted(told):
            made.append(bare)
    return made


def _education(chunks: Sequence[Chunk]) -> list[Education]:
    """The courses of study: names of schools and, in smaller letters, what was learnt there and when, take turns."""
    found: list[Education] = []
    for at, chunk in enumerate(chunks):
        if at % 2 == 0:
            found += [Education(institution=school) for school in chunk]
        else:
            found[-1] = _study(found[-1].institution, " ".join(chunk).replace("\t", " "))
    return found


def _study(institution: str | None, told: str) -> Education:
    match = _DETAILS.fullmatch(told)
    dates = (read_range(match["dates"]) or read_date(match["dates"])) if match and match["dates"] else None
    degree, comma, area = (match["told"] if match else told).partition(", ")
    if not comma and degree_in(degree) is None:
        degree, area = "", degree
    return Education(
        institution=institution,
        degree=degree.strip() or None,
        area=area.strip() or None,
        start=dates.start if dates else None,
        end=dates.end if dates else None,
    )
