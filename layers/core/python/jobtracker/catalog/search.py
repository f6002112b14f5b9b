"""Searching the catalog index: words in any field, exact filters, facets, pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import tantivy
from tantivy import FieldType, Occur

from jobtracker.catalog import cursor, facets
from jobtracker.catalog.columns import PAY_BANDS, TOP_BAND
from jobtracker.catalog.cursor import Cursor
from jobtracker.catalog.facets import Asked, Facts
from jobtracker.catalog.filters import Moment, expired, filters_of, place_of, posted_since
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.members import Clause, conjunction
from jobtracker.catalog.model import Page, PostingInfo, Query, Seen, Sort
from jobtracker.catalog.text_index import company_term
from jobtracker.catalog.words import count_more, must_occur, terms_of
from jobtracker.postings.ghost import LONG_OPEN

ORDER_FIELDS: Final = {Sort.NEWEST: "newest", Sort.PAY: "best_paid"}
# Postings of equal score may be many; so many more are looked at, to have all of them.
_SPARE: Final = 32
# Looking for the newest among the youngest first is what makes it fast: so many days, then all.
_WINDOWS: Final = (2, 14)
_REMEMBERED: Final = 512
# Facets are counted while the page is looked for: the engine works outside the interpreter's lock.
_threads: Final = ThreadPoolExecutor(2, thread_name_prefix="counting")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A posting of the page: its key in the order, and its slot."""

    key: float
    slot: int


def search(index: CatalogIndex, query: Query, *, now: datetime | None = None) -> Page:
    """One page of the postings that match ``query``.

    All words must occur, in any field; "quoted words" stand together; -word excludes. When no posting has the words as
    typed, words like them are tried and the page says so. Nothing that a person types is an error.

    Raises:
        InvalidCursorError: the cursor is not one of this query's.
    """
    after = cursor.read(query)
    moment = Moment.of(now or datetime.now(UTC))
    place, terms = place_of(query), terms_of(query.text)
    filters = filters_of(index, query, place, moment)
    wanted = any(term.wanted for term in terms)
    order = query.sort if wanted or query.sort is Sort.PAY else Sort.NEWEST
    approximate = False
    for fuzzy in (False, True) if wanted else (False,):
        words = must_occur(index.text, terms, fuzzy=fuzzy)
        asked = Asked(terms, words, filters, expired(index, moment))
        total, hits, counts = _answer(index, query, asked, order, after, moment)
        approximate = fuzzy and total > 0
        if total:
            break
    page, more = hits[: query.limit], len(hits) > query.limit
    shown = len(page) + (0 if after is None else after.n)
    more = more and (order is not Sort.RELEVANCE or shown < cursor.MAX_DEPTH)
    return Page(
        total=total,
        items=tuple(index.summary(hit.slot) for hit in page),
        facets=counts,
        next_cursor=_cursor(index, query, page, shown) if more else None,
        index_version=index.version,
        approximate=approximate,
        place=place,
        coverage=_seen(index, total, moment),
    )


def _cursor(index: CatalogIndex, query: Query, page: list[_Hit], shown: int) -> str:
    last = tuple(index.table.id(hit.slot) for hit in reversed(page[-cursor.ANCHORS :]))
    return cursor.write(query, index.version, key=page[-1].key, last=last, shown=shown)


def _answer(
    index: CatalogIndex, query: Query, asked: Asked, order: Sort, after: Cursor | None, moment: Moment
) -> tuple[int, list[_Hit], facets.Counts]:
    """How many there are in all, those of the page and one more if there is one, and the counts by facet."""
    # Without words there are few questions, and they are asked again and again.
    key = None if asked.terms else query.model_copy(update={"cursor": None, "limit": 1, "sort": Sort.NEWEST})
    remembered = None if key is None else (key, moment)
    counting = _threads.submit(
        _remembered, index, remembered, lambda: facets.count(index.members, _facts(index), asked, moment)
    )
    hits = (
        _by_score(index, query, asked, after)
        if order is Sort.RELEVANCE
        else _by_key(index, query, asked, order, after, moment)
    )
    total, counts = counting.result()
    return total, hits, counts


def _facts(index: CatalogIndex) -> Facts:
    if "facts" not in index.derived:
        index.derived["facts"] = Facts(index.table)
    facts: Facts = index.derived["facts"]
    return facts


def _remembered(index: CatalogIndex, key: object | None, count: Callable[[], Any]) -> Any:
    if key is None:
        return count()
    if key not in index.counted:
        if len(index.counted) >= _REMEMBERED:
            index.counted.clear()
        index.counted[key] = count()
    return index.counted[key]


def _by_key(
    index: CatalogIndex, query: Query, asked: Asked, order: Sort, after: Cursor | None, moment: Moment
) -> list[_Hit]:
    """The page in an order in which no two postings are equal; it begins behind the last one's key."""
    field, schema, limit = ORDER_FIELDS[order], index.text.schema, query.limit + 1
    behind = []
    if after is not None:
        below = max(0, int(after.k))
        rest = tantivy.Query.range_query(schema, field, FieldType.Integer, upper_bound=below, include_upper=False)
        behind = [Clause(("behind", field, below), rest)]
    for window in _windows(index, order, after, moment):
        found = index.searcher.search(
            asked.found(*behind, *window), limit=limit, order_by_field=field, count=False
        ).hits
        if len(found) == limit or not window:
            break
    slots = index.searcher.fast_field_values("slot", [address for _, address in found])
    return [_Hit(int(key), int(slot or 0)) for (key, _), slot in zip(found, slots, strict=True)]


