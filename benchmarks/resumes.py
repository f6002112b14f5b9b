"""Reading resumes: how many of their fields are read right from real files, and how fast.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.resumes [--json] [--rivals]``. The folder holds
``resume_files/pdf`` and ``resume_files/truth``: ``gold_contact.json`` with names, e-mails and telephone numbers by
file, and for some files a YAML that tells positions and education; what some say in further lists is told by
``benchmarks.resume_fields``. Without the folder, the benchmark says so and measures no real file. Files without a text
layer are counted with what they hold: what cannot be read is not found. ``--rivals`` reads the same files with other
parsers beside it.

Also measured is how far the confidence of fields can be relied on (``benchmarks.calibration``), over ``--generated``
resumes of invented people, with or without the folder, and over real files: those that nothing was fitted with, and
those whose fields a person judged (``benchmarks.resume_judged``), of which one half is held out; and how many fields of
``--linkedin`` profiles as LinkedIn prints them are read (``benchmarks.linkedin_profiles``).
"""

import argparse
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks import calibration, linkedin_profiles, report, resume_fields, resume_rivals
from benchmarks.resume_judged import files as judged_files
from benchmarks.resume_truth import TUNED, Told, counts, golden
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.extract import extract_text
from jobtracker.resumes.model import Profile
from jobtracker.resumes.read import read_profile

ROUNDS: Final = 5
_COMPARED: Final = ("names", "emails", "phones", "companies", "titles")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--generated", type=int, default=300, help="resumes of invented people; 0 for none")
    parser.add_argument("--linkedin", type=int, default=150, help="printed LinkedIn profiles of invented people")
    asked = parser.parse_args()
    folder = os.environ.get("JOBTRACKER_DATA")
    files = sorted((Path(folder) / "resume_files" / "pdf").glob("*.pdf")) if folder else []
    truth = Path(folder or "") / "resume_files" / "truth"
    values: dict[str, report.Value] = {}
    if files:
        values = measure(files, truth, rivals=asked.rivals)
    else:
        print(
            "resumes: no real file measured; set JOBTRACKER_DATA to a folder with resume_files/pdf and "
            "resume_files/truth",
            file=sys.stderr,
        )
    values |= reliability(files, truth, asked.generated)
    report.show("resumes", values | linkedin_profiles.measured(asked.linkedin, held_out=True), as_json=asked.json)


def reliability(files: list[Path], truth: Path, generated: int) -> dict[str, report.Value]:
    """How far confidences can be relied on: of generated resumes that are held out, and of real files that are."""
    made = [mark for found in calibration.generated(generated, held_out=True) for mark in found]
    values = calibration.figures("generated", made) if generated else {}
    if files:
        unseen = [file for file in files if file.stem not in TUNED]
        told = [mark for found in calibration.real(unseen, golden(truth)) for mark in found]
        values |= calibration.figures("real", told) | {"real_sure_wrong": calibration.wrong_though_sure(told)}
        for name, held_out in (("judged", True), ("judged_fitted", False)):
            seen = [
                mark for found in calibration.by_hand(judged_files(truth.parent, held_out=held_out)) for mark in found
            ]
            values |= calibration.figures(name, seen)
    return values


def measure(files: list[Path], truth: Path, *, rivals: bool = False) -> dict[str, report.Value]:
    """All figures over ``files``, of which ``truth`` knows what they say."""
    known = golden(truth)
    times: list[float] = []
    profiles: dict[str, Profile] = {}
    for file in files:
        profile, taken = _read(file)
        times += [] if profile is None else [taken]
        profiles[file.name] = profile or Profile()
    read = {name: _told(profile) for name, profile in profiles.items()}
    values: dict[str, report.Value] = {"files": len(files), "files_read": len(times)} | counts(known, read)
    values |= resume_fields.counts(resume_fields.told(), profiles)
    values |= {**_times(times), "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)}
    for rival in resume_rivals.RIVALS if rivals else ():
        values |= {f"{rival}_{key}": value for key, value in _rival(rival, files, known).items()}
    return values


def _rival(rival: str, files: list[Path], known: dict[str, Told]) -> dict[str, report.Value]:
    found = resume_rivals.read(rival, files)
    if found is None:
        return {"runs": False}
    read, times = found
    # The others give dates in words of many kinds, and no institutions.
    right = {key: value for key, value in counts(known, read).items() if key.split("_")[0] in _COMPARED}
    return {"runs": True, **_times(times)} | {
        key: value for key, value in right.items() if not key.endswith(("_wrong", "_of"))
    }


def _times(times: list[float]) -> dict[str, report.Value]:
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0], 1),
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


def _told(profile: Profile) -> Told:
    return Told(
        profile.name,
        profile.email,
        profile.phone,
        tuple(
            {
                "company": one.company,
                "title": one.title,
                "start": one.start,
                "end": "present" if one.current else one.end,
            }
            for one in profile.work
        ),
        tuple(one.institution for one in profile.education),
    )


if __name__ == "__main__":
    main()
