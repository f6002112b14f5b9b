"""Counting results by the values of each facet; a facet's own filter does not narrow its counts."""

from concurrent.futures import Executor
from typing import Any, Final

import tantivy
from tantivy import Occur

from jobtracker.catalog.filters import Filters, Moment
from jobtracker.catalog.index import CatalogIndex

TOP_SKILLS: Final = 50
# Of facets with more values than anybody reads, so many of the most frequent are counted out.
_TOP: Final = {"skill": TOP_SKILLS, "source": 100, "employment_type": 50}
# More values than any facet has in any part of the index: so counts are exact.
_ALL: Final = 65_000
AGES: Final = (1, 7, 30, 90)
_FIELDS: Final = {
    "country": "country",
    "work_mode": "work_mode",
    "seniority": "seniority",
    "source": "source",
    "employment_type": "employment_type",
    "skill": "skill",
    "pay": "pay_band",
}
FACETS: Final = (*_FIELDS, "age")

Counts = dict[str, dict[str, int]]


def count(
    index: CatalogIndex, found: tantivy.Query, lifted: dict[str, tantivy.Query], moment: Moment, threads: Executor
) -> tuple[int, Counts]:
    """How much is ``found``, and all its facets; ``lifted`` are the queries without the filter of the facet they are
    under. Skills are most of the work: another of ``threads`` counts them meanwhile."""
    skills = threads.submit(_counted, index, found, ["skill"], moment)
    counts = _counted(index, found, [facet for facet in FACETS if facet != "skill"], moment)
    # Each posting is in one band of pay.
    total = sum(counts["pay"].values())
    for facet, query in lifted.items():
        counts |= _counted(index, query, [facet], moment)
    counts |= skills.result()
    return total, {facet: counts[facet] for facet in FACETS}


def lifted_queries(
    filters: Filters, text: list[tuple[Occur, tantivy.Query]], hidden: list[tuple[Occur, tantivy.Query]]
) -> dict[str, tantivy.Query]:
    """What is found without its filter, for each facet that has one."""
    return {facet: conjunction(text, filters.all_but(facet), hidden) for facet in filters.by_facet}


def conjunction(
    text: list[tuple[Occur, tantivy.Query]],
    filters: list[tantivy.Query],
    hidden: list[tuple[Occur, tantivy.Query]],
) -> tantivy.Query:
    """The query for words under filters, which do not change the score."""
    clauses = [*text, *((Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters)]
    if not any(occur is Occur.Must for occur, _ in clauses):
        clauses.append((Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query([*clauses, *hidden])


def _counted(index: CatalogIndex, query: tantivy.Query, facets: list[str], moment: Moment) -> Counts:
    asked = {facet: _ages(moment) if facet == "age" else _terms(facet) for facet in facets}
    answer = index.searcher.aggregate(query, asked)
    return {facet: _read(facet, answer[facet]["buckets"]) for facet in facets}


def _terms(facet: str) -> dict[str, Any]:
    return {"terms": {"field": _FIELDS[facet], "size": _TOP.get(facet, _ALL), "segment_size": _ALL}}


def _ages(moment: Moment) -> dict[str, Any]:
    edges = [moment.day - days for days in AGES]
    # Bands side by side; what is younger than seven days is counted as younger than thirty when they are read.
    ranges = [{"key": str(AGES[0]), "from": edges[0]}] + [
        {"key": str(days), "from": start, "to": end}
        for days, start, end in zip(AGES[1:], edges[1:], edges[:-1], strict=True)
    ]
    return {"range": {"field": "posted_day", "ranges": ranges}}


def _read(facet: str, buckets: list[dict[str, Any]]) -> dict[str, int]:
    counts = {str(one["key"]): int(one["doc_count"]) for one in buckets}
    if facet != "age":
        return counts
    total, ages = 0, {}
    for days in AGES:
        total += counts.get(str(days), 0)
        ages[str(days)] = total
    return {days: number for days, number in ages.items() if number}
