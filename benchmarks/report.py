"""What every benchmark prints: a table for people, and with --json one flat object as the last line."""

import json
import statistics
import time
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.table import Table

Value = float | int | str | bool | None | list[str]


def show(name: str, values: Mapping[str, Value], *, as_json: bool) -> None:
    """Print the measurements; keys end in their unit."""
    table = Table(title=name, title_justify="left")
    table.add_column("Measure")
    table.add_column("Value", justify="right")
    for key, value in values.items():
        table.add_row(key, _text(value))
    Console(stderr=as_json).print(table)
    if as_json:
        print(json.dumps(values))


def _text(value: Value) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}"
    if isinstance(value, bool | str):
        return str(value)
    return ", ".join(value) or "none" if isinstance(value, list) else f"{value:,}"


def median_seconds(run: Callable[[], object], *, times: int = 5) -> float:
    """The median wall time of ``run`` in seconds over ``times`` runs, after one that does not count."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
