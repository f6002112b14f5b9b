"""Reading text off pictures: by tesseract where it is installed, by Amazon Textract where a deployment says so."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from jobtracker.resumes.document import Box, PlacedWord, around
from jobtracker.resumes.drafting import TextLine
from jobtracker.resumes.uploads import Scan, Scanner

MOST_PAGES: Final = 10
"""Pages of a file that are read as pictures."""

DPI: Final = 200
"""Dots an inch at which pages are drawn to be read."""

SECONDS_A_PAGE: Final = 30.0
"""Seconds after which the reading of one page is given up."""

SECONDS_A_FILE: Final = 90.0
"""Seconds after which no further page of a file is begun."""

# Per cent. What tesseract is less sure of are specks, rules, logos and letters in pictures.
_LEAST_SURE: Final = 30.0
# Kilobytes of address space. A page of A4 at 200 dpi takes a sixth of it.
_MEMORY_KB: Final = 1_500_000
# tesseract tries every language on every word: each costs about as much time as the first.
_MOST_LANGUAGES: Final = 3
# Data that lies among the languages and is none.
_NO_LANGUAGES: Final = {"osd", "equ"}
# One thread, as more of them wait for each other longer than they work; and no more memory than a page needs.
_BOUNDED: Final = 'export OMP_THREAD_LIMIT=1; ulimit -v "$0" 2>/dev/null; exec "$@"'
# The columns of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
_COLUMNS: Final = 12
_PAGE_LEVEL: Final = "1"
_WORD_LEVEL: Final = "5"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read, in which line of which block it stands, how sure that is (per cent), and where it stands
    on the page."""

    text: str
    confidence: float
    block: int
    line: tuple[int, ...]
    box: Box | None = None


Read = Callable[[bytes], list[Word]]
"""Reads the words of one page, a PNG, in reading order. Raises UnreadPageError."""


class UnreadPageError(RuntimeError):
    """One page could not be read; others may be."""


class Scans:
    """Reads those pages of one file that are pictures, and keeps how that went."""

    def __init__(self, scanner: Scanner, read: Read) -> None:
        self._scanner = scanner
        self._read = read
        self._pages = 0
        self._pages_read = 0
        self._letters = 0
        self._sureness = 0.0
        self._ends = time.monotonic() + SECONDS_A_FILE

    def text(self, picture: Callable[[], bytes]) -> str:
        """The text that ``lines`` reads."""
        return "\n".join(line.text for line in self.lines(picture))

    def lines(self, picture: Callable[[], bytes]) -> list[TextLine]:
        """The lines of one more page, which is drawn only if it is still to be read; none for one that is not.

        A line without a word stands between blocks.
        """
        self._pages += 1
        if self._pages > MOST_PAGES or time.monotonic() > self._ends:
            return []
        try:
            words = [word for word in self._read(picture()) if word.confidence >= _LEAST_SURE]
        except UnreadPageError:
            return []
        self._pages_read += 1
        for word in words:
            self._letters += len(word.text)
            self._sureness += len(word.text) * word.confidence
        return _lines(words)

    def scan(self) -> Scan | None:
        """How sure the reading is and how far it came; None where no page had to be read as a picture."""
        if not self._pages:
            return None
        sureness = self._sureness / self._letters / 100 if self._letters else 0.0
        return Scan(by=self._scanner, confidence=round(sureness, 2), pages=self._pages, pages_read=self._pages_read)


def scans(scanner: Scanner) -> Scans | None:
    """What reads the pictures of one file; None where nothing is there that could."""
    if scanner is Scanner.TEXTRACT:
        from jobtracker.resumes.gateway import detect_words

        return Scans(scanner, detect_words)
    return Scans(scanner, tesseract_words) if _tesseract() else None


def tesseract_words(picture: bytes) -> list[Word]:
    """The words that tesseract reads on a page. Raises UnreadPageError where it fails, or takes too long."""
    program = _tesseract()
    if program is None:
        raise UnreadPageError("tesseract is not installed")
    # Layout 1 finds columns and turns a page that lies on its side.
    command = [program, "stdin", "stdout", "-l", _languages(program), "--psm", "1", "--dpi", str(DPI), "tsv"]
    return words_of_tsv(_run(command, picture))


def words_of_tsv(table: str) -> list[Word]:
    """The words of tesseract's TSV (https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html#tsv-output).

    A line that is none of that format is passed over.
    """
    words = []
    width = height = 0
    for row in table.splitlines():
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS:
            continue
        try:
            block, paragraph, line, _, *measures = (int(cell) for cell in cells[2:10])
            confidence = float(cells[10])
        except ValueError:
            continue
        if cells[0] == _PAGE_LEVEL:
            width, height = measures[2:]
        text = cells[-1].strip()
        if cells[0] == _WORD_LEVEL and text and 0 <= confidence <= 100:
            box = _box(measures, width, height)
            words.append(Word(text=text, confidence=confidence, block=block, line=(paragraph, line), box=box))
    return words


def _box(measures: list[int], width: int, height: int) -> Box | None:
    """Left, top, width and height as shares of a page of this width and height, if that is known."""
    left, top, wide, high = measures
    if width <= 0 or height <= 0:
        return None
    sides = left / width, top / height, (left + wide) / width, (top + high) / height
    return Box(*(round(min(1.0, max(0.0, side)), 4) for side in sides))


def _lines(words: Iterable[Word]) -> list[TextLine]:
    """Words as lines, with an empty line between blocks."""
    rows: list[list[Word]] = []
    for word in words:
        before = rows[-1][-1] if rows and rows[-1] else None
        if before is not None and (word.block, word.line) == (before.block, before.line):
            rows[-1].append(word)
        elif before is not None and word.block != before.block:
            rows += [[], [word]]
        else:
            rows.append([word])
    return [_line(row) for row in rows]


def _line(row: list[Word]) -> TextLine:
    placed, end = [], 0
    for word in row:
        if word.box is not None:
            placed.append(PlacedWord(end, end + len(word.text), word.box))
        end += len(word.text) + 1
    return TextLine(" ".join(word.text for word in row), around([word.box for word in placed]), tuple(placed))


def _run(command: list[str], data: bytes) -> str:
    try:
        # The program is found on the machine and the rest is ours; what a stranger sent goes in as data alone.
        done = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", _BOUNDED, str(_MEMORY_KB), *command],
            input=data,
            capture_output=True,
            timeout=SECONDS_A_PAGE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadPageError(type(error).__name__) from error
    return done.stdout.decode("utf-8", "replace")


def _tesseract() -> str | None:
    return shutil.which("tesseract")


@cache
def _languages(program: str) -> str:
    """The installed languages, English first, as the command line takes them."""
    # The first line says where the data lies.
    installed = _run([program, "--list-langs"], b"").splitlines()[1:]
    languages = sorted({name.strip() for name in installed} - _NO_LANGUAGES, key=lambda name: (name != "eng", name))
    return "+".join(languages[:_MOST_LANGUAGES]) or "eng"
