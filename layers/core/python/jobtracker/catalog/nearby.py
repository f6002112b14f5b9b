"""A page in the order of the distance from a place: postings lie in rings around it, a hundred metres wide, and within
a ring the newest come first. A posting with several places lies in the ring of the nearest."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import tantivy

from jobtracker.catalog.cursor import Cursor
from jobtracker.catalog.facets import Asked
from jobtracker.catalog.filters import any_of, distances
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.members import Clause, conjunction
from jobtracker.catalog.model import PostingSummary, Sort
from jobtracker.catalog.pages import FIELDS, Hit, behind

# A latitude and a longitude.
Center = tuple[float, float]

_RINGS_PER_KM: Final = 10
# More than there are rings on earth, and a whole number to the engine's scores of 24 bits.
_FARTHEST: Final = 1 << 18
# Among so many of the nearest spots is looked first, because there are most of a page; then among all.
_FIRST: Final = (32, 512)


def summary(index: CatalogIndex, hit: Hit) -> PostingSummary:
    """A posting as lists show it; by distance, with how far away its ring is."""
    found = index.summary(hit.slot)
    return found if hit.ring is None else found.model_copy(update={"distance_km": hit.ring / _RINGS_PER_KM})


class ByDistance:
    """A page by distance; it begins behind the last one's ring and key, no two of which are equal."""

    def __init__(
        self, index: CatalogIndex, asked: Asked, center: Center, km: float, after: Cursor | None, limit: int
    ) -> None:
        self._index, self._asked, self._after, self._limit = index, asked, after, limit
        spots, away = distances(index, *center)
        rings = np.rint(away * _RINGS_PER_KM).astype(np.int64)
        near = np.flatnonzero(away <= km)
        near = near[np.argsort(rings[near], kind="stable")]
        self._spots, self._rings = [spots[at] for at in near.tolist()], rings[near]
        self._hits: list[Hit] = []

    def look(self) -> None:
        """Have the engine look: in what is left of the last page's ring, then farther out."""
        ring = -1
        if self._after is not None:
            ring = self._after.d or 0
            rest = behind(self._index, FIELDS[Sort.NEWEST], max(0, int(self._after.k)))
            self._hits = self._within(ring, self._limit, rest)
        if len(self._hits) < self._limit:
            self._hits += self._beyond(ring, self._limit - len(self._hits))

    def hits(self) -> list[Hit]:
        """The postings in their order."""
        return self._hits

    def _within(self, ring: int, limit: int, *more: Clause) -> list[Hit]:
        """The newest of one ring."""
        start, end = np.searchsorted(self._rings, [ring, ring + 1]).tolist()
        query = self._asked.found(self._at(start, end), *self._not_before(start), *more)
        found = self._index.searcher.search(query, limit=limit, order_by_field=FIELDS[Sort.NEWEST], count=False)
        slots = self._index.searcher.fast_field_values("slot", [address for _, address in found.hits])
        return [Hit(int(key), int(slot or 0), ring) for (key, _), slot in zip(found.hits, slots, strict=True)]

    def _beyond(self, ring: int, limit: int) -> list[Hit]:
        """The nearest outside of a ring."""
        start = int(np.searchsorted(self._rings, ring, side="right"))
        found = None
        for query in self._scored(start):
            found = self._index.searcher.search(query, limit=limit, count=False)
            if len(found.hits) == limit:
                break
        if found is None or not found.hits:
            return []
        searcher, addresses = self._index.searcher, [address for _, address in found.hits]
        keys, slots = (searcher.fast_field_values(name, addresses) for name in (FIELDS[Sort.NEWEST], "slot"))
        rings = [_FARTHEST - round(score) for score, _ in found.hits]
        hits = [Hit(int(key or 0), int(slot or 0), at) for key, slot, at in zip(keys, slots, rings, strict=True)]
        if len(hits) == limit:
            # Of the last ring any are among the found, not the newest.
            hits = [hit for hit in hits if hit.ring != rings[-1]]
            hits += self._within(rings[-1], limit - len(hits))
        return sorted(hits, key=lambda hit: (hit.ring, -hit.key))

    def _scored(self, start: int) -> Iterator[tantivy.Query]:
        """Queries for what lies farther out than the first spots, the nearer the higher the score."""
        ends = [start + first for first in _FIRST if start + first < len(self._spots)]
        for end in [*ends, len(self._spots)] if start < len(self._spots) else []:
            edges = [start, *(start + 1 + np.flatnonzero(np.diff(self._rings[start:end]))).tolist(), end]
            rings = [
                tantivy.Query.const_score_query(self._at(first, last).query, float(_FARTHEST - self._rings[first]))
                for first, last in pairwise(edges)
            ]
            nearest = Clause(("nearest", start, end), tantivy.Query.disjunction_max_query(rings))
            yield conjunction([nearest], [*self._asked.clauses(), *self._not_before(start)])

    def _at(self, start: int, end: int) -> Clause:
        spots = self._spots[start:end]
        return Clause(("spots", tuple(spots)), any_of(self._index, "spot", spots))

    def _not_before(self, start: int) -> list[Clause]:
        return [self._at(0, start)._replace(occur=tantivy.Occur.MustNot)] if start else []
