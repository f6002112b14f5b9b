"""What a person said of the fields that were read from real files: right or wrong, by reading the files.

The table holds no text of those files. A judgement is of a file, a kind of field and a value, kept as the beginning of
the SHA-256 of the last two; a value that the reader reads otherwise by now has none. Where both was said of the same
words, as of a year in two entries, and where neither could be said, there is none either.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jobtracker.resumes.evidence import FieldEvidence

_TABLE: Final = Path(__file__).parent / "data" / "resumes" / "judged.json"
_NUMBER: Final = re.compile(r"/\d+(?=/|$)")
_SIGNS: Final = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one file; of what is ``held_out`` nothing is fitted."""

    held_out: bool
    right: frozenset[str]
    wrong: frozenset[str]

    def of(self, field: FieldEvidence) -> bool | None:
        """Whether a field is right; None where nothing was said of it."""
        asked = key(field)
        return True if asked in self.right else False if asked in self.wrong else None


def key(field: FieldEvidence) -> str:
    """The name of a field of one file in the table."""
    kind = _NUMBER.sub("", field.path).strip("/").replace("/", ".")
    return hashlib.sha256(f"{kind}\n{' '.join(field.value.split())}".encode()).hexdigest()[:_SIGNS]


def judged() -> Mapping[str, Judged]:
    """All judgements by the file's name."""
    told = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        name: Judged(one["held_out"], frozenset(one["right"]), frozenset(one["wrong"])) for name, one in told.items()
    }


def files(folder: Path, *, held_out: bool) -> Iterator[Path]:
    """Those files below ``resume_files`` that were judged and are there, in the order of their names."""
    known = judged()
    there: Iterable[Path] = (*folder.glob("pdf/*.pdf"), *folder.glob("txt/*.txt"))
    yield from sorted(file for file in there if file.name in known and known[file.name].held_out is held_out)
