"""Searching the catalog index: build time, size, an update of 10,000 postings, latency, and SQLite's FTS5 beside it.

    python -m benchmarks.search [--postings 1000000] [--json]

The postings are drawn at random but plausible (``benchmarks.random_postings``), and so are the queries: roles, words,
phrases, most of them under filters, with all facets. FTS5 answers the same queries with the same page (records, total,
facets without their own filter), warm and in alternation; totals are compared. The system has both sides' files in
its cache.

build_s, add_10000_s      from nothing, and from an index on disk to the next one
bytes_per_posting         all files of the index
added_bytes_per_posting   of the new files alone, by which such an update is uploaded
p50_ms, p95_ms, *_cpu_ms  of a query: wall time, and the processor's time, which other work on the machine changes less
cold_*_s, cold_*_mb       from nothing to a process's first answer: imports, copying the files that a search needs from
                          a disk in place of the network, checking them; and how much that is
vs_fts5_ratio             theirs / ours, all queries together
totals_*                  how often both find equally many, and how far apart they are: their stemmers differ
"""

import argparse
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import fts5
from benchmarks.random_postings import CITIES, COMMON, FIELDS, NOW, ROLES, random_postings
from benchmarks.report import Value, show
from jobtracker.artifacts.files import local_publish
from jobtracker.catalog.build import build, build_next, read_postings
from jobtracker.catalog.gateway import NAME
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Page, Query, Sort
from jobtracker.catalog.search import search
from jobtracker.postings.model import Seniority, StoredPosting, WorkMode
from jobtracker.skills.taxonomy import taxonomy

CHANGED = 10_000
QUERIES = 200
ROUNDS = 5
COLD_ROUNDS = 3
SMALL = 100_000
_COLD = """
import sys, time
start = time.perf_counter()
import shutil
from pathlib import Path
from jobtracker.artifacts.files import lay_out, local_current
from jobtracker.catalog.gateway import NAME, Use
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Query
from jobtracker.catalog.search import search
root, to = map(Path, sys.argv[1:])
manifest = local_current(root, NAME)
wanted = [path for path in manifest.files if Use.SEARCH.wants(path)]
take = lambda path, target: shutil.copyfile(root / manifest.object_key(path), target)
folder = lay_out(manifest, wanted, to, take)
search(CatalogIndex.open(folder), Query(text="data engineer", countries=("DE",)))
print(time.perf_counter() - start, sum(manifest.files[path].size for path in wanted))
"""


def queries() -> list[Query]:
    """What people ask, in its proportions: a role in most cases, narrowed by a filter or two in most of these."""
    rng = np.random.default_rng(1)
    skills, places = list(taxonomy().index)[:40], CITIES[:20]
    asked = []
    for number in range(QUERIES):
        role, field = ROLES[int(rng.integers(len(ROLES)))], FIELDS[int(rng.integers(3, len(FIELDS)))]
        word = COMMON[int(rng.integers(20, len(COMMON)))]
        place, skill = places[int(rng.integers(len(places)))], skills[int(rng.integers(len(skills)))]
        kinds = (
            Query(text=role),
            Query(text=f"{role} {field}"),
            Query(text=f"{role} {word}"),
            Query(text=word),
            Query(text=f'"{role}" -{field.split()[0]}'),
            Query(text=role, countries=("DE", "AT", "CH")),
            Query(text=role, countries=("US",), seniorities=(Seniority.SENIOR, Seniority.LEAD)),
            Query(text=role, place=place, km=50),
            Query(text=word, place=place, km=100, work_modes=(WorkMode.ONSITE, WorkMode.HYBRID)),
            Query(text=role, work_modes=(WorkMode.REMOTE,), min_pay=80_000),
            Query(text=role, min_pay=60_000, pay_unknown=True, posted_within_days=30),
            Query(text=role, remote_from="DE", sort=Sort.NEWEST),
            Query(text=f"{role} {field}", employment_types=("full_time",), posted_within_days=7),
            Query(text=word, skills=(skill,), seniorities=(Seniority.MID,)),
            Query(text=role, sort=Sort.NEWEST, countries=("GB",)),
            Query(text=role, sort=Sort.PAY),
            Query(countries=("FR",), work_modes=(WorkMode.REMOTE, WorkMode.HYBRID)),
            Query(place=place, km=30, skills=(skill,)),
            Query(sources=(f"board-{number % 12}",), posted_within_days=7),
            Query(text=f"{role} {skill}", limit=50),
        )
        asked.append(kinds[number % len(kinds)])
    return asked


