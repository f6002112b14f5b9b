"""The taxonomy: every skill we know, read from the bundled table.

A cluster's members are related to one another. The order of the table is the order of ``Taxonomy.index``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jobtracker.skills.model import Skill, SkillKind

_HEADER = re.compile(r"\[(?P<cluster>.+) \| (?P<kind>\w+)\]")
_SYMBOLS = {"+": " plus", "#": " sharp", "&": " and "}


class BrokenTableError(ValueError):
    """The bundled table cannot be read."""


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a skill. ``exact``: this case only; ``near``: only near another skill; ``same``: it means the
    skill itself, and not something that goes with it."""

    text: str
    exact: bool = False
    near: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Skills by id, in a fixed order. ``by_name`` has the ids by names and other spellings in lower case,
    ``by_other_name`` by those of the spellings that mean the skill itself."""

    by_id: dict[str, Skill]
    by_name: dict[str, str]
    by_other_name: dict[str, str]
    spellings: dict[str, tuple[Name, ...]]
    index: dict[str, int]
    ids: tuple[str, ...]

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
    """The bundled taxonomy."""
    return _read(resources.files("jobtracker.skills").joinpath("data", "taxonomy.txt").read_text(encoding="utf-8"))


def _read(text: str) -> Taxonomy:
    clusters = list(_clusters(text))
    by_id: dict[str, Skill] = {}
    spellings: dict[str, tuple[Name, ...]] = {}
    for kind, rows in clusters:
        ids = [slug(row[0].text) for row in rows]
        for skill_id, row in zip(ids, rows, strict=True):
            if skill_id in by_id:
                raise BrokenTableError(f"{row[0].text} stands twice")
            # Soft skills and languages are no substitute for one another, so they have no relations.
            alike = () if kind in {SkillKind.SOFT, SkillKind.LANGUAGE} else tuple(i for i in ids if i != skill_id)
            aliases = tuple(name.text for name in row[1:])
            by_id[skill_id] = Skill(skill_id, row[0].text, kind, aliases, alike)
            spellings[skill_id] = row
    other = {name.text.casefold(): one for one, row in spellings.items() for name in row if name.same}
    ids_in_order = tuple(by_id)
    # A name comes before another skill's other spelling.
    by_name = {alias.casefold(): skill.id for skill in by_id.values() for alias in skill.aliases}
    by_name |= {skill.name.casefold(): skill.id for skill in by_id.values()}
    index = {one: at for at, one in enumerate(ids_in_order)}
    return Taxonomy(by_id, by_name, other, spellings, index, ids_in_order)


def _clusters(text: str) -> Iterator[tuple[SkillKind, list[tuple[Name, ...]]]]:
    kind: SkillKind | None = None
    rows: list[tuple[Name, ...]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            if kind is not None:
                yield kind, rows
            kind, rows = SkillKind(header["kind"]), []
            continue
        rows.append(tuple(_name(part.strip()) for part in line.split(";")))
    if kind is not None:
        yield kind, rows


def _name(written: str) -> Name:
    text = written.removeprefix("*")
    near, exact = text.startswith("~"), text.startswith(("~", "="))
    return Name(text.lstrip("~="), exact, near, same=text != written)
