"""The exact parts of a score for any postings of a catalog: values in 0..1 with a mask of what is known.

This is the definition of the ranking. ``coarse`` only finds out, faster, for which postings it need not be computed.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.columns import COUNTRIES, SENIORITIES, WORK_MODES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.table import Gathered
from jobtracker.matching.asked import AskedSkills, asked_of
from jobtracker.matching.model import PartName
from jobtracker.matching.person import Person
from jobtracker.postings.model import WorkMode
from jobtracker.skills.taxonomy import taxonomy

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Positions = NDArray[np.int64]
Column = NDArray[Any]
Neutral = dict[PartName, float]

WEIGHTS: dict[PartName, float] = {
    PartName.SKILLS: 36.0,
    PartName.TITLE: 20.0,
    PartName.TEXT: 12.0,
    PartName.SENIORITY: 8.0,
    PartName.PLACE: 18.0,
    PartName.PAY: 6.0,
}
# One more skill's worth of doubt: a posting that names a single skill is not "fully covered" by it.
PRIOR_COVERAGE = 0.25
PRIOR_SKILLS = 1.5
SENIORITY_BY_DISTANCE = np.array([1.0, 0.6, 0.2, 0.05, 0.0, 0.0, 0.0])
COMMUTE_DEGREES = 50.0 / 111.2
# A cosine of this much is as alike as a resume and an advertisement get with this encoder.
FULL_TEXT_COSINE = 0.65
FULL_TITLE_COSINE = 0.9
PAY_TOLERANCE = 0.5
# Moving to another town is asked of few, to another country of hardly anybody; remote work across a border is rarely
# allowed, and a way of working that the person ruled out leaves next to nothing.
SAME_COUNTRY, ANYWHERE, REMOTE_ABROAD, UNWANTED_MODE = 0.6, 0.9, 0.15, 0.1
# Of every part's points, what is left to a posting that is known to miss a country or way of working asked for.
MISSED_SHARE = 0.2

# A part that a catalog or a person says nothing about anywhere.
UNKNOWN = 0.5
# Means are taken over so many postings, evenly spaced: enough to tell them to a hundredth.
SAMPLE = 512

REMOTE = WORK_MODES[WorkMode.REMOTE]
_COUNTRY_CODES = {country: code for code, country in enumerate(COUNTRIES) if country}


@dataclass(frozen=True, slots=True)
class Values:
    """One part's value per posting, meaningful where ``known``."""

    value: Floats
    known: Mask

    def filled(self, neutral: float) -> Floats:
        """The values, and ``neutral`` where nothing is known."""
        return np.where(self.known, self.value, neutral)


@dataclass(frozen=True, slots=True)
class Scored:
    """Postings by position, with each part's values and its points in tenths; the score is the tenths' sum."""

    positions: Positions
    values: dict[PartName, Values]
    tenths: dict[PartName, NDArray[np.int64]]

    def best(self, limit: int) -> "Scored":
        """The ``limit`` highest scores, highest first; of equals, the earlier position first."""
        total = np.sum(list(self.tenths.values()), axis=0)
        order = np.lexsort((self.positions, -total))[:limit]
        return Scored(
            self.positions[order],
            {name: Values(part.value[order], part.known[order]) for name, part in self.values.items()},
            {name: points[order] for name, points in self.tenths.items()},
        )


