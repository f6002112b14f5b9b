"""Counting results by the values of each facet; a facet's own filter does not narrow its counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray

from jobtracker.catalog.columns import COUNTRIES, NO_BAND, PAY_BANDS, SENIORITIES, TOP_BAND, WORK_MODES
from jobtracker.catalog.filters import Filters, Moment
from jobtracker.catalog.members import Clause, Found, Members, conjunction, packed
from jobtracker.catalog.ragged import Ragged
from jobtracker.catalog.table import Slots, Table
from jobtracker.catalog.words import Term
from jobtracker.skills.taxonomy import taxonomy

# Of facets with more values than anybody reads, so many of the most frequent are counted out.
TOP_SKILLS: Final = 50
_TOP: Final = {"skill": TOP_SKILLS, "source": 100, "employment_type": 50}
AGES: Final = (1, 7, 30, 90)
_PIECE: Final = 4096
# As many skills of a posting lie in a table: counting a table is faster, and most postings name no more.
_SKILLS: Final = 8
# From one in so many of all rows on, sets of the most frequent skills are intersected; so many sets are made.
_BROAD: Final = 4
_SETS: Final = 250
FACETS: Final = ("country", "work_mode", "seniority", "source", "employment_type", "skill", "pay", "age")

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, ready for the engine: its words, its filters, and what is hidden from everybody."""

    terms: list[Term]
    text: list[Clause]
    filters: Filters
    hidden: Clause

    def clauses(self, without: str | None = None) -> list[Clause]:
        """All that a posting must meet, less the filter of one facet."""
        return [*self.text, *self.filters.all_but(without), self.hidden]

    def found(self, *more: Clause) -> tantivy.Query:
        """What is to be found under more filters, without scores."""
        return conjunction([*self.text, self.hidden], [*self.filters.all_but(None), *more])


class _Kinds:
    """Columns of few values each, put together into one, so that counting them all is counting once."""

    def __init__(self, columns: dict[str, tuple[NDArray[Any], Sequence[str]]]) -> None:
        self.names = {facet: names for facet, (_, names) in columns.items()}
        self._shape = tuple(len(names) for names in self.names.values())
        self._kind = np.ravel_multi_index([column for column, _ in columns.values()], self._shape).astype(
            np.min_scalar_type(int(np.prod(self._shape)))
        )

    def count(self, rows: Slots) -> dict[str, NDArray[np.int64]]:
        """Counts by facet, in the order of its names."""
        cube = np.bincount(self._kind[rows], minlength=int(np.prod(self._shape))).reshape(self._shape)
        others = range(len(self._shape))
        return {
            facet: cube.sum(axis=tuple(other for other in others if other != axis))
            for axis, facet in enumerate(self.names)
        }


