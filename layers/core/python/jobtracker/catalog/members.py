"""Which postings meet a query, as numbers of rows, by which arrays count them.

The engine hands over few postings at once. Of many it takes twenty times as long to hand them over as to find them: so
the sets of postings that have a word, or pass a filter, are kept as bits, and an intersection is a few microseconds.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur

from jobtracker.catalog.table import Slots, Table

# So many are handed over without a second thought.
_FEW: Final = 2_000
_SETS_KEPT: Final = 256
_WORD: Final = 64

Bits = NDArray[np.uint8]
Mask = NDArray[np.bool_]


class Clause(NamedTuple):
    """A part of a query, and what it is known by among all queries of an index. ``mask`` says the same of all rows
    where columns can tell."""

    key: Hashable
    query: tantivy.Query
    occur: Occur = Occur.Must
    mask: Callable[[Table], Mask] | None = None


class Found(NamedTuple):
    """Numbers of rows; of many also as bits."""

    rows: Slots
    bits: Bits | None


class Members:
    """The rows of one index that meet clauses; ``shown`` are those that any search may find."""

    def __init__(self, table: Table, searcher: tantivy.Searcher, shown: Mask) -> None:
        self._table, self._searcher, self._shown = table, searcher, packed(shown)
        self._sets: OrderedDict[Hashable, Bits] = OrderedDict()
        self._lock = Lock()

    def of(self, clauses: Sequence[Clause]) -> "Found":
        """The rows that meet all ``clauses``."""
        if not all(clause.key in self._sets for clause in clauses):
            query = conjunction(clauses)
            # The type stubs of tantivy leave the count out.
            count = self._searcher.search(query, limit=1).count  # type: ignore[attr-defined]
            if count <= _FEW:
                return Found(self._numbers(self._searcher.search(query, limit=max(1, count), count=False)), None)
        together = self._shown
        for clause in clauses:
            bits = self._set(clause)
            together = together & (bits if clause.occur is Occur.Must else ~bits)
        rows = np.flatnonzero(np.unpackbits(together, count=int(self._table.starts[-1])).view(bool))
        return Found(rows, together)

    def _set(self, clause: Clause) -> Bits:
        # Requests that are answered at once must not push out what another one is about to move.
        with self._lock:
            bits = self._sets[clause.key] if clause.key in self._sets else self._asked(clause)
            self._sets[clause.key] = bits
            self._sets.move_to_end(clause.key)
            while len(self._sets) > _SETS_KEPT:
                self._sets.popitem(last=False)
            return bits

    def _asked(self, clause: Clause) -> Bits:
        if clause.mask is not None:
            return packed(clause.mask(self._table))
        there = np.zeros(int(self._table.starts[-1]), dtype=bool)
        plain = tantivy.Query.const_score_query(clause.query, 0.0)
        there[self._numbers(self._searcher.search(plain, limit=max(1, self._searcher.num_docs), count=False))] = True
        return packed(there)

    def _numbers(self, found: tantivy.SearchResult) -> Slots:
        slots = self._searcher.fast_field_values("slot", [address for _, address in found.hits])
        return self._table.numbers(np.array(slots, dtype=np.int64))


def packed(mask: Mask) -> Bits:
    """A mask as bits, in whole words of the processor."""
    bits = np.zeros(-(-len(mask) // _WORD) * 8, dtype=np.uint8)
    bits[: -(-len(mask) // 8)] = np.packbits(mask)
    return bits


def conjunction(clauses: Sequence[Clause], filters: Sequence[Clause] = ()) -> tantivy.Query:
    """The query for all ``clauses``, under ``filters`` that do not change the score."""
    parts = [(clause.occur, clause.query) for clause in clauses]
    parts += [(clause.occur, tantivy.Query.const_score_query(clause.query, 0.0)) for clause in filters]
    if not any(occur is Occur.Must for occur, _ in parts):
        parts.append((Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(parts)
