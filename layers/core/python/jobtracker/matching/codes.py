"""Vectors in 8 bits a number: a quarter of the memory, a fraction of the time, and an error that is known."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numkong import PackedMatrix, Tensor, dots_pack, dots_packed, zeros
from numpy.typing import NDArray

Singles = NDArray[np.float32]

LARGEST = 127
ROWS_AT_ONCE = 8192
# Scales are kept, and errors measured, in 32 bits.
ROUNDING = 1e-6


class Codes:
    """Rows of vectors as whole numbers with one scale a row.

    Attributes:
        scales: what to multiply a row's whole numbers by [n].
        silent: positions in ``rows`` of the vectors that are zero, and so say nothing; ascending.
    """

    def __init__(self, vectors: NDArray[np.floating], rows: NDArray[np.int64]) -> None:
        """Encode the ``rows`` of ``vectors``, in that order."""
        self._codes = np.empty((len(rows), vectors.shape[1]), dtype=np.int8)
        self.scales = np.empty(len(rows), dtype=np.float32)
        silent, error, norm = [], 0.0, 0.0
        for start in range(0, len(rows), ROWS_AT_ONCE):
            block = slice(start, start + ROWS_AT_ONCE)
            chosen = np.asarray(vectors[rows[block]], dtype=np.float32)
            codes, self.scales[block] = _encoded(chosen)
            self._codes[block] = codes
            decoded = codes * self.scales[block, None]
            silent.append(start + np.flatnonzero(~chosen.any(axis=1)))
            norm = max(norm, _longest(decoded))
            error = max(error, _longest(chosen - decoded))
        self.silent = np.concatenate([np.empty(0, dtype=np.int64), *silent])
        self._error, self._norm = error, norm

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


def _encoded(vectors: Singles) -> tuple[NDArray[np.int8], Singles]:
    largest = np.abs(vectors).max(axis=1, initial=0)
    scales = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def _longest(vectors: Singles) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", vectors, vectors).max(initial=0)))
