"""Reading places as advertisements and resumes write them."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jobtracker.postings.areas import countries_of
from jobtracker.postings.gazetteer import (
    City,
    cities_named,
    city_otherwise_named,
    country_codes,
    country_named,
    country_of,
    fold,
    is_city_word,
    nation_of,
    regions_beside,
    regions_of,
)
from jobtracker.postings.model import Place
from jobtracker.postings.place_parts import AROUND_ENDS, codes_apart, names_listed, parts_of
from jobtracker.postings.place_words import says_nothing

__all__ = ["country_of", "fold", "is_place", "named_place", "read_place", "read_places", "read_remote_area"]

_REMOTE_ANYWHERE = re.compile(r"\b(?:anywhere|worldwide|world ?wide|global(?:ly)?|the world)\b", re.IGNORECASE)
_CITY_STATES: Final = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco", "LU": "Luxembourg"}
# Too even between a state and a country for either to be meant.
_UNTOLD: Final = {"georgia", "victoria"}
# A city elsewhere of at least this share of the people leaves open which of the two is meant.
_RIVAL = 0.5
_LONGEST_PLACE = 200
# A city is meant without its country only from this size on; in a list of cities too.
_LEAST_POPULATION_ALONE = 100_000
_KILOMETRES_A_DEGREE, _ONE_PLACE_KM = 111.0, 25.0
# What speaks for a reading; a city beside its region or country says most.
_CITY_SHOWN, _REGION_SHOWN, _COUNTRY_SHOWN, _UNREAD = 10.0, 6.0, 5.0, -1.0
_CODE_SHOWN, _DOUBTED_CODE_SHOWN = 3.5, 3.0
_REGION_ALONE, _CITY_ALONE, _GREAT_CITY_ALONE, _GREAT = 4.5, 4.0, 5.5, 1_000_000
# What is Delaware beside a city of Delaware and Germany beside a village.
_RATHER_COUNTRY: Final = {"DE", "NL", "SK", "PE", "SA"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The country, and the region in it, that pieces may speak of."""

    country: str
    region: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the pieces of one place mean."""

    frame: _Frame
    city: City | None
    score: float
    whole: bool


@lru_cache(maxsize=20_000)
def read_place(text: str) -> Place | None:
    """The one place that ``text`` names, with coordinates where the city is known; None where it names none.

    "Berlin, Germany", "Hybrid - London", "Austin, TX", "Remote (US only)". A word is matched whole, so that "NL" is
    the Netherlands and "only" is nothing. Text longer than any address names none. Of several places, the first.
    """
    folded = " ".join(text.split())
    if len(folded) > _LONGEST_PLACE:
        return None
    return next((place for place in read_places(folded) if place.country), None)


@lru_cache(maxsize=20_000)
def read_places(text: str) -> tuple[Place, ...]:
    """The places that ``text`` lists, each once; what names none is left out, so that unknown stays unknown.

    A name that stands among known places in the list is a place of which no more than the name is known.
    """
    parts = parts_of(text)
    places: dict[tuple[str | None, str | None, str | None], Place] = {}
    for position, pieces in enumerate(parts):
        listed = list(_listed(pieces, parts, position))
        shown = ", ".join(pieces)
        for place in listed or [Place(text=shown)]:
            places.setdefault((place.city, place.region, place.country or shown), place)
    names = names_listed(text, beside=sum(place.country is not None for place in places.values()))
    found = tuple(place for place in places.values() if place.country or place.text in names)
    if len(found) == 1:
        # One place alone is shown as it was written.
        shown = " ".join(text[:_LONGEST_PLACE].split()).strip(" -–—:,")
        return (found[0].model_copy(update={"text": shown}),)
    return found


def _listed(pieces: Sequence[str], parts: Sequence[Sequence[str]], position: int) -> Iterator[Place]:
    """The known places of one part of a list."""
    if regions := _listed_regions(pieces):
        yield from (Place(text=region, region=region, country=country) for region, country in regions)
        return
    for group in _groups(pieces):
        if reading := _read(group) or _read_as_country(group, parts):
            yield _place(", ".join(pieces), _in_context(reading, group, parts[position + 1 :]))


def named_place(text: str) -> Place | None:
    """A place whose name is all that is known of it: what ``text`` names, where nobody can tell which place that is
    ("Valencia", "Galway") or the gazetteer lacks it; None where it names none."""
    shown = " ".join(text.split()).strip(" -–—:,")
    if len(shown) > _LONGEST_PLACE:
        return None
    named = any(not says_nothing(piece, whole=piece == shown) for pieces in parts_of(shown) for piece in pieces)
    return Place(text=shown) if named else None


@lru_cache(maxsize=20_000)
def read_remote_area(text: str) -> tuple[str, ...]:
    """The countries (ISO 3166-1 alpha-2) that remote work is open to, as far as ``text`` says; none where it is open
    to all or nothing is said.

    "Remote - EMEA" and "EU, US, Canada" are the countries of these areas.
    """
    named: list[str] = []
    for pieces in parts_of(text, areas=True):
        for piece in pieces:
            named += countries_of(fold(piece))
    if (
        not named
        and _REMOTE_ANYWHERE.search(text)
        and not any(place.region or place.city for place in read_places(text))
    ):
        return tuple(dict.fromkeys(place.country for place in read_places(text) if place.country))
    named += [place.country for place in read_places(text) if place.country]
    return tuple(dict.fromkeys(named))


@lru_cache(maxsize=20_000)
def is_place(text: str) -> bool:
    """Whether ``text`` names places or areas and nothing else."""
    parts = parts_of(text, areas=True)
    return bool(parts) and all(
        all(countries_of(fold(piece)) for piece in pieces)
        or all((reading := _read(group)) is not None and reading.whole for group in _groups(pieces))
        for pieces in parts
    )


def _groups(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The pieces of each place in a list with commas: "Berlin, Hamburg", "USA, Canada", "Bern, Switzerland, Oslo"."""
    apart = list(codes_apart(pieces))
    countries = [piece for piece in apart if country_named(piece)]
    if len(countries) > 2 and not any(_is_large_city(piece) for piece in apart if piece not in countries):
        # A long list may be cut off in a word.
        apart = [piece for piece in apart if country_of(piece)]
    if len(apart) > 1 and (_are_countries(apart) or _are_cities(apart)):
        yield from ([piece] for piece in apart)
        return
    group: list[str] = []
    has_city = has_land = False
    for piece in apart:
        land = country_of(piece) is not None or bool(regions_of(piece))
        if not land and has_city and has_land and _is_large_city(piece):
            yield group
            group, has_city, has_land = [], False, False
        group.append(piece)
        has_land |= land
        has_city |= not land and _is_large_city(piece)
    if group:
        yield group


