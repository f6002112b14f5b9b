"""Counting results by the values of each facet; a facet's own filter does not narrow its counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray

from jobtracker.catalog.columns import COUNTRIES, NO_BAND, PAY_BANDS, SENIORITIES, TOP_BAND, WORK_MODES
from jobtracker.catalog.filters import Filters, Moment
from jobtracker.catalog.members import Clause, Members, conjunction
from jobtracker.catalog.ragged import Ragged
from jobtracker.catalog.table import Slots, Table
from jobtracker.catalog.words import Term
from jobtracker.skills.taxonomy import taxonomy

# Of facets with more values than anybody reads, so many of the most frequent are counted out.
TOP_SKILLS: Final = 50
_TOP: Final = {"skill": TOP_SKILLS, "source": 100, "employment_type": 50}
AGES: Final = (1, 7, 30, 90)
_PIECE: Final = 4096
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


class _Named(NamedTuple):
    """A column of numbers, and what they stand for; numbers of no name are not counted."""

    column: NDArray[Any]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Listed:
    """Lists of numbers, where each begins, and what the numbers stand for."""

    lists: Ragged
    starts: Slots
    names: Sequence[str]

    @classmethod
    def of(cls, lists: Ragged, names: Sequence[str]) -> "_Listed":
        """The same in as few bytes as they need."""
        narrow = Ragged(lists.lengths.astype(np.int32), lists.values.astype(np.min_scalar_type(len(names))))
        return cls(narrow, lists.starts.astype(np.int32), names)

    def count(self, rows: Slots) -> NDArray[np.int64]:
        """How many lists of these rows have each number, worked out in pieces that stay in the processor's cache."""
        counts = np.zeros(len(self.names), dtype=np.int64)
        for start in range(0, len(rows), _PIECE):
            values = self.lists.take(rows[start : start + _PIECE], self.starts).values
            counts += np.bincount(values, minlength=len(self.names))
        return counts


class Facts:
    """What the facets of one index count: of each row a number, or a list of them."""

    def __init__(self, table: Table) -> None:
        pay = np.fmax(table.all("pay_min_usd"), table.all("pay_max_usd"))
        bands = np.digitize(pay, list(PAY_BANDS.values())) + 1
        self._single = {
            "work_mode": _Named(table.all("work_mode"), ["", *(mode.value for mode in WORK_MODES)]),
            "seniority": _Named(table.all("seniority"), ["", *(level.value for level in SENIORITIES)]),
            "source": _Named(*_narrow(table.named("source"))),
            "employment_type": _Named(*_narrow(table.named("employment_type"))),
            "pay": _Named(np.where(np.isnan(pay), 0, bands).astype(np.uint8), [NO_BAND, *PAY_BANDS, TOP_BAND]),
        }
        self._lists = {
            "skill": _Listed.of(table.lists("skills"), taxonomy().ids),
            "country": _Listed.of(table.lists("countries"), COUNTRIES),
        }
        self._posted = table.all("posted_day")

    def count(self, facets: Iterable[str], rows: Slots, moment: Moment) -> Counts:
        """Some facets of some rows."""
        return {facet: self._count(facet, rows, moment) for facet in facets}

    def _count(self, facet: str, rows: Slots, moment: Moment) -> dict[str, int]:
        if facet == "age":
            days = self._posted[rows]
            ages = {str(age): int(np.count_nonzero(days >= moment.day - age)) for age in AGES}
            return {age: number for age, number in ages.items() if number}
        if facet in self._single:
            column, names = self._single[facet]
            counts = np.bincount(column[rows], minlength=len(names))
        else:
            names, counts = self._lists[facet].names, self._lists[facet].count(rows)
        there = np.flatnonzero(counts)
        most = _TOP.get(facet, len(there))
        if len(there) > most:
            # Those that are as frequent as the last of them stay in, for their names to decide.
            there = there[counts[there] >= np.partition(counts[there], -most)[-most]]
        named = [(names[at], int(counts[at])) for at in there.tolist() if names[at]]
        return dict(sorted(named, key=lambda one: (-one[1], one[0]))[:most])


def count(members: Members, facts: Facts, asked: Asked, moment: Moment) -> tuple[int, Counts]:
    """How much is found, and all facets of it."""
    lifted = asked.filters.by_facet
    rows = members.of(asked.clauses())
    counts = facts.count([facet for facet in FACETS if facet not in lifted], rows, moment)
    for facet in lifted:
        counts |= facts.count([facet], members.of(asked.clauses(facet)), moment)
    return len(rows), {facet: counts[facet] for facet in FACETS}


def _narrow(named: tuple[NDArray[np.int64], list[str]]) -> tuple[NDArray[Any], list[str]]:
    """The same numbers in as few bytes as they need: less memory is read to count them."""
    numbers, names = named
    return numbers.astype(np.min_scalar_type(len(names))), names
