"""People as tables of points to look up, one column a person: their side of the fast look at a catalog."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobtracker.matching import features
from jobtracker.matching.codes import Codes, Queries, Singles
from jobtracker.matching.features import WEIGHTS, CatalogArrays, Column, Floats, Neutral
from jobtracker.matching.model import PartName
from jobtracker.matching.person import Person
from jobtracker.matching.rows import CatalogRows, Integers

# Scores add up in 32 bits; parts are counted in tenths of a point, each off by half a tenth at most.
ROUNDING = 0.01 + 0.05 * len(WEIGHTS)
LARGEST_SUM = 60_000


class Points(NamedTuple):
    """Points by row and person's number."""

    rows: Integers
    people: Integers
    points: Singles

    @classmethod
    def together(cls, parts: Sequence["Points"]) -> "Points":
        """All of them, one after another."""
        return cls(
            np.concatenate([np.empty(0, dtype=np.intp), *(part.rows for part in parts)]),
            np.concatenate([np.empty(0, dtype=np.intp), *(part.people for part in parts)]),
            np.concatenate([np.empty(0, dtype=np.float32), *(part.points for part in parts)]),
        )

    def take(self, chosen: Column) -> "Points":
        """Those at ``chosen``."""
        return Points(self.rows[chosen], self.people[chosen], self.points[chosen])


@dataclass(frozen=True, slots=True)
class Similar:
    """Vectors of people to compare ``codes`` with, and what that is worth.

    Attributes:
        queries: the people's first vectors, then the second ones of those who have two, and so on.
        layers: how many people have a first, a second, ...; those with more come first.
        points, most: what a cosine of 1 is worth, were it not for the most that the part can give.
        neutral: what a silent posting gets.
        slack: the most by which each person's points miss.
    """

    codes: Codes
    queries: Queries
    layers: tuple[int, ...]
    points: float
    most: float
    neutral: Singles
    slack: Floats


@dataclass(frozen=True, slots=True)
class Batch:
    """People. A part that a person says nothing about is the same for every posting, and counts nothing here.

    Attributes:
        skills, prior, unit: covered weight of each skill, and to begin with, in whole numbers of ``unit``.
        no_skills: points where none is named.
        circumstances, pay: points by the rows' kinds and bins.
        shares: what the sum is multiplied by, by the rows' kinds; None where it is 1 for all. Being 1 at most, it
            never makes a miss larger.
        near: what postings near a person's home get besides, ordered by row.
        similar: the text, and the titles.
        slack: the most by which the sum of it all, and a constant, misses the person's true scores.
    """

    skills: NDArray[np.uint16]
    prior: NDArray[np.uint16]
    unit: float
    no_skills: Singles
    circumstances: Singles
    shares: Singles | None
    pay: Singles
    near: Points
    similar: tuple[Similar, ...]
    slack: Floats

    @property
    def size(self) -> int:
        """The number of people."""
        return len(self.slack)


def batch_of(arrays: CatalogArrays, rows: CatalogRows, persons: Sequence[Person], neutrals: Sequence[Neutral]) -> Batch:
    """The tables of ``persons``, whose neutral values are ``neutrals``; who has more titles must come first."""
    pairs = list(zip(persons, neutrals, strict=True))
    skilled = [bool(person.have) for person in persons]
    covered = _columns([arrays.skill_weights * arrays.shares(person) for person in persons])
    prior = np.array(skilled) * features.PRIOR_COVERAGE * arrays.doubt
    unit = (float(covered.max()) * rows.most_skills + float(prior.max()) + 1) / LARGEST_SUM
    pay, slack = _pay(rows.pay_edges, pairs)
    found = (
        _similar(rows.text, PartName.TEXT, [person.text_vectors for person in persons], neutrals),
        _similar(rows.titles, PartName.TITLE, [person.title_vectors for person in persons], neutrals),
    )
    similar = tuple(one for one in found if one is not None)
    return Batch(
        skills=np.rint(covered / unit).astype(np.uint16),
        prior=np.rint(prior / unit).astype(np.uint16),
        unit=unit,
        no_skills=_neutral_points(PartName.SKILLS, skilled, neutrals),
        circumstances=_columns([_circumstances(rows, person, neutral) for person, neutral in pairs]),
        shares=_shares(rows, persons),
        pay=pay,
        near=_near(arrays, rows, pairs),
        similar=similar,
        slack=ROUNDING + slack + rows.unit_slack * unit + sum(one.slack for one in similar),
    )


