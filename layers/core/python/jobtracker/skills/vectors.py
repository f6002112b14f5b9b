"""How near a phrase and each skill are in meaning: the cosine of vectors that are sums of pieces' vectors.

Each piece of a word has a vector, made from a sentence embedding that is not needed any more when they are read, and
long in the measure of what the piece tells: a phrase's vector is the sum of its pieces' (Arora, Liang and Ma 2017).
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from jobtracker.skills.wordpiece import WordPiece

Floats = NDArray[np.float32]


class Pieces:
    """The vectors of pieces: rows of small numbers, and what each row is to be multiplied with."""

    def __init__(self, vocabulary: Sequence[str], rows: NDArray[np.int8], scales: NDArray[np.float16]) -> None:
        self._cut = WordPiece(vocabulary)
        self._rows = rows
        self._scales = scales.astype(np.float32)

    def vectors(self, phrases: Iterable[str]) -> Floats:
        """Each phrase's vector, of length 1, or 0 where no piece of it is known."""
        cut = [self._cut.ids(phrase) for phrase in phrases]
        flat = np.fromiter(chain.from_iterable(cut), dtype=np.int32)
        return unit(summed(self._rows[flat] * self._scales[flat, None], [len(pieces) for pieces in cut]))


def summed(rows: Floats, counts: Sequence[int]) -> Floats:
    """The sum of each run of rows, given how many there are in each; 0 for an empty run."""
    lengths = np.array(counts, dtype=np.int32)
    found = np.zeros((len(lengths), rows.shape[1]), dtype=np.float32)
    some = lengths > 0
    if some.any():
        found[some] = np.add.reduceat(rows, (np.cumsum(lengths) - lengths)[some])
    return found


def unit(rows: Floats) -> Floats:
    """The rows with length 1; those of length 0 stay so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
