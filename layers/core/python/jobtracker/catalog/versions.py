"""The version of an index: a hash of what it shows and holds, whatever the history that led there."""

import hashlib
import json
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jobtracker.artifacts.model import Manifest
from jobtracker.catalog.columns import HASH_BYTES, skills_version
from jobtracker.catalog.state import CLOSED, State
from jobtracker.catalog.table import Table
from jobtracker.postings.fingerprint import mixed

# Part of every version: raise it at each change of what files an index has, or of what is in them.
FORMAT: Final = 4
FORMAT_KEY: Final = "format"
_ID_BYTES: Final = 32
_SEEDS: Final = (0x243F6A8885A308D3, 0x13198A2E03707344)


def is_readable(manifest: Manifest) -> bool:
    """Whether this code can read the index that was published with a manifest."""
    return manifest.ours and manifest.metadata.get(FORMAT_KEY) == str(FORMAT)


def version_of(table: Table, state: State, encoder_version: str | None) -> str:
    """The version of these rows. The sum of their hashes is the same in any order."""
    live = state.live()
    standing = live.copy()
    if state.canonical:
        duplicates = np.array(list(state.canonical), dtype=np.int64)
        standing[np.searchsorted(live, duplicates)] = list(state.canonical.values())
    words = np.concatenate(
        [
            _words(table.ids(live)),
            _words(table.ids(standing)),
            np.ascontiguousarray(table.column("hash", live)).view(np.uint64).reshape(len(live), HASH_BYTES // 8),
            (state.flags[live] & CLOSED).astype(np.uint64)[:, None],
        ],
        axis=1,
    )
    sums = [f"{int(_hashed(words, seed).sum()):016x}" for seed in _SEEDS]
    separated = json.dumps(dict(sorted(state.separated.items())))
    parts = (str(FORMAT), skills_version(), encoder_version or "", str(len(live)), *sums, separated)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _words(ids: NDArray[np.bytes_]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(ids.astype(f"S{_ID_BYTES}")).view(np.uint64).reshape(len(ids), _ID_BYTES // 8)


def _hashed(words: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    found = np.full(len(words), seed, dtype=np.uint64)
    for column in words.T:
        found = mixed(found * np.uint64(0x9E3779B97F4A7C15) + column)
    return found
