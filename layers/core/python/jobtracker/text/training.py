"""Fitting the encoder. scikit-learn and SciPy are needed here and nowhere else."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from jobtracker.text.encoder import BATCH, MAX_WORDS, Encoder, Floats, Integers, Vocabulary, tfidf
from jobtracker.text.words import words

MAX_TEXTS = 20_000
MAX_UNIGRAMS = 25_000
MAX_PAIRS = 25_000
# Below this many texts a word that occurs in one of them only still tells something.
RARE_ALLOWED_BELOW = 200
# A word in more than this share of the texts says nothing about any of them.
COMMON_SHARE = 0.6


class CannotFitError(ValueError):
    """Too little text to fit an encoder on."""


def fit_encoder(texts: Sequence[str], dims: int = 256) -> Encoder:
    """Fit an encoder on ``texts``: TF-IDF over words and adjacent pairs of words, then a truncated SVD.

    The same texts in the same order give the same encoder. Small collections give fewer than ``dims`` dimensions.

    Raises:
        CannotFitError: fewer than two texts, or hardly any words in them.
    """
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import TruncatedSVD

    sample = _sample(texts)
    least = 1 if len(sample) < RARE_ALLOWED_BELOW else 2
    vocabulary = _vocabulary(sample, least)
    dims = min(dims, len(sample) - 1, vocabulary.size - 1)
    if dims < 1:
        raise CannotFitError(f"{len(sample)} texts with {vocabulary.size} words are too few")
    rows, features, counts = _counts(vocabulary, sample)
    weights = _weights(vocabulary, features, len(sample))
    values = tfidf(counts, weights[features])
    squares = np.bincount(rows, weights=np.square(values, dtype=np.float64), minlength=len(sample))
    lengths = np.sqrt(squares)
    values = (values / np.where(lengths > 0, lengths, 1.0)[rows]).astype(np.float32)
    matrix = csr_matrix((values, (rows, features)), shape=(len(sample), vocabulary.size))
    svd = TruncatedSVD(n_components=dims, algorithm="randomized", n_iter=4, random_state=0).fit(matrix)
    return Encoder.make(vocabulary, weights, np.ascontiguousarray(svd.components_.T).astype(np.float16))


def _sample(texts: Sequence[str]) -> list[str]:
    if len(texts) <= MAX_TEXTS:
        return list(texts)
    chosen = np.random.default_rng(0).choice(len(texts), MAX_TEXTS, replace=False)
    return [texts[at] for at in np.sort(chosen)]


def _vocabulary(texts: Sequence[str], least: int) -> Vocabulary:
    """The words and pairs that most texts have, those in fewer than ``least`` texts left out."""
    split = [words(text, MAX_WORDS) for text in texts]
    spread = Counter(word for row in split for word in set(row))
    ranked = sorted((item for item in spread.items() if item[1] >= least), key=lambda item: (-item[1], item[0]))
    known = sorted(word for word, _ in ranked[:MAX_UNIGRAMS])
    ids = {word: at for at, word in enumerate(known)}
    common = {word for word, count in spread.items() if count > COMMON_SHARE * len(texts)}
    telling = {word: at for word, at in ids.items() if word not in common}
    return Vocabulary(ids, _pairs(split, telling, len(ids), least))


def _pairs(split: list[list[str]], telling: dict[str, int], size: int, least: int) -> Integers:
    """Codes of the pairs of telling words that stand side by side in most texts, sorted."""
    per_text = [
        np.fromiter(
            {telling[a] * size + telling[b] for a, b in pairwise(row) if a in telling and b in telling},
            dtype=np.int64,
        )
        for row in split
    ]
    codes, counts = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *per_text]), return_counts=True)
    # A pair that one text alone has would only repeat that text's words, however small the collection.
    enough = counts >= max(2, least)
    codes, counts = codes[enough], counts[enough]
    order = np.argsort(-counts, kind="stable")[:MAX_PAIRS]
    return np.sort(codes[order])


def _counts(vocabulary: Vocabulary, texts: Sequence[str]) -> tuple[Integers, Integers, Integers]:
    rows, features, counts = [], [], []
    for start in range(0, len(texts), BATCH):
        of_row, of_feature, count = vocabulary.counts(texts[start : start + BATCH])
        rows.append(of_row + start)
        features.append(of_feature)
        counts.append(count)
    return np.concatenate(rows), np.concatenate(features), np.concatenate(counts)


def _weights(vocabulary: Vocabulary, features: Integers, n: int) -> Floats:
    """Smoothed inverse document frequency of each feature; none for common words."""
    spread = np.bincount(features, minlength=vocabulary.size)
    weights = np.log((1.0 + n) / (1.0 + spread)) + 1.0
    # A handful of texts have everything in common; dropping it would leave nothing.
    if n >= RARE_ALLOWED_BELOW // 4:
        weights[spread > COMMON_SHARE * n] = 0.0
    return np.asarray(weights, dtype=np.float32)
