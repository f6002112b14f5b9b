"""How long each function takes to import, and which heavy packages it pulls in.

Every measurement is a fresh interpreter that times itself, so that the interpreter's own start does not count.
Rounds alternate between the functions and FastAPI alone. Byte code is compiled beforehand, as in a deployed asset.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
HEAVY: Final = ("spacy", "sklearn", "anthropic", "scipy", "pandas")
ALONE: Final = "fastapi"
ROUNDS: Final = 5

_PROBE: Final = """
import json, sys, time
start = time.perf_counter()
__import__(sys.argv[1])
took = time.perf_counter() - start
print(json.dumps({"ms": took * 1000, "heavy": [name for name in sys.argv[2].split(",") if name in sys.modules]}))
"""

Found = dict[str, tuple[float, list[str]]]


def functions() -> list[str]:
    """The names of all functions, which are the folders that have a handler."""
    return sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))


def measure(modules: Sequence[str], rounds: int = ROUNDS) -> Found:
    """By module the median milliseconds to import it, and what is heavy in it."""
    with tempfile.TemporaryDirectory() as compiled:
        for module in modules:
            _probe(module, compiled)
        answers = [{module: _probe(module, compiled) for module in modules} for _ in range(rounds)]
    return {
        module: (round(statistics.median(answer[module][0] for answer in answers), 1), answers[-1][module][1])
        for module in modules
    }


def _probe(module: str, compiled: str) -> tuple[float, list[str]]:
    # The tracing library asks by LAMBDA_TASK_ROOT whether it runs on Lambda; elsewhere it starts a sampler besides.
    lambda_like = {"LAMBDA_TASK_ROOT": str(ROOT), "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    answer = subprocess.run(
        [sys.executable, "-c", _PROBE, module, ",".join(HEAVY)],
        cwd=ROOT,
        env={**os.environ, **lambda_like},
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
    handlers = {f"functions.{name}.handler": name for name in functions()}
    found = measure([ALONE, *handlers], wanted.rounds)
    alone, _ = found[ALONE]
    result: dict[str, float | list[str]] = {"fastapi_ms": alone}
    print(f"{'function':<24}{'ms':>8}  heavy")
    print(f"{'(fastapi alone)':<24}{alone:>8}")
    for module, name in handlers.items():
        milliseconds, heavy = found[module]
        result[f"{name}_ms"] = milliseconds
        result[f"{name}_heavy"] = heavy
        print(f"{name:<24}{milliseconds:>8}  {', '.join(heavy) or '-'}")
    if wanted.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
