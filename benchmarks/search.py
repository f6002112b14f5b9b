"""Searching the catalog index: build time, size, an update of 10,000 postings, latency, and SQLite's FTS5 beside it.

``python -m benchmarks.search [--postings N] [--json]``. The postings are made by sampling words, most of them rare.
FTS5 answers the same words and filters with the same page (records, total, facets), warm and in alternation; beside
it stands what it takes for the bare row numbers and a count.
"""

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from jobtracker.catalog.build import build, build_next
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import SUMMARY_FIELDS, PostingSummary, Query, Sort
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, Seniority, WorkMode, posting_id
from jobtracker.skills.taxonomy import taxonomy

WORDS = 40_000
DESCRIPTION_WORDS = 120
CHANGED = 10_000
QUERIES = 200
ROUNDS = 5
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
COUNTRIES = ("US", "DE", "GB", "FR", "IN", "BR", "CA", "PL")


def sampled(count: int, first: int = 0) -> Iterator[Posting]:
    """Postings number ``first`` and on; the same number is always the same posting."""
    skills = list(taxonomy().index)
    chance = 1.0 / (np.arange(WORDS) + 10.0)
    bounds = np.cumsum(chance / chance.sum())
    for number in range(first, first + count):
        rng = np.random.default_rng(number)
        words = [f"w{at}" for at in np.searchsorted(bounds, rng.random(DESCRIPTION_WORDS + 8)).tolist()]
        text = " ".join(words[8:])
        country = COUNTRIES[int(rng.integers(len(COUNTRIES)))]
        low = float(rng.integers(30, 200)) * 1_000
        yield Posting.model_construct(
            id=posting_id("bench", str(number)),
            source_id=f"source-{number % 12}",
            source_posting_id=str(number),
            url=f"https://jobs.example/{number}",
            title=" ".join(words[:4]),
            company=" ".join(words[4:6]),
            places=(Place(text=f"{words[6]}, {country}", city=words[6], country=country),),
            work_mode=list(WorkMode)[number % 3],
            pay=Pay(minimum=low, maximum=low * 1.2, currency="USD", period=PayPeriod.YEAR) if number % 2 else None,
            seniority=list(Seniority)[number % 6],
            skills=tuple(skills[at] for at in rng.integers(len(skills), size=6).tolist()),
            description_html=f"<p>{text}</p>",
            description_text=text,
            posted_at=MOMENT + timedelta(minutes=number % 500_000),
            fetched_at=MOMENT,
            attribution="sampled words",
        )


def _queries() -> list[Query]:
    """Words from common to rare, one to three of them; some with filters, some by date."""
    rng = np.random.default_rng(1)
    asked = []
    for number in range(QUERIES):
        words = " ".join(f"w{int(at)}" for at in np.exp(rng.uniform(np.log(3), np.log(WORDS - 1), 1 + number % 3)))
        asked.append(
            Query(
                text=words,
                country=COUNTRIES[number % 8] if number % 4 == 0 else None,
                min_pay=100_000 if number % 5 == 0 else None,
                sort=Sort.NEWEST if number % 7 == 0 else Sort.RELEVANCE,
            )
        )
    return asked


def _fts5(count: int, path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE posting USING fts5(title, company, places, description, content='')")
    database.execute(
        "CREATE TABLE record (id INTEGER PRIMARY KEY, country, work_mode, seniority, source, pay, posted, summary)"
    )
    names = taxonomy()
    for number, p in enumerate(sampled(count), start=1):
        text = f"{p.description_text} {' '.join(names.names(p.skills))}"
        database.execute(
            "INSERT INTO posting (rowid, title, company, places, description) VALUES (?, ?, ?, ?, ?)",
            (number, p.title, p.company, p.places[0].text, text),
        )
        database.execute(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                p.places[0].country,
                p.work_mode,
                p.seniority,
                p.source_id,
                p.pay.maximum if p.pay else None,
                p.posted_at.timestamp() if p.posted_at else None,
                p.model_dump_json(include=SUMMARY_FIELDS),
            ),
        )
    database.execute("INSERT INTO posting (posting) VALUES ('optimize')")
    database.commit()
    return database


