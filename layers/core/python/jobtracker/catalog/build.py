"""Building a catalog index: from postings alone, or from the index before and what changed since.

Rows are ordered by posting id, so that the same postings give the same arrays whatever the history. Text documents
are known by a slot, a number given once and for all: a row's position may move without the text index noticing.
"""

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

import numpy as np
import tantivy
from numpy.typing import NDArray

from jobtracker.catalog import text_index
from jobtracker.catalog.columns import HASH_BYTES, Rows, skills_version
from jobtracker.catalog.index import INFO, OFFSETS, POSTINGS, RECORDS, CatalogIndex
from jobtracker.catalog.model import SUMMARY_FIELDS, IndexInfo
from jobtracker.postings.model import Posting
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder

# Part of every version: raise it when the files of an index change their meaning.
FORMAT = 1
BATCH = 512
COMPRESSION = 1


def build(postings: Iterable[Posting], encoder: Encoder | None, to: Path) -> IndexInfo:
    """Build an index of ``postings`` into the new directory ``to``; of several with one id the last counts."""
    return _assemble(None, postings, frozenset(), encoder, to)


def build_next(
    previous: CatalogIndex,
    put: Iterable[Posting],
    removed: Iterable[str],
    encoder: Encoder | None,
    to: Path,
) -> IndexInfo:
    """Build the index that follows ``previous``, reusing what it knows about the postings that did not change.

    Vectors, records and documents are computed anew for all only when the encoder or the taxonomy changed. A posting
    that is both put and removed stays.
    """
    latest = {posting.id: posting for posting in put}
    removed = frozenset(removed) - latest.keys()
    if _reusable(previous, encoder):
        changed = (posting for posting in latest.values() if not _holds(previous, posting))
        return _assemble(previous, changed, removed, encoder, to)
    kept = (posting for posting in read_postings(previous.directory) if posting.id not in removed | latest.keys())
    return _assemble(None, chain(kept, latest.values()), frozenset(), encoder, to)


def read_postings(directory: Path) -> Iterator[Posting]:
    """All postings of an index, whole, ordered by id."""
    with gzip.open(directory / POSTINGS, "rb") as lines:
        for line in lines:
            yield Posting.model_validate_json(line)


def posting_text(posting: Posting) -> str:
    """The text that stands for a posting before the encoder: its title counts twice."""
    skills = ", ".join(taxonomy().names(posting.skills))
    return "\n".join((posting.title, posting.title, skills, posting.description_text))


def _holds(index: CatalogIndex, posting: Posting) -> bool:
    """Whether the index has the posting with this very content."""
    at = index.position(posting.id)
    return at is not None and index.hashes[at].tobytes() == bytes.fromhex(posting.content_hash)[:HASH_BYTES]


def _reusable(previous: CatalogIndex, encoder: Encoder | None) -> bool:
    info = previous.info
    same = info.format == FORMAT and info.skills_version == skills_version()
    # Slots of postings that went away are never used again; past this many the text index is made anew.
    sparse = info.next_slot > 2 * info.postings + 100_000
    return same and not sparse and info.encoder_version == (None if encoder is None else encoder.version)


def _assemble(
    previous: CatalogIndex | None, put: Iterable[Posting], removed: frozenset[str], encoder: Encoder | None, to: Path
) -> IndexInfo:
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as spool:
        text = _text(previous, to)
        writer = text_index.writer(text, incremental=previous is not None)
        with _Spool(Path(spool)) as lines:
            rows, next_slot = _new_rows(previous.info.next_slot if previous else 0, put, encoder, writer, lines)
        old = previous.rows() if previous is not None else None
        order, survivors = _merge(old, rows, removed)
        kept = rows if old is None else Rows.together([old, rows])
        merged = kept.take(order)
        _drop(writer, kept.columns["slot"], order)
        writer.commit()
        writer.wait_merging_threads()
        merged.save(to)
        _write_lines(previous, lines, order, 0 if old is None else old.n, to)
    info = IndexInfo(
        format=FORMAT,
        version=_version(merged, encoder),
        postings=survivors,
        encoder_version=None if encoder is None else encoder.version,
        dims=0 if encoder is None else encoder.dims,
        skills_version=skills_version(),
        next_slot=next_slot,
    )
    (to / INFO).write_text(info.model_dump_json())
    return info


def _text(previous: CatalogIndex | None, to: Path) -> tantivy.Index:
    if previous is None:
        return text_index.create_text(to)
    shutil.copytree(previous.directory / text_index.DIRECTORY, to / text_index.DIRECTORY)
    return text_index.open_text(to)


