"""Finding among all postings those that advertise one job, and which of them stands for the others."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import numpy as np

from jobtracker.catalog.rows import KEYS
from jobtracker.catalog.state import LIVE, Edge, State
from jobtracker.catalog.table import Slots, Table
from jobtracker.postings.duplicates import Keys, Rank, Traits, candidates, clusters, judge, rank_of, traits_of
from jobtracker.postings.model import Life, StoredPosting

_TRAITS_KEPT: Final = 50_000


def find_edges(table: Table, state: State, new: Slots) -> None:
    """Compare the rows at ``new`` with all that count, and note in ``state`` which pairs are one job."""
    live = state.live()
    if not len(new) or len(live) < 2:
        return
    columns = {name: table.column(f"key_{name}", live) for name in KEYS}
    keys = Keys(fingerprint=table.column("fingerprint", live), **columns)
    traits = lru_cache(_TRAITS_KEPT)(lambda slot: _traits(table, slot))
    lows, highs = candidates(keys, np.searchsorted(live, new))
    for low, high in zip(live[lows].tolist(), live[highs].tolist(), strict=True):
        verdict = judge(traits(low), traits(high))
        if verdict.same:
            state.edges[low, high] = Edge(round(float(verdict.confidence), 3), verdict.reasons)
        if verdict.apart:
            state.apart.add((low, high))


def forget(state: State, gone: set[int]) -> set[int]:
    """Drop the edges of rows that no longer count; the rows at their other ends."""
    if not gone:
        return set()
    dropped = [pair for pair in state.edges if not gone.isdisjoint(pair)]
    for pair in dropped:
        del state.edges[pair]
    state.apart = {pair for pair in state.apart if gone.isdisjoint(pair)}
    return {slot for pair in dropped for slot in pair} - gone


def settle(table: Table, state: State, touched: set[int]) -> None:
    """Say anew who stands for whom wherever ``touched`` rows belong."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for low, high in state.edges:
        neighbours[low].append(high)
        neighbours[high].append(low)
    live = {slot for slot in touched if state.flags[slot] & LIVE}
    reached = _reached(neighbours, {slot for slot in live if slot in neighbours or slot in state.canonical})
    slots = {table.id(slot): slot for slot in reached}
    names = {slot: posting_id for posting_id, slot in slots.items()}
    edges = [(names[low], names[high], edge.confidence) for (low, high), edge in state.edges.items() if low in reached]
    apart = [(names[low], names[high]) for low, high in state.apart if low in reached and high in reached]
    apart += [(one, other) for one in slots for other in state.separated.get(one, ()) if other in slots]
    found = clusters(edges, lambda posting_id: _rank(table, state, slots[posting_id]), apart)
    for posting_id, slot in slots.items():
        state.stand_in(slot, slots[found.get(posting_id, posting_id)])


def _reached(neighbours: dict[int, list[int]], touched: Iterable[int]) -> set[int]:
    reached, waiting = set(touched), list(touched)
    while waiting:
        for other in neighbours.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _traits(table: Table, slot: int) -> Traits:
    at = np.array([slot])
    fingerprint, length = table.column("fingerprint", at)[0], table.column("text_length", at)[0]
    return traits_of(table.record(slot), fingerprint.tobytes(), int(length))


def _rank(table: Table, state: State, slot: int) -> Rank:
    record, closed = table.record(slot), state.closed_at.get(slot)
    closed_at = None if closed is None else datetime.fromtimestamp(closed, UTC)
    return rank_of(StoredPosting(posting=record, life=Life(first_seen_at=record.first_seen_at, closed_at=closed_at)))
