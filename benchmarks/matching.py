"""Milliseconds to rank a whole catalog for a profile, and how long others take for a part of that on the same arrays.

    python -m benchmarks.matching [--postings 1000000] [--json]

What is timed is the product's own Ranker on a random catalog (``benchmarks.random_catalog``):

profile_ms                   the 200 best of all postings, all six parts, for one person
profile_top100_explained_ms  the 100 best, with reasons
batch100_per_profile_ms      as profile_ms for a hundred people at once, a person's share
*_cpu_ms                     the processor's time for the same: on a machine that others use it says more
prepare_s                    what a worker derives from a new index before its first ranking
recall_at_200                of the true best 200, by all parts of every posting computed exactly
text_ms, vs_*_ratio          the nearest 200 by the text's cosine alone, which is all that the others do; theirs / ours
"""

import argparse
import gc
import os
import resource
import statistics
import time
from collections.abc import Callable
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.nearest import FAISS, TOP, USEARCH, Nearest, peer
from benchmarks.random_catalog import RandomEncoder, RandomIndex, people
from benchmarks.report import Value, median_seconds, show
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import features
from jobtracker.matching.person import person_of
from jobtracker.matching.rank import Ranker
from jobtracker.text.encoder import Encoder

PEOPLE = 100
TURNS = 7
CHECKED = 3
ROWS = 50_000


def ranking(index: RandomIndex) -> dict[str, Value]:
    """Times and exactness of ranking by all parts."""
    ranker = Ranker(cast("CatalogIndex", index), cast("Encoder", RandomEncoder()))
    everybody = people(PEOPLE)
    persons = [person_of(profile, preferences, ranker.encoder) for profile, preferences in everybody]
    start = time.perf_counter()
    ranker.best(persons[:1])
    prepared = time.perf_counter() - start
    found = [set(scored.positions.tolist()) for scored in ranker.best(persons[:CHECKED])]
    true = [_true_best(ranker, at, index.n) for at in range(CHECKED)]
    return {
        "prepare_s": prepared,
        "profile_cpu_ms": _cpu_seconds(lambda: ranker.best(persons[:1])) * 1000,
        "batch100_per_profile_cpu_ms": _cpu_seconds(lambda: ranker.best(persons)) * 1000 / PEOPLE,
        "profile_ms": median_seconds(lambda: ranker.best(persons[:1]), times=TURNS) * 1000,
        "profile_top100_explained_ms": median_seconds(lambda: ranker.rank(*everybody[0], limit=100), times=TURNS)
        * 1000,
        "batch100_per_profile_ms": median_seconds(lambda: ranker.best(persons)) * 1000 / PEOPLE,
        "batch100_explained_per_profile_ms": median_seconds(lambda: ranker.rank_many(everybody)) * 1000 / PEOPLE,
        "recall_at_200": sum(len(a & b) for a, b in zip(found, true, strict=True)) / sum(map(len, true)),
    }


def _cpu_seconds(run: Callable[[], object]) -> float:
    """The median processor time of ``run``, all threads together."""
    run()
    taken = []
    for _ in range(5):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _true_best(ranker: Ranker, at: int, n: int) -> set[int]:
    """A person's best by computing every part of every posting."""
    person = person_of(*people(PEOPLE)[at], ranker.encoder)
    neutral = features.neutral_values(ranker.arrays, person)
    tenths = [
        sum(features.score(ranker.arrays, person, neutral, np.arange(start, min(start + ROWS, n))).tenths.values())
        for start in range(0, n, ROWS)
    ]
    return set(np.argsort(-np.concatenate(tenths), kind="stable")[:TOP].tolist())


def against_others(index: RandomIndex) -> dict[str, Value]:
    """The text's part alone, in turns with others."""
    ours, queries = Nearest(index.vectors), RandomEncoder().encode([f"resume {at}" for at in range(PEOPLE)])
    vectors = index.vectors.astype(np.float32)
    found: dict[str, Value] = {"text_recall_at_200": _recall(ours, vectors, queries[:CHECKED])}

    def search(count: int) -> float:
        start = time.perf_counter()
        for query in queries[:count]:
            ours.search(query)
        return time.perf_counter() - start

    mine, theirs = in_turns(search, lambda count: sklearn_seconds(vectors, queries[:count]))
    found |= {"text_ms": mine * 1000, "sklearn_ms": theirs * 1000, "vs_sklearn_ratio": theirs / mine}
    gc.collect()
    for name, package, setup in (("faiss", "faiss-cpu", FAISS), ("usearch", "usearch", USEARCH)):
        with peer(package, setup, vectors, queries) as other:
            if isinstance(other, str):
                found |= {f"vs_{name}_ratio": None, f"vs_{name}_why": other}
                continue
            mine, theirs = in_turns(search, other)
            found |= {f"{name}_ms": theirs * 1000, f"vs_{name}_ratio": theirs / mine}
    return found


def in_turns(ours: Callable[[int], float], theirs: Callable[[int], float]) -> tuple[float, float]:
    """The medians of both sides' seconds for one query, measured in alternation."""
    taken = [(ours(1), theirs(1)) for _ in range(TURNS + 1)][1:]
    return statistics.median(one for one, _ in taken), statistics.median(other for _, other in taken)


def sklearn_seconds(vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> float:
    """Seconds scikit-learn's cosine_similarity takes, choosing the best included."""
    from sklearn.metrics.pairwise import cosine_similarity

    start = time.perf_counter()
    np.argpartition(-cosine_similarity(queries, vectors), TOP, axis=1)
    return time.perf_counter() - start


def _recall(ours: Nearest, vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> float:
    """Share of the true nearest, by 32-bit products, that ours names."""
    true = [set(np.argsort(-(vectors @ query), kind="stable")[:TOP].tolist()) for query in queries]
    return sum(len(set(ours.search(query).tolist()) & best) for query, best in zip(queries, true, strict=True)) / (
        TOP * len(queries)
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without the others")
    options = parser.parse_args()
    index = RandomIndex(options.postings)
    found: dict[str, Value] = {"postings": options.postings, "load_before": os.getloadavg()[0]}
    found |= ranking(index)
    found["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    gc.collect()
    if not options.alone:
        found |= against_others(index)
    found["load_after"] = os.getloadavg()[0]
    show("Matching", found, as_json=options.json)


if __name__ == "__main__":
    main()
