"""Checking a person's JMESPath expressions: what they make of an answer may be no more than a few times what it is."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

_MOST_COPIES: Final = 32
# How many times as long as what it reads, as JSON, the text may be that an expression writes.
_MOST_GROWTH: Final = 64
_WRITING: Final = frozenset({"to_string", "join"})
_IN_TURN: Final = frozenset(
    {"subexpression", "pipe", "index_expression", "projection", "value_projection", "filter_projection"}
)
_SHORT: Final = frozenset({"comparator", "not_expression", "slice"})
_SHORT_FUNCTIONS: Final = frozenset(
    {"abs", "avg", "contains", "ends_with", "length", "starts_with", "sum", "to_number", "type"}
)
# Without its exponent, 1e308 has 309 digits.
_ROUNDED: Final = 310 // len("1e308,")


def check(expression: str) -> None:
    """Raises ValueError where it cannot be compiled, or makes too much of what it reads."""
    try:
        parsed = jmespath.compile(expression).parsed
        grown = growth(expression)
    except JMESPathError as error:
        raise ValueError(f"no JMESPath expression: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise ValueError("no JMESPath expression: nested too deep") from None
    # A list of several copies of what it stands behind, again and again, would fill any memory.
    copies = math.prod(
        max(1, len(node["children"])) for node in _nodes(parsed) if node["type"].startswith("multi_select")
    )
    if copies > _MOST_COPIES:
        raise ValueError(f"makes more than {_MOST_COPIES} copies of what it reads")
    if grown > _MOST_GROWTH:
        raise ValueError(f"may write more than {_MOST_GROWTH} times what it reads")


def growth(expression: str) -> int:
    """A bound of how many times as long as what it reads, and is itself, what an expression gives is, as JSON."""
    return _growth(jmespath.compile(expression).parsed)


def check_place(expression: str) -> None:
    """The same for one that says where something lies in a whole answer: it may write nothing of its own."""
    check(expression)
    for node in _nodes(jmespath.compile(expression).parsed):
        if node["type"] == "function_expression" and node["value"] in _WRITING:
            raise ValueError(f"{node['value']} is for the fields of one record alone")


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for child in node.get("children", ()):
            yield from _nodes(child)


def _growth(node: Any) -> int:
    children = node["children"]
    if node["type"] in {*_SHORT, "literal"}:
        return _each(json.dumps(node["value"])) if node["type"] == "literal" else 1
    grown = [_growth(child) for child in children]
    if node["type"] == "key_val_pair":
        return sum(grown) + _each(node["value"])
    if node["type"] in _IN_TURN:
        return math.prod(grown)
    if node["type"] == "function_expression":
        return _growth_by(node["value"], children, grown)
    return max(grown) if node["type"] in {"or_expression", "and_expression"} else sum(grown) or 1


def _each(text: str) -> int:
    """How much a text of the expression's own adds where it is written for each element: the least one is ``1,``."""
    return 1 + len(text) // 2


def _growth_by(name: str, arguments: Any, grown: list[int]) -> int:
    if name in _SHORT_FUNCTIONS:
        return 1
    if name in {"ceil", "floor"}:
        return _ROUNDED * sum(grown)
    if name == "to_string":
        # Quotes and backslashes are escaped anew each time.
        return 2 * sum(grown)
    if name == "join" and arguments:
        if arguments[0]["type"] != "literal":
            raise ValueError("join takes a text between quotes as its first argument")
        return (1 + len(str(arguments[0]["value"]))) * math.prod(grown[1:])
    # An expression that is handed over is applied to what the other argument gives.
    return math.prod(grown) if any(one["type"] == "expref" for one in arguments) else sum(grown) or 1