class CatalogArrays:
    """A catalog's facts as ranking reads them."""

    def __init__(self, index: CatalogIndex) -> None:
        self.index = index

    @cached_property
    def skill_counts(self) -> NDArray[np.int64]:
        """Skills asked for by each posting [n]; a group of which one is enough is one."""
        return np.diff(self.asked.indptr).astype(np.int64)

    @cached_property
    def asked(self) -> AskedSkills:
        """What each posting asks for."""
        index = self.index
        return asked_of(index.skills_indptr, index.skills_indices, index.skills_either, len(taxonomy()))

    @cached_property
    def skill_rarity(self) -> Floats:
        """How much a skill tells, by how rare it is: ln(1 + n / (1 + postings that name it))."""
        return np.asarray(np.log1p(self.index.n / (1.0 + self._naming)), dtype=np.float64)

    @cached_property
    def skill_weights(self) -> Floats:
        """How much a skill tells, and a group."""
        return self.asked.weights(self.skill_rarity)

    @cached_property
    def _naming(self) -> NDArray[np.int64]:
        return np.bincount(self.index.skills_indices, minlength=len(taxonomy())).astype(np.int64)

    @cached_property
    def doubt(self) -> float:
        """The weight of the skills that a posting might have named besides."""
        named = self._naming > 0
        # Skills that no posting names do not tell what else one might have named: a taxonomy knows any number of them.
        return PRIOR_SKILLS * float(np.median(self.skill_rarity[named] if named.any() else self.skill_rarity))

    def shares(self, person: Person) -> Floats:
        """The person's share of each skill, and of each group."""
        found = np.zeros(len(taxonomy()))
        found[list(person.have)] = list(person.have.values())
        return self.asked.shares(found)

    @cached_property
    def best_pay(self) -> Floats:
        """The best stated pay in US dollars a year [n], NaN where none is stated."""
        columns = self.index.columns
        return np.asarray(np.fmax(columns["pay_max_usd"], columns["pay_min_usd"]), dtype=np.float64)

    def facts(self, positions: Positions) -> "Facts":
        """What the catalog says of the postings at ``positions``."""
        index, columns = self.index, self.index.columns
        rows, skills = self.skills_of(positions)
        return Facts(
            positions=positions,
            skill_rows=rows,
            skills=skills,
            level=columns["seniority"][positions],
            mode=columns["work_mode"][positions],
            countries=columns["country_codes"][positions],
            latitude=columns["latitude"][positions],
            longitude=columns["longitude"][positions],
            pay=self.best_pay[positions],
            text=_exact(index.vectors, positions),
            title=_exact(index.title_vectors, positions),
        )

    @cached_property
    def sample(self) -> "Facts":
        """An even sample of the catalog."""
        n = self.index.n
        return self.facts(np.linspace(0, n - 1, min(n, SAMPLE)).astype(np.int64))

    def skills_of(self, positions: Positions) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What the postings at ``positions`` ask for: their rows in ``positions``, and the skills and groups."""
        counts = self.skill_counts[positions]
        rows = np.repeat(np.arange(len(positions)), counts)
        first = self.asked.indptr[positions] - (np.cumsum(counts) - counts)
        return rows, self.asked.indices[first[rows] + np.arange(len(rows))].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a catalog says of some postings. ``skills`` are those of all, each with its posting's row."""

    positions: Positions
    skill_rows: NDArray[np.int64]
    skills: NDArray[np.int64]
    level: Column
    mode: Column
    countries: Column
    latitude: Column
    longitude: Column
    pay: Floats
    text: Floats | None
    title: Floats | None


def score(arrays: CatalogArrays, person: Person, neutral: Neutral, positions: Positions) -> Scored:
    """Every part of the postings at ``positions``, with points; ``neutral`` is the value of what is not known."""
    facts = arrays.facts(positions)
    found, share = values(arrays, person, facts), kept_share(facts.mode, facts.countries, person)
    points = {name: share * WEIGHTS[name] * part.filled(neutral[name]) for name, part in found.items()}
    return Scored(positions, found, {name: np.rint(10 * part).astype(np.int64) for name, part in points.items()})


def neutral_values(arrays: CatalogArrays, person: Person) -> Neutral:
    """Each part's mean over what is known of it in an even sample of the catalog."""
    found = values(arrays, person, arrays.sample)
    return {name: float(part.value[part.known].mean()) if part.known.any() else UNKNOWN for name, part in found.items()}


def values(arrays: CatalogArrays, person: Person, facts: Facts) -> dict[PartName, Values]:
    """Every part for the postings that ``facts`` are of."""
    near_home = near(facts.latitude, facts.longitude, person)
    return {
        PartName.SKILLS: skills(arrays, person, facts),
        PartName.TITLE: similarity(facts.title, person.title_vectors, len(facts.positions), FULL_TITLE_COSINE),
        PartName.TEXT: similarity(facts.text, person.text_vectors, len(facts.positions), FULL_TEXT_COSINE),
        PartName.SENIORITY: seniority(facts.level, person),
        PartName.PLACE: place(facts.mode, facts.countries, near_home, person),
        PartName.PAY: pay(facts.pay, person),
    }


def skills(arrays: CatalogArrays, person: Person, facts: Facts) -> Values:
    """Weighted share of a posting's skills that the person has, shrunk towards PRIOR_COVERAGE where few are named."""
    weights, n = arrays.skill_weights, len(facts.positions)
    asked = np.bincount(facts.skill_rows, weights=weights[facts.skills], minlength=n)
    covered = np.bincount(facts.skill_rows, weights=(weights * arrays.shares(person))[facts.skills], minlength=n)
    value = (covered + PRIOR_COVERAGE * arrays.doubt) / (asked + arrays.doubt)
    known = np.zeros(n, dtype=bool)
    if person.have:
        known[facts.skill_rows] = True
    return Values(value, known)


