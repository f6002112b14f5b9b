"""Which segments to write together, so that there are never many and each row is rarely written again."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from jobtracker.catalog.rows import NAMED, TYPES
from jobtracker.catalog.segment import FOLDER, Segment, SegmentWriter
from jobtracker.catalog.state import LIVE, State

# So many segments below half the largest size stand side by side whatever their sizes. More stand only as long as each
# is more than twice the next smaller one, for which there is room for sixteen.
FAN: Final = 8
# No segment is made larger than this: what a merge takes of memory and disk is bounded, whatever the catalog's size.
LARGEST: Final = 250_000


def plan(rows: Sequence[int], live: Sequence[int]) -> list[list[int]]:
    """Groups of segments, by their numbers, to be written together; ``live`` of their ``rows`` still count.

    The smallest go first, as many as make one segment of the largest size; but none that is much larger than all those
    before it together, so that a row is written again only when its segment grows by half. One of which most rows no
    longer count is written again by itself.
    """
    small = sorted((at for at in range(len(rows)) if live[at] < LARGEST // 2), key=lambda at: (live[at], at))
    group: list[int] = []
    if len(small) > FAN:
        for at in small:
            size = sum(live[one] for one in group)
            if size + live[at] > LARGEST or (len(group) > 1 and live[at] > 2 * size):
                break
            if len(group) == 1 and live[at] > 2 * size:
                group = []
            group.append(at)
    groups = [group] if len(group) > 1 else []
    taken = {at for group in groups for at in group}
    return groups + [[at] for at in range(len(rows)) if at not in taken and 2 * live[at] < rows[at]]


def merged(group: Sequence[Segment], state: State, encoder_version: str | None, to: Path) -> Segment | None:
    """One segment of the rows of ``group`` that still count; None where none does."""
    with SegmentWriter(to) as writer:
        for segment in group:
            counts = (state.flags[segment.column("slot")] & LIVE) != 0
            chosen = np.flatnonzero(counts)
            if not len(chosen):
                continue
            rows = segment.rows(encoder_version).take(chosen)
            for column in NAMED:
                numbers = np.array(writer.numbers(column, segment.names[column]), dtype=TYPES[column])
                rows.columns[column] = numbers[rows.columns[column]]
            records = (line for line, stays in zip(segment.records, counts, strict=True) if stays)
            wholes = (line for line, stays in zip(segment.whole_lines(), counts, strict=True) if stays)
            writer.add(rows, records, wholes)
        if not writer.n:
            return None
        info = writer.finish(encoder_version)
    return Segment(info, lambda path: to / path)


def forget_others(to: Path, kept: set[str]) -> None:
    """Remove from the directory of a build the segments that it wrote and merged away again."""
    for folder in (to / FOLDER).glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder)
