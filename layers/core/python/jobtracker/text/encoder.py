"""The encoder: text to vectors by TF-IDF over words and pairs of words, projected to a few hundred dimensions.

It was fitted elsewhere (``training``); here are plain arrays and numpy.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from jobtracker.text.words import words

FILE = "encoder.npz"
# The end of a very long text tells little that its beginning did not.
MAX_WORDS = 2_000
BATCH = 512

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """Known words and pairs of words. A pair's code is ``first * len(words) + second``; ``pairs`` is sorted.

    Feature numbers: a word's index; after all words, a pair's index.
    """

    words: dict[str, int]
    pairs: Integers

    @property
    def size(self) -> int:
        """The number of features."""
        return len(self.words) + len(self.pairs)

    def word_ids(self, text: str) -> list[int]:
        """The index of each word of ``text``; -1 for an unknown one."""
        known = self.words.get
        return [known(word, -1) for word in words(text, MAX_WORDS)]

    def counts(self, texts: Sequence[str]) -> tuple[Integers, Integers, Integers]:
        """How often each text has each feature: rows (ascending), features, counts."""
        ids = [self.word_ids(text) for text in texts]
        lengths = np.fromiter((len(row) for row in ids), dtype=np.int64, count=len(ids))
        flat = np.fromiter((i for row in ids for i in row), dtype=np.int64, count=int(lengths.sum()))
        rows = np.repeat(np.arange(len(ids), dtype=np.int64), lengths)
        known = flat >= 0
        keys = [rows[known] * self.size + flat[known]]
        if len(self.pairs) and len(flat) > 1:
            together = known[:-1] & known[1:] & (rows[:-1] == rows[1:])
            codes = (flat[:-1] * len(self.words) + flat[1:])[together]
            at = np.minimum(np.searchsorted(self.pairs, codes), len(self.pairs) - 1)
            found = self.pairs[at] == codes
            keys.append(rows[:-1][together][found] * self.size + len(self.words) + at[found])
        unique, counts = np.unique(np.concatenate(keys), return_counts=True)
        return unique // max(1, self.size), unique % max(1, self.size), counts


@dataclass(frozen=True)
class Encoder:
    """Turns texts into L2-normalised vectors; a text without a known word is the zero vector."""

    vocabulary: Vocabulary
    weights: Floats
    components: Floats
    version: str

    @property
    def dims(self) -> int:
        """The length of a vector."""
        return int(self.components.shape[1])

    @classmethod
    def make(cls, vocabulary: Vocabulary, weights: Floats, components: NDArray[np.float16]) -> Self:
        """An encoder from its parts; its version is a hash of them."""
        digest = hashlib.sha256()
        for part in _arrays(vocabulary, weights, components).values():
            digest.update(str(part.shape).encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        return cls(vocabulary, weights, components.astype(np.float32), digest.hexdigest()[:16])

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read an encoder that ``save`` wrote."""
        with np.load(directory / FILE, allow_pickle=False) as arrays:
            listed = arrays["words"].tobytes().decode().split("\n") if arrays["words"].size else []
            vocabulary = Vocabulary({word: at for at, word in enumerate(listed)}, arrays["pairs"])
            return cls.make(vocabulary, arrays["weights"], arrays["components"])

    def save(self, directory: Path) -> None:
        """Write the encoder as plain arrays."""
        directory.mkdir(parents=True, exist_ok=True)
        arrays = _arrays(self.vocabulary, self.weights, self.components.astype(np.float16))
        np.savez(directory / FILE, allow_pickle=False, **arrays)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors [n, dims] of ``texts``."""
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            self._encode_batch(texts[start : start + BATCH], vectors[start : start + BATCH])
        return vectors

    def _encode_batch(self, texts: Sequence[str], vectors: Floats) -> None:
        rows, features, counts = self.vocabulary.counts(texts)
        values = tfidf(counts, self.weights[features])
        bounds = np.searchsorted(rows, np.arange(len(texts) + 1))
        for row in range(len(texts)):
            part = slice(bounds[row], bounds[row + 1])
            # One small gather and product per text stays in the processor's cache; one large gather does not.
            vectors[row] = values[part] @ self.components[features[part]]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)


def tfidf(counts: Integers, weights: Floats) -> Floats:
    """TF-IDF values with sublinear term frequency."""
    return np.asarray((1.0 + np.log(counts)) * weights, dtype=np.float32)


def _arrays(vocabulary: Vocabulary, weights: Floats, components: NDArray[np.float16]) -> dict[str, NDArray[np.generic]]:
    return {
        "words": np.frombuffer("\n".join(vocabulary.words).encode(), dtype=np.uint8),
        "pairs": vocabulary.pairs,
        "weights": weights,
        "components": components,
    }
