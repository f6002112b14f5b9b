"""A person's JMESPath expressions: what they may write is bounded by what they read."""

import json
from contextlib import suppress
from typing import Any

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jmespath.exceptions import JMESPathError
from jmespath.visitor import TreeInterpreter

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
        "join(' – ', [to_string(floor(pay.min)), to_string(ceil(pay.max))])",
        "departments[].offices[].jobs[?open].places[].{city: city, land: country.name} | [*].city",
        "data[*].{id: id, title: attributes.title, url: links.self, company: company.name, place: place, pay: pay}",
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
        f"[*].[{', '.join(['type(@)'] * 31)}]",
        "[*].floor(@)",
        f"length({'to_string([' * 9}t{'])' * 9})",
        f"a[?length({'to_string([' * 9}t{'])' * 9}) > `3`]",
    ],
)
def test_an_expression_that_writes_many_times_what_it_reads_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="may write more than 64 times what it reads"):
        expressions.check(path)


def test_what_stands_between_joined_texts_is_said_in_the_expression() -> None:
    with pytest.raises(ValueError, match="join takes a text between quotes"):
        expressions.check("join(text, places[*].city)")


def test_what_an_expression_writes_of_its_own_is_bounded_too() -> None:
    with pytest.raises(ValueError, match="may write more than 20,000 characters of its own"):
        expressions.check(f"{'to_string([' * 8}ceil(`1e308`){'])' * 8}")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("[&to_string([@]), @] | map([0], [1])", "an expression behind & is for map"),
        ("write(@)", "there is no function write"),
    ],
)
def test_a_call_that_nothing_bounds_is_refused(path: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        expressions.check(path)


@pytest.mark.parametrize("path", ["to_string(@)", "data | join(', ', @)", "data[*].[to_string(@)]"])
def test_where_the_records_lie_nothing_is_written(path: str) -> None:
    with pytest.raises(ValueError, match="for the fields of one record alone"):
        expressions.check_place(path)


values = st.recursive(
    st.none() | st.booleans() | st.text('ab"\\\x01é1', max_size=9) | st.integers() | st.floats() | st.just(1e308),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", ""]), one, max_size=3),
    max_leaves=20,
)
WAYS = [
    *("{}.a", "{}[0]", "{}[-1]", "{}[]", "{}[*]", "{}.*", "{}[1:]", "!({})", "{} | {}", "{}[*].[{}, {}]"),
    *("({}) || ({})", "({}) && ({})", "({}) == ({})", "({}) < ({})", "{}[?{}]", "{}[?{}].[{}]", "{}[].[{}]"),
    *("[{}]", "[{}, {}]", "[*].[{}]", "{{a: {}}}", "{{a: {}, bb: {}}}", '{{"\\"\\u00e9": {}}}', "*.[{}]"),
    *(f"{name}({{}})" for name in ("abs", "avg", "ceil", "floor", "keys", "length", "max", "min", "reverse")),
    *(f"{name}({{}})" for name in ("sort", "sum", "to_array", "to_number", "to_string", "type", "values")),
    *(f"{name}({{}}, {{}})" for name in ("contains", "ends_with", "starts_with", "merge", "not_null")),
    *(f"{name}({{}}, &{{}})" for name in ("max_by", "min_by", "sort_by")),
    *("map(&{}, {})", "join('bbbbbb', {})", "join('\"', {})", "join('', {})"),
]


def _put_together(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that are made of others in all the ways that there are."""
    return st.sampled_from(WAYS).flatmap(
        lambda way: st.tuples(*[inner] * way.count("{}")).map(lambda some: way.format(*some))
    )


paths = st.recursive(
    st.sampled_from(["@", "a", "b", "[]", "[*]", "'xyz'", '`"\\\\"`', "`1`", "`1e308`", "`[[],{}]`", "`null`"]),
    _put_together,
    max_leaves=6,
)


MAKING = {
    *("function_expression", "multi_select_list", "multi_select_dict"),
    *("projection", "value_projection", "filter_projection"),
}


class _Watching(TreeInterpreter):  # type: ignore[misc]  # the package has no types
    """Evaluates an expression and knows the longest that was made for it, rather than taken from what there was."""

    longest = 0

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        given = super().visit(node, *args, **kwargs)
        if node["type"] in MAKING:
            self.longest = max(self.longest, len(json.dumps(given)))
        return given


@given(paths, values)
def test_whatever_is_made_of_an_answer_is_within_the_bound(path: str, value: Any) -> None:
    try:
        bound = expressions.growth(path)
        parsed = jmespath.compile(path).parsed
    except JMESPathError:
        return
    watching = _Watching()
    with suppress(JMESPathError, TypeError, ValueError, ArithmeticError):
        given = watching.visit(parsed, value)
        assert len(json.dumps(given)) <= bound.times * len(json.dumps(value)) + bound.besides
    assert watching.longest <= bound.times * len(json.dumps(value)) + bound.besides


@pytest.mark.parametrize("path", ["[*].[a, type(@), @ == @]", "map(&ceil(@), @)", "to_string([to_string(@)])"])
@pytest.mark.parametrize("value", [[1] * 99, [1e308] * 99, ['"\\' * 99], [[]] * 99])
def test_the_least_of_elements_are_within_the_bound(path: str, value: Any) -> None:
    bound, watching = expressions.growth(path), _Watching()
    with suppress(JMESPathError):
        watching.visit(jmespath.compile(path).parsed, value)
    assert watching.longest <= bound.times * len(json.dumps(value)) + bound.besides
