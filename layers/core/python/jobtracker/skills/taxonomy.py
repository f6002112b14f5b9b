"""The taxonomy: every skill we know, read from the bundled tables.

A cluster's members are related to one another, and a skill may imply others: who knows EKS knows Kubernetes. The order
of the tables is the order of ``Taxonomy.index``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import resources

from jobtracker.skills.model import Skill, SkillKind

_HEADER = re.compile(r"\[(?P<cluster>.+) \| (?P<kind>\w+)\]")
_SYMBOLS = {"+": " plus", "#": " sharp", "&": " and "}


class BrokenTableError(ValueError):
    """The bundled tables cannot be read."""


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a skill. ``exact``: this case only; ``near``: only near another skill; ``same``: it means the
    skill itself, and not something that goes with it."""

    text: str
    exact: bool = False
    near: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table: a skill's names, its own first, and the names of the skills that it implies."""

    names: tuple[Name, ...]
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Skills by id, in a fixed order. ``by_name`` has the ids by names and other spellings in lower case,
    ``by_other_name`` by those of the spellings that mean the skill itself; ``parents`` has the ids that a skill implies
    directly, for the skills that imply any."""

    by_id: dict[str, Skill]
    by_name: dict[str, str]
    by_other_name: dict[str, str]
    spellings: dict[str, tuple[Name, ...]]
    index: dict[str, int]
    ids: tuple[str, ...]
    parents: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        """The number of skills."""
        return len(self.ids)

    def get(self, skill_id: str) -> Skill | None:
        """The skill, or None."""
        return self.by_id.get(skill_id)

    def named(self, text: str) -> Skill | None:
        """The skill with this id, name or other spelling, in whatever case; None where there is none."""
        return self.by_id.get(text) or self.by_id.get(self.by_name.get(text.strip().casefold(), ""))

    def related(self, skill_id: str) -> tuple[str, ...]:
        """Ids of the skills near this one; none for an unknown id."""
        skill = self.by_id.get(skill_id)
        return skill.related if skill else ()

    def implied(self, skill_id: str) -> tuple[str, ...]:
        """Ids of the skills that whoever has this one has too, the nearest first; none for an unknown id."""
        found = dict.fromkeys(self.parents.get(skill_id, ()))
        # A list of what is found grows while it is read: each skill's own parents come after it.
        reached = list(found)
        for one in reached:
            new = [parent for parent in self.parents.get(one, ()) if parent not in found]
            found.update(dict.fromkeys(new))
            reached += new
        return tuple(reached)

    def with_implied(self, skill_ids: Iterable[str]) -> tuple[str, ...]:
        """These skills and all that they imply, each once: first those given, in their order."""
        given = tuple(dict.fromkeys(skill_ids))
        return tuple(dict.fromkeys([*given, *(more for one in given for more in self.implied(one))]))

    def names(self, skill_ids: Iterable[str]) -> list[str]:
        """Names for people; an id that is not of this taxonomy stands for itself."""
        return [self.by_id[one].name if one in self.by_id else one for one in skill_ids]


def slug(name: str) -> str:
    """A skill's id: its name in lower-case ASCII words joined by hyphens."""
    spelled = "".join(_SYMBOLS.get(letter, letter) for letter in name)
    if spelled.startswith("."):
        spelled = f"dot{spelled[1:]}"
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


@cache
def taxonomy() -> Taxonomy:
    """The bundled taxonomy. BrokenTableError where a table is not as its head says."""
    folder = resources.files("jobtracker.skills").joinpath("data")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".txt")), key=lambda one: one.name)
    return read("\n".join(one.read_text(encoding="utf-8") for one in files))


def read(text: str) -> Taxonomy:
    """The taxonomy that tables of this form hold. BrokenTableError for a skill that stands twice, for one that is
    implied and not there, and for skills that imply one another in a circle."""
    by_id: dict[str, Skill] = {}
    rows: dict[str, _Row] = {}
    for kind, members in _clusters(text):
        ids = [slug(row.names[0].text) for row in members]
        for skill_id, row in zip(ids, members, strict=True):
            name, aliases = row.names[0].text, tuple(name.text for name in row.names[1:])
            if skill_id in by_id:
                raise BrokenTableError(f"{name} stands twice")
            # Soft skills and languages are no substitute for one another, so they have no relations.
            alike = () if kind in {SkillKind.SOFT, SkillKind.LANGUAGE} else tuple(i for i in ids if i != skill_id)
            by_id[skill_id], rows[skill_id] = Skill(skill_id, name, kind, aliases, alike), row
    spellings = {skill_id: row.names for skill_id, row in rows.items()}
    other = {name.text.casefold(): one for one, names in spellings.items() for name in names if name.same}
    # A name comes before another skill's other spelling.
    by_name = {alias.casefold(): skill.id for skill in by_id.values() for alias in skill.aliases}
    by_name |= {skill.name.casefold(): skill.id for skill in by_id.values()}
    index = {one: at for at, one in enumerate(by_id)}
    return Taxonomy(by_id, by_name, other, spellings, index, tuple(by_id), _parents(rows))


def _parents(rows: dict[str, _Row]) -> dict[str, tuple[str, ...]]:
    """The ids that each skill implies directly."""
    parents: dict[str, tuple[str, ...]] = {}
    for skill_id, row in rows.items():
        ids = tuple(slug(name) for name in row.parents)
        if unknown := [name for name, one in zip(row.parents, ids, strict=True) if one not in rows]:
            raise BrokenTableError(f"{skill_id} implies {', '.join(unknown)}, which is no skill")
        if ids:
            parents[skill_id] = ids
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as circle:
        raise BrokenTableError(f"in a circle: {' > '.join(circle.args[1])}") from None
    return parents


def _clusters(text: str) -> Iterator[tuple[SkillKind, list[_Row]]]:
    kind: SkillKind | None = None
    rows: list[_Row] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            if kind is not None:
                yield kind, rows
            kind, rows = SkillKind(header["kind"]), []
            continue
        names, _, implied = line.partition(" > ")
        parents = tuple(part.strip() for part in implied.split(";")) if implied else ()
        rows.append(_Row(tuple(_name(part.strip()) for part in names.split(";")), parents))
    if kind is not None:
        yield kind, rows


def _name(written: str) -> Name:
    text = written.removeprefix("*")
    near, exact = text.startswith("~"), text.startswith(("~", "="))
    return Name(text.lstrip("~="), exact, near, same=text != written)
