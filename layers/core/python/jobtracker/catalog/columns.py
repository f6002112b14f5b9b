"""A posting's values in the columns that ranking and filtering read, and rows of them as arrays."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from jobtracker.postings.model import Pay, Posting, Seniority, WorkMode
from jobtracker.postings.pay import in_usd_per_year
from jobtracker.skills.taxonomy import taxonomy

SECONDS_PER_DAY = 86_400
MAX_COUNTRIES = 4
HASH_BYTES = 16

WORK_MODES = {WorkMode.ONSITE: 1, WorkMode.HYBRID: 2, WorkMode.REMOTE: 3}
SENIORITIES = {level: at for at, level in enumerate(Seniority, start=1)}
# Every pair of letters has its code for good, so that old and new rows can be put together as they are.
COUNTRIES: list[str] = ["", *(a + b for a in ascii_uppercase for b in ascii_uppercase)]
_COUNTRY_CODES = {country: at for at, country in enumerate(COUNTRIES) if country}

COLUMN_TYPES: dict[str, type[np.generic]] = {
    "work_mode": np.uint8,
    "seniority": np.uint8,
    "pay_min_usd": np.float32,
    "pay_max_usd": np.float32,
    "latitude": np.float32,
    "longitude": np.float32,
    "posted_day": np.int32,
    "country_codes": np.uint16,
    "slot": np.int32,
}


def skills_version() -> str:
    """A hash of the taxonomy's order of skills: rows made under another one cannot be reused."""
    return hashlib.sha256("\n".join(taxonomy().index).encode()).hexdigest()[:16]


def countries_of(posting: Posting) -> tuple[str, ...]:
    """The countries in which a posting's work can be done, as named by it."""
    named = [place.country for place in posting.places if place.country] + list(posting.remote_countries)
    return tuple(dict.fromkeys(country.upper() for country in named))


def pay_in_usd(pay: Pay | None) -> tuple[float, float]:
    """Lowest and highest yearly pay in US dollars; NaN where it is not stated."""
    converted = None if pay is None else in_usd_per_year(pay)
    if converted is None:
        return float("nan"), float("nan")
    low, high = converted
    return float("nan") if low is None else low, float("nan") if high is None else high


def best_pay(pay: Pay | None) -> float | None:
    """The highest yearly pay that is stated, in US dollars."""
    stated = [amount for amount in pay_in_usd(pay) if amount == amount]  # noqa: PLR0124 - NaN is unequal to itself
    return max(stated, default=None)


def seconds(moment: datetime | None) -> int:
    """Seconds since 1970, or -1 for an unknown moment."""
    if moment is None:
        return -1
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def values_of(posting: Posting, slot: int) -> dict[str, Any]:
    """The posting's value in each column."""
    low, high = pay_in_usd(posting.pay)
    place = next((place for place in posting.places if place.latitude is not None), None)
    codes = [_COUNTRY_CODES[country] for country in countries_of(posting) if country in _COUNTRY_CODES]
    posted = seconds(posting.posted_at)
    return {
        "work_mode": WORK_MODES[posting.work_mode] if posting.work_mode else 0,
        "seniority": SENIORITIES[posting.seniority] if posting.seniority else 0,
        "pay_min_usd": low,
        "pay_max_usd": high,
        "latitude": np.nan if place is None else place.latitude,
        "longitude": np.nan if place is None or place.longitude is None else place.longitude,
        "posted_day": posted // SECONDS_PER_DAY,
        "country_codes": (codes + [0] * MAX_COUNTRIES)[:MAX_COUNTRIES],
        "slot": slot,
    }


def skill_indices(posting: Posting) -> list[int]:
    """The taxonomy's indices of the posting's skills, each once."""
    index = taxonomy().index
    return list(dict.fromkeys(index[skill] for skill in posting.skills if skill in index))


