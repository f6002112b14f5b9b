"""All rows of some segments together. A row is known by its slot, a number that it keeps wherever it lies."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.model import Record
from jobtracker.catalog.ragged import Ragged
from jobtracker.catalog.rows import Vectors, empty_column
from jobtracker.catalog.segment import Segment
from jobtracker.postings.model import StoredPosting

Slots = NDArray[np.int64]


class Table:
    """Rows of segments by slot."""

    def __init__(self, segments: Sequence[Segment], next_slot: int) -> None:
        self.segments = list(segments)
        self.next_slot = next_slot
        self.starts = np.concatenate(([0], np.cumsum([segment.n for segment in self.segments]))).astype(np.int64)
        # Rows are numbered from the first segment's first to the last one's last; -1 for a slot that is in none.
        self._number: NDArray[np.int32] | None = None
        self._columns: dict[str, NDArray[Any]] = {}

    def numbers(self, slots: Slots) -> Slots:
        """The numbers of the rows of ``slots``."""
        if self._number is None:
            self._number = np.full(self.next_slot, -1, dtype=np.int32)
            self._number[self.all("slot")] = np.arange(self.starts[-1], dtype=np.int32)
        return self._number[slots].astype(np.int64)

    def all(self, name: str) -> NDArray[Any]:
        """A column over all rows, in the order of their numbers."""
        if name not in self._columns:
            parts = [segment.ids if name == "id" else segment.column(name) for segment in self.segments]
            nothing = np.empty(0, dtype="S1") if name == "id" else empty_column(name)
            self._columns[name] = parts[0] if len(parts) == 1 else np.concatenate([nothing, *parts])
        return self._columns[name]

    def column(self, name: str, slots: Slots) -> NDArray[Any]:
        """A column's values at ``slots``."""
        return np.asarray(self.all(name)[self.numbers(slots)])

    def ids(self, slots: Slots) -> NDArray[np.bytes_]:
        """The postings' ids at ``slots``."""
        return self.column("id", slots)

    def id(self, slot: int) -> str:
        """The posting's id at one slot."""
        segment, row = self.at(slot)
        return bytes(segment.ids[row]).decode()

    def lists(self, name: str) -> Ragged:
        """Lists of all rows, in the order of their numbers."""
        return Ragged.together([segment.lists[name] for segment in self.segments])

    def named(self, column: str) -> tuple[NDArray[np.int64], list[str]]:
        """A column of numbers of names over all rows, with the names: each segment has numbers of its own."""
        numbers: dict[str, int] = {}
        parts = [np.empty(0, dtype=np.int64)]
        for segment in self.segments:
            own = [numbers.setdefault(name, len(numbers)) for name in segment.names[column]]
            parts.append(np.array(own, dtype=np.int64)[segment.column(column)])
        return np.concatenate(parts), list(numbers)

    def at(self, slot: int) -> tuple[Segment, int]:
        """The segment and the row in it that a slot stands for."""
        number = int(self.numbers(np.array([slot], dtype=np.int64))[0])
        which = int(np.searchsorted(self.starts, number, side="right")) - 1
        return self.segments[which], number - int(self.starts[which])

    def record(self, slot: int) -> Record:
        """The record at one slot."""
        return Record.model_validate_json(self.record_bytes(slot))

    def record_bytes(self, slot: int) -> bytes:
        """The same as JSON."""
        segment, row = self.at(slot)
        return segment.records[row]

    def whole(self, slot: int) -> StoredPosting:
        """The whole posting at one slot, as it was written."""
        segment, row = self.at(slot)
        return segment.whole(row)

    def slots_of(self, posting_id: str) -> list[int]:
        """The slots that a posting has ever had, as far as they are still in a segment."""
        raw = posting_id.encode(errors="replace")
        return [int(segment.column("slot")[row]) for segment in self.segments for row in segment.rows_of(raw)]


class Gathered:
    """Vectors of chosen rows, read from their segments when they are asked for: together they may exceed memory."""

    def __init__(self, parts: Sequence[Vectors], starts: NDArray[np.int64], numbers: Slots, dims: int) -> None:
        self._parts, self._starts, self._numbers = list(parts), starts, numbers
        self.shape = (len(numbers), dims)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, chosen: Any) -> Vectors:
        numbers = self._numbers[chosen]
        if np.ndim(numbers) == 0:
            return np.asarray(self[np.array([chosen])][0])
        if len(self._parts) == 1:
            return np.asarray(self._parts[0][numbers])
        found = np.empty((len(numbers), self.shape[1]), dtype=np.float16)
        part_of = np.searchsorted(self._starts, numbers, side="right") - 1
        for part in np.unique(part_of):
            here = part_of == part
            found[here] = self._parts[part][numbers[here] - self._starts[part]]
        return found
