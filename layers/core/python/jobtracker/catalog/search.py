"""Searching the catalog index: words in any field, exact filters, facets, pages."""

import re
from dataclasses import dataclass

import tantivy
from tantivy import FieldType, Occur

from jobtracker.catalog import cursor
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Page, PostingSummary, Query, Sort
from jobtracker.catalog.text_index import FACETS, FIELD_BOOSTS, TEXT_FIELDS

MAX_TEXT = 300
MAX_TERMS = 16
# More values than any facet has, so that the counts are exact.
MAX_FACET_VALUES = 10_000
# One slip of the finger in a word of five letters or more; shorter words become other words too easily.
FUZZY_FROM = 5
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Term:
    """One word or quoted phrase as typed; ``wanted`` is False after a minus sign."""

    text: str
    wanted: bool


def search(index: CatalogIndex, query: Query) -> Page:
    """One page of the postings that match ``query``.

    All words must occur, in any field; "quoted words" stand together; -word excludes. When no posting has the words as
    typed, words like them are tried and the page says so. Nothing that a person types is an error.

    Raises:
        InvalidCursorError: the cursor is not one of this query's.
    """
    offset = cursor.read(query)
    terms = _terms(query.text)
    filters = _filters(index, query)
    asked = _combined(index, terms, filters, fuzzy=False)
    total, items = _found(index, asked, query, offset)
    approximate = False
    if not total and any(term.wanted for term in terms):
        asked = _combined(index, terms, filters, fuzzy=True)
        total, items = _found(index, asked, query, offset)
        approximate = total > 0
    end = offset + query.limit
    more = end < total and end <= cursor.MAX_OFFSET
    return Page(
        total=total,
        items=items,
        facets=_facets(index, asked) if total else {facet: {} for facet in FACETS},
        next_cursor=cursor.write(query, index.version, end) if more else None,
        index_version=index.version,
        approximate=approximate,
    )


def _terms(text: str) -> list[_Term]:
    # A lone surrogate is no character and cannot be handed to the engine.
    clean = text.encode(errors="ignore").decode()[:MAX_TEXT]
    found = []
    for term in _TERM.finditer(clean):
        typed = term["phrase"] if term["phrase"] is not None else term["word"]
        if _LETTERS.search(typed):
            found.append(_Term(typed, wanted=term["minus"] is None))
    return found[:MAX_TERMS]


def _combined(index: CatalogIndex, terms: list[_Term], filters: list[tantivy.Query], *, fuzzy: bool) -> tantivy.Query:
    clauses = [(Occur.Must, tantivy.Query.all_query())] if not any(term.wanted for term in terms) else []
    for term in terms:
        occur = Occur.Must if term.wanted else Occur.MustNot
        clauses.append((occur, _parsed(index.text, term, fuzzy=fuzzy and term.wanted)))
    clauses += [(Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters]
    return tantivy.Query.boolean_query(clauses)


def _parsed(text: tantivy.Index, term: _Term, *, fuzzy: bool) -> tantivy.Query:
    # Quoted and freed of quotes and backslashes, nothing in it is syntax to the parser.
    bare = re.sub(r'["\\]', " ", term.text)
    if fuzzy and len(bare) >= FUZZY_FROM and bare.isalnum():
        slips = dict.fromkeys(TEXT_FIELDS, (False, 1, True))
        query, _ = text.parse_query_lenient(
            bare.lower(), TEXT_FIELDS, field_boosts=FIELD_BOOSTS, fuzzy_fields=slips, conjunction_by_default=True
        )
    else:
        query, _ = text.parse_query_lenient(f'"{bare}"', TEXT_FIELDS, field_boosts=FIELD_BOOSTS)
    return query


def _filters(index: CatalogIndex, query: Query) -> list[tantivy.Query]:
    schema = index.text.schema
    values = {
        "country": query.country.upper() if query.country is not None else None,
        "work_mode": query.work_mode.value if query.work_mode is not None else None,
        "seniority": query.seniority.value if query.seniority is not None else None,
        "source": query.source,
    }
    filters = [
        tantivy.Query.term_query(schema, field, value.encode(errors="replace").decode(), index_option="basic")
        for field, value in values.items()
        if value is not None
    ]
    if query.min_pay is not None:
        filters.append(tantivy.Query.range_query(schema, "pay", FieldType.Float, lower_bound=float(query.min_pay)))
    return filters


def _found(
    index: CatalogIndex, asked: tantivy.Query, query: Query, offset: int
) -> tuple[int, tuple[PostingSummary, ...]]:
    """How many postings match, and those of the page that begins at ``offset``."""
    # Without words there is no relevance to sort by: the newest are what a person wants to see first.
    newest = query.sort is Sort.NEWEST or not any(term.wanted for term in _terms(query.text))
    found = index.searcher.search(asked, limit=query.limit, offset=offset, order_by_field="posted" if newest else None)
    slots = index.searcher.fast_field_values("slot", [address for _, address in found.hits])
    items = tuple(index.record(int(index.positions_by_slot[int(slot or 0)])) for slot in slots)
    # The type stubs of tantivy leave the count out.
    return int(found.count), items  # type: ignore[attr-defined]


def _facets(index: CatalogIndex, asked: tantivy.Query) -> dict[str, dict[str, int]]:
    terms = {facet: {"terms": {"field": facet, "size": MAX_FACET_VALUES}} for facet in FACETS}
    counted = index.searcher.aggregate(asked, terms)
    return {facet: {str(one["key"]): int(one["doc_count"]) for one in counted[facet]["buckets"]} for facet in FACETS}