def similarity(vectors: Floats | None, own: NDArray[np.float32] | None, n: int, full: float) -> Values:
    """The best cosine with one of ``own``, where ``full`` and above count 1; a posting's zero vector says nothing."""
    if vectors is None or own is None:
        return Values(np.zeros(n), np.zeros(n, dtype=bool))
    # So small a product is not worth the threads that BLAS would wake for it.
    cosines = np.einsum("nd,td->nt", vectors, own.astype(np.float64)).max(axis=1)
    return Values(np.clip(cosines / full, 0, 1), np.asarray(vectors.any(axis=1)))


def _exact(vectors: Gathered | None, positions: Positions) -> Floats | None:
    return None if vectors is None else vectors[positions].astype(np.float64)


def seniority(level: Column, person: Person) -> Values:
    """Closeness of the levels."""
    if person.seniority is None:
        return Values(np.zeros(len(level)), np.zeros(len(level), dtype=bool))
    distance = np.abs(level.astype(np.int64) - SENIORITIES[person.seniority])
    return Values(SENIORITY_BY_DISTANCE[distance], level > 0)


def place(mode: Column, codes: Column, near_home: Mask, person: Person) -> Values:
    """Whether the person can work there: the mode wanted, and country or commute unless remote."""
    remote = mode == REMOTE
    somewhere = (codes > 0).any(axis=1)
    wanted = [_COUNTRY_CODES[country] for country in person.countries if country in _COUNTRY_CODES]
    at_home = np.isin(codes, wanted).any(axis=1)
    value = np.where(near_home, 1.0, np.where(at_home, SAME_COUNTRY, 0.0))
    value = np.where(remote, np.where(at_home, 1.0, np.where(somewhere, REMOTE_ABROAD, ANYWHERE)), value)
    known = (somewhere & bool(person.countries)) | (remote & (bool(person.countries) | ~somewhere))
    if person.work_modes:
        unwanted = (mode > 0) & ~np.isin(mode, [WORK_MODES[wanted_mode] for wanted_mode in person.work_modes])
        value = np.where(unwanted, UNWANTED_MODE * value, value)
        known = known | (mode > 0)
    return Values(value, known)


def missed(mode: Column, codes: Column, person: Person) -> tuple[Mask, Mask]:
    """Which postings are known to be outside the countries, and of none of the ways of working, that were asked for.

    Only what the person named can be missed, and only by what a posting says.
    """
    nowhere_else: Mask = np.zeros(len(mode), dtype=bool)
    ways: Mask = nowhere_else
    if person.named_countries:
        wanted = [_COUNTRY_CODES[country] for country in person.countries if country in _COUNTRY_CODES]
        nowhere_else = np.asarray((codes > 0).any(axis=1) & ~np.isin(codes, wanted).any(axis=1))
    if person.work_modes:
        ways = (mode > 0) & ~np.isin(mode, [WORK_MODES[wanted_mode] for wanted_mode in person.work_modes])
    return nowhere_else, ways


def kept_share(mode: Column, codes: Column, person: Person) -> Floats:
    """What every part's points are multiplied by: 1, or MISSED_SHARE where a wish is missed."""
    countries, ways = missed(mode, codes, person)
    return np.where(countries | ways, MISSED_SHARE, 1.0)


def near(latitude: Column, longitude: Column, person: Person) -> Mask:
    """Which of these coordinates are a commute from the person's home."""
    if person.latitude is None or person.longitude is None:
        return np.zeros(len(latitude), dtype=bool)
    # Equirectangular distance: exact enough at commuting range, and needs one cosine in all.
    north = latitude.astype(np.float64) - person.latitude
    east = (longitude.astype(np.float64) - person.longitude) * np.cos(np.radians(person.latitude))
    return np.asarray(north * north + east * east <= COMMUTE_DEGREES**2)


def pay(stated: Floats, person: Person) -> Values:
    """The best stated pay against the person's floor: 1 at the floor and above, 0 at half of it."""
    if person.pay_floor_usd is None:
        return Values(np.zeros(len(stated)), np.zeros(len(stated), dtype=bool))
    known = ~np.isnan(stated)
    reached = np.where(known, stated, 0.0) / person.pay_floor_usd
    return Values(np.clip((reached - PAY_TOLERANCE) / (1 - PAY_TOLERANCE), 0, 1), known)
