"""A fast look at a whole catalog: which postings can be among a person's best at all.

Every posting gets a coarse score that is known to miss the true one by no more than the person's slack. Those whose
coarse score is within twice that of the limit-th best one are all that an exact ranking has to look at.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobtracker.matching.batch import Batch, Points, Similar, batch_of
from jobtracker.matching.codes import THREADS, Singles
from jobtracker.matching.features import CatalogArrays, Floats, Neutral, Positions
from jobtracker.matching.person import Person
from jobtracker.matching.rows import Block, CatalogRows

# Scores worked on at once by one thread: few enough to stay in the processor's cache.
CELLS = 1 << 17
# For few people, blocks are smaller than that: every thread is to have some.
ROWS = 1 << 15
# The best of the first block say what is not worth keeping of the next ones; then the best of so many times more.
GROWTH = 8


class Coarse:
    """The fast look at one catalog."""

    def __init__(self, arrays: CatalogArrays) -> None:
        self._arrays = arrays
        self._rows = CatalogRows(arrays)

    def candidates(
        self, persons: Sequence[Person], neutrals: Sequence[Neutral], limit: int, threads: Executor
    ) -> list[Positions]:
        """For each person the positions, ascending, among which the ``limit`` best are."""
        order = sorted(range(len(persons)), key=lambda at: -_titles(persons[at]))
        batch = batch_of(self._arrays, self._rows, [persons[at] for at in order], [neutrals[at] for at in order])
        size = max(1, min(ROWS, CELLS // batch.size))
        blocks = self._rows.blocks(size)
        kept, floors = Points.together([]), np.full(batch.size, -np.inf)
        for start, end in pairwise(_stages(len(blocks))):
            shares = [blocks[start + number : end : THREADS] for number in range(THREADS)]
            found = threads.map(lambda share, least=floors: self._above(share, batch, least, size), shares)
            kept, floors = _best([kept, *found], batch.slack, limit)
        people = np.split(kept.rows, np.searchsorted(kept.people, np.arange(1, batch.size)))
        return [np.sort(self._rows.order[people[at]]) for at in np.argsort(order)]

    def _above(self, blocks: list[Block], batch: Batch, floors: Floats, size: int) -> Points:
        """The scores in ``blocks`` that reach the ``floors``."""
        space = _Space(batch, size)
        found, least = [], floors.astype(np.float32)
        for block in blocks:
            scores = self._scores(block, batch, space)
            cells = np.flatnonzero(scores >= least)
            rows, people = np.divmod(cells, batch.size)
            found.append(Points(rows + block.start, people, scores.ravel()[cells]))
        return Points.together(found)

    def _scores(self, block: Block, batch: Batch, space: "_Space") -> Singles:
        """Coarse scores of a block [rows, people]."""
        here, catalog = slice(block.start, block.end), self._rows
        scores, more = space.scores[: block.end - block.start], space.more[: block.end - block.start]
        if len(block.skills):
            covered, named = space.covered[: len(scores)], space.named[: len(scores)]
            covered[:] = batch.prior
            for skills in block.skills:
                covered += np.take(batch.skills, skills, axis=0, out=named, mode="clip")
            np.multiply(covered, catalog.gain[here, None] * np.float32(batch.unit), out=scores)
        else:
            scores[:] = batch.no_skills
        scores += np.take(batch.circumstances, catalog.circumstance[here], axis=0, out=more, mode="clip")
        scores += np.take(batch.pay, catalog.pay_bin[here], axis=0, out=more, mode="clip")
        for similar, products in zip(batch.similar, space.products, strict=True):
            scores += _similar(similar, similar.codes.products(*block[:2], similar.queries, products), block, more)
        first, last = np.searchsorted(batch.near.rows, block[:2])
        near = batch.near.take(np.arange(first, last))
        scores[near.rows - block.start, near.people] += near.points
        if batch.shares is not None:
            scores *= np.take(batch.shares, catalog.circumstance[here], axis=0, out=more, mode="clip")
        return scores


class _Space:
    """The memory that one thread works in, the same for every block."""

    def __init__(self, batch: Batch, rows: int) -> None:
        self.scores = np.empty((rows, batch.size), dtype=np.float32)
        self.more = np.empty((rows, batch.size), dtype=np.float32)
        self.covered = np.empty((rows, batch.size), dtype=np.uint16)
        self.named = np.empty((rows, batch.size), dtype=np.uint16)
        self.products = [similar.queries.space(rows) for similar in batch.similar]


def _similar(similar: Similar, products: NDArray[np.int32], block: Block, points: Singles) -> Singles:
    """A block's points for the best of each person's cosines, put into ``points``."""
    have, *more = similar.layers
    best, start = products[:, :have], have
    for people in more:
        np.maximum(best[:, :people], products[:, start : start + people], out=best[:, :people])
        start += people
    worth = similar.codes.scales[block.start : block.end, None] * np.float32(similar.queries.scale * similar.points)
    np.multiply(best, worth, out=points[:, :have], dtype=np.float32, casting="same_kind")
    points[:, have:] = 0
    np.clip(points, 0, similar.most, out=points)
    silent = similar.codes.silent
    first, last = np.searchsorted(silent, block[:2])
    points[silent[first:last] - block.start] = similar.neutral
    return points


def _titles(person: Person) -> int:
    return 0 if person.title_vectors is None else len(person.title_vectors)


def _stages(blocks: int) -> Iterator[int]:
    yield 0
    end = 1
    while end < blocks:
        yield end
        end *= GROWTH
    yield blocks


def _best(parts: list[Points], slack: Floats, limit: int) -> tuple[Points, Floats]:
    """What can be among each person's ``limit`` best, ordered by person, and each person's least such score."""
    together = Points.together(parts)
    together = together.take(np.argsort(together.people, kind="stable"))
    bounds = np.searchsorted(together.people, np.arange(len(slack) + 1))
    floors = np.full(len(slack), -np.inf)
    for person, (start, end) in enumerate(pairwise(bounds.tolist())):
        if end - start > limit:
            floors[person] = np.partition(together.points[start:end], end - start - limit)[end - start - limit]
    floors -= 2 * slack
    return together.take(together.points >= floors.astype(np.float32)[together.people]), floors
