"""Reading scans: the share of the words of the unscanned pages that is read, and the seconds that it takes.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.scans [--json]``. The folder holds ``resume_files/pdf`` with
``scan_<name>.pdf`` beside ``<name>.pdf``, of which it is a scan. Without it, or without tesseract, the benchmark
says so and measures nothing. A word counts where it is the same letter by letter, whatever its case.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from benchmarks import report
from jobtracker.resumes.extract import extract
from jobtracker.resumes.ocr import scans
from jobtracker.resumes.uploads import Scanner

_PREFIX: Final = "scan_"
_WORD: Final = re.compile(r"\w+")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    folder = os.environ.get("JOBTRACKER_DATA")
    files = sorted((Path(folder) / "resume_files" / "pdf").glob(f"{_PREFIX}*.pdf")) if folder else []
    if not files or scans(Scanner.TESSERACT) is None:
        print("scans: not measured; set JOBTRACKER_DATA to a folder with resume_files/pdf, and install tesseract")
        sys.exit(0)
    report.show("scans", {key: value for file in files for key, value in measure(file).items()}, as_json=as_json)


def measure(file: Path) -> dict[str, report.Value]:
    """The figures of one scan, under its name."""
    data = file.read_bytes()
    started = time.perf_counter()
    extracted = extract(data)
    seconds = time.perf_counter() - started
    with pdfium.PdfDocument(data) as document:
        pages = len(document)
    wanted = _words(_text(file.with_name(file.name.removeprefix(_PREFIX)), pages))
    given = _words(extracted.text)
    right = (wanted & given).total()
    figures: dict[str, report.Value] = {
        "pages": pages,
        "seconds": round(seconds, 1),
        "words": wanted.total(),
        "read_percent": round(100 * right / max(1, wanted.total()), 1),
        "right_percent": round(100 * right / max(1, given.total()), 1),
        "sure_percent": round(100 * extracted.scan.confidence) if extracted.scan else None,
    }
    return {f"{file.stem.removeprefix(_PREFIX)}_{name}": value for name, value in figures.items()}


def _text(file: Path, pages: int) -> str:
    """The text of the pages that were scanned: the first ones."""
    with pdfium.PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in list(document)[:pages])


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


if __name__ == "__main__":
    main()
