"""Checking a person's JMESPath expressions: what they make of an answer may be no more than a few times what it is."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import jmespath
from jmespath.exceptions import EmptyExpressionError, IncompleteExpressionError, JMESPathError, ParseError

_MOST_COPIES: Final = 32
_WRITING: Final = frozenset({"to_string", "join"})
_CHAINS: Final = frozenset({"subexpression", "pipe", "index_expression"})
_PROJECTIONS: Final = frozenset({"projection", "value_projection", "filter_projection"})
_MAKING: Final = frozenset({*_PROJECTIONS, "function_expression", "multi_select_list", "multi_select_dict"})
# Of a list that they are given beside an expression, they give a part.
_CHOOSING: Final = frozenset({"max_by", "min_by", "sort_by"})
_NO_LONGER: Final = frozenset({*_CHOOSING, "abs", "keys", "max", "min", "reverse", "sort", "values"})
_AT_MOST: Final = {"avg": 25, "contains": 5, "ends_with": 5, "length": 20, "starts_with": 5, "type": 9}
# Without its exponent, 1e308 has 309 digits.
_NO_LONGER_THAN_IT_OR: Final = {"ceil": 310, "floor": 310, "sum": 25, "to_number": 25}
_NULL, _FALSE, _SEPARATOR, _PAIR = len("null"), len("false"), len(", "), len(": , ")


class Growth(NamedTuple):
    """A bound of a text's length: so many times that of another, and so many characters."""

    times: int
    besides: int

    def on(self, read: "Growth") -> "Growth":
        """The bound by what the other text is bounded by."""
        return Growth(self.times * read.times, self.times * read.besides + self.besides)


# The longest that an expression may make of what it reads.
_MOST: Final = Growth(64, 20_000)
_AS_IT_IS: Final = Growth(1, 0)


def check(expression: str) -> None:
    """Raises ValueError where it cannot be compiled, or makes too much of what it reads."""
    try:
        parsed = jmespath.compile(expression).parsed
        grown = growth(expression)
    except JMESPathError as error:
        raise ValueError(f"no JMESPath expression: {_where(error)}") from None
    except RecursionError:
        raise ValueError("no JMESPath expression: nested too deep") from None
    # A list of several copies of what it stands behind, again and again, would fill any memory.
    copies = math.prod(
        max(1, len(node["children"])) for node in _nodes(parsed) if node["type"].startswith("multi_select")
    )
    if copies > _MOST_COPIES:
        raise ValueError(f"makes more than {_MOST_COPIES} copies of what it reads")
    if grown.times > _MOST.times:
        raise ValueError(f"may write more than {_MOST.times} times what it reads")
    if grown.besides > _MOST.besides:
        raise ValueError(f"may write more than {_MOST.besides:,} characters of its own")


def _where(error: JMESPathError) -> str:
    """Up to where it can be read. What the library says itself repeats what was typed."""
    match error:
        case EmptyExpressionError():
            return "it is empty"
        case IncompleteExpressionError():
            return "something is missing at its end"
        case ParseError(token_type="EOF"):
            return "something is missing at its end"
        case ParseError():
            return f"it cannot be read from its character {error.lex_position + 1} on"
        case _:
            return "it cannot be read"


def growth(expression: str) -> Growth:
    """A bound of how long, as JSON, is what an expression gives and whatever is made on the way, by what it reads.

    Raises ValueError where it calls a function in a way that nothing bounds, and JMESPathError where it is none.
    """
    made: list[Growth] = []
    gives = _gives(jmespath.compile(expression).parsed, _AS_IT_IS, made)
    return _longest(_or_null(gives), *made)


def check_place(expression: str) -> None:
    """The same for one that says where something lies in a whole answer: it may write nothing of its own."""
    check(expression)
    for node in _nodes(jmespath.compile(expression).parsed):
        if node["type"] == "function_expression" and node["value"] in _WRITING:
            raise ValueError(f"the function {node['value']} is for the fields of one record alone")


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for child in node.get("children", ()):
            yield from _nodes(child)


def _json(value: Any) -> int:
    return len(json.dumps(value))


def _longest(*some: Growth) -> Growth:
    return Growth(max(one.times for one in some), max(one.besides for one in some))


