"""The environment of a function, named by the fields of its own settings class."""

from collections.abc import Mapping
from importlib import import_module

from jobtracker.aws.settings import FunctionSettings


class MissingValueError(ValueError):
    """A settings class requires a field that the deployment has no value for."""


def settings_class(function: str) -> type[FunctionSettings]:
    """The ``Settings`` of a function, by the function's folder name."""
    found: type[FunctionSettings] = import_module(f"functions.{function}.settings").Settings
    return found


def fields(function: str) -> frozenset[str]:
    """The names of a function's settings."""
    return frozenset(settings_class(function).model_fields)


def variables(function: str, known: Mapping[str, str]) -> dict[str, str]:
    """The variables that the function's settings ask for, taken from what the deployment knows."""
    chosen: dict[str, str] = {}
    for name, field in settings_class(function).model_fields.items():
        if name in known:
            chosen[name.upper()] = known[name]
        elif field.is_required():
            raise MissingValueError(f"{function} requires {name.upper()}, and the deployment has no value for it")
    return chosen
