"""Searching the catalog index: words in any field, exact filters, facets, pages."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import tantivy
from tantivy import FieldType, Occur

from jobtracker.catalog import cursor, facets
from jobtracker.catalog.facets import Asked, Facts
from jobtracker.catalog.filters import Moment, expired, filters_of, place_meant, place_of
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Correction, Page, PostingInfo, Query, Seen, Sort
from jobtracker.catalog.naming import named
from jobtracker.catalog.nearby import ByDistance, Center, summary
from jobtracker.catalog.pages import ByKey, ByScore, Finder, Hit
from jobtracker.catalog.spelling import as_meant, hardly_any
from jobtracker.catalog.text_index import company_term
from jobtracker.catalog.words import Term, must_occur, terms_of
from jobtracker.postings.ghost import LONG_OPEN
from jobtracker.postings.model import Place

_REMEMBERED: Final = 512
# The engine looks for the page while facets are counted here: it works outside the interpreter's lock, and what counts
# needs that lock most of the time.
_threads: Final = ThreadPoolExecutor(2, thread_name_prefix="looking")


class _Answer(NamedTuple):
    """What the terms, read in one way, found."""

    terms: list[Term]
    total: int
    hits: list[Hit]
    counts: facets.Counts


def search(index: CatalogIndex, query: Query, *, now: datetime | None = None) -> Page:
    """One page of the postings that match ``query``.

    All words must occur, in any field; "quoted words" stand together; -word excludes. When no posting has the words as
    typed, or hardly any, words like them are tried and the page says so. Nothing that a person types is an error.

    Raises:
        InvalidCursorError: the cursor is not one of this query's.
    """
    after = cursor.read(query)
    moment = Moment.of(now or datetime.now(UTC))
    place, terms = place_of(query), named(terms_of(query.text))
    filters = filters_of(index, query, place, moment)
    wanted = any(term.wanted for term in terms)
    center = _center(place) if query.sort is Sort.NEAREST else None
    order = _order(query, center, wanted=wanted)
    hidden = expired(index, moment)

    def answer(terms: list[Term], *, fuzzy: bool = False) -> _Answer:
        asked = Asked(terms, must_occur(index.text, terms, fuzzy=fuzzy), filters, hidden)
        limit = query.limit + 1
        finder: Finder
        if center is not None:
            finder = ByDistance(index, asked, center, query.km, after, limit)
        elif order is Sort.RELEVANCE:
            finder = ByScore(index, asked, after, limit)
        else:
            finder = ByKey(index, asked, order, after, limit, moment)
        return _Answer(terms, *_answer(index, query, asked, finder, moment))

    typed = found = answer(terms)
    if wanted and typed.total <= hardly_any(index):
        meant = as_meant(index, terms)
        if any(term.meant for term in meant):
            found = max(typed, answer(meant), key=lambda one: one.total)
        if not found.total:
            found = answer(meant, fuzzy=True)
    hits = found.hits
    page, more = hits[: query.limit], len(hits) > query.limit
    shown = len(page) + (0 if after is None else after.n)
    more = more and (order is not Sort.RELEVANCE or shown < cursor.MAX_DEPTH)
    return Page(
        total=found.total,
        items=tuple(summary(index, hit) for hit in page),
        facets=found.counts,
        next_cursor=_cursor(index, query, page, shown) if more else None,
        index_version=index.version,
        approximate=found.total > 0 and not typed.total,
        corrections=tuple(
            Correction(typed=term.text, searched=term.meant) for term in found.terms if term.meant and found.total
        ),
        place=place,
        place_correction=place_meant(query),
        coverage=_seen(index, found.total, moment),
    )


def _center(place: Place | None) -> Center | None:
    """Where a place is on earth; None for a country as a whole, and for no place."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _order(query: Query, center: Center | None, *, wanted: bool) -> Sort:
    """The order asked for, where it makes sense; the usual one where it makes none."""
    unmeasured = query.sort is Sort.NEAREST and center is None
    if query.sort is Sort.RELEVANCE or unmeasured:
        return Sort.RELEVANCE if wanted else Sort.NEWEST
    return query.sort


def _cursor(index: CatalogIndex, query: Query, page: list[Hit], shown: int) -> str:
    last = tuple(index.table.id(hit.slot) for hit in reversed(page[-cursor.ANCHORS :]))
    return cursor.write(query, index.version, key=page[-1].key, ring=page[-1].ring, last=last, shown=shown)


def _answer(
    index: CatalogIndex, query: Query, asked: Asked, finder: Finder, moment: Moment
) -> tuple[int, list[Hit], facets.Counts]:
    """How many there are in all, those of the page and one more if there is one, and the counts by facet."""
    # Without words there are few questions, and they are asked again and again.
    key = None if asked.terms else query.model_copy(update={"cursor": None, "limit": 1, "sort": Sort.NEWEST})
    remembered = None if key is None else (key, moment)
    looking = _threads.submit(finder.look)
    # Counting would keep the interpreter for milliseconds before the other thread could so much as begin.
    time.sleep(0)
    total, counts = _remembered(index, remembered, lambda: facets.count(index.members, _facts(index), asked, moment))
    looking.result()
    return total, finder.hits(), counts


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