def _version(rows: Rows, encoder: Encoder | None) -> str:
    parts = (str(FORMAT), skills_version(), "" if encoder is None else encoder.version, rows.digest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class _Spool:
    """New rows' records and whole postings as lines on disk, until their place in the order is known."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files: dict[str, IO[bytes]] = {}
        self._bounds: dict[str, list[int]] = {RECORDS: [0], POSTINGS: [0]}

    def __enter__(self) -> "_Spool":
        self._files = {name: (self._directory / name).open("w+b") for name in self._bounds}
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, posting: Posting) -> None:
        """Keep one posting's lines."""
        self._add(RECORDS, posting.model_dump_json(include=SUMMARY_FIELDS))
        self._add(POSTINGS, posting.model_dump_json())

    def _add(self, name: str, line: str) -> None:
        self._bounds[name].append(self._bounds[name][-1] + self._files[name].write(line.encode() + b"\n"))

    def reader(self, name: str) -> "_Lines":
        """Random access to the lines kept under ``name``."""
        return _Lines(self._directory / name, self._bounds[name])


class _Lines:
    def __init__(self, path: Path, bounds: list[int]) -> None:
        self._file = path.open("rb")
        self._bounds = bounds

    def __getitem__(self, at: int) -> bytes:
        self._file.seek(self._bounds[at])
        return self._file.read(self._bounds[at + 1] - self._bounds[at])

    def close(self) -> None:
        self._file.close()


def _new_rows(
    slot: int,
    put: Iterable[Posting],
    encoder: Encoder | None,
    writer: tantivy.IndexWriter,
    lines: _Spool,
) -> tuple[Rows, int]:
    """Rows of ``put``, whose documents take the slots from ``slot`` on; also the next free slot."""
    parts = [Rows.empty(None if encoder is None else encoder.dims)]
    todo = iter(put)
    while batch := list(islice(todo, BATCH)):
        for at, posting in enumerate(batch):
            writer.add_document(text_index.document(posting, slot + at))
            lines.add(posting)
        vectors = titles = None
        if encoder is not None:
            vectors = encoder.encode([posting_text(posting) for posting in batch])
            titles = encoder.encode([posting.title for posting in batch])
        parts.append(Rows.of(batch, range(slot, slot + len(batch)), vectors, titles))
        slot += len(batch)
    return Rows.together(parts), slot


def _merge(old: Rows | None, new: Rows, removed: frozenset[str]) -> tuple[NDArray[np.int64], int]:
    """Which of the old rows followed by the new ones remain, in the order of their ids."""
    ids = new.ids if old is None else np.concatenate([old.ids, new.ids])
    # Stable, so that of several rows with one id the last given comes last, and it is the one that counts.
    order = np.argsort(ids, kind="stable").astype(np.int64)
    ordered = ids[order]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = ordered[1:] != ordered[:-1]
    if removed:
        last &= ~np.isin(ordered, np.array([posting_id.encode() for posting_id in removed], dtype=np.bytes_))
    order = order[last]
    return order, len(order)


def _drop(writer: tantivy.IndexWriter, slots: NDArray[np.int32], order: NDArray[np.int64]) -> None:
    """Delete the documents of rows that do not remain."""
    gone = np.ones(len(slots), dtype=bool)
    gone[order] = False
    for slot in slots[gone].tolist():
        writer.delete_documents_by_term("slot", slot)


def _write_lines(previous: CatalogIndex | None, lines: _Spool, order: NDArray[np.int64], old: int, to: Path) -> None:
    """Write records and whole postings in the rows' order; old lines are copied as they are."""
    records, postings = lines.reader(RECORDS), lines.reader(POSTINGS)
    lengths = np.zeros(len(order) + 1, dtype=np.int64)
    with (to / RECORDS).open("wb") as record_file, gzip.open(to / POSTINGS, "wb", compresslevel=COMPRESSION) as whole:
        earlier = _OldLines(previous)
        for at, row in enumerate(order.tolist()):
            if row < old and previous is not None:
                line = previous.record_bytes(row) + b"\n"
                whole.write(earlier.line(row))
            else:
                line = records[row - old]
                whole.write(postings[row - old])
            lengths[at + 1] = record_file.write(line)
        earlier.close()
    records.close()
    postings.close()
    np.save(to / OFFSETS, np.cumsum(lengths))


class _OldLines:
    """The previous index's whole postings, read once from front to back."""

    def __init__(self, previous: CatalogIndex | None) -> None:
        self._file = None if previous is None else gzip.open(previous.directory / POSTINGS, "rb")  # noqa: SIM115
        self._at = -1

    def line(self, row: int) -> bytes:
        """The line of ``row``; rows must be asked for in ascending order."""
        line = b""
        while self._file is not None and self._at < row:
            line = self._file.readline()
            self._at += 1
        return line

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