def _are_countries(pieces: Sequence[str]) -> bool:
    """Whether each is a country: by name, or by a code that is no region's, or by any code among three."""
    if any(country_of(piece) is None for piece in pieces) or len({country_of(piece) for piece in pieces}) == 1:
        return False
    told = [piece for piece in pieces if country_named(piece) or not regions_of(piece)]
    if len(told) < len(pieces):
        return len(pieces) > 2 and len(told) > 1
    reading = _read(pieces)
    return reading is None or not reading.whole


def _listed_regions(pieces: Sequence[str]) -> list[tuple[str, str]]:
    """The regions of one country that a list of their codes names ("CA, NY, WA"), with the country."""
    if len(pieces) < 2 or not all(len(piece) <= 3 and piece.isupper() for piece in pieces):
        return []
    told = [(name, country) for piece in pieces for name, country in regions_of(piece)[:1] if name]
    whole = len(set(told)) == len(pieces) and len({country for _, country in told}) == 1
    return told if whole else []


def _are_cities(pieces: Sequence[str]) -> bool:
    """Whether each is a large city apart from the others, with nothing said of region or country."""
    some = [cities_named(piece) for piece in pieces]
    if not all(found and found[0].population >= _LEAST_POPULATION_ALONE for found in some):
        return False
    if any(
        country_named(piece) or (regions_of(piece) and not (len(piece) > 3 and is_city_word(piece)))
        for piece in pieces[1:]
    ):
        return False
    return len(pieces) > 2 or _kilometres(some[0][0], some[1][0]) > _ONE_PLACE_KM


