"""SimHash: 64 bits of a text, of which few differ where few of its words do (Charikar 2002).

Made of shingles, so that the order of words counts, for thousands of texts at once: all their bytes lie in one array,
and words, shingles and bits are worked out by arithmetic on arrays.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SHINGLE: Final = 2
# As many bytes are worked on at once: it is what the processor's cache holds that makes this fast.
_CHUNK: Final = 1 << 18
_LONGEST: Final = 40_000
_BASE: Final = 0x100000001B3
_MASK: Final = (1 << 64) - 1
# Bytes that belong to words: letters and digits of ASCII, and whatever is not ASCII.
_IN_WORD: Final = np.array([at >= 0x80 or chr(at).isalnum() for at in range(256)])
# The first byte of a sign of the scripts that write no spaces (from U+3000 on): each such sign is a word of its own.
_ALONE: Final = np.array([0xE3 <= at <= 0xED or at == 0xF0 for at in range(256)])
_POWERS: Final = np.array([pow(_BASE, at, 1 << 64) for at in range(64)], dtype=np.uint64)

Bits = NDArray[np.uint64]


def simhash_many(texts: Sequence[str]) -> Bits:
    """The fingerprint of each text; 0 for a text without words."""
    prints = np.zeros(len(texts), dtype=np.uint64)
    encoded: list[bytes] = []
    start = size = 0
    for at, text in enumerate(texts):
        encoded.append(text[:_LONGEST].lower().encode("utf-8", "replace"))
        size += len(encoded[-1])
        if size >= _CHUNK or at == len(texts) - 1:
            prints[start : at + 1] = _chunk(encoded)
            encoded, start, size = [], at + 1, 0
    return prints


def distance(a: Bits, b: Bits) -> NDArray[np.uint8]:
    """How many bits differ, for each pair."""
    counted: NDArray[np.uint8] = np.bitwise_count(a ^ b)
    return counted


def _chunk(encoded: list[bytes]) -> Bits:
    """The fingerprints of some texts that are worked on together."""
    text = np.frombuffer(b"\n".join([*encoded, b""]), dtype=np.uint8)
    ends = np.cumsum([len(one) + 1 for one in encoded])
    words, first = _words(text)
    # Which text a word is of; words of two texts make no shingle.
    owner = np.searchsorted(ends, first, side="right")
    prints = np.zeros(len(encoded), dtype=np.uint64)
    if not len(words):
        return prints
    hashes = words.copy()
    for step in range(1, SHINGLE):
        inside = owner[step:] == owner[:-step]
        hashes[:-step][inside] += words[step:][inside] * np.uint64(pow(_BASE, 7 * step, 1 << 64))
    signs = np.unpackbits(mixed(hashes).view(np.uint8).reshape(-1, 8), axis=1)
    there, starts = np.unique(owner, return_index=True)
    ones = np.add.reduceat(signs, starts, axis=0, dtype=np.int32)
    counts = np.diff(np.append(starts, len(words)))
    bits = np.packbits(ones * 2 > counts[:, None], axis=1)
    prints[there] = np.ascontiguousarray(bits).view(np.uint64).ravel()
    return prints


def _words(text: NDArray[np.uint8]) -> tuple[Bits, NDArray[np.intp]]:
    """A hash of each word in ``text``, and where the word begins."""
    inside = _IN_WORD[text]
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | _ALONE[text[1:]]
    first = np.flatnonzero(begins)
    if not len(first):
        return np.empty(0, dtype=np.uint64), first
    # A byte's place in its word decides by what it is multiplied.
    starts = np.concatenate(([0], first)) if first[0] else first
    place = np.arange(len(text)) - np.repeat(starts, np.diff(np.append(starts, len(text))))
    values = np.where(inside, text.astype(np.uint64) + np.uint64(1), np.uint64(0)) * _POWERS[place & 63]
    return np.add.reduceat(values, first), first


def mixed(hashes: Bits) -> Bits:
    """Hashes whose every bit depends on all of theirs (the finaliser of SplitMix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
