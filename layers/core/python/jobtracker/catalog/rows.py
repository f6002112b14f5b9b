"""Rows of an index as arrays: what ranking, duplicates and coverage read of each posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.columns import (
    COLUMN_TYPES,
    HASH_BYTES,
    MAX_COUNTRIES,
    country_codes,
    skill_groups,
    skill_indices,
    values_of,
)
from jobtracker.catalog.ragged import Ragged
from jobtracker.postings.duplicates import Keys, traits_of
from jobtracker.postings.fingerprint import BINS, fingerprints
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.postings.traits import LINKS, PLACES
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder

KEYS: Final = ("company", "work", "links", "places")
_WIDTHS: Final = {
    "country_codes": MAX_COUNTRIES,
    "key_links": LINKS,
    "key_places": PLACES,
    "hash": HASH_BYTES,
    "fingerprint": BINS,
}
# What tells a posting from others, read only by who builds the next index.
KEY_TYPES: Final[dict[str, type[np.generic]]] = {
    "hash": np.uint8,
    "fingerprint": np.uint8,
    "text_length": np.uint32,
    **{f"key_{name}": np.uint64 for name in KEYS},
}
TYPES: Final[dict[str, type[np.generic]]] = COLUMN_TYPES | KEY_TYPES
# Columns that hold numbers of names, which each segment numbers for itself.
NAMED: Final = ("source", "employment_type")
LIST_TYPES: Final[dict[str, type[np.generic]]] = {"skills": np.int32, "either": np.uint8, "countries": np.uint16}

Columns = dict[str, NDArray[Any]]
Vectors = NDArray[np.float16]


@dataclass(frozen=True)
class Rows:
    """Rows as arrays. ``lists`` are each row's skills, their groups and countries; ``vectors`` of text and title."""

    ids: NDArray[np.bytes_]
    columns: Columns
    lists: dict[str, Ragged]
    vectors: tuple[Vectors, Vectors] | None

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.ids)

    @classmethod
    def of(
        cls, batch: Sequence[StoredPosting], slots: range, names: dict[str, list[int]], encoder: Encoder | None
    ) -> Self:
        """The rows of a batch; ``names`` are the numbers of its postings' names in their segment, by column."""
        postings = [stored.posting for stored in batch]
        prints = fingerprints([posting.description_text for posting in postings])
        traits = [
            traits_of(posting, fingerprint.tobytes(), len(posting.description_text))
            for posting, fingerprint in zip(postings, prints, strict=True)
        ]
        values = [values_of(stored) for stored in batch]
        digests = b"".join(bytes.fromhex(posting.content_hash)[:HASH_BYTES] for posting in postings)
        keys = Keys.of(traits)
        given: Columns = {name: np.array([row[name] for row in values], dtype=TYPES[name]) for name in values[0]}
        given |= {name: np.array(numbers, dtype=TYPES[name]) for name, numbers in names.items()}
        given |= {f"key_{name}": getattr(keys, name) for name in KEYS}
        given |= {
            "hash": np.frombuffer(digests, dtype=np.uint8).reshape(-1, HASH_BYTES),
            "slot": np.array(slots, dtype=TYPES["slot"]),
            "fingerprint": prints,
            "text_length": np.array([one.length for one in traits], dtype=TYPES["text_length"]),
        }
        lists = {
            "skills": Ragged.of([skill_indices(posting) for posting in postings], LIST_TYPES["skills"]),
            "either": Ragged.of([skill_groups(posting) for posting in postings], LIST_TYPES["either"]),
            "countries": Ragged.of([country_codes(posting) for posting in postings], LIST_TYPES["countries"]),
        }
        ids = np.array([posting.id.encode() for posting in postings], dtype=np.bytes_)
        return cls(ids, given, lists, encoded(postings, encoder))

    @classmethod
    def together(cls, parts: "Sequence[Rows]") -> Self:
        """All rows of ``parts``, one after another."""
        vectors = [part.vectors for part in parts if part.vectors is not None]
        return cls(
            np.concatenate([part.ids for part in parts]),
            {name: np.concatenate([part.columns[name] for part in parts]) for name in TYPES},
            {name: Ragged.together([part.lists[name] for part in parts]) for name in LIST_TYPES},
            (np.concatenate([pair[0] for pair in vectors]), np.concatenate([pair[1] for pair in vectors]))
            if len(vectors) == len(parts)
            else None,
        )

    def take(self, chosen: NDArray[np.int64]) -> "Rows":
        """The rows at the positions ``chosen``, in that order."""
        return Rows(
            self.ids[chosen],
            {name: column[chosen] for name, column in self.columns.items()},
            {name: lists.take(chosen) for name, lists in self.lists.items()},
            None if self.vectors is None else (self.vectors[0][chosen], self.vectors[1][chosen]),
        )


def empty_column(name: str) -> NDArray[Any]:
    """The column of no rows."""
    width = _WIDTHS.get(name)
    return np.empty(0 if width is None else (0, width), dtype=TYPES[name])


def encoded(postings: Sequence[Posting], encoder: Encoder | None) -> tuple[Vectors, Vectors] | None:
    """The vectors of the postings' texts and of their titles; None without an encoder."""
    if encoder is None:
        return None
    texts = encoder.encode([posting_text(posting) for posting in postings])
    titles = encoder.encode([posting.title for posting in postings])
    return texts.astype(np.float16), titles.astype(np.float16)


def posting_text(posting: Posting) -> str:
    """The text that stands for a posting before the encoder: its title counts twice."""
    skills = ", ".join(taxonomy().names(posting.skills))
    return "\n".join((posting.title, posting.title, skills, posting.description_text))
