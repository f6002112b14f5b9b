"""What speaks for and against a field, in words that a person understands: what its confidence is reckoned from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import phonenumbers

from jobtracker.resumes.contact import is_contact
from jobtracker.resumes.document import Line
from jobtracker.resumes.model import Profile, Scan
from jobtracker.resumes.names import name_of
from jobtracker.resumes.provenance.found import Found
from jobtracker.resumes.provenance.source import Source, SourceLine, folded
from jobtracker.resumes.sections import Kind
from jobtracker.resumes.vocabulary import degree_in, is_company, is_institution, is_title
from jobtracker.resumes.whereabouts import is_place

_PERSON: Final = frozenset({Kind.HEAD, Kind.CONTACT})
_OWN: Final = {
    "name": _PERSON, "label": _PERSON, "email": _PERSON, "emails": _PERSON, "phone": _PERSON, "phones": _PERSON,
    "links": _PERSON, "place": _PERSON, "summary": frozenset({Kind.SUMMARY}), "skills": frozenset({Kind.SKILLS}),
    "work": frozenset({Kind.WORK}), "education": frozenset({Kind.EDUCATION}),
    "languages": frozenset({Kind.LANGUAGES}), "certificates": frozenset({Kind.CERTIFICATES}),
    "projects": frozenset({Kind.PROJECTS}), "publications": frozenset({Kind.PUBLICATIONS}),
    "awards": frozenset({Kind.AWARDS}), "work_rights": frozenset({Kind.WORK_RIGHT}),
}  # fmt: skip
_LABEL: Final = re.compile(r"[^\W\d][^:：|•]{1,24}[:：]\s*$")
_EDGES: Final = " \t|,;:·•–—-*()"
_DATES: Final = frozenset({"start", "end", "current", "date"})
_MANY_WORDS: Final = 7
# Of a page's width: where a second column begins, and which share of the lines must stand on either side.
_SECOND: Final = 0.38
_FEWEST: Final = 0.15


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document was read: in how many columns it stands, and how unsure its letters are (0 is certain)."""

    columns: int = 1
    doubt: float = 0.0

    @staticmethod
    def of(lines: Sequence[Line], scan: Scan | None) -> "Reading":
        """The reading of a document with these lines."""
        lefts = [line.box.x0 for line in lines if line.box is not None]
        right = sum(left > _SECOND for left in lefts)
        two = min(right, len(lefts) - right) >= _FEWEST * len(lefts) > 0
        return Reading(2 if two else 1, 0.0 if scan is None else 1.0 - scan.confidence)


def features_of(found: Found, source: Source, profile: Profile, reading: Reading) -> dict[str, float]:
    """The features of a field that hold, each with how much (0 to 1)."""
    kind = found.kind
    told = dict.fromkeys(_of_any(found, source, kind, reading), 1.0)
    told |= dict.fromkeys(_of_words(found, kind), 1.0)
    told |= dict.fromkeys(_of_entry(found, kind), 1.0)
    told |= dict.fromkeys(_of_person(found, source, profile, kind), 1.0)
    # What holds of a kind of field, holds of it more or less than of others.
    own = {f"{kind}: {name}": value for name, value in told.items()}
    scanned = {"unsure letters": min(1.0, 5 * reading.doubt)} if reading.doubt else {}
    return {f"{kind}": 1.0} | told | own | scanned


def _of_any(found: Found, source: Source, kind: str, reading: Reading) -> Iterator[str]:
    if not found.places:
        yield "stands nowhere"
        return
    line = source.line_at(found.places[0][0])
    if line is not None:
        own = _OWN.get(kind.split(".", maxsplit=1)[0], frozenset())
        yield "in its own section" if line.kind in own else f"in another section ({line.kind})"
        yield from _beside(found, line, source)
    if found.share < 1.0:
        yield "not every word stands there"
    elif len(found.places) > 1:
        yield "in several pieces"
    if found.rivals:
        yield "could stand elsewhere"
    if reading.columns > 1:
        yield "in columns"
    if reading.doubt:
        yield "read off a picture"


def _beside(found: Found, line: SourceLine, source: Source) -> Iterator[str]:
    start, end = found.places[0][0], found.places[-1][1]
    before, after = source.text[line.start : start], source.text[end : line.end]
    if _LABEL.search(before):
        yield "behind a label"
    elif not before.strip(_EDGES) and not after.strip(_EDGES):
        yield "alone on its lines"
    elif not before.strip(_EDGES):
        yield "at the beginning of a line"


def _of_words(found: Found, kind: str) -> Iterator[str]:
    value, field = found.value, kind.rsplit(".", maxsplit=1)[-1]
    if field in _DATES:
        if not any(map(str.isalpha, value)):
            yield "a year alone"
        return
    if field in {"title", "label"} and is_title(value):
        yield "a known calling"
    if field in {"company", "institution", "name"} and is_title(value):
        yield "reads as a calling"
    if field in {"company", "title", "label"} and is_company(value):
        yield "reads as an employer"
    if field == "institution" and is_institution(value):
        yield "a known kind of school"
    if field == "degree" and degree_in(value):
        yield "a known degree"
    if is_place(value):
        yield "is a place"
    yield from _of_shape(value)


def _of_shape(value: str) -> Iterator[str]:
    words = value.split()
    if len(words) >= _MANY_WORDS:
        yield "many words"
    if len(words) == 1:
        yield "one word"
    if value[:1].islower():
        yield "begins in lower case"
    if value.rstrip()[-1:] in set(".,;:!?"):
        yield "ends as a sentence does"
    if "," in value or "|" in value:
        yield "has commas in it"
    if is_contact(value):
        yield "has an address or a number in it"
    if any(map(str.isdigit, value)):
        yield "has digits in it"
    if len(words) > 1 and words[-1].casefold() in {"of", "at", "and", "the", "in", "for", "&", "to"}:
        yield "breaks off"


def _of_entry(found: Found, kind: str) -> Iterator[str]:
    if not found.beside:
        return
    entry = kind.split(".", maxsplit=1)[0]
    names = {path.split("/")[3] for path in found.beside if path.count("/") >= 3}
    wanted = {"work": ("title", "company", "start", "bullets", "place"), "education": ("institution", "degree", "end")}
    for name in wanted.get(entry, ()):
        if name not in names:
            yield f"the entry has no {name}"
    if found.shared:
        yield "another entry has it from there"


def _of_person(found: Found, source: Source, profile: Profile, kind: str) -> Iterator[str]:
    if kind == "name":
        if profile.email and _confirms(profile.email, found.value):
            yield "confirmed by the e-mail address"
        line = source.line_at(found.places[0][0]) if found.places else None
        if line is not None:
            at = source.lines.index(line)
            yield "on the first line" if at == 0 else "on the first lines" if at < 4 else "further down"
            if name_of(line.text) is None:
                yield "known to the language model alone"
    if kind in {"phone", "phones"} and _is_valid(found.value):
        yield "a valid number"


def _confirms(email: str, name: str) -> bool:
    local = folded(email.partition("@")[0])
    return any(len(word) > 2 and folded(word) in local for word in name.split())


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
