"""Sets of postings as bits, kept for what is asked again and again: words, and values of filters.

The engine hands a set over in twenty times the time that it takes to count it. Once here, an intersection is a few
microseconds, and what the engine counts slowly, skills of which each posting has many, is counted from arrays.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Final, NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur

from jobtracker.catalog.table import Table

_KEPT: Final = 256

Bits = NDArray[np.uint8]


class Clause(NamedTuple):
    """A part of a query, and what it is known by among all queries of an index."""

    key: Hashable
    query: tantivy.Query
    occur: Occur = Occur.Must


class Members:
    """The sets of one index, by slot."""

    def __init__(self, table: Table, searcher: tantivy.Searcher, skills: int) -> None:
        self._table, self._searcher, self._skills = table, searcher, skills
        self._sets: OrderedDict[Hashable, Bits] = OrderedDict()
        parts = [segment.skills() for segment in table.segments]
        self._lengths = np.concatenate([np.empty(0, dtype=np.int64), *(part[0] for part in parts)])
        self._named = np.concatenate([np.empty(0, dtype=np.uint16), *(part[1].astype(np.uint16) for part in parts)])
        self._starts = np.cumsum(self._lengths) - self._lengths

    def skill_counts(self, clauses: Iterable[Clause]) -> NDArray[np.int64]:
        """How many of the postings that meet all ``clauses`` name each skill of the taxonomy."""
        found = self._all(clauses)
        slots = np.flatnonzero(np.unpackbits(found, count=self._table.next_slot))
        rows = self._table.numbers(slots)
        counts = self._lengths[rows]
        first = self._starts[rows] - (np.cumsum(counts) - counts)
        values = self._named[np.repeat(first, counts) + np.arange(int(counts.sum()))]
        return np.bincount(values, minlength=self._skills)

    def _all(self, clauses: Iterable[Clause]) -> Bits:
        found = np.full(-(-self._table.next_slot // 8), 255, dtype=np.uint8)
        for clause in clauses:
            bits = self._set(clause)
            found &= bits if clause.occur is Occur.Must else ~bits
        return found

    def _set(self, clause: Clause) -> Bits:
        if clause.key in self._sets:
            self._sets.move_to_end(clause.key)
            return self._sets[clause.key]
        bits = self._sets[clause.key] = self._asked(clause.query)
        while len(self._sets) > _KEPT:
            self._sets.popitem(last=False)
        return bits

    def _asked(self, query: tantivy.Query) -> Bits:
        there = np.zeros(self._table.next_slot, dtype=bool)
        size = self._searcher.num_docs
        if size:
            plain = tantivy.Query.const_score_query(query, 0.0)
            hits = self._searcher.search(plain, limit=size, count=False).hits
            slots = self._searcher.fast_field_values("slot", [address for _, address in hits])
            there[np.array(slots, dtype=np.int64)] = True
        return np.packbits(there)