def _kilometres(one: City, other: City) -> float:
    """Roughly how far two cities are apart."""
    width = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, width) * _KILOMETRES_A_DEGREE


def _is_large_city(piece: str) -> bool:
    some = cities_named(piece)
    return bool(some) and some[0].population >= _LEAST_POPULATION_ALONE


def _read(pieces: Sequence[str]) -> _Reading | None:
    """The reading that most of the pieces speak for."""
    if len(pieces) == 1 and fold(pieces[0]) in _UNTOLD:
        return None
    if len(pieces) == 1 and pieces[0] in country_codes() and not is_city_word(pieces[0]):
        return _Reading(_Frame(pieces[0], None), None, _CODE_SHOWN, whole=True)
    readings = [reading for frame in _frames(pieces) if (reading := _reading(pieces, frame))]
    if len(pieces) == 1 and len(readings) == 1 and _has_rival(pieces[0], readings[0]):
        return None
    best = max(readings, key=lambda one: (one.score, one.city.population if one.city else 0), default=None)
    if best is None and (barer := _without_around(pieces)) != pieces:
        return _read(barer)
    return best


def _has_rival(piece: str, reading: _Reading) -> bool:
    """Whether a city of another country is as likely meant."""
    least = max(_RIVAL * reading.city.population, _LEAST_POPULATION_ALONE) if reading.city else math.inf
    return any(city.country != reading.frame.country and city.population >= least for city in cities_named(piece))


def _without_around(pieces: Sequence[str]) -> list[str]:
    """ "Greater Boston" and "Berlin Mitte" without the word that says which part."""
    return [AROUND_ENDS.sub("", piece) or piece for piece in pieces]


def _frames(pieces: Sequence[str]) -> Iterator[_Frame]:
    frames: dict[_Frame, None] = {}
    for piece in pieces:
        if country := country_of(piece):
            frames[_Frame(country, None)] = None
        for region, country in regions_of(piece):
            frames[_Frame(country, region)] = None
        if len(pieces) > 1:
            frames |= {_Frame(country, None): None for _, country in regions_beside(piece)}
        some = cities_named(piece)
        if some and some[0].population >= _LEAST_POPULATION_ALONE:
            frames[_Frame(some[0].country, None)] = None
    if not frames:
        alone = [piece for piece in pieces if len(piece) > 3 or piece == "NRW"]
        frames |= {_Frame(country, None): None for piece in alone for _, country in regions_beside(piece)}
    yield from frames


def _reading(pieces: Sequence[str], frame: _Frame) -> _Reading | None:
    """What the pieces mean in ``frame``; None where nothing in them speaks for it."""
    region = any((frame.region, frame.country) in regions_of(piece) for piece in pieces) and frame.region is not None
    cities = [_city_in(piece, frame) for piece in pieces]
    chosen = _chosen(pieces, cities, frame)
    city = cities[chosen] if chosen is not None else None
    lands = [_land_score(piece, frame) for piece in pieces]
    shown = [score for position, score in enumerate(lands) if position != chosen and score]
    unread = len(pieces) - len(shown) - (city is not None)
    if city is not None and not shown:
        if city.population < _LEAST_POPULATION_ALONE and frame.country not in _CITY_STATES:
            return None
        score = _GREAT_CITY_ALONE if city.population >= _GREAT or frame.country in _CITY_STATES else _CITY_ALONE
    elif city is None:
        if not shown:
            return None
        # A name alone may be a region's; which of several regions or countries, its rank in ads says.
        score = sum(shown) if len(pieces) > 1 or not region else _REGION_ALONE
    else:
        score = _CITY_SHOWN + sum(shown)
    return _Reading(frame, city, score + _UNREAD * unread, whole=not unread)


