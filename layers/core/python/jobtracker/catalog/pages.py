"""Finding one page: the engine looks, and what it found is put in an order that no change of the index upsets."""

from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import tantivy
from tantivy import FieldType

from jobtracker.catalog.columns import PAY_BANDS, TOP_BAND
from jobtracker.catalog.cursor import Cursor
from jobtracker.catalog.facets import Asked
from jobtracker.catalog.filters import Moment, posted_since
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.members import Clause, conjunction
from jobtracker.catalog.model import Sort
from jobtracker.catalog.words import count_more

FIELDS: Final = {Sort.NEWEST: "newest", Sort.PAY: "best_paid"}
# Postings of equal score may be many; so many more are looked at, to have all of them.
_SPARE: Final = 32
# Looking for the newest among the youngest first is what makes it fast: so many days, then all.
_WINDOWS: Final = (2, 14)

_Found = list[tuple[Any, tantivy.DocAddress]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A posting of a page: its key in the order, and its slot; by distance, its ring around the place too."""

    key: float
    slot: int
    ring: int | None = None


class Finder(Protocol):
    """Finds the postings of one page. ``look`` leaves the interpreter to others while the engine works."""

    def look(self) -> None:
        """Have the engine look."""

    def hits(self) -> list[Hit]:
        """The page that this is, at most, after looking."""


class ByKey:
    """A page in an order in which no two postings are equal; it begins behind the last one's key."""

    def __init__(
        self, index: CatalogIndex, asked: Asked, order: Sort, after: Cursor | None, limit: int, moment: Moment
    ) -> None:
        self._index, self._limit, self._field = index, limit, FIELDS[order]
        self._found: _Found = []
        rest = [] if after is None else [behind(index, self._field, max(0, int(after.k)))]
        windows = [[]] if after is not None else _windows(index, order, moment)
        self._queries = [asked.found(*rest, *window) for window in windows]

    def look(self) -> None:
        """Have the engine look, in one window after the other."""
        for query in self._queries:
            found = self._index.searcher.search(query, limit=self._limit, order_by_field=self._field, count=False)
            self._found = found.hits
            if len(self._found) == self._limit:
                break

    def hits(self) -> list[Hit]:
        """The postings in their order."""
        slots = self._index.searcher.fast_field_values("slot", [address for _, address in self._found])
        return [Hit(int(key), int(slot or 0)) for (key, _), slot in zip(self._found, slots, strict=True)]


def behind(index: CatalogIndex, field: str, key: int) -> Clause:
    """Postings that come after a key of an order."""
    rest = tantivy.Query.range_query(index.text.schema, field, FieldType.Integer, upper_bound=key, include_upper=False)
    return Clause(("behind", field, key), rest)


def _windows(index: CatalogIndex, order: Sort, moment: Moment) -> list[list[Clause]]:
    """Where to look first, and where last: everywhere."""
    if order is Sort.PAY:
        return [[_band(index, TOP_BAND)], [_band(index, TOP_BAND, *PAY_BANDS)], []]
    return [*([posted_since(index, moment.day - days)] for days in _WINDOWS), []]


def _band(index: CatalogIndex, *bands: str) -> Clause:
    return Clause(("pay_band", bands), tantivy.Query.term_set_query(index.text.schema, "pay_band", list(bands)))


class ByScore:
    """A page by relevance, postings of equal score by their id; it begins behind the last one's score and id."""

    def __init__(self, index: CatalogIndex, asked: Asked, after: Cursor | None, limit: int) -> None:
        self._index, self._limit = index, limit
        self._found: _Found = []
        self._query = _scored(index, asked)
        self._mark = None if after is None else _mark(index, asked, after)
        self._looked_at = limit + _SPARE + (0 if after is None else after.n)

    def look(self) -> None:
        """Have the engine look for the best."""
        self._found = self._index.searcher.search(self._query, limit=self._looked_at, count=False).hits

    def hits(self) -> list[Hit]:
        """The postings in their order; looks for more when it cannot tell yet which of equals come first."""
        while True:
            scores = np.array([score for score, _ in self._found], dtype=np.float64)
            ranked = self._ranked(scores)
            enough = len(ranked) >= self._limit and -ranked[self._limit - 1][0] > scores[-1]
            if enough or len(scores) < self._looked_at:
                return [Hit(-score, slot) for score, _, slot in ranked[: self._limit]]
            self._looked_at *= 2
            self.look()

    def _ranked(self, scores: np.ndarray) -> list[tuple[float, str, int]]:
        """What lies behind the mark, as negative score, id and slot."""
        rest = np.arange(len(scores)) if self._mark is None else np.flatnonzero(scores <= self._mark[0])
        addresses = [self._found[at][1] for at in rest.tolist()]
        slots = np.array(self._index.searcher.fast_field_values("slot", addresses), dtype=np.int64)
        ids = [raw.decode() for raw in self._index.table.ids(slots).tolist()]
        ranked = sorted(zip((-scores[rest]).tolist(), ids, slots.tolist(), strict=True))
        if self._mark is None:
            return ranked
        score, last = self._mark
        return [one for one in ranked if one[1] != last and (one[0], one[1]) > (-score, last)]


def _scored(index: CatalogIndex, asked: Asked, *more: Clause) -> tantivy.Query:
    """What is to be found, with scores."""
    words = [*asked.text, *count_more(index.text, asked.terms), asked.hidden]
    return conjunction(words, [*asked.filters.all_but(None), *more])


def _mark(index: CatalogIndex, asked: Asked, after: Cursor) -> tuple[float, str]:
    """The score and id behind which the page begins: in another index, the postings shown last have other scores."""
    for posting_id in after.i if after.v != index.version else ():
        if (slot := index.slot(posting_id)) is None:
            continue
        only = Clause(("slot", slot), tantivy.Query.term_query(index.text.schema, "slot", slot))
        if again := index.searcher.search(_scored(index, asked, only), limit=1).hits:
            return float(again[0][0]), posting_id
    return float(after.k), after.i[0]