class _Lists:
    """Lists of numbers: the first of each in a table of so many columns, the rest as they are."""

    def __init__(self, lists: Ragged, names: Sequence[str], width: int) -> None:
        self.names = names
        kind = np.min_scalar_type(len(names))
        self._table = np.full((len(lists.lengths), width), len(names), dtype=kind)
        row = np.repeat(np.arange(len(lists.lengths)), lists.lengths)
        at = np.arange(len(row)) - np.repeat(lists.starts, lists.lengths)
        first = at < width
        self._table[row[first], at[first]] = lists.values[first]
        self._rest = Ragged(np.maximum(lists.lengths - width, 0).astype(np.int32), lists.values[~first].astype(kind))
        self._starts = self._rest.starts

    def count(self, rows: Slots) -> NDArray[np.int64]:
        """How many lists of these rows have each number, worked out in pieces that stay in the processor's cache."""
        counts = np.zeros(len(self.names) + 1, dtype=np.int64)
        for start in range(0, len(rows), _PIECE):
            piece = rows[start : start + _PIECE]
            counts += np.bincount(self._table.take(piece, axis=0).ravel(), minlength=len(counts))
        more = rows[self._rest.lengths[rows] > 0]
        counts += np.bincount(self._rest.take(more, self._starts).values, minlength=len(counts))
        return counts[:-1]

    def count_most(self, found: Found, most: int) -> NDArray[np.int64]:
        """The same, right for the ``most`` frequent numbers only: of many rows it is faster to intersect sets.

        A number is in no more of some lists than in all: once so many are found that are in more, none can follow.
        """
        assert found.bits is not None  # noqa: S101  # many rows come as bits
        counts = np.zeros(len(self.names), dtype=np.int64)
        everywhere, sets = self._sets
        words = found.bits.view(np.uint64)
        for start in range(0, len(sets), most):
            numbers = everywhere.order[start : start + most]
            for at, number in enumerate(numbers.tolist(), start):
                counts[number] = int(np.bitwise_count(sets[at] & words).sum(dtype=np.int64))
            following = everywhere.order[start + most : start + most + 1]
            if not len(following) or np.partition(counts, -most)[-most] > everywhere.counts[following[0]]:
                return counts
        return self.count(found.rows)

    @cached_property
    def _sets(self) -> tuple["_Everywhere", list[NDArray[np.uint64]]]:
        """How many lists have each number, and the sets of rows of the numbers that most have."""
        rows = len(self._table)
        flat = self._table.ravel()
        order = np.argsort(flat, kind="stable")
        counts = self.count(np.arange(rows))
        ends = np.searchsorted(flat[order], np.arange(len(self.names) + 1))
        rest = np.repeat(np.arange(rows), self._rest.lengths)
        frequent = np.argsort(-counts, kind="stable")
        sets = []
        for number in frequent[:_SETS].tolist():
            there = np.zeros(rows, dtype=bool)
            there[order[ends[number] : ends[number + 1]] // self._table.shape[1]] = True
            there[rest[self._rest.values == number]] = True
            sets.append(packed(there).view(np.uint64))
        return _Everywhere(frequent, counts), sets


class _Everywhere(NamedTuple):
    """Numbers, the most frequent first, and how often each occurs."""

    order: NDArray[np.int64]
    counts: NDArray[np.int64]


class Facts:
    """What the facets of one index count: of each row a number, or a list of them."""

    def __init__(self, table: Table) -> None:
        pay = np.fmax(table.all("pay_min_usd"), table.all("pay_max_usd"))
        bands = np.where(np.isnan(pay), 0, np.digitize(pay, list(PAY_BANDS.values())) + 1)
        self._kinds = _Kinds(
            {
                "work_mode": (table.all("work_mode"), ["", *(mode.value for mode in WORK_MODES)]),
                "seniority": (table.all("seniority"), ["", *(level.value for level in SENIORITIES)]),
                "pay": (bands, [NO_BAND, *PAY_BANDS, TOP_BAND]),
            }
        )
        self._named = {facet: _narrow(*table.named(facet)) for facet in ("source", "employment_type")}
        self._lists = {
            "skill": _Lists(table.lists("skills"), taxonomy().ids, _SKILLS),
            "country": _Lists(table.lists("countries"), COUNTRIES, 1),
        }
        self._posted = table.all("posted_day")

    def count(self, facets: Collection[str], found: Found, moment: Moment) -> Counts:
        """Some facets of some rows."""
        counts: Counts = {}
        rows = found.rows
        if not self._kinds.names.keys().isdisjoint(facets):
            for facet, numbers in self._kinds.count(rows).items():
                counts[facet] = _most(facet, numbers, self._kinds.names[facet])
        for facet in facets:
            if facet == "age":
                counts[facet] = self._ages(rows, moment)
            elif facet in self._lists:
                lists = self._lists[facet]
                broad = facet in _TOP and found.bits is not None and len(rows) > len(self._posted) // _BROAD
                numbers = lists.count_most(found, _TOP[facet]) if broad else lists.count(rows)
                counts[facet] = _most(facet, numbers, lists.names)
            elif facet in self._named:
                column, names = self._named[facet]
                counts[facet] = _most(facet, np.bincount(column[rows], minlength=len(names)), names)
        return {facet: counts[facet] for facet in facets}

    def _ages(self, rows: Slots, moment: Moment) -> dict[str, int]:
        days = self._posted[rows]
        ages = {str(age): int(np.count_nonzero(days >= moment.day - age)) for age in AGES}
        return {age: number for age, number in ages.items() if number}


def count(members: Members, facts: Facts, asked: Asked, moment: Moment) -> tuple[int, Counts]:
    """How much is found, and all facets of it."""
    lifted = asked.filters.by_facet
    found = members.of(asked.clauses())
    counts = facts.count([facet for facet in FACETS if facet not in lifted], found, moment)
    for facet in lifted:
        counts |= facts.count([facet], members.of(asked.clauses(facet)), moment)
    return len(found.rows), {facet: counts[facet] for facet in FACETS}


def _most(facet: str, counts: NDArray[np.int64], names: Sequence[str]) -> dict[str, int]:
    """The most frequent values by name; what has no name is not counted."""
    there = np.flatnonzero(counts)
    most = _TOP.get(facet, len(there))
    if len(there) > most:
        # Those that are as frequent as the last of them stay in, for their names to decide.
        there = there[counts[there] >= np.partition(counts[there], -most)[-most]]
    named = [(names[at], int(counts[at])) for at in there.tolist() if names[at]]
    return dict(sorted(named, key=lambda one: (-one[1], one[0]))[:most])


def _narrow(numbers: NDArray[np.int64], names: list[str]) -> tuple[NDArray[Any], list[str]]:
    """The same numbers in as few bytes as they need: less memory is read to count them."""
    return numbers.astype(np.min_scalar_type(len(names))), names