def _together(some: Sequence[Growth], each: int = 0) -> Growth:
    """All of them one after the other, with ``each`` more characters for each."""
    return Growth(sum(one.times for one in some), sum(one.besides + each for one in some))


def _or_null(bound: Growth) -> Growth:
    """The bound where null is written for nothing; what is read has one character at least."""
    return Growth(bound.times, max(bound.besides, _NULL - bound.times))


def _gives(node: Any, read: Growth, made: list[Growth]) -> Growth:
    """The bound of what ``node`` gives, if not null, where ``read`` is that of what it stands behind; adds to ``made``
    those of all that has to be made for it."""
    kind, children = node["type"], node["children"]
    if kind == "expref":
        raise ValueError("an expression behind & is for map, max_by, min_by and sort_by alone")
    given = read
    if kind in _CHAINS:
        for child in children:
            given = _gives(child, given, made)
    elif kind in _PROJECTIONS:
        base = _gives(children[0], read, made)
        for condition in children[2:]:
            _by_element(condition, base, made)
        given = _list_of(_by_element(children[1], base, made), base)
    elif kind == "function_expression":
        given = _called(node["value"], children, read, made)
    elif kind == "literal":
        given = Growth(0, _json(node["value"]))
    elif kind != "slice" and children:
        given = _put_together(node, [_gives(child, read, made) for child in children])
    if kind in _MAKING:
        made.append(given)
    return given


def _put_together(node: Any, parts: Sequence[Growth]) -> Growth:
    """The bound of what is made of several parts, or is one of them."""
    if node["type"] == "multi_select_list":
        return _together([_or_null(one) for one in parts], each=_SEPARATOR)
    if node["type"] == "multi_select_dict":
        names = [Growth(0, _json(child["value"])) for child in node["children"]]
        return _together([*names, _together([_or_null(one) for one in parts], each=_PAIR)])
    return Growth(0, _FALSE) if node["type"] in {"comparator", "not_expression"} else _longest(*parts)


def _by_element(node: Any, base: Growth, made: list[Growth]) -> Growth:
    """The bound of what ``node`` gives for an element of a list, by that element; ``base`` is the whole list's."""
    within: list[Growth] = []
    given = _gives(node, _AS_IT_IS, within)
    made += [_list_of(one, base) for one in within]
    return given


def _list_of(one: Growth, base: Growth) -> Growth:
    """The bound of a list that has for each element of another what ``one`` bounds."""
    # An element has one character at least, and a separator.
    times = max(one.times, math.ceil((one.times + one.besides + _SEPARATOR) / (1 + _SEPARATOR)))
    return Growth(times, 0).on(base)


def _called(name: str, arguments: Sequence[Any], read: Growth, made: list[Growth]) -> Growth:
    if len(arguments) == 2 and (name == "map" or name in _CHOOSING):
        handed, others = arguments if name == "map" else reversed(arguments)
        if handed["type"] == "expref":
            base = _gives(others, read, made)
            one = _or_null(_by_element(handed["children"][0], base, made))
            return _list_of(one, base) if name == "map" else base
    if name == "join" and arguments and arguments[0]["type"] != "literal":
        raise ValueError("join takes a text between quotes as its first argument")
    given = [_gives(one, read, made) for one in arguments]
    return _by_name(name, arguments, given)


def _by_name(name: str, arguments: Sequence[Any], given: Sequence[Growth]) -> Growth:
    """The bound of what a function gives by those of its arguments."""
    together = _together(given)
    if name in _AT_MOST:
        return Growth(0, _AT_MOST[name])
    if name in _NO_LONGER_THAN_IT_OR:
        return Growth(together.times, max(together.besides, _NO_LONGER_THAN_IT_OR[name]))
    if name in {"to_string", "to_array"}:
        # Quotes and backslashes are escaped anew each time.
        return Growth(2 if name == "to_string" else 1, 2).on(_or_null(together))
    if name == "join":
        # What is put between two texts stands in place of two quotes and a separator.
        between = _json(arguments[0]["value"]) - 2 if arguments else 0
        return Growth(max(1, math.ceil(between / 4)), 0).on(_together(given[1:]))
    if name not in {*_NO_LONGER, "map", "merge", "not_null"}:
        raise ValueError(f"there is no function {name}")
    return _longest(*given) if name == "not_null" and given else together
