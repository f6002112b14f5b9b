"""A segment: rows that were written once, with their records and whole postings. Later versions only hide some."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.columns import COLUMN_TYPES
from jobtracker.catalog.lines import Lines, LineWriter
from jobtracker.catalog.model import SegmentInfo
from jobtracker.catalog.ragged import Ragged
from jobtracker.catalog.rows import KEY_TYPES, LIST_TYPES, NAMED, TYPES, Rows, Vectors
from jobtracker.postings.model import StoredPosting

FOLDER: Final = "segments"
IDS, BY_ID, SLOTS, FACTS, KEYS, LISTS, RECORDS, NAMES = (
    "ids.npy",
    "by_id.npy",
    "slots.npy",
    "facts.npz",
    "keys.npz",
    "lists.npz",
    "records.bin",
    "names.json",
)
# Whole postings lie in files of so many, so that the few which are needed again can be had without the rest.
CHUNK: Final = 4096

FileOf = Callable[[str], Path]


def vector_files(encoder_version: str) -> tuple[str, str]:
    """Where the vectors of texts and of titles lie."""
    return f"vectors-{encoder_version}.npy", f"titles-{encoder_version}.npy"


def chunk_file(number: int) -> str:
    """Where the whole postings of a chunk lie."""
    return f"postings-{number:04d}.bin"


class Segment:
    """An opened segment. Files are asked for when they are first needed: they may not be on this disk yet."""

    def __init__(self, info: SegmentInfo, file: FileOf) -> None:
        self.info = info
        self.file = file
        self._columns: dict[str, NDArray[Any]] = {}
        self._chunks: dict[int, Lines] = {}

    @property
    def n(self) -> int:
        """The number of rows."""
        return self.info.rows

    def path(self, name: str) -> Path:
        """One file of the segment."""
        return self.file(f"{FOLDER}/{self.info.name}/{name}")

    @cached_property
    def ids(self) -> NDArray[np.bytes_]:
        """Ids by row."""
        return np.asarray(np.load(self.path(IDS), mmap_mode="r"))

    @cached_property
    def _by_id(self) -> NDArray[np.int32]:
        return np.asarray(np.load(self.path(BY_ID), mmap_mode="r"))

    def rows_of(self, posting_id: bytes) -> list[int]:
        """The rows that a posting has, the oldest first."""
        order, found = self._by_id, []
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if bytes(self.ids[order[middle]]) < posting_id:
                low = middle + 1
            else:
                high = middle
        while low < len(order) and bytes(self.ids[order[low]]) == posting_id:
            found.append(int(order[low]))
            low += 1
        return found

    def column(self, name: str) -> NDArray[Any]:
        """One column."""
        if name == "slot":
            return self._slots
        if name not in self._columns:
            with np.load(self.path(KEYS if name in KEY_TYPES else FACTS), allow_pickle=False) as columns:
                self._columns[name] = columns[name]
        return self._columns[name]

    @cached_property
    def _slots(self) -> NDArray[np.int32]:
        # Apart from the others: a search needs no more to tell which posting it found.
        return np.asarray(np.load(self.path(SLOTS)))

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Names by the numbers that columns hold: of sources, and of types of employment."""
        return dict(json.loads(self.path(NAMES).read_bytes()))

    @cached_property
    def lists(self) -> dict[str, Ragged]:
        """Each row's skills and countries."""
        with np.load(self.path(LISTS), allow_pickle=False) as held:
            return {name: Ragged(held[f"{name}_lengths"].astype(np.int64), held[name]) for name in LIST_TYPES}

    def vectors(self, encoder_version: str) -> tuple[Vectors, Vectors]:
        """The vectors of texts and of titles, mapped from disk."""
        text, title = (np.load(self.path(name), mmap_mode="r") for name in vector_files(encoder_version))
        return text, title

    @cached_property
    def records(self) -> Lines:
        """Records by row."""
        return Lines(self.path(RECORDS))

    def whole(self, row: int) -> StoredPosting:
        """A row's posting with its text, as it was written."""
        number = row // CHUNK
        if number not in self._chunks:
            self._chunks[number] = Lines(self.path(chunk_file(number)))
        return StoredPosting.model_validate_json(self._chunks[number][row % CHUNK])

    def whole_lines(self) -> Iterator[bytes]:
        """All rows' postings with their texts, as JSON."""
        for number in range(self.info.chunks):
            yield from Lines(self.path(chunk_file(number)))

    def rows(self, encoder_version: str | None) -> Rows:
        """All rows as arrays."""
        columns = {name: self.column(name) for name in TYPES}
        return Rows(self.ids, columns, self.lists, None if encoder_version is None else self.vectors(encoder_version))


