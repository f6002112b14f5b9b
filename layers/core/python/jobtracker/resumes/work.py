"""Reading the positions of a resume."""

import re
from dataclasses import dataclass, field

from jobtracker.resumes import undated
from jobtracker.resumes.dates import months
from jobtracker.resumes.education import is_study
from jobtracker.resumes.entries import Entry, paragraphs, split
from jobtracker.resumes.lines import pieces, with_commas
from jobtracker.resumes.links import is_url
from jobtracker.resumes.model import Work
from jobtracker.resumes.vocabulary import is_company, is_kind_of_work, is_title
from jobtracker.resumes.whereabouts import is_address, is_place, split_place

_LABEL = re.compile(
    r"^(?:(?P<title>position|title|job title|role|occupation(?: or position held)?|funktion|tätigkeit)|"
    r"(?P<company>company|employer|organi[sz]ation|client|name (?:and address )?of employer|firma|arbeitgeber|"
    r"unternehmen)|(?P<place>location|place|ort|standort)|(?P<dates>dates?|period|duration|zeitraum))\s*[:：]\s*",
    re.IGNORECASE,
)
_DATES_LABEL = re.compile(r"(?:dates?|period|duration|zeitraum|from|von|employed)\s*[:：]?", re.IGNORECASE)
_AT = re.compile(r"\s+(?:at|@|bei(?: der| dem)?|chez)\s+|\s*@\s*", re.IGNORECASE)
_KIND_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_SUFFIX = re.compile(r",\s*((?:inc|llc|ltd|corp|co|plc|gmbh|s\.a|l\.p|lp)\b\.?)(?![\w-])", re.IGNORECASE)
_LONGEST = 120
_MOST_NAME_WORDS = 8
# Words of sentences, which no title and no employer's name has.
_TOLD = re.compile(
    r"\b(?:as|was|were|worked|working|responsible|my|me|i|who|which|that|our|their|using|ich|als|war)\b", re.IGNORECASE
)

# Arabic tells tasks by nouns: development, design, management, building, writing, preparing, carrying out.
_TASK = re.compile(r"(?:تطوير|تصميم|إدارة|بناء|كتابة|إعداد|تنفيذ|تحليل|صيانة|الإشراف|متابعة|تحسين|العمل)\s")
_MOST_UNCASED_WORDS = 4


@dataclass(slots=True)
class _Read:
    """What an entry's head says. ``unsure`` are the words that may be the title or the company, ``kind`` a
    kind of employment that is a calling for want of another ("Internship"), ``by_comma`` the words in which a comma
    alone told the title from the company: "Manager, Payments" may be a title as a whole."""

    title: str | None = None
    company: str | None = None
    place: str | None = None
    unsure: list[str] = field(default_factory=list)
    title_first: bool | None = None
    kind: str | None = None
    used: int = 0
    by_comma: str | None = None


def read_work(lines: list[str]) -> list[Work]:
    """The positions in the order of the text. Entries of a school are left out."""
    lines = [line for line in lines if not is_url(line)]
    entries = [entry for entry in split(lines, single=False) if not is_study(entry)]
    if not entries:
        entries = [entry for entry in split(lines, single=True) if not is_study(entry)]
    if not entries:
        return [work for entry in undated.split(lines, _names_position) if (work := _undated(entry))]
    read = [_read(entry) for entry in entries]
    votes = [one.title_first for one in read if one.title_first is not None]
    title_first = votes.count(True) >= votes.count(False)
    found: list[Work] = []
    for entry, one in zip(entries, read, strict=True):
        _decide(one, title_first=title_first)
        if one.company is None and one.title and found and _follows(entry, found[-1]):
            one.company = found[-1].company
        if work := _work(entry, one):
            found.append(work)
            found += [further for entry in _further(entry, one) if (further := _undated(entry))]
    return found


def _follows(entry: Entry, later: Work) -> bool:
    """Whether a role that names no employer is the one before ``later`` at the same employer, who is named once."""
    if entry.dates is None or entry.dates.end is None or later.start is None:
        return False
    return abs(months(entry.dates.end, is_end=True) - months(later.start, is_end=False)) <= 2


def stray_work(lines: list[str]) -> list[Work]:
    """Positions outside their section, where a page of columns was read in another order: only complete ones."""
    return [
        work
        for entry in split([line for line in lines if not is_url(line)], single=False)
        if not is_study(entry) and (one := _read(entry)).title and one.company and (work := _work(entry, one))
    ]


def _work(entry: Entry, one: _Read) -> Work | None:
    if not (one.title or one.company):
        return None
    dates = entry.dates
    start = dates.start if dates else None
    end = dates.end if dates else None
    return Work(
        company=one.company,
        title=one.title,
        place=one.place,
        start=start or (end if dates and not dates.current else None),
        end=end,
        current=dates.current if dates else False,
        bullets=tuple(paragraphs(undated.apart(_text(entry, one), _names_position)[0])),
    )


def _text(entry: Entry, one: _Read) -> list[str]:
    return [*entry.below[one.used :], *entry.body]


def _further(entry: Entry, one: _Read) -> list[Entry]:
    """The undated entries below the text of a dated one."""
    return undated.apart(_text(entry, one), _names_position)[1]


def _undated(entry: Entry) -> Work | None:
    one = _read(entry)
    _decide(one, title_first=True)
    return (
        Work(company=one.company, title=one.title, place=one.place, bullets=tuple(paragraphs(_text(entry, one))))
        if one.title and one.company
        else None
    )


