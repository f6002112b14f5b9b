"""What the fast look at a catalog derives from it once: everything by which postings are told apart, as numbers.

Rows are postings in the order of how many skills they name, so that the skills of neighbours are a rectangle.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.table import Gathered
from jobtracker.matching.codes import Codes, Singles
from jobtracker.matching.features import WEIGHTS, CatalogArrays, Column, Floats, Positions
from jobtracker.matching.model import PartName

PAY_BINS = 1024

Integers = NDArray[np.intp]


class Block(NamedTuple):
    """Rows that name equally many skills, with these skills [skills, rows]."""

    start: int
    end: int
    skills: Integers


class Circumstances(NamedTuple):
    """Combinations of level, way of working and countries, one a row."""

    level: Column
    mode: Column
    countries: Column


class CatalogRows:
    """A catalog's rows.

    Attributes:
        order: each row's position in the catalog; ``row_of`` is the way back.
        gain: points for covered skill weight [n].
        most_skills: the most that a posting names.
        unit_slack: how many points are missed where every skill's covered weight is rounded to multiples of 1.
        circumstances, circumstance: the different ones, and which of them each row has.
        pay_edges, pay_bin: the edges of bins of pay, and each row's bin; 0 is pay that is not stated.
        text, titles: vectors in 8 bits.
        northward, latitudes: positions from south to north, and their latitudes.
    """

    def __init__(self, arrays: CatalogArrays) -> None:
        columns, n = arrays.index.columns, arrays.index.n
        self.order: Positions = np.argsort(arrays.skill_counts, kind="stable")
        self.row_of = np.empty_like(self.order)
        self.row_of[self.order] = np.arange(n)
        self._groups = list(_by_count(arrays, self.order))
        owners = np.repeat(np.arange(n), arrays.skill_counts)
        asked = np.bincount(owners, weights=arrays.skill_weights[arrays.asked.indices], minlength=n)
        self.gain: Singles = (WEIGHTS[PartName.SKILLS] / (asked + arrays.doubt))[self.order].astype(np.float32)
        counts = arrays.skill_counts[self.order]
        self.most_skills = int(counts[-1])
        self.unit_slack = float(((counts + 1) * self.gain).max()) / 2
        self.circumstances, kinds = _kinds(columns["seniority"], columns["work_mode"], columns["country_codes"])
        self.circumstance = kinds[self.order]
        self.pay_edges, self.pay_bin = _binned(arrays.best_pay[self.order])
        self.text = _codes(arrays.index.vectors, self.order)
        self.titles = _codes(arrays.index.title_vectors, self.order)
        self.northward: Positions = np.argsort(columns["latitude"], kind="stable")
        self.latitudes = columns["latitude"][self.northward]

    def blocks(self, rows: int) -> list[Block]:
        """All rows in blocks of at most so many, shuffled: the first few are a fair sample."""
        blocks = [
            Block(start, end, skills[:, start - first : end - first])
            for first, last, skills in self._groups
            for start in range(first, last, rows)
            for end in (min(start + rows, last),)
        ]
        return [blocks[at] for at in np.random.default_rng(0).permutation(len(blocks))]


def _by_count(arrays: CatalogArrays, order: Positions) -> Iterator[Block]:
    """The rows of each number of skills."""
    bounds = np.flatnonzero(np.diff(arrays.skill_counts[order], prepend=-1, append=-1))
    for start, end in pairwise(bounds.tolist()):
        _, skills = arrays.skills_of(order[start:end])
        yield Block(start, end, np.ascontiguousarray(skills.reshape(end - start, -1).T, dtype=np.intp))


def _kinds(level: Column, mode: Column, countries: Column) -> tuple[Circumstances, Integers]:
    keys = np.zeros(len(level), dtype=np.int64)
    for column in (level, mode, *countries.T):
        keys = keys * 1024 + column
    _, first, kind = np.unique(keys, return_index=True, return_inverse=True)
    return Circumstances(level[first], mode[first], countries[first]), kind


def _binned(stated: Floats) -> tuple[Floats, Integers]:
    known = ~np.isnan(stated)
    if not known.any():
        return np.empty(0), np.zeros(len(stated), dtype=np.intp)
    edges = np.unique(np.quantile(stated[known], np.linspace(0, 1, PAY_BINS + 1)))
    edges = np.concatenate((edges, edges[-1:]))
    bins = np.clip(np.searchsorted(edges, stated, side="right"), 1, len(edges) - 1)
    return edges, np.where(known, bins, 0)


def _codes(vectors: Gathered | None, order: Positions) -> Codes | None:
    return None if vectors is None else Codes(vectors, order)
