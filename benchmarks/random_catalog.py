"""A catalog index and people made of random but plausible columns, for measuring at any size without building one."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.columns import COUNTRIES
from jobtracker.catalog.model import PostingSummary
from jobtracker.postings.model import Place, Seniority, WorkMode
from jobtracker.resumes.model import Preferences, Profile, Work
from jobtracker.skills.taxonomy import taxonomy

DIMS = 256
USED_COUNTRIES = ("", "US", "GB", "DE", "FR", "NL", "CA", "IN", "AU")


class RandomEncoder:
    """Stands where the fitted encoder does: unit vectors drawn by a seed of the text."""

    version = "random"
    dims = DIMS

    def encode(self, texts: "tuple[str, ...] | list[str]") -> NDArray[np.float32]:
        """One unit vector a text."""
        seeds = [int.from_bytes(text.encode()[-8:]) for text in texts]
        made = np.stack([np.random.default_rng(seed).standard_normal(DIMS) for seed in seeds])
        unit: NDArray[np.float32] = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return unit


@dataclass
class RandomIndex:
    """The attributes of a catalog index that ranking reads, filled at random.

    Unit vectors of 256 dimensions in 16 bits, 4 to 14 skills a posting drawn by a Zipf law (in one of five two for
    choice), places, levels, pay stated by a third. One posting in a thousand has no vector: the encoder knows none of
    its words.
    """

    n: int
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))
    version: str = "random"
    encoder_version: str = "random"

    def __post_init__(self) -> None:
        self.vectors = self._unit()
        self.title_vectors = self._unit()
        counts = self.rng.integers(4, 15, self.n)
        self.skills_indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        drawn = self.rng.zipf(1.3, int(counts.sum())) - 1
        self.skills_indices = (drawn % len(taxonomy())).astype(np.int32)
        # One posting in five asks for one of two skills.
        self.skills_either = np.zeros(len(drawn), dtype=np.uint8)
        choosing = self.skills_indptr[:-1][self.rng.random(self.n) < 0.2]
        self.skills_either[np.concatenate([choosing, choosing + 1])] = 1
        known = np.array([COUNTRIES.index(country) for country in USED_COUNTRIES])
        codes = np.zeros((self.n, 4), dtype=np.uint16)
        codes[:, 0] = known[self.rng.integers(0, len(known), self.n)]
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
        }

    def _unit(self) -> NDArray[np.float16]:
        made = np.empty((self.n, DIMS), dtype=np.float16)
        for start in range(0, self.n, 50_000):
            block = self.rng.standard_normal((min(50_000, self.n - start), DIMS), dtype=np.float32)
            made[start : start + len(block)] = block / np.linalg.norm(block, axis=1, keepdims=True)
        made[self.rng.random(self.n) < 0.001] = 0
        return made

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the postings."""
        return [f"{at:024x}" for at in range(self.n)]

    def record(self, position: int) -> PostingSummary:
        """A summary, read from JSON as the real one is; only its place is looked at by ranking."""
        text = f'{{"id":"{self.ids[position]}","title":"Engineer","url":"https://example.com","places":[],'
        return PostingSummary.model_validate_json(text + '"source_id":"random","attribution":"none"}')


def people(count: int) -> list[tuple[Profile, Preferences]]:
    """Different people with 22 skills and two titles each."""
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
