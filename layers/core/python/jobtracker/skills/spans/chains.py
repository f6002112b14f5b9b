"""Spans from scores of words: how likely each is, over all chains of B, I and O.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): a chain's score is the sum of its words'
scores, of those of each tag after another, and of the first tag's. Scores are of shape (sentences, words, 3), tags in
the order O, B, I. An I that begins a sentence or stands after an O is no chain.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
_NEVER = -1e9
_O, _B, _I = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Chain:
    """What a field has learned: ``moves[a, b]`` is the score of tag b after tag a, ``first`` of a sentence's first."""

    moves: Scores
    first: Scores

    @classmethod
    def of(cls, moves: Sequence[Sequence[float]], first: Sequence[float]) -> "Chain":
        """With the scores of what is no chain set so low that it never is."""
        allowed, begins = np.array(moves, dtype=np.float64), np.array(first, dtype=np.float64)
        allowed[_O, _I] = begins[_I] = _NEVER
        return cls(allowed, begins)


@dataclass(frozen=True, slots=True)
class Found:
    """A span of the words ``start`` to before ``end`` of a sentence; ``likelihood`` is the field's own, of 0 to 1."""

    sentence: int
    start: int
    end: int
    likelihood: float


def spans(scores: Scores, lengths: NDArray[np.int64], chain: Chain, least: float) -> list[Found]:
    """The spans that are at least so likely, in order; of those that overlap, the likeliest together.

    What is right more often than in ``least`` of all cases is worth naming: where that is half of what F1 can reach, F1
    is the highest (Lipton, Elkan and Naryanaswamy 2014). ``lengths`` are each sentence's words, which come first.
    """
    if not scores.size:
        return []
    before, after = _before(scores, chain), _after(scores, lengths, chain)
    found: list[Found] = []
    for sentence, length in enumerate(lengths.tolist()):
        weights = _weights(scores[sentence, :length], before[sentence, :length], after[sentence, :length], chain)
        likely = np.exp(np.minimum(weights - _sum(before[sentence, length - 1]), 0.0))
        places = zip(*(place.tolist() for place in np.nonzero(likely >= least)), strict=True)
        some = [Found(sentence, start, end + 1, float(likely[start, end])) for start, end in places]
        found += _apart(some, least)
    return found


def _weights(scores: Scores, before: Scores, after: Scores, chain: Chain) -> Scores:
    """The logarithm of what chains weigh in which a span begins at one word (row) and ends with another (column)."""
    length = len(scores)
    steps = scores[:, _I] + chain.moves[_I, _I]
    inside = np.concatenate([[0.0], np.cumsum(steps)])
    # From the second word on each is an I; the second comes after a B and the others after an I.
    going_on = np.where(
        np.tri(length, k=-1).T > 0,
        inside[None, 1:] - inside[1:, None] + chain.moves[_B, _I] - chain.moves[_I, _I],
        _NEVER,
    )
    np.fill_diagonal(going_on, 0.0)
    ended = np.zeros((2, length))
    for row, last in enumerate((_B, _I)):
        ways = chain.moves[last, [_O, _B]] + scores[1:, [_O, _B]] + after[1:, [_O, _B]]
        ended[row, :-1] = np.logaddexp.reduce(ways, axis=1)
    ends = np.where(np.eye(length) > 0, ended[0], ended[1])
    weights: Scores = before[:, _B, None] + going_on + ends
    return weights


def _apart(found: list[Found], least: float) -> list[Found]:
    """Of spans in the order of their ends, those that do not overlap and exceed ``least`` by the most together."""
    ordered = sorted(found, key=lambda one: (one.end, one.start))
    best: list[tuple[float, list[Found]]] = [(0.0, [])]
    ends = [0]
    for one in ordered:
        kept, some = best[bisect_right(ends, one.start) - 1]
        worth = kept + one.likelihood - least
        if worth > best[-1][0]:
            best.append((worth, [*some, one]))
            ends.append(one.end)
    return best[-1][1]


def _before(scores: Scores, chain: Chain) -> Scores:
    """The logarithm of what all chains that end in a tag weigh together (the forward sums)."""
    sums = np.empty_like(scores)
    sums[:, 0] = chain.first + scores[:, 0]
    for at in range(1, scores.shape[1]):
        sums[:, at] = np.logaddexp.reduce(sums[:, at - 1, :, None] + chain.moves, axis=1) + scores[:, at]
    return sums


def _after(scores: Scores, lengths: NDArray[np.int64], chain: Chain) -> Scores:
    """The same of all that go on from a tag to the sentence's end (the backward sums)."""
    sums = np.zeros_like(scores)
    for at in range(scores.shape[1] - 2, -1, -1):
        going = np.logaddexp.reduce(chain.moves + (scores[:, at + 1] + sums[:, at + 1])[:, None, :], axis=2)
        sums[:, at] = np.where((at < lengths - 1)[:, None], going, 0.0)
    return sums


def _sum(logs: Scores) -> float:
    return float(np.logaddexp.reduce(logs))