def measure(count: int, work: Path, *, beside: bool) -> dict[str, Value]:
    """All figures for a catalog of ``count`` postings."""
    started = time.perf_counter()
    info = build(random_postings(count), None, work / "index")
    build_s = time.perf_counter() - started
    index = CatalogIndex.open(work / "index")
    changed = list(random_postings(CHANGED, first=count))
    held = set(_files(work / "index"))
    started = time.perf_counter()
    build_next(index, changed, [], None, work / "next")
    add_s = time.perf_counter() - started
    new = sum(size for inode, size in _files(work / "next").items() if inode not in held)
    found: dict[str, Value] = {
        "postings": count,
        "duplicates": info.duplicates,
        "load_before": os.getloadavg()[0],
        "build_s": build_s,
        "bytes_per_posting": round(sum(_files(work / "index").values()) / max(1, count)),
        "add_10000_s": add_s,
        "added_bytes_per_posting": round(new / CHANGED),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    shutil.rmtree(work / "next")
    found |= latencies(index, fts5.database(_shown(index), work / "fts5.sqlite") if beside else None)
    return found | {"load_after": os.getloadavg()[0]}


def _shown(index: CatalogIndex) -> Iterator[StoredPosting]:
    shown = set(index.ids)
    return (stored for stored in read_postings(index) if stored.posting.id in shown)


def _files(directory: Path) -> dict[int, int]:
    """Sizes by inode."""
    return {path.stat().st_ino: path.stat().st_size for path in directory.rglob("*") if path.is_file()}


def latencies(index: CatalogIndex, database: sqlite3.Connection | None) -> dict[str, Value]:
    """Each query's median of several rounds after one to warm up: our page, and the same page from FTS5."""
    ours: list[float] = []
    cpu: list[float] = []
    theirs: list[float] = []
    apart: list[float] = []
    for query in queries():
        # What filters alone count is remembered: a query that comes for the first time must not profit from that.
        ask = partial(_fresh_search, index, query)
        page = ask()
        if database is not None and not page.approximate:
            total = fts5.page(database, query, NOW)
            apart.append(abs(total - page.total) / max(1, total))
        times = []
        for _ in range(ROUNDS):
            mine, used = _timed(ask)
            other = 0.0 if database is None else _timed(partial(fts5.page, database, query, NOW))[0]
            times.append((mine, used, other))
        for medians, column in zip((ours, cpu, theirs), zip(*times, strict=True), strict=True):
            medians.append(statistics.median(column))
    found: dict[str, Value] = {
        "p50_ms": statistics.median(ours),
        "p95_ms": float(np.percentile(ours, 95)),
        "p50_cpu_ms": statistics.median(cpu),
        "p95_cpu_ms": float(np.percentile(cpu, 95)),
    }
    if database is not None:
        found |= {
            "fts5_p50_ms": statistics.median(theirs),
            "fts5_p95_ms": float(np.percentile(theirs, 95)),
            "vs_fts5_ratio": sum(theirs) / sum(ours),
            "totals_equal_share": sum(not difference for difference in apart) / len(apart),
            "totals_apart_mean": statistics.mean(apart),
        }
    return found


def _fresh_search(index: CatalogIndex, query: Query) -> Page:
    index.counted.clear()
    return search(index, query, now=NOW)


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    started, used = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def cold(index: Path, work: Path) -> dict[str, Value]:
    """How long a new process that has none of an index's files takes to its first answer."""
    info = CatalogIndex.open(index).info
    local_publish(work / "store", NAME, index, version=info.version, metadata={}, follows=None)
    taken, size = [], 0
    for number in range(COLD_ROUNDS):
        to = work / f"worker-{number}"
        command = [sys.executable, "-c", _COLD, str(work / "store"), str(to)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        taken.append(float(said[0]))
        size = int(said[1])
        shutil.rmtree(to)
    shutil.rmtree(work / "store")
    return {f"cold_{info.rows}_s": statistics.median(taken), f"cold_{info.rows}_mb": size / 1e6}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without FTS5")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        found = measure(options.postings, work, beside=not options.alone)
        found |= cold(work / "index", work)
        if options.postings > SMALL:
            build(random_postings(SMALL), None, work / "small")
            found |= cold(work / "small", work)
    show("Search", found, as_json=options.json)


if __name__ == "__main__":
    main()
