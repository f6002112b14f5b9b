"""Damaged resumes: thousands of them of every format, none of which may end the reader, hang it or fill the memory.

``python -m benchmarks.damaged [--files 2000] [--json]``. Each format is read in a process of its own, which may take
512 MB and 10 seconds a file. What is read, what is refused and with which code is counted; what ends otherwise is
written into a folder that the last line names.
"""

import argparse
import collections
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Final

from benchmarks import report
from jobtracker.resumes import entities
from jobtracker.resumes.extract import extract
from jobtracker.resumes.read import read_profile
from tests.unit.resumes import formats
from tests.unit.resumes.mutation import mutated

MEGABYTES: Final = 512
SECONDS: Final = 10
_LONGEST: Final = 100_000


def main() -> None:
    """Damage, read and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--into", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(_read(asked.only, asked.files, Path(asked.into))))
        return
    into = Path(tempfile.mkdtemp(prefix="damaged-"))
    values: dict[str, report.Value] = {}
    for kind in formats.ALL:
        values |= {f"{kind}_{key}": value for key, value in _apart(kind, asked.files, into).items()}
    values |= {"failed": sum(int(str(value)) for key, value in values.items() if key.endswith("_failed"))}
    report.show("damaged", values, as_json=asked.json)
    if values["failed"]:
        print(f"What failed lies in {into}", file=sys.stderr)
        sys.exit(1)


def _apart(kind: str, files: int, into: Path) -> dict[str, report.Value]:
    command = [sys.executable, "-m", "benchmarks.damaged", "--only", kind, "--files", str(files), "--into", str(into)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        return {"failed": files, "ended": ran.returncode, "told": ran.stderr.strip().splitlines()[-1:]}
    found: dict[str, report.Value] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _read(kind: str, files: int, into: Path) -> dict[str, report.Value]:
    """What becomes of so many damaged files of a format, in this process."""
    whole, chance = formats.ALL[kind](), random.Random(kind)  # nothing secret is drawn
    codes: collections.Counter[str] = collections.Counter()
    slowest, failed = 0.0, 0
    signal.signal(signal.SIGALRM, _too_slow)
    # The language model is loaded once and for all, and no file's fault.
    entities.name_in([formats.NAME])
    for number in range(files):
        data = mutated(whole, chance)
        began = time.perf_counter()
        signal.alarm(SECONDS)
        try:
            found = extract(data)
            if found.refusal is None:
                read_profile(found.text[:_LONGEST])
            codes[found.refusal.code if found.refusal else "read"] += 1
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            failed += 1
            (into / f"{kind}-{number}").write_bytes(data)
            (into / f"{kind}-{number}.txt").write_text(repr(error))
        finally:
            signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - began)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        **dict(sorted(codes.items())),
        "slowest_ms": round(slowest * 1000, 1),
        "rss_mb": round(megabytes, 1),
        "failed": failed + (megabytes > MEGABYTES),
    }


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds")


if __name__ == "__main__":
    main()