def _windows(index: CatalogIndex, order: Sort, after: Cursor | None, moment: Moment) -> list[list[Clause]]:
    """Where to look first, and where last: everywhere."""
    if after is not None:
        return [[]]
    if order is Sort.PAY:
        return [[_band(index, TOP_BAND)], [_band(index, TOP_BAND, *PAY_BANDS)], []]
    days = [moment.day - days for days in _WINDOWS]
    return [*([posted_since(index, day)] for day in days), []]


def _band(index: CatalogIndex, *bands: str) -> Clause:
    return Clause(("pay_band", bands), tantivy.Query.term_set_query(index.text.schema, "pay_band", list(bands)))


def _scored(index: CatalogIndex, asked: Asked, *more: Clause) -> tantivy.Query:
    """What is to be found, with scores."""
    words = [*asked.text, *count_more(index.text, asked.terms), asked.hidden]
    return conjunction(words, [*asked.filters.all_but(None), *more])


def _by_score(index: CatalogIndex, query: Query, asked: Asked, after: Cursor | None) -> list[_Hit]:
    """The page by relevance, postings of equal score by their id; it begins behind the last one's score and id."""
    scored, limit = _scored(index, asked), query.limit + 1
    mark = None if after is None else _mark(index, asked, after)
    asked_for = limit + _SPARE + (0 if after is None else after.n)
    while True:
        found = index.searcher.search(scored, limit=asked_for, count=False).hits
        scores = np.array([score for score, _ in found], dtype=np.float64)
        rest = np.arange(len(found)) if mark is None else np.flatnonzero(scores <= mark[0])
        addresses = [found[at][1] for at in rest.tolist()]
        slots = np.array(index.searcher.fast_field_values("slot", addresses), dtype=np.int64)
        ids = [raw.decode() for raw in index.table.ids(slots).tolist()]
        ranked = sorted(zip((-scores[rest]).tolist(), ids, slots.tolist(), strict=True))
        if mark is not None:
            ranked = [one for one in ranked if one[1] != mark[1] and (one[0], one[1]) > (-mark[0], mark[1])]
        whole = len(found) < asked_for
        # Were the last ones equal to what was not looked at, it would not be known which of them come first.
        if whole or (len(ranked) >= limit and -ranked[limit - 1][0] > scores[-1]):
            return [_Hit(-score, slot) for score, _, slot in ranked[:limit]]
        asked_for *= 2


def _mark(index: CatalogIndex, asked: Asked, after: Cursor) -> tuple[float, str]:
    """The score and id behind which the page begins: in another index, the postings shown last have other scores."""
    for posting_id in after.i if after.v != index.version else ():
        if (slot := index.slot(posting_id)) is None:
            continue
        only = Clause(("slot", slot), tantivy.Query.term_query(index.text.schema, "slot", slot))
        if again := index.searcher.search(_scored(index, asked, only), limit=1).hits:
            return float(again[0][0]), posting_id
    return float(after.k), after.i[0]


def _seen(index: CatalogIndex, total: int, moment: Moment) -> Seen:
    over = _remembered(
        index,
        moment,
        lambda: int(index.searcher.search(expired(index, moment).query, limit=1).count),  # type: ignore[attr-defined]
    )
    info = index.info
    shown = info.postings - over
    return Seen(
        rows=info.rows,
        open=shown,
        closed=info.closed,
        duplicates=info.duplicates,
        expired=over,
        filtered=max(0, shown - total),
    )


def posting_info(index: CatalogIndex, posting_id: str, *, now: datetime | None = None) -> PostingInfo | None:
    """Where a posting stands in the index; None for one that is not in it."""
    appearances = index.appearances(posting_id)
    if not appearances:
        return None
    slot = index.slot(posting_id)
    assert slot is not None  # noqa: S101  # it appears
    company = index.table.record(slot)
    name = company.company_key or company.company
    day = Moment.of(now or datetime.now(UTC)).day - LONG_OPEN.days
    return PostingInfo(
        id=posting_id,
        canonical_id=appearances[0].id,
        open=index.state.closed_at.get(slot) is None,
        appearances=tuple(appearances),
        company_open=_of_company(index, name) if name else 0,
        company_long_open=_of_company(index, name, first_seen_until=day) if name else 0,
        index_version=index.version,
    )


def _of_company(index: CatalogIndex, name: str, *, first_seen_until: int | None = None) -> int:
    schema = index.text.schema
    clauses = [(Occur.Must, tantivy.Query.term_query(schema, "company", company_term(name), index_option="basic"))]
    if first_seen_until is not None:
        seen = tantivy.Query.range_query(schema, "first_seen_day", FieldType.Integer, upper_bound=first_seen_until)
        clauses.append((Occur.Must, seen))
    return int(index.searcher.search(tantivy.Query.boolean_query(clauses), limit=1).count)  # type: ignore[attr-defined]