def _names_position(lines: list[str]) -> undated.Naming:
    """How lines name a title and an employer; plain is a known calling beside one other name."""
    labels = {label.lastgroup for line in lines if (label := _LABEL.match(line))}
    if {"title", "company"} <= labels:
        return undated.Naming.LABELLED
    one = _read(Entry(above=lines))
    title, company = one.title, one.company or (one.unsure[0] if len(one.unsure) == 1 else None)
    if labels or not title or not company or not is_title(title) or company[0].islower():
        return undated.Naming.NONE
    is_told = any(_TOLD.search(words) or len(words.split()) > _MOST_NAME_WORDS for words in (title, company))
    return undated.Naming.NONE if is_told else undated.Naming.PLAIN


def _read(entry: Entry) -> _Read:
    one = _Read()
    for line in [*entry.above, entry.beside]:
        _take(one, line)
    for line in entry.below:
        bare = with_commas(line.strip())
        known = bool(one.title) + bool(one.company) + len(one.unsure)
        wanted = (
            known < 2 or _is_truer_company(one, bare) or (one.place is None and (is_place(bare) or is_address(bare)))
        )
        if not wanted or len(bare) > _LONGEST or (one.title and _is_task(bare)):
            break
        _take(one, bare)
        one.used += 1
    return one


def _take(one: _Read, line: str) -> None:
    """Take up what one line of a head says."""
    line = with_commas(line)
    if (label := _LABEL.match(line)) and label.lastgroup:
        rest = line[label.end() :].strip()
        if label.lastgroup != "dates" and rest and getattr(one, label.lastgroup) is None:
            setattr(one, label.lastgroup, rest)
        return
    for part in pieces(_without_kind(line)):
        if _DATES_LABEL.fullmatch(part):
            continue
        if is_kind_of_work(part):
            one.kind = one.kind or (part if is_title(part) else None)
            continue
        if is_place(part) or is_address(part):
            one.place = one.place or part
            continue
        rest, place = split_place(part)
        one.place = one.place or place
        if sum(character.isalnum() for character in rest) > 1:
            _assign(one, rest if place else part)


def _is_task(line: str) -> bool:
    """Whether a line in a script without capitals tells what was done: many words, or one that opens tasks."""
    if not line[:1].isalpha() or line[0].isupper() or line[0].islower() or is_company(line):
        return False
    return not is_place(line) and (len(line.split()) > _MOST_UNCASED_WORDS or _TASK.match(line) is not None)


def _without_kind(line: str) -> str:
    return _KIND_IN_BRACKETS.sub(lambda match: " | " if is_kind_of_work(match[1]) else match.group(), line)


def _assign(one: _Read, text: str) -> None:
    """Take words that are no place as the title, the company, both or either."""
    split_at = _AT.split(text, maxsplit=1)
    if len(split_at) == 2 and is_title(split_at[0]) and one.title is None and one.company is None:
        one.title, one.company, one.title_first = split_at[0].strip(), split_at[1].strip(" ,"), True
        return
    if not is_title(text) and _is_truer_company(one, text):
        one.title, one.company, one.by_comma = one.by_comma, text, None
        return
    left, right = _at_comma(text)
    if right and one.title is None and one.company is None and not one.unsure:
        one.title_first = is_title(left)
        one.title, one.company = (left, right) if one.title_first else (right, left)
        one.by_comma = text if one.title_first else None
    elif is_title(text) and not _is_rather_company(text) and one.title is None:
        one.title = text
        if one.company is not None or one.unsure:
            one.title_first = False
    elif one.company is None and is_company(text):
        one.company = text
        one.title_first = True if one.title else one.title_first
    else:
        one.unsure.append(text)


def _is_truer_company(one: _Read, text: str) -> bool:
    """Whether the text names an employer more clearly than what stood behind the title's comma."""
    return bool(one.by_comma) and is_company(text) and not is_company(one.company or "") and len(text.split()) <= 8


def _is_rather_company(text: str) -> bool:
    """Whether a text with a calling in it names an employer all the same: "Head Start Inc", "Partners Group"."""
    return bool(re.search(r"\b(?:inc|llc|ltd|gmbh|ag|plc|corp|group|bank)\b\.?$", text, re.IGNORECASE))


def _at_comma(text: str) -> tuple[str, str | None]:
    """The text in two where one side of a comma is a title and the other is not: "Nexus AI, Co-Founder & CTO"."""
    parts = [part.strip() for part in _SUFFIX.sub(r" \1", text).split(",") if part.strip()]
    if len(parts) < 2:
        return text, None
    titles = [is_title(part) and not _is_rather_company(part) for part in parts]
    if titles[0] and not any(titles[1:]):
        return parts[0], ", ".join(parts[1:])
    if titles[0]:
        # "Engineer, Team Lead, Acme"
        last = max(number for number, told in enumerate(titles) if told)
        return (", ".join(parts[: last + 1]), ", ".join(parts[last + 1 :])) if last + 1 < len(parts) else (text, None)
    if any(titles):
        first = titles.index(True)
        return ", ".join(parts[:first]), ", ".join(parts[first:])
    return text, None


def _decide(one: _Read, *, title_first: bool) -> None:
    """Give the words that may be either to what is missing, in the order that the other entries keep."""
    if one.title is None and one.kind:
        one.title = one.kind
    rest = one.unsure
    if one.title is None and one.company is None and len(rest) >= 2:
        one.title, one.company = (rest[0], rest[1]) if title_first else (rest[1], rest[0])
    elif one.company is None and rest:
        one.company = rest[0]
    elif one.title is None and rest:
        one.title = rest[0]
