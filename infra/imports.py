"""What a function can import, found in its source: a layer that lacks a package is known before it is deployed."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from infra.assets import locked
from infra.catalogue import FUNCTIONS, LAYERS
from infra.code import FOLDERS, PACKAGE

_OURS = {"functions": FOLDERS.parent, "jobtracker": PACKAGE.parent}


@dataclass
class Reach:
    """The modules of ours that a function reaches, and the distributions of others that these import."""

    modules: set[str] = field(default_factory=set)
    distributions: dict[str, set[str]] = field(default_factory=dict)


def reach(function: str) -> Reach:
    """Follow every import from a function's handler, also those inside functions; imports for types do not count."""
    found = Reach()
    known = _distributions()
    waiting = [f"functions.{function}.handler"]
    while waiting:
        module = waiting.pop()
        file = _file(module)
        if module in found.modules or file is None:
            continue
        found.modules.add(module)
        for name in _imports(_parsed(file)):
            top = name.partition(".")[0]
            if top in _OURS:
                waiting += [name, name.rpartition(".")[0]]
            for distribution in known.get(top, ()):
                if top not in _OURS:
                    found.distributions.setdefault(distribution.lower().replace("_", "-"), set()).add(module)
    return found


def calls(function: str) -> set[str]:
    """The names of all methods that a function's code calls, in its own modules and in those it reaches."""
    found: set[str] = set()
    for module in reach(function).modules:
        file = _file(module)
        assert file is not None  # noqa: S101 - only modules with a file are reached
        for node in ast.walk(_parsed(file)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found.add(node.func.attr)
    return found


def packed(function: str) -> set[str]:
    """The distributions that a function's layers hold."""
    groups = {group for layer in FUNCTIONS[function].layers for group in LAYERS[layer].groups}
    return set(locked(tuple(sorted(groups))))


def _file(module: str) -> Path | None:
    base = _OURS[module.partition(".")[0]].joinpath(*module.split("."))
    candidates = (base.with_suffix(".py"), base / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


@cache
def _distributions() -> Mapping[str, list[str]]:
    """What is installed, by the names that it is imported by. Functions share most of what they reach."""
    return packages_distributions()


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def _imports(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        else:
            yield from _imports(child)
