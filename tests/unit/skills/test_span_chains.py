"""Spans and their likelihoods, against all chains counted one by one."""

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jobtracker.skills.spans.chains import Chain, Scores, spans

numbers = st.floats(-4, 4, width=32)
O, B, I = 0, 1, 2  # noqa: E741 - the field's own letters


def is_chain(tags: tuple[int, ...]) -> bool:
    return all(not (tag == I and (at == 0 or tags[at - 1] == O)) for at, tag in enumerate(tags))


def score(tags: tuple[int, ...], scores: Scores, chain: Chain) -> float:
    total = chain.first[tags[0]] + scores[0, tags[0]]
    for at in range(1, len(tags)):
        total += chain.moves[tags[at - 1], tags[at]] + scores[at, tags[at]]
    return float(total)


def spans_of(tags: tuple[int, ...]) -> set[tuple[int, int]]:
    begins = [at for at, tag in enumerate(tags) if tag == B]
    found = set()
    for start in begins:
        end = start + 1
        while end < len(tags) and tags[end] == I:
            end += 1
        found.add((start, end))
    return found


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
    arrays(np.float64, (3, 5, 3), elements=numbers),
    arrays(np.float64, (3, 3), elements=numbers),
    arrays(np.float64, 3, elements=numbers),
    st.sampled_from([0.01, 0.25, 0.5]),
)
def test_spans_are_as_likely_as_all_chains_say_and_worth_the_most_together(
    lengths: list[int], scores: Scores, moves: Scores, first: Scores, least: float
) -> None:
    chain = Chain.of(moves.tolist(), first.tolist())
    found = spans(scores[: len(lengths)], np.array(lengths), chain, least)
    for sentence, length in enumerate(lengths):
        chains = [tags for tags in product((O, B, I), repeat=length) if is_chain(tags)]
        weights = {tags: np.exp(score(tags, scores[sentence], chain)) for tags in chains}
        whole = sum(weights.values())
        likely: Counter[tuple[int, int]] = Counter()
        for tags, weight in weights.items():
            likely.update(dict.fromkeys(spans_of(tags), weight / whole))
        here = [one for one in found if one.sentence == sentence]
        assert all(one.likelihood == pytest.approx(likely[one.start, one.end], rel=1e-6, abs=1e-9) for one in here)
        assert all(one.end <= after.start for one, after in pairwise(here))
        most = max(sum(likely[span] - least for span in spans_of(tags)) for tags in chains)
        assert sum(one.likelihood - least for one in here) == pytest.approx(most, abs=1e-6)


def test_nothing_has_no_spans() -> None:
    chain = Chain.of([[0.0] * 3] * 3, [0.0] * 3)
    assert spans(np.zeros((0, 0, 3)), np.array([], dtype=np.int64), chain, 0.3) == []
