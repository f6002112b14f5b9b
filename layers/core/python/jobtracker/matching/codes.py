"""Vectors in 8 bits a number: a quarter of the memory, a fraction of the time, and an error that is known."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import cast

import numpy as np
from numkong import PackedMatrix, Tensor, dots_pack, dots_packed, zeros
from numpy.typing import NDArray

from jobtracker.catalog.table import Gathered

Singles = NDArray[np.float32]

LARGEST = 127
ROWS_AT_ONCE = 1024
THREADS = os.cpu_count() or 1
# Scales are kept, and errors measured, in 32 bits.
ROUNDING = 1e-6


class Codes:
    """Rows of vectors as whole numbers with one scale a row.

    Attributes:
        scales: what to multiply a row's whole numbers by [n].
        silent: positions in ``rows`` of the vectors that are zero, and so say nothing; ascending.
    """

    def __init__(self, vectors: NDArray[np.floating] | Gathered, rows: NDArray[np.int64]) -> None:
        """Encode the ``rows`` of ``vectors``, in that order."""
        self._codes = np.empty((len(rows), vectors.shape[1]), dtype=np.int8)
        self.scales = np.empty(len(rows), dtype=np.float32)
        self.silent: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._error = self._norm = 0.0
        with ThreadPoolExecutor(THREADS) as threads:
            starts = range(0, len(rows), ROWS_AT_ONCE)
            encoded = threads.map(lambda start: self._encode(start, vectors, rows), starts)
            for silent, error, norm in encoded:
                self.silent = np.concatenate((self.silent, silent)) if len(silent) else self.silent
                self._error, self._norm = max(self._error, error), max(self._norm, norm)

    def _encode(
        self, start: int, vectors: NDArray[np.floating] | Gathered, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], float, float]:
        """Encode a block; which of its rows are silent, the largest error, and the longest decoded row."""
        block = slice(start, start + ROWS_AT_ONCE)
        chosen = np.asarray(vectors[rows[block]], dtype=np.float32)
        largest = np.abs(chosen).max(axis=1, initial=0)
        scales = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
        codes = np.rint(chosen / scales[:, None])
        self._codes[block], self.scales[block] = codes, scales
        codes *= scales[:, None]
        norm = _longest(codes)
        chosen -= codes
        return start + np.flatnonzero(largest == 0), _longest(chosen), norm

    def queries(self, vectors: Singles) -> "Queries":
        """Encode ``vectors``, all with one scale, to be multiplied with the rows."""
        scale = float(np.abs(vectors).max(initial=0)) / LARGEST or 1.0
        codes = np.rint(vectors / scale).astype(np.int8)
        missed = np.linalg.norm(vectors - codes * np.float32(scale), axis=1)
        # A product misses by decoded row x what the query's code misses, and by what the row's code misses x query.
        errors = self._norm * missed + (self._error + ROUNDING * self._norm) * np.linalg.norm(vectors, axis=1)
        return Queries(dots_pack(codes, dtype="int8"), scale, errors)

    def products(self, start: int, end: int, queries: "Queries", out: Tensor) -> NDArray[np.int32]:
        """Products in whole numbers of the rows from ``start`` to ``end`` with every query [rows, queries].

        They lie in ``out``, see ``Queries.space``: memory used again is memory that is in the cache.
        """
        room = cast("memoryview", out[: end - start])
        return np.asarray(dots_packed(self._codes[start:end], queries.packed, out=room))


@dataclass(frozen=True, slots=True)
class Queries:
    """Encoded queries: a product in whole numbers times ``scale`` and the row's scale misses by ``errors`` at most."""

    packed: PackedMatrix
    scale: float
    errors: NDArray[np.floating]

    def space(self, rows: int) -> Tensor:
        """Room for the products of so many rows."""
        return zeros((rows, len(self.errors)), dtype="int32")


def _longest(vectors: Singles) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", vectors, vectors).max(initial=0)))
