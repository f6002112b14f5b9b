"""What is compared of a posting, and the keys by which the pairs worth comparing are found among millions.

Postings that may be the same share a key: a link, the company and the work, the work and the place, or a part of the
text's fingerprint. Keys are numbers in columns, found by sorting; see ``duplicates`` for how a pair is judged.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jobtracker.postings.fingerprint import BINS, Bits, Prints
from jobtracker.postings.model import Place, Posting, Seniority, WorkMode
from jobtracker.postings.pay import in_usd_per_year
from jobtracker.postings.title_key import TitleKey, plain, title_key, words_of

PLACES: Final = 3
LINKS: Final = 2
_LEGAL_FORMS: Final = frozenset(
    {
        "inc", "incorporated", "llc", "ltd", "limited", "gmbh", "ag", "se", "kg", "co", "corp", "corporation",
        "company", "plc", "bv", "nv", "sa", "sas", "sarl", "srl", "spa", "oy", "ab", "as", "aps", "pty", "pte",
        "holding", "group", "the",
    }
)  # fmt: skip
_NOWHERE: Final = frozenset(
    {"remote", "anywhere", "worldwide", "global", "hybrid", "onsite", "office", "home", "various", "multiple"}
)
# Names of those who fill other people's openings.
_AGENCY: Final = re.compile(
    r"recruit|staffing|personnel|personal|talent|headhunt|\bsearch\b|zeitarbeit|\bjobs?\b|people|consult|manpower|"
    r"workforce|interim|resourc|\bhr\b|career|employment|placement|randstad|adecco|\bhays\b|robert half|michael page"
)
_HOURS: Final = {"full-time": frozenset({"full"}), "part-time": frozenset({"part"})}
# Countries as titles write them; a place's own words and its code are known without this.
_COUNTRY_WORDS: Final = {
    "US": "us usa united states america", "GB": "uk united kingdom england britain", "DE": "germany deutschland",
    "FR": "france", "ES": "spain espana", "NL": "netherlands nederland", "AT": "austria osterreich",
    "CH": "switzerland schweiz suisse", "IT": "italy italia", "CA": "canada", "AU": "australia", "IN": "india",
    "IE": "ireland", "PL": "poland polska", "PT": "portugal", "BE": "belgium",
}  # fmt: skip
# Parameters of links that say where a click came from, and not which job it is for.
_TRACKING: Final = (
    "utm_",
    "gh_src",
    "lever-",
    "ref",
    "src",
    "source",
    "trk",
    "fbclid",
    "gclid",
    "mc_",
    "sid",
    "jobboard",
)
_LEAST_DIGITS: Final = 3


class Spot(NamedTuple):
    """A place to compare. Where no gazetteer knows it, ``city`` is its name and ``country`` is not known; ``words`` are
    those that its source writes."""

    city: str | None
    region: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a posting. ``length`` is that of its text in signs, ``aside`` words that name its places,
    and its company where the title names that: they say nothing of the work."""

    id: str
    source_id: str
    company: str
    company_words: frozenset[str]
    agency: bool
    title: TitleKey
    hours: frozenset[str]
    aside: frozenset[str]
    spots: tuple[Spot, ...]
    mode: WorkMode | None
    seniority: Seniority | None
    pay: tuple[float, float] | None
    requisition: str | None
    page: str | None
    links: frozenset[str]
    fingerprint: bytes
    length: int

    @property
    def work(self) -> frozenset[str]:
        """The title's words without those that name the posting's own company and places."""
        return self.title.words - self.aside or self.title.words


def traits_of(posting: Posting, fingerprint: bytes, length: int) -> Traits:
    """The traits of a posting whose text has this fingerprint and length."""
    company = posting.company_key or plain_company(posting.company or "")
    # Read as a title is, because it is in titles that the name is looked for.
    company_words, title = title_key(company).words, title_key(posting.title)
    named = frozenset[str]()
    if company_words and company_words <= title.words:
        named = company_words | title_key(posting.company or "").words
    spots = tuple(_spot(place) for place in posting.places)
    page = link_of(posting.url)
    paid = None if posting.pay is None else in_usd_per_year(posting.pay)
    low, high = paid or (None, None)
    return Traits(
        id=posting.id,
        source_id=posting.source_id,
        company=company,
        company_words=company_words,
        agency=_AGENCY.search(company) is not None,
        title=title,
        hours=title.hours or _HOURS.get(posting.employment_type or "", frozenset()),
        aside=named.union(*(_place_words(place) for place in posting.places)),
        spots=tuple(spot for spot in spots if any(spot)),
        mode=posting.work_mode,
        seniority=posting.seniority,
        pay=None if paid is None else (low or high or 0.0, high or low or 0.0),
        requisition=_requisition(posting.requisition_id),
        page=page,
        links=frozenset(filter(None, (page, link_of(posting.apply_url or "")))),
        fingerprint=fingerprint,
        length=length,
    )


