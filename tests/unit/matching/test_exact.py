"""The fast look leaves out nothing that the definition of the ranking would name."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog.columns import COUNTRIES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import coarse, features
from jobtracker.matching.codes import Codes
from jobtracker.matching.features import CatalogArrays
from jobtracker.matching.person import Person
from jobtracker.matching.rank import Ranker
from jobtracker.postings.model import Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy

DIMS = 24


def _units(rng: np.random.Generator, n: int) -> np.ndarray:
    """Unit vectors whose first numbers weigh most, as a truncated SVD makes them."""
    made = rng.standard_normal((n, DIMS)) / np.arange(1, DIMS + 1) ** rng.choice([0.0, 0.7])
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@dataclass
class Drawn:
    """A catalog index drawn at random, with all that real ones have: gaps, twins, and postings that say nothing."""

    n: int
    seed: int
    encoder_version: str = "drawn"

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        n = self.n
        counts = rng.choice([0, 0, 1, 2, 5, 9, 30], n)
        drawn = [rng.choice(rng.choice([30, len(taxonomy())]), count, replace=False) for count in counts]
        self.skills_indptr = np.concatenate(([0], np.cumsum([len(row) for row in drawn]))).astype(np.int64)
        self.skills_indices = np.concatenate([np.empty(0, dtype=np.int32), *drawn]).astype(np.int32)
        # Many of two groups, of which some have one member only.
        self.skills_either = rng.choice([0, 0, 1, 2], len(self.skills_indices)).astype(np.uint8)
        self.vectors, self.title_vectors = (_units(rng, n).astype(np.float16) for _ in range(2))
        self.vectors[rng.random(n) < 0.1] = 0
        self.title_vectors[rng.random(n) < 0.1] = 0
        pay = np.where(rng.random(n) < 0.5, rng.lognormal(11, 1, n).round(-4), np.nan).astype(np.float32)
        codes = rng.choice([0, COUNTRIES.index("DE"), COUNTRIES.index("US")], (n, 4)).astype(np.uint16)
        self.columns: dict[str, np.ndarray] = {
            "seniority": rng.integers(0, 7, n).astype(np.uint8),
            "work_mode": rng.integers(0, 4, n).astype(np.uint8),
            "country_codes": codes,
            "pay_min_usd": pay,
            "pay_max_usd": np.where(rng.random(n) < 0.5, pay * 1.5, np.nan).astype(np.float32),
            "latitude": np.where(rng.random(n) < 0.7, rng.normal(52.5, 0.5, n), np.nan).astype(np.float32),
            "longitude": rng.normal(13.4, 0.5, n).astype(np.float32),
        }
        # Twins tie, and ties must fall as the definition has them.
        for column in self.columns.values():
            column[n // 2 :] = column[: n - n // 2]
        self.vectors[n // 2 :] = self.vectors[: n - n // 2]
        self.title_vectors[n // 2 :] = self.title_vectors[: n - n // 2]


def _persons(seed: int) -> list[Person]:
    rng = np.random.default_rng(seed)

    def drawn(**fields: Any) -> Person:
        skills = rng.choice(len(taxonomy()), 40, replace=False).tolist() + list(range(6))
        usual: dict[str, Any] = {
            "have": {int(skill): float(rng.choice([0.4, 1.0])) for skill in skills},
            "titles": ("a", "b"),
            "text_vectors": _units(rng, 1),
            "title_vectors": _units(rng, 2),
            "seniority": Seniority.SENIOR,
            "city": None,
            "countries": ("DE",),
            "latitude": 52.52,
            "longitude": 13.4,
            "work_modes": (),
            "pay_floor_usd": float(rng.lognormal(11, 0.5)),
        }
        return Person(**(usual | fields))

    return [
        drawn(),
        drawn(title_vectors=_units(rng, 4), work_modes=(WorkMode.REMOTE, WorkMode.HYBRID), countries=()),
        drawn(have={}, title_vectors=None, latitude=None, longitude=None),
        drawn(text_vectors=None, seniority=None, pay_floor_usd=None, countries=("US", "XX"), named_countries=True),
    ]


@pytest.mark.parametrize("cells", [1, 64, 1 << 16])
@pytest.mark.parametrize("seed", range(6))
def test_the_best_are_exactly_those_of_scoring_everything(
    seed: int, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coarse, "CELLS", cells)
    index = Drawn([1, 7, 200, 300, 1500, 3000][seed] if cells > 1 else 60, seed)
    if seed % 3 == 2:
        index.vectors = index.title_vectors = cast("Any", None)
    ranker = Ranker(cast("CatalogIndex", index), None)
    persons = _persons(seed)
    for limit in (1, 10, 200):
        for person, found in zip(persons, ranker.best(persons, limit=limit), strict=True):
            neutral = features.neutral_values(ranker.arrays, person)
            everything = features.score(ranker.arrays, person, neutral, np.arange(index.n))
            true = everything.best(limit)
            assert found.positions.tolist() == true.positions.tolist()
            assert {name: points.tolist() for name, points in found.tenths.items()} == {
                name: points.tolist() for name, points in true.tenths.items()
            }


def test_most_postings_need_no_exact_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "CELLS", 1 << 10)
    index = Drawn(20_000, 1)
    arrays = CatalogArrays(cast("CatalogIndex", index))
    persons = _persons(1)
    neutrals = [features.neutral_values(arrays, person) for person in persons]

    with ThreadPoolExecutor() as threads:
        found = coarse.Coarse(arrays).candidates(persons, neutrals, 20, threads)

    assert all(20 <= len(positions) < index.n / 10 for positions in found)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 40),
    st.integers(1, 9),
    st.integers(1, 80),
    st.sampled_from([1.0, 1e-3, 1e4]),
)
def test_a_product_in_8_bits_misses_by_no_more_than_it_says(seed: int, n: int, m: int, dims: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    vectors = (rng.standard_normal((n, dims)) * rng.choice([0, 0.01, 1], (n, 1))).astype(np.float16)
    asked = (rng.standard_normal((m, dims)) * rng.choice([0, 0.1, size], (m, 1))).astype(np.float32)
    rows = rng.permutation(n)
    codes = Codes(vectors, rows)
    queries = codes.queries(asked)

    products = codes.products(0, n, queries, queries.space(n))

    told = products * codes.scales[:, None].astype(np.float64) * queries.scale
    true = vectors[rows].astype(np.float64) @ asked.T.astype(np.float64)
    assert (np.abs(told - true) <= queries.errors + 1e-12).all()
    assert codes.silent.tolist() == np.flatnonzero(~vectors[rows].any(axis=1)).tolist()


def test_people_ranked_together_get_what_each_would_alone() -> None:
    index = cast("CatalogIndex", Drawn(500, 3))
    ranker, persons = Ranker(index, None), _persons(3)
    alone = [ranker.best([person])[0].positions.tolist() for person in persons]

    assert [scored.positions.tolist() for scored in ranker.best(persons)] == alone
