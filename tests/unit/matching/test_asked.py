"""Of a group of skills one is enough, and the group counts as one skill."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.matching.asked import AskedSkills, asked_of

SKILLS = 6
_posting = st.lists(st.tuples(st.integers(0, SKILLS - 1), st.integers(0, 3)), max_size=8, unique_by=lambda one: one[0])


def made(postings: list[list[tuple[int, int]]]) -> AskedSkills:
    """What postings ask for, each a list of skills with their groups."""
    flat = [one for posting in postings for one in posting]
    return asked_of(
        np.cumsum([0, *map(len, postings)]).astype(np.int64),
        np.array([skill for skill, _ in flat], dtype=np.int32),
        np.array([group for _, group in flat], dtype=np.uint8),
        SKILLS,
    )


def test_a_group_is_one_skill_and_the_same_in_every_posting() -> None:
    asked = made([[(0, 1), (2, 0), (1, 1)], [], [(1, 2), (0, 2)], [(3, 0)]])

    assert asked.indptr.tolist() == [0, 2, 2, 3, 4]
    assert asked.indices.tolist() == [SKILLS, 2, SKILLS, 3]
    assert asked.shares(np.array([0.4, 1, 0, 0, 0, 0])).tolist() == [0.4, 1, 0, 0, 0, 0, 1]
    assert asked.weights(np.array([2.0, 4, 0, 0, 0, 0])).tolist() == [2, 4, 0, 0, 0, 0, 3]


def test_without_groups_all_is_as_it_was() -> None:
    asked = made([[(0, 0), (2, 0)], [(1, 0)]])

    assert (asked.indptr.tolist(), asked.indices.tolist()) == ([0, 2, 3], [0, 2, 1])
    assert asked.weights(np.arange(6.0)).tolist() == list(range(6))


@given(st.lists(_posting, max_size=6), st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=SKILLS, max_size=SKILLS))
def test_what_a_person_covers_is_the_best_of_each_group(
    postings: list[list[tuple[int, int]]], have: list[float]
) -> None:
    asked = made(postings)
    weights, share = asked.weights(np.arange(1.0, SKILLS + 1)), asked.shares(np.array(have))

    for at, posting in enumerate(postings):
        here = asked.indices[asked.indptr[at] : asked.indptr[at + 1]]
        groups = {group: [skill for skill, other in posting if other == group] for _, group in posting if group}
        alone = [[skill] for skill, group in posting if not group]
        wanted = [*alone, *groups.values()]
        assert len(here) == len(wanted)
        assert float((weights * share)[here].sum()) == pytest.approx(
            sum(np.mean([skill + 1 for skill in some]) * max(have[skill] for skill in some) for some in wanted)
        )