def _page_of_fts5(database: sqlite3.Connection, query: Query) -> int:
    """The same page from SQLite: the best twenty records, the total, and four facets over all that was found."""
    words = " ".join(f'"{word}"' for word in query.text.split())
    where = "posting MATCH ?"
    values: list[str | float] = [words]
    if query.country is not None:
        where, values = f"{where} AND country = ?", [*values, query.country]
    if query.min_pay is not None:
        where, values = f"{where} AND pay >= ?", [*values, query.min_pay]
    order = "posted DESC" if query.sort is Sort.NEWEST else "bm25(posting, 4, 2, 1.5, 1)"
    joined = f"FROM posting JOIN record ON record.id = posting.rowid WHERE {where}"
    for (summary,) in database.execute(f"SELECT summary {joined} ORDER BY {order} LIMIT 20", values):
        PostingSummary.model_validate_json(summary)
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    total = 0
    for row in database.execute(
        f"SELECT country, work_mode, seniority, source, count(*) {joined} GROUP BY 1, 2, 3, 4", values
    ):
        total += row[4]
        for facet, value in zip(counts, row, strict=False):
            facet[value] += row[4]
    return total


def _hits_of_fts5(database: sqlite3.Connection, query: Query) -> None:
    words = " ".join(f'"{word}"' for word in query.text.split())
    database.execute(
        "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY bm25(posting, 4, 2, 1.5, 1) LIMIT 20", (words,)
    ).fetchall()
    database.execute("SELECT count(*) FROM posting WHERE posting MATCH ?", (words,)).fetchone()


def _timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def measure(count: int) -> dict[str, float | int]:
    """All figures for a catalog of ``count`` postings."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        postings = list(islice(sampled(count), 100_000)) if count <= 100_000 else sampled(count)
        started = time.perf_counter()
        build(postings, None, work / "index")
        build_s = time.perf_counter() - started
        del postings
        index = CatalogIndex.open(work / "index")
        changed = list(sampled(CHANGED, first=count))
        started = time.perf_counter()
        build_next(index, changed, [], None, work / "next")
        add_s = time.perf_counter() - started
        size = sum(path.stat().st_size for path in (work / "index").rglob("*") if path.is_file())
        database = _fts5(count, work / "fts5.sqlite")
        ours, theirs, hits = _latencies(index, database)
        database.close()
    return {
        "postings": count,
        "build_s": round(build_s, 2),
        "bytes_per_posting": round(size / max(1, count)),
        "add_10000_s": round(add_s, 2),
        "p50_ms": round(statistics.median(ours), 2),
        "p95_ms": round(float(np.percentile(ours, 95)), 2),
        "fts5_p50_ms": round(statistics.median(theirs), 2),
        "fts5_p95_ms": round(float(np.percentile(theirs, 95)), 2),
        "fts5_hits_only_p50_ms": round(statistics.median(hits), 2),
        "fts5_hits_only_p95_ms": round(float(np.percentile(hits, 95)), 2),
        "vs_fts5_ratio": round(sum(theirs) / sum(ours), 2),
        "vs_fts5_hits_only_ratio": round(sum(hits) / sum(ours), 2),
    }


def _latencies(index: CatalogIndex, database: sqlite3.Connection) -> tuple[list[float], list[float], list[float]]:
    """Each query's median of several rounds after one to warm up: our page, the same page from FTS5, and FTS5's bare
    twenty row numbers with a count."""
    asked: tuple[Callable[[Query], object], ...] = (
        lambda query: search(index, query),
        lambda query: _page_of_fts5(database, query),
        lambda query: _hits_of_fts5(database, query),
    )
    medians: tuple[list[float], list[float], list[float]] = ([], [], [])
    for query in _queries():
        page = search(index, query)
        if not page.approximate and page.total != _page_of_fts5(database, query):
            raise AssertionError(f"the engines disagree about {query}")
        times = [[_timed(partial(ask, query)) for ask in asked] for _ in range(ROUNDS)]
        for median, column in zip(medians, zip(*times, strict=True), strict=True):
            median.append(statistics.median(column))
    return medians


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.postings)
    for key, value in figures.items():
        print(f"{key:20} {value:>14,}")
    if arguments.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
