"""Reading resumes: how many names, addresses, numbers, companies and titles are found in real files, and how fast.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.resumes [--json]``. The folder holds ``resume_files/pdf`` and
``resume_files/truth``: ``gold_contact.json`` with names, e-mails and telephone numbers by file, and for some files a
YAML in which ``company`` and ``position`` are told. Without it, the benchmark says so and measures nothing. Files
without a text layer are counted with what they hold: what cannot be read is not found.
"""

import argparse
import json
import os
import re
import resource
import statistics
import sys
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypedDict

from benchmarks import report
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.extract import extract_text
from jobtracker.resumes.model import Profile
from jobtracker.resumes.read import read_profile

ROUNDS: Final = 5
_FIELD: Final = re.compile(r"^\s*(?:- )?(company|position):\s*(?:'([^']*)'|\"([^\"]*)\"|(.*?))\s*$", re.MULTILINE)


class Gold(TypedDict, total=False):
    """What a file tells of its person."""

    name: str
    email: str
    phone: str
    truth: str


@dataclass(slots=True)
class Count:
    """How much of what is to be found was found, and what was not."""

    found: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, file: str, wanted: str, given: str | None, *, right: bool) -> None:
        """Count one field of one file."""
        self.of += 1
        self.found += right
        if not right:
            self.wrong.append(f"{file}: {wanted} ({given or 'nothing'})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    folder = os.environ.get("JOBTRACKER_DATA")
    files = sorted((Path(folder) / "resume_files" / "pdf").glob("*.pdf")) if folder else []
    if not folder or not files:
        print("resumes: not measured; set JOBTRACKER_DATA to a folder with resume_files/pdf and resume_files/truth")
        sys.exit(0)
    report.show("resumes", measure(files, Path(folder) / "resume_files" / "truth"), as_json=as_json)


def measure(files: list[Path], truth: Path) -> dict[str, report.Value]:
    """All figures over ``files``, of which ``truth`` knows what they say."""
    golden: dict[str, Gold] = json.loads((truth / "gold_contact.json").read_text(encoding="utf-8"))
    counts = {key: Count() for key in ("names", "emails", "phones", "companies", "titles")}
    times: list[float] = []
    for file in files:
        profile, taken = _read(file)
        if profile:
            times.append(taken)
        gold = golden.get(file.name, Gold())
        _contact(counts, file.name, gold, profile or Profile())
        if told := gold.get("truth"):
            _positions(counts, file.name, (truth / told).read_text(encoding="utf-8"), profile or Profile())
    values: dict[str, report.Value] = {"files": len(files), "files_read": len(times)}
    for key, count in counts.items():
        values |= {key: count.found, f"{key}_of": count.of, f"{key}_wrong": count.wrong}
    return values | {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0], 1),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        # A profile says what was read and nothing of how sure that is.
        "calibration_at_90": None,
    }


def _read(file: Path) -> tuple[Profile | None, float]:
    """The profile of a file and the median milliseconds from its bytes to it; None for a file that is refused."""
    data = file.read_bytes()
    try:
        profile = read_profile(extract_text(data))
    except RefusedError:
        return None, 0.0
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        read_profile(extract_text(data))
        taken.append((time.perf_counter() - started) * 1000)
    return profile, statistics.median(taken)


def _contact(counts: dict[str, Count], file: str, gold: Gold, profile: Profile) -> None:
    if name := gold.get("name"):
        counts["names"].add(file, name, profile.name, right=_same(name, profile.name))
    if email := gold.get("email"):
        counts["emails"].add(file, email, profile.email, right=_same(email, profile.email))
    if phone := gold.get("phone"):
        digits = re.sub(r"\D", "", phone)
        counts["phones"].add(file, phone, profile.phone, right=re.sub(r"\D", "", profile.phone or "") == digits)


def _positions(counts: dict[str, Count], file: str, told: str, profile: Profile) -> None:
    """Companies and titles in their order: the one of the third position counts only as the third's."""
    wanted: dict[str, list[str]] = {"company": [], "position": []}
    for match in _FIELD.finditer(told):
        wanted[match[1]].append(next((text for text in match.groups()[1:] if text), ""))
    given = {"company": [work.company for work in profile.work], "position": [work.title for work in profile.work]}
    for key, name in (("company", "companies"), ("position", "titles")):
        for wish, gift in _aligned(wanted[key], given[key]):
            counts[name].add(file, wish, gift, right=_same(wish, gift))


def _aligned(wanted: list[str], given: list[str | None]) -> Iterable[tuple[str, str | None]]:
    return zip(wanted, [*given, *[None] * len(wanted)], strict=False)


def _same(wanted: str, given: str | None) -> bool:
    return given is not None and _folded(wanted) == _folded(given)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


if __name__ == "__main__":
    main()
