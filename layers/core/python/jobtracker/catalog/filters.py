"""A query's filters as queries of the text index, each on its own: a facet is counted without its own filter."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Occur

from jobtracker.catalog.columns import SECONDS_PER_DAY, SECONDS_PER_HOUR, SENIORITIES, WORK_MODES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.members import Clause, Mask
from jobtracker.catalog.model import Correction, Query
from jobtracker.catalog.table import Table
from jobtracker.catalog.text_index import ANYWHERE, company_term, spot
from jobtracker.postings.gazetteer import cities_in
from jobtracker.postings.model import Place
from jobtracker.postings.place_slips import slip
from jobtracker.postings.places import read_place

_EARTH_KM: Final = 6371.0088
# As many alternatives are looked up one by one; more are faster as one set.
_FEW: Final = 64
_CODES: Final[dict[str, dict[Any, int]]] = {"work_mode": WORK_MODES, "seniority": SENIORITIES}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a search is made, in the numbers of the index."""

    day: int
    hour: int

    @classmethod
    def of(cls, now: datetime) -> "Moment":
        """The moment of a search."""
        seconds = int(now.timestamp())
        return cls(seconds // SECONDS_PER_DAY, seconds // SECONDS_PER_HOUR)


@dataclass(frozen=True, slots=True)
class Filters:
    """``by_facet`` are filters that have a facet of their own, ``others`` those that have none."""

    by_facet: dict[str, Clause]
    others: list[Clause]

    def all_but(self, facet: str | None) -> list[Clause]:
        """All filters, less that of one facet."""
        return [*self.others, *(one for name, one in self.by_facet.items() if name != facet)]


def place_of(query: Query) -> Place | None:
    """The place that a query asks for, with coordinates; None where it asks for none, or for none that we know. Where
    its name is probably a slip (``place_meant``), the place that was meant."""
    if query.latitude is not None and query.longitude is not None:
        name = query.place or f"{query.latitude:.3f}, {query.longitude:.3f}"
        return Place(text=name, latitude=query.latitude, longitude=query.longitude)
    if not query.place:
        return None
    meant = slip(query.place)
    place = read_place(query.place) if meant is None else meant.place
    if place is None or place.country is None or place.city is not None or place.region is not None:
        return place
    # An area whose cities are known is that area, and no longer all of its country.
    return place.model_copy(update={"region": place.text}) if cities_in(place.text, place.country) else place


def place_meant(query: Query) -> Correction | None:
    """How the place's name was corrected, if it was."""
    if not query.place or (query.latitude is not None and query.longitude is not None):
        return None
    meant = slip(query.place)
    return None if meant is None else Correction(typed=meant.typed, searched=meant.meant)


def filters_of(index: CatalogIndex, query: Query, place: Place | None, moment: Moment) -> Filters:
    """The filters of a query; ``place`` is what ``place_of`` made of it."""
    by_facet = {
        facet: Clause((facet, values), any_of(index, facet, values), mask=_coded(facet, values))
        for facet, values in (
            ("country", tuple(country.upper() for country in query.countries)),
            ("work_mode", query.work_modes),
            ("seniority", query.seniorities),
            ("source", query.sources),
            ("employment_type", query.employment_types),
        )
        if values
    }
    if query.min_pay is not None:
        by_facet["pay"] = _pay(index, query.min_pay, unknown=query.pay_unknown)
    if query.posted_within_days is not None:
        day = moment.day - query.posted_within_days
        by_facet["age"] = posted_since(index, day)
    return Filters(by_facet, list(_others(index, query, place)))


def _others(index: CatalogIndex, query: Query, place: Place | None) -> Iterator[Clause]:
    for skill in query.skills:
        yield Clause(("skill", skill), any_of(index, "skill", [skill]))
    if query.companies:
        names = tuple(company_term(name) for name in query.companies)
        yield Clause(("company", names), any_of(index, "company", names))
    if query.remote_from is not None:
        country = query.remote_from.upper()
        yield Clause(("remote_from", country), any_of(index, "remote_from", [country, ANYWHERE]))
    if query.place or (query.latitude is not None and query.longitude is not None):
        yield Clause(("near", place, query.km), _near(index, place, query.km))


def expired(index: CatalogIndex, moment: Moment) -> Clause:
    """Postings whose last hour is over."""
    over = tantivy.Query.range_query(
        index.text.schema, "expires_hour", FieldType.Integer, lower_bound=0, upper_bound=moment.hour - 1
    )
    return Clause(("expired", moment.hour), over, Occur.MustNot)


def posted_since(index: CatalogIndex, day: int) -> Clause:
    """Postings of a day or later."""
    since = tantivy.Query.range_query(index.text.schema, "posted_day", FieldType.Integer, lower_bound=max(day, 0))
    return Clause(("age", day), since, mask=lambda table: table.all("posted_day") >= max(day, 0))


def _coded(facet: str, values: Iterable[str]) -> Callable[[Table], Mask] | None:
    """Postings with one of these values of a column of few codes; None for other columns."""
    if facet not in _CODES:
        return None
    codes = [_CODES[facet][value] for value in values]
    return lambda table: np.isin(table.all(facet), codes)


def any_of(index: CatalogIndex, field: str, values: Iterable[str]) -> tantivy.Query:
    """Postings with one of these terms of a field."""
    schema = index.text.schema
    # A lone surrogate is no character and cannot be handed to the engine.
    terms = list(dict.fromkeys(value.encode(errors="replace").decode() for value in values))
    if len(terms) > _FEW:
        return tantivy.Query.term_set_query(schema, field, terms)
    found = [tantivy.Query.term_query(schema, field, term, index_option="basic") for term in terms]
    if len(found) == 1:
        return found[0]
    return tantivy.Query.boolean_query([(Occur.Should, one) for one in found]) if found else tantivy.Query.empty_query()


def _pay(index: CatalogIndex, least: float, *, unknown: bool) -> Clause:
    """Postings that pay so much; with ``unknown`` all but those that say they pay less, which is found faster."""
    key, schema = ("pay", least, unknown), index.text.schema
    if unknown:
        below = tantivy.Query.range_query(schema, "pay", FieldType.Float, upper_bound=float(least), include_upper=False)
        return Clause(key, below, Occur.MustNot, lambda table: _best_pay(table) < least)
    enough = tantivy.Query.range_query(schema, "pay", FieldType.Float, lower_bound=float(least))
    return Clause(key, enough, mask=lambda table: _best_pay(table) >= least)


def _best_pay(table: Table) -> NDArray[np.float32]:
    return np.asarray(np.fmax(table.all("pay_min_usd"), table.all("pay_max_usd")))


def _near(index: CatalogIndex, place: Place | None, km: float) -> tantivy.Query:
    """Postings one of whose places is at most so far away; a region or a country is all of it."""
    if place is None:
        return tantivy.Query.empty_query()
    if place.latitude is None or place.longitude is None:
        return _within(index, place)
    spots, away = distances(index, place.latitude, place.longitude)
    return any_of(index, "spot", [spots[at] for at in np.flatnonzero(away <= km).tolist()])


def _within(index: CatalogIndex, place: Place) -> tantivy.Query:
    """Postings of a country; of a region of it those with a place at one of its cities, or in its name."""
    if place.country is None:
        return tantivy.Query.empty_query()
    country = any_of(index, "country", [place.country])
    if place.region is None:
        return country
    there = {spot(city.latitude, city.longitude) for city in cities_in(place.region, place.country)}
    words = " ".join(re.findall(r"[^\W_]+", place.region))
    named, _ = index.text.parse_query_lenient(f"({words})", ["about"], conjunction_by_default=True)
    cities = any_of(index, "spot", sorted(there & set(index.spots[0])))
    either = tantivy.Query.boolean_query([(Occur.Should, cities), (Occur.Should, named)])
    return tantivy.Query.boolean_query([(Occur.Must, country), (Occur.Must, either)])


def distances(index: CatalogIndex, latitude: float, longitude: float) -> tuple[list[str], NDArray[np.float64]]:
    """All places on earth that postings name, as terms, and how many kilometres they are away."""
    spots, latitudes, longitudes = index.spots
    north, east = np.radians(latitude), np.radians(longitude)
    half = np.sin((latitudes - north) / 2) ** 2
    half += np.cos(north) * np.cos(latitudes) * np.sin((longitudes - east) / 2) ** 2
    return spots, 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
