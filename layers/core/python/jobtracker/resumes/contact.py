"""Reading how a person can be reached: e-mail, telephone, links and place."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import phonenumbers
from pydantic import validate_email
from pydantic_core import PydanticCustomError

from jobtracker.postings.model import Place
from jobtracker.postings.places import read_place
from jobtracker.resumes.dates import read_range
from jobtracker.resumes.lines import ICON, pieces, with_commas
from jobtracker.resumes.links import BARE, EMAIL, URL, read_links
from jobtracker.resumes.model import Link
from jobtracker.resumes.whereabouts import is_place, tells_of_birth

_NUMBERISH = re.compile(r"[+(\d][\d\s().\-/–]{5,24}\d")
_PHONE_WORD = re.compile(
    rf"(?:tel|telefon|telephone|téléphone|phone|mobile?|mobil|handy|cell|fon|call)\b|{ICON}|☎|✆|📞|📱", re.IGNORECASE
)
_HOME_WORD = re.compile(
    r"^(?:address|adresse|anschrift|location|place|based in|lives in|living in|located in|wohnort|residence|city|"
    r"ort|home|lieu|dirección|current location)\s*[:：]?\s+",
    re.IGNORECASE,
)
_FAX = re.compile(r"\b(?:tele)?fax(?:nummer|[ -]?(?:no|nr|number))?\.?\s*[:：]?\s*$", re.IGNORECASE)
_NATIONAL_DIGITS = 10
_HANDLE = re.compile(r"[a-z][a-z0-9_.-]{2,}")
# "Mobile: see below" is no town in Alabama.
_LABELLED_NUMBER = re.compile(r"(?:mobile?|mobil|phone|home|office)\s*[:：]", re.IGNORECASE)
_APART = re.compile(r"[,/]|\d+")
_POST_CODE = re.compile(r"\b(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")
# Words of a contact line that are also towns.
_NO_TOWN = {
    "mobile",
    "phone",
    "home",
    "of",
    "date",
    "nice",
    "reading",
    "orange",
    "split",
    "bath",
    "best",
    "most",
    "page",
}


@dataclass(slots=True)
class Contact:
    """How a person can be reached, as far as the text says."""

    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    place: Place | None = None


def read_contact(head: list[str], body: list[str], hidden: list[str]) -> Contact:
    """The contact details.

    Args:
        head: lines that speak of the person: before the first heading and under "Contact".
        body: the other lines, without those of references, which speak of other people.
        hidden: addresses that the document links to without showing them.
    """
    place = read_home(head)
    region = place.country if place else None
    own = [line for line in head if not _is_handles(line)]
    return Contact(
        # Elsewhere than in the person's lines further addresses are other people's.
        emails=_emails(own) or _emails(head) or _emails(hidden)[:1] or _emails(body)[:1],
        phones=_phones(own, [], region) or _phones(head, body, region),
        links=read_links(head, body, hidden),
        place=place,
    )


def without_contact(line: str) -> str:
    """The line with its addresses, links and numbers replaced by separators."""
    for pattern in (EMAIL, URL, BARE, _NUMBERISH):
        line = pattern.sub(" | ", line)
    return line


def is_contact(line: str) -> bool:
    """Whether the line holds an address, a link or a telephone number."""
    return any(pattern.search(line) for pattern in (EMAIL, URL, BARE, _NUMBERISH))


def _is_handles(line: str) -> bool:
    """Whether the line tells what the person is called on several networks, whose icons are gone: "ada ada @ada"."""
    names = Counter(word.lstrip("@") for word in line.split() if not EMAIL.fullmatch(word))
    return any(count > 1 and _HANDLE.fullmatch(name) for name, count in names.items())


def valid_email(text: str) -> str | None:
    """The address in its usual form, or None for one that cannot be."""
    try:
        return validate_email(text)[1]
    except PydanticCustomError:
        return None


def _emails(lines: list[str]) -> list[str]:
    found = (valid_email(match.group()) for line in lines for match in EMAIL.finditer(line))
    return list(dict.fromkeys(address for address in found if address))


def _phones(head: list[str], body: list[str], region: str | None) -> list[str]:
    """The numbers in E.164: the likeliest first, then all others of the person's lines."""
    labelled = [line for line in body if _PHONE_WORD.search(line)]
    national = [*head, *labelled] if region else []
    tries = (([*head, *labelled], None), (national, region), (body, None))
    first = next((number for lines, home in tries for line in lines for number in _numbers(line, home)), None)
    if first is None:
        return []
    others = (number for line in head for number in _numbers(line, region))
    return list(dict.fromkeys([first, *others]))


def _numbers(line: str, region: str | None) -> Iterator[str]:
    """The telephone numbers in E.164; without a region only those written with their country's code."""
    line = EMAIL.sub(" ", URL.sub(" ", line))
    written = re.sub(r"(?<![\d+])(?<!\d[\s./-])00\s?(?=[1-9]\d)", "+", line)
    taken: list[tuple[int, int]] = []
    for leniency in (phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE):
        for match in phonenumbers.PhoneNumberMatcher(written, region, leniency=leniency):
            # What merely could be a number of a country counts only with the country's code: "2014 2018" could be one.
            international = match.raw_string.lstrip("( ").startswith("+")
            if match.end < len(written) and written[match.end].isalnum():
                continue
            if _FAX.search(written[: match.start]) or any(
                match.start < end and begin < match.end for begin, end in taken
            ):
                continue
            # Without it, brackets, a leading zero or a valid number show that a telephone is meant.
            national = match.raw_string.startswith("0") and sum(map(str.isdigit, match.raw_string)) >= _NATIONAL_DIGITS
            sure = international or national or leniency == phonenumbers.Leniency.VALID or "(" in match.raw_string
            if sure and not read_range(match.raw_string):
                taken.append((match.start, match.end))
                yield phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)


def read_home(head: list[str]) -> Place | None:
    """The place where the person lives: the first part of the person's lines that names a town, else a country."""
    parts = [part for line in head if not tells_of_birth(line) for part in pieces(without_contact(line))]
    labelled = [bare for part in parts if (bare := _HOME_WORD.sub("", part)) != part]
    places = [place for part in [*labelled, *parts] if (place := _place(part))]
    return next((place for place in places if place.city), next(iter(places), None))


def _place(part: str) -> Place | None:
    bare = _POST_CODE.sub(" ", with_commas(part)).strip(" ,.;:()")
    if not bare or len(bare.split()) > 10 or bare.casefold() in _NO_TOWN or _LABELLED_NUMBER.match(bare):
        return None
    place = read_place(bare)
    if place is not None and place.city is None and not is_place(bare):
        # A country's code among other words is rather an abbreviation.
        place = next((read_place(part) for word in _APART.split(bare) if is_place(part := word.strip())), None)
    return place.model_copy(update={"text": part.strip(" ,.;:")}) if place else None
