"""Reading how a person can be reached: e-mail, telephone, links and place."""

import re
from dataclasses import dataclass, field

import phonenumbers
from pydantic import validate_email
from pydantic_core import PydanticCustomError

from jobtracker.postings.model import Place
from jobtracker.postings.places import read_place
from jobtracker.resumes.dates import read_range
from jobtracker.resumes.lines import ICON, pieces
from jobtracker.resumes.model import Link
from jobtracker.resumes.whereabouts import is_place

_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,24}(?![\w@])")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'|,;•·()\[\]]+", re.IGNORECASE)
_ENDINGS = (
    "com|org|net|io|dev|me|ai|app|tech|info|biz|blog|page|site|online|codes|xyz|design|games|studio|work|works|pro|name|"
    "cloud|space|link|bio|world|art|photo|software|digital|systems|engineer|engineering|edu|gov|de|at|ch|uk|ie|fr|es|"
    "it|nl|be|pl|se|no|dk|fi|pt|cz|eu|us|ca|au|nz|in|br|jp|cn|sg|gr|ro|hu|tr|ua|co|tv|sh|gg|to|rs|is|ly|so"
)
_BARE = re.compile(
    rf"(?<![\w@./-])(?!(?:asp|vb|ado)\.net\b|socket\.io\b)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:{_ENDINGS})"
    r"(?:/[^\s<>\"'|,;•·()\[\]]*)?(?![\w@.-])"
)
_PROFILES = (("linkedin", "linkedin.com"), ("github", "github.com"), ("gitlab", "gitlab.com"))
_PLATFORMS = re.compile(
    r"(?:^|\.)(?:twitter|x|facebook|instagram|medium|stackoverflow|stackexchange|kaggle|behance|dribbble|youtube|"
    r"itch|orcid|researchgate|xing|scholar\.google|google|bsky|mastodon|leetcode|hackerrank|imdb|t|telegram|skype|"
    r"bitbucket|huggingface|dev|codepen|npmjs|pypi|crunchbase|angel|wellfound|pinterest|threads|tiktok)\."
    r"(?:com|org|io|co|net|to|me|app|social|ai|fm|tv)$"
)
_NUMBERISH = re.compile(r"[+(\d][\d\s().\-/–]{5,24}\d")
_PHONE_WORD = re.compile(
    rf"(?:tel|telefon|telephone|téléphone|phone|mobile?|mobil|handy|cell|fon|call)\b|{ICON}|☎|✆|📞|📱", re.IGNORECASE
)
_HOME_WORD = re.compile(
    r"^(?:address|adresse|anschrift|location|place|based in|lives in|living in|located in|wohnort|residence|city|"
    r"ort|home|lieu|dirección|current location)\s*[:：]?\s+",
    re.IGNORECASE,
)
_NOT_HOME = re.compile(
    r"\b(?:born|birth|geboren|geburtsort|geburtsdatum|nationality|national|staatsangehörigkeit|citizen\w*|visa|"
    r"willing|relocat\w+|open to|languages?|page|updated)\b",
    re.IGNORECASE,
)
_NATIONAL_DIGITS = 10
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

    email: str | None = None
    phone: str | None = None
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
    return Contact(
        email=_email(head) or _email(hidden) or _email(body),
        phone=_phone(head, body, place.country if place else None),
        links=_links(head, body, hidden),
        place=place,
    )


def without_contact(line: str) -> str:
    """The line with its addresses, links and numbers replaced by separators."""
    for pattern in (_EMAIL, _URL, _BARE, _NUMBERISH):
        line = pattern.sub(" | ", line)
    return line


def is_contact(line: str) -> bool:
    """Whether the line holds an address, a link or a telephone number."""
    return any(pattern.search(line) for pattern in (_EMAIL, _URL, _BARE, _NUMBERISH))


def valid_email(text: str) -> str | None:
    """The address in its usual form, or None for one that cannot be."""
    try:
        return validate_email(text)[1]
    except PydanticCustomError:
        return None


def _email(lines: list[str]) -> str | None:
    found = (valid_email(match.group()) for line in lines for match in _EMAIL.finditer(line))
    return next((address for address in found if address), None)


