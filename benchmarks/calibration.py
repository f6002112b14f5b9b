"""How far the confidence of fields can be relied on: of those said to be right nine times in ten, how many are.

Fields of real files count as far as their truth is known, those of generated ones all. ``held_out`` resumes are of
people and layouts that nothing was fitted with.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks import report
from benchmarks.resume_judged import judged
from benchmarks.resume_layouts import HELD_OUT, LAYOUTS, blurred, resume
from benchmarks.resume_marks import marks, truth_of, truth_told
from benchmarks.resume_people import person
from benchmarks.resume_truth import Told
from jobtracker.resumes.extract import extract
from jobtracker.resumes.provenance.evidence import Scored, scored
from jobtracker.resumes.read import read_profile
from jobtracker.resumes.uploads import Scan, Scanner

BINS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
Mark = tuple[Scored, bool]
# Every so many generated resumes one is read as a scanner might: with letters taken for others.
_SCANNED: Final = 6
_BLUR: Final = (0.002, 0.006, 0.015)


def generated(count: int, *, held_out: bool) -> Iterator[list[Mark]]:
    """The marks of so many generated resumes, one by one."""
    layouts = [layout for layout in LAYOUTS if (layout in HELD_OUT) is held_out]
    for number in range(count):
        who = person(number, held_out=held_out)
        data, left_out, by_year = resume(who, number, layouts[number % len(layouts)])
        extracted = extract(data)
        text, scan = extracted.text, extracted.scan
        if number % _SCANNED == _SCANNED - 1:
            share = _BLUR[number // _SCANNED % len(_BLUR)]
            text = blurred(text, number, share)
            # tesseract is about as sure of a text as three times its share of wrong letters says.
            scan = Scan(by=Scanner.TESSERACT, confidence=1 - 3 * share - 0.04, pages=1, pages_read=1)
        profile = read_profile(text)
        # A blurred text has other places; where its lines stand is told by themselves.
        lines = extracted.lines if text == extracted.text else ()
        yield list(marks(profile, list(scored(text, profile, lines, scan)), truth_of(who, left_out, by_year=by_year)))


def real(files: Iterable[Path], known: Mapping[str, Told]) -> Iterator[list[Mark]]:
    """The marks of files of which something is known."""
    for file in files:
        extracted = extract(file.read_bytes())
        if extracted.refusal is None and file.name in known:
            profile = read_profile(extracted.text)
            fields = list(scored(extracted.text, profile, extracted.lines, extracted.scan))
            yield list(marks(profile, fields, truth_told(known[file.name])))


def by_hand(files: Iterable[Path]) -> Iterator[list[Mark]]:
    """The marks of files whose fields a person judged."""
    known = judged()
    for file in files:
        extracted = extract(file.read_bytes())
        profile = read_profile(extracted.text)
        fields = scored(extracted.text, profile, extracted.lines, extracted.scan)
        yield [(one, right) for one in fields if (right := known[file.name].of(one.field)) is not None]


def figures(name: str, found: Sequence[Mark]) -> dict[str, report.Value]:
    """The reliability of confidences: by bin how many and how many of them right, and two figures for the whole.

    ``ece`` is the expected calibration error, the mean distance between confidence and share of right ones over the
    bins (Naeini et al. 2015); ``brier`` the mean square error of a confidence (Brier 1950).
    """
    told = [(one.field.confidence or 0.0, right) for one, right in found]
    values: dict[str, report.Value] = {f"{name}_fields": len(told), f"{name}_right": sum(right for _, right in told)}
    gaps = 0.0
    for low, high in itertools.pairwise(BINS):
        here = [(sure, right) for sure, right in told if low <= sure < high or sure == high == BINS[-1]]
        right = sum(right for _, right in here)
        values[f"{name}_from_{low:g}_to_{high:g}"] = f"{right} of {len(here)}"
        gaps += abs(sum(sure for sure, _ in here) - right)
    values[f"{name}_ece"] = round(gaps / max(1, len(told)), 4)
    values[f"{name}_brier"] = round(sum((sure - right) ** 2 for sure, right in told) / max(1, len(told)), 4)
    return values


def wrong_though_sure(found: Sequence[Mark], least: float = 0.9) -> list[str]:
    """The fields that are wrong and were said to be right, for people to look at."""
    return [
        f"{one.field.path}: {one.field.value[:60]} ({one.field.confidence})"
        for one, right in found
        if not right and (one.field.confidence or 0.0) >= least
    ]
