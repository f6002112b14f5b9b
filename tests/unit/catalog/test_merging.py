"""Which segments are written together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.catalog import merging

MOST = 16


@pytest.mark.parametrize(
    ("rows", "live", "groups"),
    [
        ([10] * 8, [10] * 8, []),
        ([10] * 9, [10] * 9, [[0, 1, 2, 3, 4, 5, 6, 7, 8]]),
        ([10] + [1_000] * 8, [10] + [1_000] * 8, [[1, 2, 3, 4, 5, 6, 7, 8]]),
        ([10_000] + [125_000] * 9, [10_000] + [125_000] * 9, []),
        ([10, 10], [10, 4], [[1]]),
        ([200_000] * 12, [200_000] * 12, []),
        ([200_000] * 9 + [5] * 3, [200_000] * 9 + [5] * 3, []),
        ([100_000] * 9, [100_000] * 9, [[0, 1]]),
    ],
)
def test_the_smallest_segments_are_merged_when_there_are_many(
    rows: list[int], live: list[int], groups: list[list[int]]
) -> None:
    assert merging.plan(rows, live) == groups


def test_small_segments_that_each_more_than_double_the_one_before_stand_side_by_side() -> None:
    sizes = [2**power - 1 for power in range(1, MOST + 1)]
    assert sizes[-1] < merging.LARGEST // 2 <= 2 * sizes[-1] + 1
    assert merging.plan(sizes, sizes) == []


@given(st.lists(st.integers(1, merging.LARGEST // 2 - 1), min_size=MOST + 1, max_size=2 * MOST))
def test_of_more_small_segments_some_become_one(sizes: list[int]) -> None:
    assert max(map(len, merging.plan(sizes, sizes))) > 1
