"""What a version of the index says of its rows: which count, which are closed, and which stand for others."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

STATE: Final = "state.npz"
EDGES: Final = "edges.npz"
REASONS: Final = "reasons.json"
SEPARATED: Final = "separated.json"
FILES: Final = (STATE, EDGES, REASONS, SEPARATED)

# A row without LIVE was replaced or removed; one with LIVE alone is shown.
LIVE: Final = 1
CLOSED: Final = 2
DUPLICATE: Final = 4
_LEAST_ROOM: Final = 1024

Pair = tuple[int, int]


class Edge(NamedTuple):
    """Two rows that advertise one job."""

    confidence: float
    reasons: tuple[str, ...]


@dataclass
class State:
    """By slot: ``flags``, when closed ones closed (seconds), the row that stands for each duplicate. ``edges`` and
    ``apart`` are pairs of slots, the lower first; ``separated`` is by posting id what people took apart."""

    flags: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    closed_at: dict[int, int] = field(default_factory=dict)
    canonical: dict[int, int] = field(default_factory=dict)
    edges: dict[Pair, Edge] = field(default_factory=dict)
    apart: set[Pair] = field(default_factory=set)
    separated: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def grow(self, next_slot: int) -> None:
        """Make room for slots below ``next_slot``, and for as many again: a whole catalog comes one by one."""
        if next_slot > len(self.flags):
            more = np.zeros(max(next_slot, _LEAST_ROOM), dtype=np.uint8)
            self.flags = np.concatenate((self.flags, more))

    def trim(self, next_slot: int) -> None:
        """Give back the room for slots that were not needed."""
        self.flags = self.flags[:next_slot]

    def live(self) -> NDArray[np.int64]:
        """Slots that count, closed and duplicate ones too."""
        return np.flatnonzero(self.flags & LIVE)

    def shown(self) -> NDArray[np.int64]:
        """Slots of postings that are open and stand for their job."""
        return np.flatnonzero(self.flags == LIVE)

    def close(self, slot: int, closed_at: int | None) -> None:
        """Say that a row is closed since a moment, or open."""
        if closed_at is None:
            self.closed_at.pop(slot, None)
            self.flags[slot] &= ~np.uint8(CLOSED)
        else:
            self.closed_at[slot] = closed_at
            self.flags[slot] |= CLOSED

    def stand_in(self, slot: int, canonical: int) -> None:
        """Say which row stands for this one; itself when it stands alone."""
        if slot == canonical:
            self.canonical.pop(slot, None)
            self.flags[slot] &= ~np.uint8(DUPLICATE)
        else:
            self.canonical[slot] = canonical
            self.flags[slot] |= DUPLICATE

    def drop(self, slot: int) -> None:
        """A row no longer counts."""
        self.flags[slot] = 0
        self.closed_at.pop(slot, None)
        self.canonical.pop(slot, None)

    def save(self, directory: Path) -> None:
        """Write it. Files that say the same have the same bytes."""
        closed = np.array(sorted(self.closed_at.items()), dtype=np.int64).reshape(-1, 2)
        merged = np.array(sorted(self.canonical.items()), dtype=np.int32).reshape(-1, 2)
        np.savez_compressed(directory / STATE, allow_pickle=False, flags=self.flags, closed=closed, canonical=merged)
        pairs = sorted(self.edges)
        table = sorted({self.edges[pair].reasons for pair in pairs})
        number = {reasons: at for at, reasons in enumerate(table)}
        np.savez_compressed(
            directory / EDGES,
            allow_pickle=False,
            edges=np.array(pairs, dtype=np.int32).reshape(-1, 2),
            confidence=np.array([self.edges[pair].confidence for pair in pairs], dtype=np.float32),
            reasons=np.array([number[self.edges[pair].reasons] for pair in pairs], dtype=np.int32),
            apart=np.array(sorted(self.apart), dtype=np.int32).reshape(-1, 2),
        )
        (directory / REASONS).write_text(json.dumps(table))
        (directory / SEPARATED).write_text(json.dumps(dict(sorted(self.separated.items()))))

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what ``save`` wrote."""
        with np.load(directory / STATE, allow_pickle=False) as held:
            flags, closed, canonical = held["flags"], held["closed"].tolist(), held["canonical"].tolist()
        with np.load(directory / EDGES, allow_pickle=False) as held:
            pairs, apart = held["edges"].tolist(), held["apart"].tolist()
            confidence, reasons = held["confidence"].tolist(), held["reasons"].tolist()
        table = [tuple(texts) for texts in json.loads((directory / REASONS).read_bytes())]
        return cls(
            flags=flags,
            closed_at=dict(closed),
            canonical=dict(canonical),
            edges={
                (low, high): Edge(sure, table[reason])
                for (low, high), sure, reason in zip(pairs, confidence, reasons, strict=True)
            },
            apart={(low, high) for low, high in apart},
            separated={key: tuple(others) for key, others in json.loads((directory / SEPARATED).read_bytes()).items()},
        )