def _land_score(piece: str, frame: _Frame) -> float:
    """How much a piece speaks for the frame's region or country."""
    if frame.region is not None and (frame.region, frame.country) in regions_of(piece):
        return _DOUBTED_CODE_SHOWN if piece in _RATHER_COUNTRY else _REGION_SHOWN
    if country_named(piece) == frame.country:
        return _COUNTRY_SHOWN
    if country_of(piece) == frame.country:
        return _CODE_SHOWN
    if frame.region is not None:
        return 0.0
    told = regions_of(piece)
    also = regions_beside(piece) if not told or piece.isupper() else ()
    return _COUNTRY_SHOWN if (None, frame.country) in (*told, *also) else 0.0


def _city_in(piece: str, frame: _Frame) -> City | None:
    """The city of this name in the frame."""
    home = [city for city in cities_named(piece) if city.country == frame.country]
    if not home and (other := city_otherwise_named(piece, frame.country)):
        # "Perth, WA" is not Perth Amboy in New Jersey.
        home = [other] if frame.region is None or other.region in {None, frame.region} else []
    if not home:
        barer = AROUND_ENDS.sub("", piece)
        return _city_in(barer, frame) if barer != piece and barer else None
    if frame.region is None:
        return home[0]
    return next((city for city in home if city.region in {None, frame.region}), None)


def _chosen(pieces: Sequence[str], cities: list[City | None], frame: _Frame) -> int | None:
    """Which piece is the city: one that can be nothing else first, and a quarter's city before the quarter."""
    best: int | None = None
    for position, city in enumerate(cities):
        if city is None or (country_named(pieces[position]) == frame.country and frame.country not in _CITY_STATES):
            continue
        if best is None:
            best = position
            continue
        before = cities[best]
        free, was_free = (not (regions_of(pieces[one]) or country_of(pieces[one])) for one in (position, best))
        larger = before is not None and city.population > 2 * before.population
        near = before is not None and _kilometres(city, before) <= _ONE_PLACE_KM
        if free > was_free or (free == was_free and larger and near):
            best = position
    return best


def _read_as_country(pieces: Sequence[str], parts: Sequence[Sequence[str]]) -> _Reading | None:
    """ "Georgia" beside another country is the country."""
    if len(pieces) == 1 and (country := country_of(pieces[0])):
        others = [other for some in parts if len(some) == 1 and (other := country_named(some[0])) and other != country]
        return _Reading(_Frame(country, None), None, 0.0, whole=True) if others else None
    return None


def _in_context(reading: _Reading, pieces: Sequence[str], later: Sequence[Sequence[str]]) -> _Reading:
    """The reading of a lone piece in the light of its neighbours: "Portland / Augusta, ME", "US/CA"."""
    if len(pieces) != 1:
        return reading
    piece = pieces[0]
    if reading.city is None:
        return reading
    for others in later:
        frame = next((one.frame for one in (_read(others),) if one and len(others) > 1), None)
        if frame and (city := _city_in(piece, frame)) and city.population * 10 >= reading.city.population:
            return _Reading(frame, city, reading.score, reading.whole)
    return reading


def _place(shown: str, reading: _Reading) -> Place:
    city, frame = reading.city, reading.frame
    if city is None and frame.country in _CITY_STATES:
        city = _city_in(_CITY_STATES[frame.country], frame)
    if city is None:
        return Place(text=shown, region=frame.region or nation_of(shown), country=frame.country)
    return Place(
        text=shown,
        city=city.name,
        region=frame.region or city.region,
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
    )