@lru_cache(maxsize=50_000)
def plain_company(name: str) -> str:
    """A company's name in lower case without accents and legal form."""
    words = "".join(sign if sign.isalnum() else " " for sign in plain(name).replace(".", "")).split()
    return " ".join([word for word in words if word not in _LEGAL_FORMS] or words)


@lru_cache(maxsize=50_000)
def _spot(place: Place) -> Spot:
    city, words = plain(place.city) if place.city else None, words_of(place.text) - _NOWHERE
    if city is None and place.region is None and place.country is None:
        city = " ".join(sorted(words)) or None
    region = plain(place.region) if place.region else None
    return Spot(city, region, place.country, place.latitude, place.longitude, words)


@lru_cache(maxsize=50_000)
def _place_words(place: Place) -> frozenset[str]:
    named = f"{place.text} {place.city or ''} {place.region or ''} {_COUNTRY_WORDS.get(place.country or '', '')}"
    return words_of(named)


def _requisition(number: str | None) -> str | None:
    """An employer's number without dress: "JR-001234" and "1234" are one."""
    digits = "".join(sign for sign in number or "" if sign.isdigit()).lstrip("0")
    return digits or (plain(number).strip() or None if number else None)


def link_of(url: str) -> str | None:
    """What of a link tells one job from others, or None where it leads to a list of jobs."""
    _, _, rest = url.strip().partition("://")
    # Pages made in the browser name the job behind "#"; elsewhere that is a place on the page.
    rest, _, anchor = rest.partition("#")
    address, _, query = rest.partition("?")
    host, slash, path = address.lower().rstrip("/").partition("/")
    path = path.removesuffix("/apply").removesuffix("/application")
    kept = sorted(part for part in query.split("&") if part and not part.lower().startswith(_TRACKING))
    own = f"{slash}{path}?{'&'.join(kept)}{anchor if any(map(str.isdigit, anchor)) else ''}"
    if sum(map(own.count, "0123456789")) < _LEAST_DIGITS:
        return None
    return f"{host.rpartition('@')[2].removeprefix('www.')}{own}"


@dataclass(frozen=True, slots=True)
class Keys:
    """Columns of keys, a row for each posting; 0 is no key. ``places`` are cities, ``links`` in no order."""

    fingerprint: Prints
    company: Bits
    work: Bits
    links: Bits
    places: Bits

    def __len__(self) -> int:
        return len(self.fingerprint)

    @classmethod
    def of(cls, traits: Sequence[Traits]) -> Self:
        """The keys of ``traits``."""
        return cls(
            np.frombuffer(b"".join(one.fingerprint for one in traits), dtype=np.uint8).reshape(-1, BINS),
            np.array([_number(one.company) for one in traits], dtype=np.uint64),
            np.array([_number(" ".join(sorted(one.work))) for one in traits], dtype=np.uint64),
            _columns([sorted(one.links) for one in traits], LINKS),
            _columns([[f"{s.city}|{s.country}" for s in one.spots if s.city] for one in traits], PLACES),
        )

    @classmethod
    def together(cls, parts: "Sequence[Keys]") -> Self:
        """All rows of ``parts``, one after another."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def take(self, rows: NDArray[np.int64]) -> "Keys":
        """The rows at these positions, in their order."""
        return Keys(*(getattr(self, name)[rows] for name in self.__slots__))


@lru_cache(maxsize=100_000)
def _number(text: str) -> int:
    """A number for a text; 0 for none."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) if text else 0


def _columns(rows: list[list[str]], width: int) -> Bits:
    numbers = [[_number(text) for text in row[:width]] for row in rows]
    made = np.array([row + [0] * (width - len(row)) for row in numbers], dtype=np.uint64)
    return made.reshape(len(rows), width)
