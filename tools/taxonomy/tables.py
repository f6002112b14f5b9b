"""Our own tables of skills: clusters of lines, in the form that the head of ``own/a_software.txt`` describes.

A cluster's members are related to one another, and a skill may imply others: who knows EKS knows Kubernetes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import Name

FOLDER = Path(__file__).parent / "own"
_HEADER = re.compile(r"\[(?P<cluster>.+) \| (?P<kind>\w+)\]")
_SYMBOLS = {"+": " plus", "#": " sharp", "&": " and "}


class BrokenTableError(ValueError):
    """The tables cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A skill: its spellings, its own name first, the ids it implies, and the number of its cluster."""

    id: str
    kind: SkillKind
    names: tuple[Name, ...]
    parents: tuple[str, ...]
    cluster: int


def own() -> list[Row]:
    """Our own skills, in the order of the files' names. BrokenTableError where a table is not as its head says."""
    return read("\n".join(one.read_text(encoding="utf-8") for one in sorted(FOLDER.glob("*.txt"))))


def read(text: str) -> list[Row]:
    """The skills of tables of this form. BrokenTableError for a skill that stands twice, for one that is implied and
    not there, and for skills that imply one another in a circle."""
    rows: dict[str, Row] = {}
    for row in _rows(text):
        if row.id in rows:
            raise BrokenTableError(f"{row.names[0].text} stands twice")
        rows[row.id] = row
    for row in rows.values():
        if unknown := [parent for parent in row.parents if parent not in rows]:
            raise BrokenTableError(f"{row.id} implies {', '.join(unknown)}, which is no skill")
    try:
        TopologicalSorter({row.id: row.parents for row in rows.values()}).prepare()
    except CycleError as circle:
        raise BrokenTableError(f"in a circle: {' > '.join(circle.args[1])}") from None
    return list(rows.values())


def slug(name: str) -> str:
    """A skill's id: its name in lower-case ASCII words joined by hyphens."""
    spelled = "".join(_SYMBOLS.get(letter, letter) for letter in name)
    if spelled.startswith("."):
        spelled = f"dot{spelled[1:]}"
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _rows(text: str) -> Iterator[Row]:
    kind, cluster = SkillKind.TOOL, 0
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            kind, cluster = SkillKind(header["kind"]), cluster + 1
            continue
        written, _, implied = line.partition(" > ")
        names = tuple(Name.read(part.strip()) for part in written.split(";"))
        parents = tuple(slug(part.strip()) for part in implied.split(";")) if implied else ()
        yield Row(slug(names[0].text), kind, names, parents, cluster)
