"""Counting results by the values of each facet; a facet's own filter does not narrow its counts."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import tantivy
from tantivy import Occur

from jobtracker.catalog.filters import Filters, Moment
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.members import Clause
from jobtracker.catalog.words import Term
from jobtracker.skills.taxonomy import taxonomy

TOP_SKILLS: Final = 50
# From so many postings on, sets of them are worth having: the engine needs 15 ns for each skill of each.
MANY: Final = 10_000
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, ready for the engine: its words, its filters, and what is hidden from everybody."""

    terms: list[Term]
    text: list[Clause]
    filters: Filters
    hidden: Clause

    @property
    def found(self) -> tantivy.Query:
        """What is to be found."""
        return self.without(None)

    def without(self, facet: str | None, *more: Clause) -> tantivy.Query:
        """The same without the filter of one facet, and under more filters."""
        return conjunction([*self.text, self.hidden], [*self.filters.all_but(facet), *more])

    @property
    def clauses(self) -> list[Clause]:
        """All that a posting must meet."""
        return [*self.text, *self.filters.all_but(None), self.hidden]


def count(index: CatalogIndex, asked: Asked, moment: Moment) -> tuple[int, Counts]:
    """How much is found, and all facets of it."""
    lifted = asked.filters.by_facet
    counts = _counted(index, asked.found, [facet for facet in FACETS if facet not in (*lifted, "skill")], moment)
    for facet in lifted:
        counts |= _counted(index, asked.without(facet), [facet], moment)
    # Each posting has one source and is in one band of pay; a facet that is not lifted counts what is found.
    total = (
        sum(counts["pay"].values()) if "pay" not in lifted else int(index.searcher.search(asked.found, limit=1).count)  # type: ignore[attr-defined]
    )
    counts["skill"] = _skills(index, asked, total, moment)
    return total, {facet: counts[facet] for facet in FACETS}


def _skills(index: CatalogIndex, asked: Asked, total: int, moment: Moment) -> dict[str, int]:
    if total < MANY:
        return _counted(index, asked.found, ["skill"], moment)["skill"]
    counts = index.members.skill_counts(asked.clauses)
    ids = taxonomy().ids
    best = sorted(np.flatnonzero(counts).tolist(), key=lambda skill: (-int(counts[skill]), ids[skill]))[:TOP_SKILLS]
    return {ids[skill]: int(counts[skill]) for skill in best}


def conjunction(clauses: list[Clause], filters: list[Clause]) -> tantivy.Query:
    """The query for words under filters, which do not change the score."""
    parts = [(clause.occur, clause.query) for clause in clauses]
    parts += [(Occur.Must, tantivy.Query.const_score_query(clause.query, 0.0)) for clause in filters]
    if not any(occur is Occur.Must for occur, _ in parts):
        parts.append((Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(parts)


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
