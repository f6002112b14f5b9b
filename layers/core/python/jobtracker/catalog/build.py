"""Building a catalog index: from postings alone, or from the index before and what changed since.

Rows are written once, in segments. A later version hides rows and adds segments; what it shows is the same as if it had
been built from nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

import numpy as np

from jobtracker.artifacts.files import link
from jobtracker.catalog import merging, resolve, versions
from jobtracker.catalog.columns import HASH_BYTES, seconds, skills_version
from jobtracker.catalog.index import INFO, CatalogIndex
from jobtracker.catalog.model import IndexInfo, record_json
from jobtracker.catalog.reencode import reencoded
from jobtracker.catalog.rows import Rows
from jobtracker.catalog.segment import FOLDER, Segment, SegmentWriter
from jobtracker.catalog.state import CLOSED, DUPLICATE, FILES, LIVE, State
from jobtracker.catalog.table import Table
from jobtracker.catalog.text_index import DIRECTORY
from jobtracker.catalog.text_writer import TextWriter
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.text.encoder import Encoder

BATCH: Final = 512
# A whole catalog is written in segments of so many rows, half of what a merge makes at most.
SEGMENT_ROWS: Final = 125_000


def build(put: Iterable[StoredPosting], encoder: Encoder | None, to: Path) -> IndexInfo:
    """Build an index of the postings ``put`` into the new directory ``to``; of several with one id the last counts."""
    return _Build(None, encoder, to).run(put, ())


def build_next(
    previous: CatalogIndex, put: Iterable[StoredPosting], removed: Iterable[str], encoder: Encoder | None, to: Path
) -> IndexInfo:
    """Build the index that follows ``previous``; what did not change is taken over file by file.

    Files of ``previous`` that lie on this disk get a second name in ``to``; those that do not are left out there, and
    stay part of the index all the same. A posting that is both put and removed stays. Everything is made anew only when
    the taxonomy or the format changed, and all vectors when the encoder did.
    """
    latest = {stored.posting.id: stored for stored in put}
    gone = frozenset(removed) - latest.keys()
    if previous.info.format == versions.FORMAT and previous.info.skills_version == skills_version():
        return _Build(previous, encoder, to).run(latest.values(), gone)
    replaced = gone | latest.keys()
    kept = (stored for stored in read_postings(previous) if stored.posting.id not in replaced)
    return _Build(None, encoder, to).run(chain(kept, latest.values()), ())


def read_postings(index: CatalogIndex) -> Iterator[StoredPosting]:
    """All postings of an index, whole, those that are not shown too."""
    for segment in index.table.segments:
        for slot, line in zip(segment.column("slot").tolist(), segment.whole_lines(), strict=True):
            if index.state.flags[slot] & LIVE:
                yield index.as_it_is(slot, StoredPosting.model_validate_json(line))


def read_sample(index: CatalogIndex, most: int) -> Iterator[Posting]:
    """At most so many of the postings that are shown, whole: evenly spaced in the order of their ids."""
    slots = index.shown
    if len(slots) > most:
        slots = slots[np.linspace(0, len(slots) - 1, most).astype(np.int64)]
    for slot in slots.tolist():
        yield index.table.whole(slot).posting


class _Build:
    """One build: what is known of the rows changes step by step, and is written down at the end."""

    def __init__(self, previous: CatalogIndex | None, encoder: Encoder | None, to: Path) -> None:
        to.mkdir(parents=True, exist_ok=True)
        (to / FOLDER).mkdir()
        self._previous, self._encoder, self._to = previous, encoder, to
        self._version = None if encoder is None else encoder.version
        self._state = State() if previous is None else previous.read_state()
        self._segments = [] if previous is None else list(previous.table.segments)
        self._next_slot = 0 if previous is None else previous.info.next_slot
        # Slots of what is written in this build, by posting id.
        self._slots: dict[str, int] = {}
        self._gone: set[int] = set()
        self._touched: set[int] = set()

    def run(self, put: Iterable[StoredPosting], removed: Iterable[str]) -> IndexInfo:
        """Build, and say what was built."""
        if self._previous is not None and self._version != self._previous.info.encoder_version:
            self._segments = [reencoded(segment, self._encoder, self._to) for segment in self._segments]
        before = self._state.flags == LIVE
        for posting_id in removed:
            if (slot := self._slot(posting_id)) is not None:
                self._drop(posting_id, slot)
        text = TextWriter(self._previous, self._to)
        self._write(put, text)
        table = Table(self._segments, self._next_slot)
        self._state.trim(self._next_slot)
        self._touched |= resolve.forget(self._state, self._gone)
        resolve.settle(table, self._state, self._touched)
        documents = text.finish(table, before, self._state.flags == LIVE)
        self._merge()
        return self._save(Table(self._segments, self._next_slot), documents)

    def _write(self, put: Iterable[StoredPosting], text: TextWriter) -> None:
        fresh = self._fresh(put)
        while first := next(fresh, None):
            with SegmentWriter(self._to) as writer:
                start = first[0]
                part = chain([first], islice(fresh, SEGMENT_ROWS - 1))
                while batch := list(islice(part, BATCH)):
                    slots = range(batch[0][0], batch[-1][0] + 1)
                    postings = [stored for _, stored in batch]
                    names = {
                        "source": writer.numbers("source", (one.posting.source_id for one in postings)),
                        "employment_type": writer.numbers(
                            "employment_type", (one.posting.employment_type or "" for one in postings)
                        ),
                    }
                    rows = Rows.of(postings, slots, names, self._encoder)
                    records = (record_json(stored).encode() for stored in postings)
                    writer.add(rows, records, (stored.model_dump_json().encode() for stored in postings))
                    text.add(batch)
                self._segments.append(Segment(writer.finish(self._version), self._file))
            self._compare(np.arange(start, self._next_slot))

    def _fresh(self, put: Iterable[StoredPosting]) -> Iterator[tuple[int, StoredPosting]]:
        """Postings that need a new row, with its slot; of the others, what is new is noted."""
        for stored in put:
            posting_id = stored.posting.id
            slot = self._slot(posting_id)
            if slot is not None and self._holds(slot, stored):
                self._renew(slot, stored)
                continue
            if slot is not None:
                self._drop(posting_id, slot)
            slot = self._next_slot
            self._next_slot += 1
            self._slots[posting_id] = slot
            self._state.grow(self._next_slot)
            self._state.flags[slot] = LIVE
            self._renew(slot, stored)
            yield slot, stored

    def _renew(self, slot: int, stored: StoredPosting) -> None:
        """Note what may change of a posting without its content."""
        posting_id, closed = stored.posting.id, stored.life.closed_at
        closed_at = None if closed is None else seconds(closed)
        if self._state.closed_at.get(slot) != closed_at:
            self._state.close(slot, closed_at)
            self._touched.add(slot)
        separated = tuple(sorted(stored.separated))
        if self._state.separated.get(posting_id, ()) != separated:
            self._state.separated.pop(posting_id, None)
            if separated:
                self._state.separated[posting_id] = separated
            self._touched.add(slot)

    def _holds(self, slot: int, stored: StoredPosting) -> bool:
        """Whether a row of the index before has this very content."""
        if self._previous is None or slot >= self._previous.info.next_slot:
            return False
        held = self._previous.table.column("hash", np.array([slot]))[0]
        return bool(held.tobytes() == bytes.fromhex(stored.posting.content_hash)[:HASH_BYTES])

    def _slot(self, posting_id: str) -> int | None:
        """The row that counts for a posting."""
        if posting_id in self._slots:
            return self._slots[posting_id]
        held = () if self._previous is None else self._previous.table.slots_of(posting_id)
        return next((slot for slot in held if self._state.flags[slot] & LIVE), None)

    def _drop(self, posting_id: str, slot: int) -> None:
        self._state.drop(slot)
        self._state.separated.pop(posting_id, None)
        self._slots.pop(posting_id, None)
        self._gone.add(slot)

    def _compare(self, new: np.ndarray) -> None:
        """Find the duplicates of rows just written, among these and all others."""
        new = new[(self._state.flags[new] & LIVE) != 0]
        resolve.find_edges(Table(self._segments, self._next_slot), self._state, new)
        self._touched.update(new.tolist())

    def _merge(self) -> None:
        live = [int(np.count_nonzero(self._state.flags[one.column("slot")] & LIVE)) for one in self._segments]
        groups = merging.plan([segment.n for segment in self._segments], live)
        replaced = {at for group in groups for at in group}
        made = [
            merging.merged([self._segments[at] for at in group], self._state, self._version, self._to)
            for group in groups
        ]
        kept = [segment for at, segment in enumerate(self._segments) if at not in replaced]
        self._segments = kept + [segment for segment in made if segment is not None]

    def _save(self, table: Table, documents: int) -> IndexInfo:
        live = self._state.live()
        flags = self._state.flags[live]
        info = IndexInfo(
            format=versions.FORMAT,
            version=versions.version_of(table, self._state, self._version),
            postings=int(np.count_nonzero(flags == LIVE)),
            encoder_version=self._version,
            dims=0 if self._encoder is None else self._encoder.dims,
            skills_version=skills_version(),
            next_slot=self._next_slot,
            documents=documents,
            rows=len(live),
            closed=int(np.count_nonzero(flags & CLOSED)),
            duplicates=int(np.count_nonzero((flags & DUPLICATE != 0) & (flags & CLOSED == 0))),
            segments=tuple(segment.info for segment in self._segments),
        )
        self._state.save(self._to)
        (self._to / INFO).write_text(info.model_dump_json())
        self._carry(info)
        return info

    def _carry(self, info: IndexInfo) -> None:
        """Give a second name to what the index before has on this disk of the segments that stay; drop the others'."""
        kept = {segment.name for segment in info.segments}
        merging.forget_others(self._to, kept)
        if self._previous is None:
            return
        for name in kept:
            earlier = self._previous.directory / FOLDER / name
            for path in earlier.glob("*") if earlier.is_dir() else ():
                target = self._to / FOLDER / name / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists() and not (path.suffix == ".npy" and self._outdated(path.name)):
                    link(path, target)

    def _outdated(self, name: str) -> bool:
        """Whether a file holds vectors of another encoder."""
        return name.startswith(("vectors-", "titles-")) and (self._version is None or self._version not in name)

    def _file(self, path: str) -> Path:
        here = self._to / path
        return here if here.exists() or self._previous is None else self._previous.file(path)


def parts_kept(info: IndexInfo, directory: Path, earlier: Iterable[str]) -> list[str]:
    """Which ``earlier`` files of the index before are files of the one in ``directory`` too.

    Segments are known by their content, and the text index never writes a file of one name twice; what describes a
    version is always new.
    """
    names = {segment.name for segment in info.segments}

    def stays(path: str) -> bool:
        first, _, rest = path.partition("/")
        if first == FOLDER:
            name, _, file = rest.partition("/")
            vectors = file.startswith(("vectors-", "titles-"))
            return name in names and (not vectors or f"-{info.encoder_version}.npy" in file)
        return first == DIRECTORY and not path.endswith(".json") and (directory / path).exists()

    return [path for path in earlier if path not in FILES and stays(path)]
