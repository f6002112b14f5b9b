"""How long each function takes to import, and which heavy packages it pulls in.

Every measurement is a fresh interpreter; the interpreter's own start is subtracted by measuring inside it.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
HEAVY: Final = ("spacy", "sklearn", "anthropic", "scipy", "pandas")
ROUNDS: Final = 5

_PROBE: Final = """
import json, sys, time
start = time.perf_counter()
__import__(sys.argv[1])
took = time.perf_counter() - start
print(json.dumps({"ms": took * 1000, "heavy": [name for name in sys.argv[2].split(",") if name in sys.modules]}))
"""


def functions() -> list[str]:
    """The names of all functions, which are the folders that have a handler."""
    return sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))


def measure(module: str, rounds: int = ROUNDS) -> tuple[float, list[str]]:
    """Median milliseconds to import ``module``, after one import that warms the disk, and what is heavy in it."""
    answers = [_probe(module) for _ in range(rounds + 1)][1:]
    times, heavy = zip(*answers, strict=True)
    return round(statistics.median(times), 1), heavy[-1]


def _probe(module: str) -> tuple[float, list[str]]:
    answer = subprocess.run(
        [sys.executable, "-c", _PROBE, module, ",".join(HEAVY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SystemExit(f"{module} cannot be imported:\n{answer.stderr}")
    found = json.loads(answer.stdout.splitlines()[-1])
    return found["ms"], found["heavy"]


def main() -> None:
    """Print a table, and with ``--json`` one JSON object as the last line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args()
    alone, _ = measure("fastapi", wanted.rounds)
    result: dict[str, float | list[str]] = {"fastapi_alone_ms": alone}
    print(f"{'function':<24}{'ms':>8}  heavy")
    print(f"{'(fastapi alone)':<24}{alone:>8}")
    for name in functions():
        milliseconds, heavy = measure(f"functions.{name}.handler", wanted.rounds)
        result[f"{name}_ms"] = milliseconds
        result[f"{name}_heavy"] = heavy
        print(f"{name:<24}{milliseconds:>8}  {', '.join(heavy) or '-'}")
    if wanted.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