def _phone(head: list[str], body: list[str], region: str | None) -> str | None:
    labelled = [line for line in body if _PHONE_WORD.search(line)]
    national = [*head, *labelled] if region else []
    for lines, home in (([*head, *labelled], None), (national, region), (body, None)):
        for line in lines:
            if number := _first_number(line, home):
                return number
    return None


def _first_number(line: str, region: str | None) -> str | None:
    """The first telephone number in E.164; without a region only one written with its country's code."""
    line = _EMAIL.sub(" ", _URL.sub(" ", line))
    written = re.sub(r"(?<![\d+])(?<!\d[\s./-])00\s?(?=[1-9]\d)", "+", line)
    for leniency in (phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE):
        for match in phonenumbers.PhoneNumberMatcher(written, region, leniency=leniency):
            # What merely could be a number of a country counts only with the country's code: "2014 2018" could be one.
            international = match.raw_string.lstrip("( ").startswith("+")
            if match.end < len(written) and written[match.end].isalnum():
                continue
            # Without it, brackets, a leading zero or a valid number show that a telephone is meant.
            national = match.raw_string.startswith("0") and sum(map(str.isdigit, match.raw_string)) >= _NATIONAL_DIGITS
            sure = international or national or leniency == phonenumbers.Leniency.VALID or "(" in match.raw_string
            if sure and not read_range(match.raw_string):
                return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _links(head: list[str], body: list[str], hidden: list[str]) -> list[Link]:
    """Links in order of mention: all of the person's lines, and elsewhere only profiles."""
    links: dict[str, Link] = {}
    for line in [*head, *hidden]:
        for url in _urls(line):
            links.setdefault(_bare(url), Link(kind=_kind(url), url=_full(url)))
    for line in body:
        for url in _urls(line):
            if _kind(url) in {"linkedin", "github", "gitlab"}:
                links.setdefault(_bare(url), Link(kind=_kind(url), url=_full(url)))
    return list(links.values())


def _urls(line: str) -> list[str]:
    bare = _EMAIL.sub(" ", line)
    found = [(match.start(), match.group()) for match in _URL.finditer(bare)]
    rest = _URL.sub(lambda match: " " * len(match.group()), bare)
    found += [(match.start(), match.group()) for match in _BARE.finditer(rest)]
    return [url for _, written in sorted(found) if "." in (url := written.rstrip(".,;:!?/"))]


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/").casefold()


def _full(url: str) -> str:
    return url if url.lower().startswith("http") else f"https://{url}"


def _kind(url: str) -> str:
    host, _, path = _bare(url).partition("/")
    for kind, domain in _PROFILES:
        if host == domain or host.endswith(f".{domain}"):
            # A repository or a post is a link like others; a profile is one name, "in/name" on LinkedIn.
            depth = len([part for part in path.split("/") if part])
            is_profile = path.startswith(("in/", "pub/")) if kind == "linkedin" else depth == 1
            return kind if is_profile else "other"
    return "other" if _PLATFORMS.search(host) else "website"


def read_home(head: list[str]) -> Place | None:
    """The place where the person lives: the first part of the person's lines that names a town, else a country."""
    parts = [part for line in head if not tells_of_birth(line) for part in pieces(without_contact(line))]
    labelled = [bare for part in parts if (bare := _HOME_WORD.sub("", part)) != part]
    places = [place for part in [*labelled, *parts] if (place := _place(part))]
    return next((place for place in places if place.city), next(iter(places), None))


def tells_of_birth(line: str) -> bool:
    """Whether a place in the line is another than the person's home."""
    return _NOT_HOME.search(line) is not None


def _place(part: str) -> Place | None:
    bare = _POST_CODE.sub(" ", part).strip(" ,.;:()")
    if not bare or len(bare.split()) > 10 or bare.casefold() in _NO_TOWN:
        return None
    place = read_place(bare)
    if place is not None and place.city is None and not is_place(bare):
        # A country's code among other words is rather an abbreviation.
        place = next((read_place(part) for word in _APART.split(bare) if is_place(part := word.strip())), None)
    return place.model_copy(update={"text": part.strip(" ,.;:")}) if place else None
