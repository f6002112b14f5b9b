"""What real files say in the lists that their truth does not tell of, and how much of it was read.

The table was written by reading the files. It holds no text of theirs: an entry is kept as the beginning of the SHA-256
of its list's name and of its fields, so that of an entry which was read otherwise only the reading can be shown. A list
that is not in a file's table is not judged there; one that is, is told whole, so what was read beyond it is wrong.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks import report
from benchmarks.resume_truth import TUNED
from jobtracker.resumes.model import Profile

_TABLE: Final = Path(__file__).parent / "data" / "resumes" / "fields.json"
_SIGNS: Final = 12

_FIELDS: Final[Mapping[str, Callable[[Any], tuple[str | None, ...]]]] = {
    "certificates": lambda one: (one.name, one.issuer, one.date),
    # One date alone may be either end.
    "projects": lambda one: (one.name, one.start or one.end, one.end if one.start else None),
    "publications": lambda one: (one.name, one.publisher, one.date),
    "awards": lambda one: (one.title, one.awarder, one.date),
    "languages": lambda one: (one.language, one.level),
    "links": lambda one: (one.url.rstrip("/"),),
}
KINDS: Final = tuple(_FIELDS)


def told() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The entries of each file by its name and their list."""
    table: dict[str, dict[str, list[str]]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {file: {kind: frozenset(keys) for kind, keys in lists.items()} for file, lists in table.items()}


def key(kind: str, *fields: str | None) -> str:
    """The name of an entry in the table."""
    folded = (" ".join(unicodedata.normalize("NFKC", field or "").casefold().split()) for field in fields)
    return hashlib.sha256("\n".join((kind, *folded)).encode()).hexdigest()[:_SIGNS]


def read_in(profile: Profile, kind: str) -> dict[str, str]:
    """What was read of a list, by the entries' names in the table."""
    entries = [_FIELDS[kind](one) for one in getattr(profile, kind)]
    return {key(kind, *fields): " | ".join(field or "" for field in fields) for fields in entries}


def counts(known: Mapping[str, Mapping[str, frozenset[str]]], read: Mapping[str, Profile]) -> dict[str, report.Value]:
    """Of each list how many entries were read with all their fields right, of how many, and how many others were read.

    ``_reported`` counts the layouts that rules were not written with. A file that is in none of the two is left out.
    """
    values: dict[str, report.Value] = {}
    for kind in KINDS:
        for name, files in ((kind, known), (f"{kind}_reported", _reported(known))):
            pairs = [
                (lists[kind], read_in(read[file], kind))
                for file, lists in files.items()
                if file in read and kind in lists
            ]
            values[name] = sum(len(wanted & given.keys()) for wanted, given in pairs)
            values[f"{name}_of"] = sum(len(wanted) for wanted, _ in pairs)
            values[f"{name}_false"] = sum(len(given.keys() - wanted) for wanted, given in pairs)
        values[f"{kind}_wrong"] = [
            f"{file}: {text}"
            for file in known
            if file in read and kind in known[file]
            for name, text in read_in(read[file], kind).items()
            if name not in known[file][kind]
        ]
    return values


def _reported(known: Mapping[str, Mapping[str, frozenset[str]]]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {file: lists for file, lists in known.items() if Path(file).stem not in TUNED}
