"""MinHash: 32 bytes of a text, of which as great a share agrees with another text's as they have words in common.

The shingles of a text (three words in a row) are hashed and dealt into 32 bins by their hash; a byte of the least hash
in each bin stands for it (Li, Owen, Zhang 2012). A new head, a footer or a missing end leave most bins as they were,
which is what boards and agencies do to texts. All bytes of many texts lie in one array, and words, shingles and bins
are worked out by arithmetic on arrays.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

BINS: Final = 32
_SHINGLE: Final = 3
# As many bytes are worked on at once: it is what the processor's cache holds that makes this fast.
_CHUNK: Final = 1 << 16
_LONGEST: Final = 40_000
_BASE: Final = 0x100000001B3
# Bytes that belong to words: letters and digits of ASCII, and whatever is not ASCII.
_IN_WORD: Final = np.array([at >= 0x80 or chr(at).isalnum() for at in range(256)])
# The first byte of a sign of the scripts that write no spaces (from U+3000 on): each such sign is a word of its own.
_ALONE: Final = np.array([0xE3 <= at <= 0xED or at == 0xF0 for at in range(256)])
_POWERS: Final = np.array([pow(_BASE, at, 1 << 64) for at in range(64)], dtype=np.uint64)

Bits = NDArray[np.uint64]
Prints = NDArray[np.uint8]


def fingerprints(texts: Sequence[str]) -> Prints:
    """The fingerprint of each text, a row of ``BINS`` bytes; 0 stands for a bin without a shingle."""
    prints = np.zeros((len(texts), BINS), dtype=np.uint8)
    encoded: list[bytes] = []
    start = size = 0
    for at, text in enumerate(texts):
        encoded.append(text[:_LONGEST].lower().encode("utf-8", "replace"))
        size += len(encoded[-1])
        if size >= _CHUNK or at == len(texts) - 1:
            prints[start : at + 1] = _chunk(encoded)
            encoded, start, size = [], at + 1, 0
    return prints


def agreement(a: Prints, b: Prints) -> NDArray[np.intp]:
    """In how many bins each pair of rows agrees."""
    counted: NDArray[np.intp] = np.count_nonzero((a == b) & (a != 0), axis=1)
    return counted


def mixed(hashes: Bits) -> Bits:
    """Hashes whose every bit depends on all of theirs (the finaliser of SplitMix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _chunk(encoded: list[bytes]) -> Prints:
    """The fingerprints of some texts that are worked on together."""
    text = np.frombuffer(b"\n".join([*encoded, b""]), dtype=np.uint8)
    ends = np.cumsum([len(one) + 1 for one in encoded])
    words, first = _words(text)
    hashes, owner = _shingles(words, np.searchsorted(ends, first, side="right"))
    bins = owner * BINS + (hashes >> np.uint64(64 - 5)).astype(np.int64)
    # The rest of the hash in the order of its size, bin by bin; the first of each bin is its least.
    order = np.argsort(
        (bins.astype(np.uint64) << np.uint64(40)) | ((hashes >> np.uint64(8)) & np.uint64((1 << 40) - 1))
    )
    there, at = np.unique(bins[order], return_index=True)
    prints = np.zeros(len(encoded) * BINS, dtype=np.uint8)
    prints[there] = (hashes[order[at]] % np.uint64(255)).astype(np.uint8) + 1
    return prints.reshape(len(encoded), BINS)


def _shingles(words: Bits, owner: NDArray[np.intp]) -> tuple[Bits, NDArray[np.intp]]:
    """A hash of each run of words within one text, and the text that it is of. A text too short for one is a run."""
    hashes = words.copy()
    whole = np.ones(len(words), dtype=bool)
    for step in range(1, _SHINGLE):
        inside = owner[step:] == owner[:-step]
        hashes[:-step] += words[step:] * np.uint64(pow(_BASE, 7 * step, 1 << 64)) * inside
        whole[:-step] &= inside
        whole[-step:] = False
    begins = np.ones(len(words), dtype=bool)
    begins[1:] = owner[1:] != owner[:-1]
    kept = whole | begins
    return mixed(hashes[kept]), owner[kept]


def _words(text: Prints) -> tuple[Bits, NDArray[np.intp]]:
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
