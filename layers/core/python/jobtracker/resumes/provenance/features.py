"""What speaks for and against a field, in words that a person understands: what its confidence is reckoned from."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from jobtracker.resumes.contact import is_contact
from jobtracker.resumes.model import Profile
from jobtracker.resumes.names import name_of
from jobtracker.resumes.provenance.found import Found
from jobtracker.resumes.provenance.source import Source, SourceLine, folded
from jobtracker.resumes.sections import Kind
from jobtracker.resumes.uploads import Scan
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
# Values of which one wrong letter makes another, and where people keep their addresses.
_EXACT: Final = frozenset({"email", "emails", "phone", "phones", "links.url"})
_PROVIDER: Final = re.compile(
    r"(?:^|[@/.])(?:(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton|protonmail|fastmail|linkedin|github"
    r"|gitlab)\.(?:com|me)|(?:gmx|web|yahoo|outlook|hotmail)\.(?:de|net|fr|es|nl|co\.uk)|orcid\.org)(?:$|/)",
    re.IGNORECASE,
)
_TEXTS: Final = frozenset({"bullets", "summary", "description"})
# In words: what few of them are longer than.
_MANY: Final = {"bullets": 45, "summary": 140, "description": 90}
# A sign of an enumeration, a tabulator, or the end of a sentence and another that begins with what somebody did.
_JOINT: Final = re.compile(r"\t|\s[•>|▪◦»¢«]\s|\w{3}\s{2,}[A-Z]|\s(?:e|o|\+|\*)\s+[A-Z]\w+ed\s|[.;]\s+[•-]\s")
_NAMES: Final = frozenset(
    {"name", "label", "title", "company", "institution", "degree", "area", "language", "fluency", "issuer", "awarder",
     "publisher"}
)  # fmt: skip
_SHORT: Final = frozenset({"company", "degree", "language", "fluency", "issuer", "awarder", "publisher"})


def features_of(found: Found, source: Source, profile: Profile, scan: Scan | None) -> dict[str, float]:
    """The features of a field that hold, each with how much (0 to 1)."""
    kind = found.kind
    told = dict.fromkeys(_of_any(found, source, kind, scan), 1.0)
    told |= dict.fromkeys(_of_words(found, kind), 1.0)
    told |= dict.fromkeys(_of_entry(found, kind), 1.0)
    told |= dict.fromkeys(_of_person(found, source, profile, kind), 1.0)
    # What holds of a kind of field, holds of it more or less than of others.
    own = {f"{kind}: {name}": value for name, value in told.items()}
    scanned = {} if scan is None else {"unsure letters": min(1.0, 5 * (1.0 - scan.confidence))}
    return {f"{kind}": 1.0} | told | own | scanned


def _of_any(found: Found, source: Source, kind: str, scan: Scan | None) -> Iterator[str]:
    if not found.places:
        yield "stands nowhere"
        return
    line = source.line_at(found.places[0][0])
    if line is not None:
        own = _OWN.get(kind.split(".", maxsplit=1)[0], frozenset())
        yield "in its own section" if line.kind in own else "in another section"
        yield from _beside(found, line, source)
    if found.share < 1.0:
        yield "not every word stands there"
    elif len(found.places) > 1:
        yield "in several pieces"
    if found.rivals:
        yield "could stand elsewhere"
    if scan is not None:
        yield "read off a picture"
        if kind in _EXACT and not found.rivals and not _is_known(found.value):
            yield "nothing confirms its letters"


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
    yield from _of_shape(value, kind)


def _of_shape(value: str, kind: str) -> Iterator[str]:
    """What of a value's form speaks against it."""
    words, field = value.split(), kind.rsplit(".", maxsplit=1)[-1]
    if len(words) > 1 and words[-1].casefold() in {"of", "at", "and", "the", "in", "for", "&", "to"}:
        yield "breaks off"
    if field in _TEXTS | _NAMES and field != "summary" and is_contact(value):
        yield "has an address or a number in it"
    if field in _TEXTS:
        # How stops, figures and commas stand in a sentence says nothing: people write as they like.
        if _JOINT.search(value):
            yield "has the beginning of another in it"
        if len(words) > _MANY[field]:
            yield "longer than most"
    elif field in _NAMES:
        yield from _of_name(value, kind, field)


def _of_name(value: str, kind: str, field: str) -> Iterator[str]:
    if len(value.split()) >= _MANY_WORDS and field in _SHORT:
        yield "many words"
    if value[:1].islower():
        yield "begins in lower case"
    if value.rstrip()[-1:] in set(",;:!?([") or value.count("(") != value.count(")"):
        yield "ends in the middle"
    if field in {"name", "title", "company"} and ("," in value or "|" in value):
        yield "has commas in it"
    if kind in {"name", "work.title", "education.area"} and any(map(str.isdigit, value)):
        yield "has digits in it"
    if not any(map(str.isalpha, value)):
        yield "has no letters in it"


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


def _is_known(address: str) -> bool:
    """Whether an address is at a provider that many have theirs at: of another's letters none comes out by chance."""
    return _PROVIDER.search(address) is not None


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