def _circumstances(rows: CatalogRows, person: Person, neutral: Neutral, *, near: bool = False) -> Floats:
    """Points for seniority and place, of each kind of posting that there is."""
    level, mode, countries = rows.circumstances
    place = features.place(mode, countries, np.full(len(mode), near), person).filled(neutral[PartName.PLACE])
    seniority = features.seniority(level, person).filled(neutral[PartName.SENIORITY])
    return WEIGHTS[PartName.PLACE] * place + WEIGHTS[PartName.SENIORITY] * seniority


def _shares(rows: CatalogRows, persons: Sequence[Person]) -> Singles | None:
    _, mode, countries = rows.circumstances
    table = _columns([features.kept_share(mode, countries, person) for person in persons])
    return None if (table == 1).all() else table


def _near(arrays: CatalogArrays, rows: CatalogRows, pairs: Sequence[tuple[Person, Neutral]]) -> Points:
    columns, found = arrays.index.columns, []
    for number, (person, neutral) in enumerate(pairs):
        if person.latitude is None:
            continue
        reach = np.array([-1.001, 1.001]) * features.COMMUTE_DEGREES + person.latitude
        around = rows.northward[slice(*np.searchsorted(rows.latitudes, reach))]
        close = around[features.near(columns["latitude"][around], columns["longitude"][around], person)]
        more = _circumstances(rows, person, neutral, near=True) - _circumstances(rows, person, neutral)
        where = rows.row_of[close]
        points = more[rows.circumstance[where]].astype(np.float32)
        found.append(Points(where, np.full(len(where), number), points))
    together = Points.together(found)
    return together.take(np.argsort(together.rows, kind="stable"))


def _pay(edges: Floats, pairs: Sequence[tuple[Person, Neutral]]) -> tuple[Singles, Floats]:
    """Points by bin: the middle of what the bin's edges get; and the most by which that misses."""
    table, missed = [], []
    for person, neutral in pairs:
        weight = WEIGHTS[PartName.PAY] * (person.pay_floor_usd is not None)
        ends = features.pay(edges, person).value
        table.append(weight * np.concatenate(([neutral[PartName.PAY]], (ends[1:] + ends[:-1]) / 2)))
        missed.append(weight * float(np.diff(ends).max(initial=0)) / 2)
    return _columns(table), np.array(missed)


def _similar(
    codes: Codes | None, part: PartName, vectors: list[NDArray[np.float32] | None], neutrals: Sequence[Neutral]
) -> Similar | None:
    counts = np.array([0 if own is None else len(own) for own in vectors])
    if codes is None or not counts.any():
        return None
    layers = tuple(int(1 + np.flatnonzero(counts > at)[-1]) for at in range(int(counts.max())))
    # Who comes in between and has none gets a zero vector: its cosine of 0 is worth what none is.
    nothing = np.zeros(next(own.shape[1] for own in vectors if own is not None), dtype=np.float32)
    stacked = [
        nothing if own is None or len(own) <= at else own[at]
        for at, people in enumerate(layers)
        for own in vectors[:people]
    ]
    queries = codes.queries(np.stack(stacked))
    points = WEIGHTS[part] / (features.FULL_TEXT_COSINE if part is PartName.TEXT else features.FULL_TITLE_COSINE)
    slack = np.zeros(len(vectors))
    for people, errors in zip(layers, np.split(queries.errors, np.cumsum(layers)[:-1]), strict=True):
        slack[:people] = np.maximum(slack[:people], errors * points)
    neutral = _neutral_points(part, [own is not None for own in vectors], neutrals)
    return Similar(codes, queries, layers, points, WEIGHTS[part], neutral, slack)


def _neutral_points(part: PartName, says: list[bool], neutrals: Sequence[Neutral]) -> Singles:
    points = starmap(lambda said, neutral: WEIGHTS[part] * neutral[part] * said, zip(says, neutrals, strict=True))
    return np.array(list(points), dtype=np.float32)


def _columns(people: list[Floats]) -> Singles:
    return np.ascontiguousarray(np.stack(people, axis=1), dtype=np.float32)
