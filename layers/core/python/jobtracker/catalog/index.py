"""An opened catalog index: arrays mapped from disk, records on demand, and the text index when first searched."""

import mmap
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from jobtracker.catalog.columns import COUNTRIES, Rows
from jobtracker.catalog.model import IndexInfo, PostingSummary
from jobtracker.catalog.text_index import open_text

INFO = "info.json"
RECORDS = "records.jsonl"
OFFSETS = "offsets.npy"
POSTINGS = "postings.jsonl.gz"


class CatalogIndex:
    """All postings at one moment, ordered by id.

    Attributes:
        info: what it was built from.
        vectors: encoder vectors of the postings' texts [n, dims], None without an encoder.
        title_vectors: those of the titles.
        skills_indptr, skills_indices: each posting's skills as indices of the taxonomy, in compressed rows.
        columns: arrays by name, see ``columns.values_of``.
    """

    def __init__(self, directory: Path, info: IndexInfo) -> None:
        self.directory = directory
        self.info = info
        self.id_bytes: NDArray[np.bytes_] = self._array("ids.npy")
        self.skills_indptr: NDArray[np.int64] = self._array("skills_indptr.npy")
        self.skills_indices: NDArray[np.int32] = self._array("skills_indices.npy")
        self.vectors: NDArray[np.float16] | None = self._vectors("vectors.npy")
        self.title_vectors: NDArray[np.float16] | None = self._vectors("title_vectors.npy")
        with np.load(directory / "columns.npz", allow_pickle=False) as columns:
            self.columns: dict[str, NDArray[Any]] = {name: columns[name] for name in columns.files}

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the index that ``build`` wrote into ``directory``."""
        return cls(directory, IndexInfo.model_validate_json((directory / INFO).read_bytes()))

    @property
    def n(self) -> int:
        """The number of postings."""
        return self.info.postings

    @property
    def version(self) -> str:
        """The version: a hash of the postings and of the encoder's version."""
        return self.info.version

    @property
    def encoder_version(self) -> str | None:
        """The version of the encoder that made the vectors."""
        return self.info.encoder_version

    @property
    def countries(self) -> list[str]:
        """ISO codes by the number that ``columns["country_codes"]`` holds; number 0 is none."""
        return COUNTRIES

    @cached_property
    def ids(self) -> list[str]:
        """Posting ids by position."""
        return [raw.decode() for raw in self.id_bytes.tolist()]

    def position(self, posting_id: str) -> int | None:
        """The position of a posting, or None when it is not in the index."""
        raw = posting_id.encode(errors="replace")
        if not self.n:
            return None
        at = int(np.searchsorted(self.id_bytes, np.bytes_(raw)))
        return at if at < self.n and bytes(self.id_bytes[at]) == raw else None

    def record(self, position: int) -> PostingSummary:
        """The summary of the posting at ``position``."""
        return PostingSummary.model_validate_json(self.record_bytes(position))

    def record_bytes(self, position: int) -> bytes:
        """The same as JSON."""
        return bytes(self._records[int(self.offsets[position]) : int(self.offsets[position + 1]) - 1])

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where each record begins, and where the last one ends."""
        return self._array(OFFSETS)

    @cached_property
    def _records(self) -> mmap.mmap | bytes:
        if not self.n:
            return b""
        with (self.directory / RECORDS).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def text(self) -> tantivy.Index:
        """The text index."""
        return open_text(self.directory)

    @cached_property
    def searcher(self) -> tantivy.Searcher:
        """The text index's searcher."""
        return self.text.searcher()

    @cached_property
    def positions_by_slot(self) -> NDArray[np.int32]:
        """The position of each slot of the text index; -1 for a slot that is no longer in use."""
        positions = np.full(self.info.next_slot, -1, dtype=np.int32)
        positions[self.columns["slot"]] = np.arange(self.n, dtype=np.int32)
        return positions

    @cached_property
    def hashes(self) -> NDArray[np.uint8]:
        """The first bytes of each posting's content hash [n, 16]."""
        return self._array("hashes.npy")

    def rows(self) -> Rows:
        """All rows, for building the next index from this one."""
        return Rows(
            self.id_bytes,
            self.hashes,
            self.columns,
            np.diff(self.skills_indptr),
            self.skills_indices,
            self.vectors,
            self.title_vectors,
        )

    def _array(self, name: str) -> NDArray[Any]:
        # An empty array cannot be mapped.
        array: NDArray[Any] = np.load(self.directory / name, mmap_mode="r" if self.n else None, allow_pickle=False)
        return array

    def _vectors(self, name: str) -> NDArray[Any] | None:
        return self._array(name) if self.info.encoder_version is not None else None