class SegmentWriter:
    """Writes a segment into the folder of segments below ``to``; under its name once it is whole."""

    def __init__(self, to: Path) -> None:
        self._folder = to / FOLDER
        self._staged = self._folder / f".{uuid4().hex}"
        self._parts: list[Rows] = []
        self._names: dict[str, dict[str, int]] = {column: {} for column in NAMED}
        self._chunk: LineWriter | None = None
        self._n = 0

    def __enter__(self) -> Self:
        self._staged.mkdir(parents=True)
        self._records = LineWriter(self._staged / RECORDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        shutil.rmtree(self._staged, ignore_errors=True)

    @property
    def n(self) -> int:
        """The rows written so far."""
        return self._n

    def numbers(self, column: str, names: Iterable[str]) -> list[int]:
        """The numbers of these names in this segment."""
        known = self._names[column]
        return [known.setdefault(name, len(known)) for name in names]

    def add(self, rows: Rows, records: Iterable[bytes], wholes: Iterable[bytes]) -> None:
        """Append rows, each with its record and its whole posting."""
        self._parts.append(rows)
        for record, whole in zip(records, wholes, strict=True):
            self._records.add(record)
            if self._n % CHUNK == 0:
                self._next_chunk()
            assert self._chunk is not None  # noqa: S101  # the first row opened one
            self._chunk.add(whole)
            self._n += 1

    def finish(self, encoder_version: str | None) -> SegmentInfo:
        """Write the arrays and give the segment its name, which is a hash of what it holds."""
        self._close()
        rows = Rows.together(self._parts)
        np.save(self._staged / IDS, rows.ids)
        np.save(self._staged / BY_ID, np.argsort(rows.ids, kind="stable").astype(np.int32))
        np.save(self._staged / SLOTS, rows.columns["slot"])
        for file, kinds in ((FACTS, COLUMN_TYPES.keys() - {"slot"}), (KEYS, KEY_TYPES)):
            columns = {name: rows.columns[name] for name in TYPES if name in kinds}
            np.savez(self._staged / file, allow_pickle=False, **columns)
        lists = {name: one.values for name, one in rows.lists.items()}
        lists |= {f"{name}_lengths": one.lengths.astype(np.uint16) for name, one in rows.lists.items()}
        np.savez(self._staged / LISTS, allow_pickle=False, **lists)
        (self._staged / NAMES).write_text(json.dumps({column: list(names) for column, names in self._names.items()}))
        write_vectors(self._staged, rows.vectors, encoder_version)
        content = hashlib.sha256()
        for part in (rows.ids, rows.columns["hash"], rows.columns["slot"], rows.lists["skills"].values):
            content.update(np.ascontiguousarray(part).tobytes())
        name = content.hexdigest()[:20]
        shutil.rmtree(self._folder / name, ignore_errors=True)
        self._staged.rename(self._folder / name)
        return SegmentInfo(name=name, rows=rows.n, chunks=-(-rows.n // CHUNK))

    def _next_chunk(self) -> None:
        if self._chunk is not None:
            self._chunk.close()
        self._chunk = LineWriter(self._staged / chunk_file(self._n // CHUNK))

    def _close(self) -> None:
        for writer in (self._records, self._chunk):
            if writer is not None:
                writer.close()


def write_vectors(folder: Path, vectors: tuple[Vectors, Vectors] | None, encoder_version: str | None) -> None:
    """Write both arrays of vectors where an encoder made any."""
    if vectors is not None and encoder_version is not None:
        for name, array in zip(vector_files(encoder_version), vectors, strict=True):
            np.save(folder / name, array)
