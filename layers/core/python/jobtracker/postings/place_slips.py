"""What a person probably meant by a place that nobody knows: the large city whose name is one slip away."""

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase
from typing import Final, NamedTuple

from jobtracker.postings.gazetteer import City, cities_named, fold
from jobtracker.postings.model import Place
from jobtracker.postings.places import is_place, read_place

# Shorter names become others too easily; longer ones than any city's are a paste.
_SHORTEST: Final = 4
_LONGEST: Final = 30
_LARGE: Final = 100_000
# Letters in the wrong order are far likelier than others, whatever the cities' sizes.
_SWAPPED: Final = 4


class Slip(NamedTuple):
    """A name as it was ``typed``, the city that was probably ``meant``, and the ``place`` that all of it names then."""

    typed: str
    meant: str
    place: Place


@lru_cache(maxsize=2_000)
def slip(text: str) -> Slip | None:
    """The slip in what names no place as it is, or no more than its country; None where there is none."""
    read = read_place(text)
    if read is not None and read.city is not None:
        return None
    pieces = [piece.strip() for piece in text.split(",")]
    for at, piece in enumerate(pieces):
        city = _meant(piece)
        if city is None:
            continue
        place = read_place(", ".join([*pieces[:at], city.name, *pieces[at + 1 :]]))
        # What else was written must still be so: another country's city was not meant.
        if place is not None and place.city == city.name and (read is None or read.country == place.country):
            return Slip(piece, city.name, place)
    return None


def _meant(name: str) -> City | None:
    """The largest city one slip away from a name that is none itself; of four letters, only in another order."""
    typed = fold(name)
    if not _SHORTEST <= len(typed) <= _LONGEST or cities_named(name) or is_place(name):
        return None
    found: dict[City, int] = {}
    for other, rate in _one_slip_away(typed):
        if len(typed) == _SHORTEST and rate < _SWAPPED:
            continue
        for city in cities_named(other)[:1]:
            if city.population >= _LARGE:
                found[city] = max(found.get(city, 0), rate * city.population)
    return max(found, key=lambda city: found[city]) if found else None


def _one_slip_away(typed: str) -> Iterator[tuple[str, int]]:
    """The names that one slip behind the first letter makes this one from, each with how likely such a slip is."""
    for at in range(1, len(typed) + 1):
        head, rest = typed[:at], typed[at:]
        for letter in ascii_lowercase:
            yield f"{head}{letter}{rest}", 1
            if rest:
                yield f"{head}{letter}{rest[1:]}", 1
        if rest:
            yield head + rest[1:], 1
        if len(rest) > 1:
            yield f"{head}{rest[1]}{rest[0]}{rest[2:]}", _SWAPPED
    yield f"{typed[1]}{typed[0]}{typed[2:]}", _SWAPPED
