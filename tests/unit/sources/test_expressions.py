"""A person's JMESPath expressions: what they may write is bounded by what they read."""

import json
from typing import Any

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.sources import expressions

LONGEST = 300


def _nested(function: str) -> str:
    """A function that is given what it gave, as often as the longest expression has room for."""
    path = "t"
    while len(longer := function.format(path)) <= LONGEST:
        path = longer
    return path


@pytest.mark.parametrize(
    "path",
    [
        "join(', ', places[*].join(', ', [city, to_string(zip), country]))",
        "places[?contains(kind, 'the office that whoever is hired works in on most of the days')].name | [0]",
        "starts_with(pay, '£') && pay || 'to be agreed upon'",
        "sort_by(places, &since)[-1].name",
    ],
)
def test_a_field_may_be_put_together_from_others(path: str) -> None:
    expressions.check(path)


@pytest.mark.parametrize(
    "path",
    [
        _nested("to_string([{}])"),
        _nested("join('abcdefghi', [{}])"),
        _nested("to_string(map(&to_string([@]), [{}]))"),
        "|".join(["to_string([@])"] * 8),
        f"""to_string(a[*].[`"{"x" * 200}"`])""",
        f"to_string(a[*].{{{'x' * 200}: @}})",
        f"[*].[{', '.join(['ceil(@)'] * 31)}]",
    ],
)
def test_an_expression_that_writes_many_times_what_it_reads_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="may write more than 64 times what it reads"):
        expressions.check(path)


def test_what_stands_between_joined_texts_is_said_in_the_expression() -> None:
    with pytest.raises(ValueError, match="join takes a text between quotes"):
        expressions.check("join(text, places[*].city)")


@pytest.mark.parametrize("path", ["to_string(@)", "data | join(', ', @)", "data[*].[to_string(@)]"])
def test_where_the_records_lie_nothing_is_written(path: str) -> None:
    with pytest.raises(ValueError, match="for the fields of one record alone"):
        expressions.check_place(path)


values = st.recursive(
    st.text('ab"\\\x01é', max_size=9) | st.integers(), lambda one: st.lists(one, max_size=4), max_leaves=20
)


@given(st.lists(values, max_size=4))
@pytest.mark.parametrize(
    "path",
    [
        "to_string([@, @])",
        "to_string([to_string(@)]) | to_string([@])",
        "[].[@, 'a', @]",
        "[].{aaaaaaaaa: @, b: 'cccccc'} | to_string(@)",
        "join('bbb', map(&to_string(@), @))",
    ],
)
def test_what_an_expression_gives_is_within_its_bound(path: str, value: Any) -> None:
    given, bound = json.dumps(jmespath.search(path, value)), expressions.growth(path)
    assert len(given) <= bound * (len(json.dumps(value)) + len(path))


@pytest.mark.parametrize("path", ["[*].ceil(@)", "map(&floor(@), @)"])
def test_a_rounded_number_is_written_with_all_its_digits(path: str) -> None:
    huge = [1e308] * 50
    given = json.dumps(jmespath.search(path, huge))
    assert 30 * len(json.dumps(huge)) < len(given) <= expressions.growth(path) * len(json.dumps(huge))