@dataclass(frozen=True)
class Rows:
    """Rows of the index as arrays. ``lengths`` are each row's number of skills."""

    ids: NDArray[np.bytes_]
    hashes: NDArray[np.uint8]
    columns: dict[str, NDArray[Any]]
    lengths: NDArray[np.int64]
    skills: NDArray[np.int32]
    vectors: NDArray[np.float16] | None
    title_vectors: NDArray[np.float16] | None

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.ids)

    @classmethod
    def empty(cls, dims: int | None) -> Self:
        """No rows; ``dims`` is the vectors' length, None for no vectors."""
        none = None if dims is None else np.empty((0, dims), dtype=np.float16)
        columns: dict[str, NDArray[Any]] = {name: np.empty(0, dtype=kind) for name, kind in COLUMN_TYPES.items()}
        columns["country_codes"] = np.empty((0, MAX_COUNTRIES), dtype=np.uint16)
        return cls(
            np.empty(0, dtype="S1"),
            np.empty((0, HASH_BYTES), dtype=np.uint8),
            columns,
            np.empty(0, dtype=np.int64),
            np.empty(0, dtype=np.int32),
            none,
            none,
        )

    @classmethod
    def of(
        cls, postings: list[Posting], slots: range, vectors: NDArray[Any] | None, title_vectors: NDArray[Any] | None
    ) -> Self:
        """The rows of ``postings``."""
        values = [values_of(posting, slot) for posting, slot in zip(postings, slots, strict=True)]
        skills = [skill_indices(posting) for posting in postings]
        digests = b"".join(bytes.fromhex(posting.content_hash)[:HASH_BYTES] for posting in postings)
        return cls(
            np.array([posting.id.encode() for posting in postings], dtype=np.bytes_),
            np.frombuffer(digests, dtype=np.uint8).reshape(-1, HASH_BYTES),
            {name: np.array([row[name] for row in values], dtype=kind) for name, kind in COLUMN_TYPES.items()},
            np.array([len(row) for row in skills], dtype=np.int64),
            np.array([skill for row in skills for skill in row], dtype=np.int32),
            None if vectors is None else vectors.astype(np.float16),
            None if title_vectors is None else title_vectors.astype(np.float16),
        )

    @classmethod
    def together(cls, parts: "list[Rows]") -> Self:
        """All rows of ``parts``, one after another."""
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.hashes for part in parts]),
            {name: np.concatenate([part.columns[name] for part in parts]) for name in COLUMN_TYPES},
            np.concatenate([part.lengths for part in parts]),
            np.concatenate([part.skills for part in parts]),
            _joined([part.vectors for part in parts]),
            _joined([part.title_vectors for part in parts]),
        )

    def take(self, chosen: NDArray[np.int64]) -> "Rows":
        """The rows at the positions ``chosen``, in that order."""
        starts = np.concatenate(([0], np.cumsum(self.lengths)))[:-1][chosen] if self.n else chosen
        lengths = self.lengths[chosen]
        first = np.cumsum(lengths) - lengths
        inside = np.arange(int(lengths.sum()), dtype=np.int64) - np.repeat(first, lengths)
        return Rows(
            self.ids[chosen],
            self.hashes[chosen],
            {name: column[chosen] for name, column in self.columns.items()},
            lengths,
            self.skills[np.repeat(starts, lengths) + inside],
            None if self.vectors is None else self.vectors[chosen],
            None if self.title_vectors is None else self.title_vectors[chosen],
        )

    def digest(self) -> str:
        """A hash over ids and contents, in this order."""
        return hashlib.sha256(b"\n".join(self.ids.tolist()) + self.hashes.tobytes()).hexdigest()

    def save(self, directory: Path) -> None:
        """Write the arrays."""
        np.save(directory / "ids.npy", self.ids)
        np.save(directory / "hashes.npy", self.hashes)
        np.savez(directory / "columns.npz", allow_pickle=False, **self.columns)
        np.save(directory / "skills_indptr.npy", np.concatenate(([0], np.cumsum(self.lengths))).astype(np.int64))
        np.save(directory / "skills_indices.npy", self.skills)
        for name, vectors in (("vectors", self.vectors), ("title_vectors", self.title_vectors)):
            if vectors is not None:
                np.save(directory / f"{name}.npy", vectors)


def _joined(parts: list[NDArray[np.float16] | None]) -> NDArray[np.float16] | None:
    present = [part for part in parts if part is not None]
    return np.concatenate(present) if len(present) == len(parts) and present else None
