"""How alike a phrase and each of many names are written: the cosine of their grams of four characters.

A name is spelled in UTF-8 with a space before and behind it, and has or has not each gram; a gram weighs by the
logarithm of how few names have it (Spärck Jones 1972). The index is laid out in a tenth of a second from the names.
"""

import numpy as np
from numpy.typing import NDArray

_BUCKETS = 1 << 16
# Knuth's multiplier spreads the grams over the buckets; those that meet in one are taken for the same.
_SPREAD = np.uint32(2654435761)
_LENGTH = 4
Floats = NDArray[np.float64]


class Grams:
    """Names by their grams. ``text`` has the bytes of all names with a space before each and behind the last, and
    ``lengths`` their bytes without these."""

    def __init__(self, text: NDArray[np.uint8], lengths: NDArray[np.uint16]) -> None:
        sizes = lengths.astype(np.int32) + 1
        self.count = len(sizes)
        owners = np.repeat(np.arange(self.count, dtype=np.int32), sizes)
        grams = _grams(text)
        owners = owners[: len(grams)]
        # A gram that reaches into the next name is none.
        inside = np.arange(len(grams), dtype=np.int32) + (_LENGTH - 1) <= np.cumsum(sizes, dtype=np.int32)[owners]
        grams, owners = grams[inside], owners[inside]
        order = np.argsort(grams, kind="stable")
        grams, owners = grams[order], owners[order]
        first = np.ones(len(grams), dtype=bool)
        first[1:] = (grams[1:] != grams[:-1]) | (owners[1:] != owners[:-1])
        grams, self._owners = grams[first], owners[first]
        having = np.bincount(grams, minlength=_BUCKETS)
        self._starts = np.concatenate([[0], np.cumsum(having)])
        self._weights = np.square(np.log((1 + self.count) / (1 + having)) + 1)
        whole = np.bincount(self._owners, weights=self._weights[grams], minlength=self.count)
        self._scale = 1 / np.sqrt(np.maximum(whole, 1e-9))

    def alike(self, phrase: str) -> Floats:
        """The cosine of each name with the phrase, of 0 to 1."""
        grams = np.unique(_grams(np.frombuffer(f" {phrase} ".encode(), dtype=np.uint8))).astype(np.int64)
        weights = self._weights[grams]
        starts, ends = self._starts[grams], self._starts[grams + 1]
        if not (ends - starts).any():
            return np.zeros(self.count)
        owners = np.concatenate([self._owners[start:end] for start, end in zip(starts, ends, strict=True)])
        shares = weights / np.sqrt(weights.sum())
        found = np.bincount(owners, weights=np.repeat(shares, ends - starts), minlength=self.count)
        return np.multiply(found, self._scale, dtype=np.float64)


def _grams(text: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The bucket of each gram of a text; none of a text that is shorter than one."""
    if len(text) < _LENGTH:
        return np.empty(0, dtype=np.uint16)
    wide = text.astype(np.uint32)
    whole = wide[:-3] | wide[1:-2] << 8 | wide[2:-1] << 16 | wide[3:] << 24
    return (whole * _SPREAD >> 16).astype(np.uint16)
