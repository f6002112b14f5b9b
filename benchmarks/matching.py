"""Milliseconds to rank a whole catalog for a profile, and the ratio to others on the same arrays.

    python -m benchmarks.matching [--postings 1000000] [--json]

The catalog is made of random but plausible columns (unit vectors of 256 dimensions, 4 to 14 skills a posting drawn by a
Zipf law, places, levels, pay stated by a third). What is timed is the product's own Ranker.
"""

import argparse
import gc
import resource
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import median_seconds, show
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import PostingSummary
from jobtracker.matching.features import CatalogArrays
from jobtracker.matching.rank import Ranker, best
from jobtracker.postings.model import Place, Seniority, WorkMode
from jobtracker.resumes.model import Preferences, Profile, Work
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder

DIMS = 256
PEOPLE = 100
TOP = 200
COUNTRIES = ("US", "GB", "DE", "FR", "NL", "CA", "IN", "AU")


class RandomEncoder:
    """Stands where the fitted encoder does: unit vectors drawn by a seed of the text."""

    version = "random"
    dims = DIMS

    def encode(self, texts: "tuple[str, ...] | list[str]") -> NDArray[np.float32]:
        """One unit vector a text."""
        made = np.stack([np.random.default_rng(abs(hash(t)) % 2**32).standard_normal(DIMS) for t in texts])
        unit: NDArray[np.float32] = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return unit


@dataclass
class RandomIndex:
    """The attributes of a catalog index that ranking reads, filled at random."""

    n: int
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))
    version: str = "random"
    encoder_version: str = "random"
    countries: tuple[str, ...] = ("", *COUNTRIES)

    def __post_init__(self) -> None:
        self.vectors = self._unit(np.float32)
        self.title_vectors = self._unit(np.float16)
        counts = self.rng.integers(4, 15, self.n)
        self.skills_indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        drawn = self.rng.zipf(1.3, int(counts.sum()) * 2) - 1
        total = int(self.skills_indptr[-1])
        self.skills_indices = (drawn[:total] % len(taxonomy())).astype(np.int32)
        codes = np.zeros((self.n, 4), dtype=np.uint16)
        codes[:, 0] = self.rng.integers(0, len(COUNTRIES) + 1, self.n)
        pay = self.rng.lognormal(11.2, 0.5, self.n).astype(np.float32)
        pay[self.rng.random(self.n) > 0.33] = np.nan
        self.columns: dict[str, NDArray[np.generic]] = {
            "work_mode": self.rng.integers(0, 4, self.n).astype(np.uint8),
            "seniority": self.rng.integers(0, 7, self.n).astype(np.uint8),
            "pay_min_usd": pay,
            "pay_max_usd": pay * np.float32(1.2),
            "country_codes": codes,
            "latitude": self.rng.uniform(-60, 70, self.n).astype(np.float32),
            "longitude": self.rng.uniform(-180, 180, self.n).astype(np.float32),
            "posted_day": np.full(self.n, 20_000, dtype=np.int32),
        }

    def _unit(self, kind: type[np.float32] | type[np.float16]) -> NDArray[np.floating]:
        made = np.empty((self.n, DIMS), dtype=kind)
        for start in range(0, self.n, 50_000):
            block = self.rng.standard_normal((min(50_000, self.n - start), DIMS), dtype=np.float32)
            made[start : start + len(block)] = block / np.linalg.norm(block, axis=1, keepdims=True)
        return made

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the postings."""
        return [f"{at:024x}" for at in range(self.n)]

    def record(self, position: int) -> PostingSummary:
        """A summary; only its place is read by ranking."""
        return PostingSummary(
            id=self.ids[position], title="Engineer", url="https://example.com", source_id="random", attribution="none"
        )


def people(count: int) -> list[tuple[Profile, Preferences]]:
    """Different people with twenty-odd skills each."""
    rng = np.random.default_rng(11)
    ids = taxonomy().ids
    return [
        (
            Profile(
                label=f"Data engineer {at}",
                summary=f"Summary {at}",
                skills=tuple(ids[i] for i in rng.choice(len(ids), 22, replace=False)),
                work=(Work(title="Data engineer"),),
                seniority=Seniority.SENIOR,
                place=Place(text="Berlin", city="Berlin", country="DE", latitude=52.52, longitude=13.4),
            ),
            Preferences(work_modes=(WorkMode.REMOTE,), pay_floor=70_000, pay_currency="EUR"),
        )
        for at in range(count)
    ]


def recall(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> float:
    """Share of the true 200 nearest (in 64 bits) that the 32-bit product names."""
    exact = np.concatenate([block.astype(np.float64) @ query for block in np.array_split(vectors, 20)])
    true = set(np.argsort(-exact, kind="stable")[:TOP].tolist())
    return len(true & set(best(vectors @ query, TOP).tolist())) / TOP


def against_sklearn(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> float:
    """Seconds scikit-learn's cosine_similarity takes for one query over the same vectors, best 200 included."""
    from sklearn.metrics.pairwise import cosine_similarity

    return median_seconds(lambda: best(cosine_similarity(query[None, :], vectors)[0], TOP))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    index = RandomIndex(options.postings)
    ranker = Ranker(cast("CatalogIndex", index), cast("Encoder", RandomEncoder()))
    everybody = people(PEOPLE)
    profile, preferences = everybody[0]
    arrays: CatalogArrays = ranker.arrays
    vectors = arrays.vectors
    assert vectors is not None
    query = RandomEncoder().encode(["a resume"])[0]
    product = median_seconds(lambda: best(vectors @ query, TOP))
    explained = median_seconds(lambda: ranker.rank(profile, preferences, limit=100))
    queries = RandomEncoder().encode([f"resume {at}" for at in range(PEOPLE)])
    batch = median_seconds(lambda: vectors @ queries.T) / PEOPLE
    gc.collect()
    sklearn = against_sklearn(vectors, query)
    show(
        "Matching",
        {
            "postings": options.postings,
            "profile_ms": product * 1000,
            "profile_top100_explained_ms": explained * 1000,
            "batch100_per_profile_ms": batch * 1000,
            "recall_at_200": recall(vectors, query),
            "sklearn_ms": sklearn * 1000,
            "vs_sklearn_ratio": sklearn / product,
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        },
        as_json=options.json,
    )


if __name__ == "__main__":
    main()
