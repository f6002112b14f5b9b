"""The taxonomy: every skill we know. ``python -m tools.taxonomy`` makes it of our own tables, O*NET, ESCO and Linguist.

A skill may imply others: who knows EKS knows Kubernetes. Not all names may be looked for in a text: "manage budgets" is
a skill of ESCO, and a phrase of any advertisement. Those only serve to link what was found by other means to a skill;
they are many, and read when they are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import BaseModel

from jobtracker.skills import artifact
from jobtracker.skills.model import Skill, SkillKind

# How kinds and marks of names are written in the file. Marks are those of our own tables.
KINDS = {
    "t": SkillKind.TOOL,
    "k": SkillKind.KNOWLEDGE,
    "p": SkillKind.PRACTICE,
    "l": SkillKind.LANGUAGE,
    "c": SkillKind.CERTIFICATE,
    "s": SkillKind.SOFT,
}


class Content(BaseModel):
    """The file's section ``skills``. Skills are named by their places in ``ids``.

    ``kinds`` has a letter for each skill; ``spelled`` has, for the first skills, the names that may be looked for, with
    their marks, the skill's own name first where it is one of them. ``clusters`` has the places of skills that are
    related to one another, ``related`` and ``parents`` those of single skills.
    """

    ids: list[str]
    names: list[str]
    kinds: str
    spelled: dict[int, list[str]]
    clusters: list[list[int]]
    related: dict[int, list[int]]
    parents: dict[int, list[int]]


class LinkedNames(BaseModel):
    """The file's section ``linking``: names, and the place of the skill that each of them is of."""

    names: list[str]
    skills: list[int]


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a skill. ``exact``: this case only; ``near``: only near another skill; ``same``: it means the
    skill itself, and not something that goes with it."""

    text: str
    exact: bool = False
    near: bool = False
    same: bool = False

    @classmethod
    def read(cls, written: str) -> "Name":
        """The name with its marks: ``*`` before any, ``=`` exact, ``~`` near."""
        text = written.removeprefix("*")
        near, exact = text.startswith("~"), text.startswith(("~", "="))
        return cls(text.lstrip("~="), exact, near, same=text != written)

    @property
    def written(self) -> str:
        """The name with its marks."""
        return f"{'*' if self.same else ''}{'~' if self.near else '=' if self.exact else ''}{self.text}"


@dataclass(frozen=True, slots=True)
class Linkable:
    """Names that link to a skill's id: in lower case, save those that mean it in their own case only ("Access")."""

    names: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The id of the skill that is called so, as written or whatever its case; None where there is none."""
        text = " ".join(text.split())
        return self.names.get(text) or self.names.get(text.casefold())


class _Skills(Mapping[str, Skill]):
    """Skills by id, each made when it is first asked for: most never are."""

    def __init__(self, content: Content, index: dict[str, int]) -> None:
        self._content = content
        self._index = index
        self._made: dict[str, Skill] = {}
        self._cluster = {member: cluster for cluster in content.clusters for member in cluster}

    def __getitem__(self, skill_id: str) -> Skill:
        if (skill := self._made.get(skill_id)) is None:
            skill = self._made[skill_id] = self._make(self._index[skill_id])
        return skill

    def __iter__(self) -> Iterator[str]:
        return iter(self._content.ids)

    def __len__(self) -> int:
        return len(self._content.ids)

    def __contains__(self, skill_id: object) -> bool:
        return skill_id in self._index

    def _make(self, at: int) -> Skill:
        content = self._content
        name = content.names[at]
        aliases = (Name.read(written).text for written in content.spelled.get(at, []))
        alike = self._cluster.get(at) or content.related.get(at, [])
        return Skill(
            content.ids[at],
            name,
            KINDS[content.kinds[at]],
            tuple(alias for alias in aliases if alias != name),
            tuple(content.ids[other] for other in alike if other != at),
        )


class Taxonomy:
    """Skills by id, in a fixed order.

    ``by_name`` has the ids by the names that may be looked for, in lower case, ``by_other_name`` by those of them that
    mean the skill itself and are not its own name; ``spellings`` has these names for the skills that have any;
    ``parents`` has the ids that a skill implies directly, for the skills that imply any.
    """

    def __init__(self, content: Content) -> None:
        self.ids: tuple[str, ...] = tuple(content.ids)
        self.index: dict[str, int] = {one: at for at, one in enumerate(content.ids)}
        self.by_id: Mapping[str, Skill] = _Skills(content, self.index)
        self.spellings = {content.ids[at]: tuple(map(Name.read, names)) for at, names in content.spelled.items()}
        self.parents = {
            content.ids[at]: tuple(content.ids[parent] for parent in parents) for at, parents in content.parents.items()
        }
        self.languages = frozenset(one for one, kind in zip(content.ids, content.kinds, strict=True) if kind == "l")
        self._names = content.names

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Ids by the names that may be looked for."""
        found: dict[str, str] = {}
        own: dict[str, str] = {}
        for skill, names in self.spellings.items():
            found.update((name.text.casefold(), skill) for name in names)
            own[self._names[self.index[skill]].casefold()] = skill
        # A name comes before another skill's other spelling.
        return found | own

    @cached_property
    def by_other_name(self) -> dict[str, str]:
        """Ids by other names of the same."""
        return {name.text.casefold(): one for one, names in self.spellings.items() for name in names if name.same}

    def __len__(self) -> int:
        """The number of skills."""
        return len(self.ids)

    def get(self, skill_id: str) -> Skill | None:
        """The skill, or None."""
        return self.by_id.get(skill_id)

    def named(self, text: str) -> Skill | None:
        """The skill with this id, name or other spelling, in whatever case; None where there is none."""
        return self.by_id.get(text) or self.by_id.get(self.by_name.get(text.strip().casefold(), ""))

    @cached_property
    def linkable(self) -> Linkable:
        """The names that link to skills, read when they are first asked for."""
        linked = LinkedNames.model_validate(artifact.bundled().section("linking"))
        return Linkable({name: self.ids[at] for name, at in zip(linked.names, linked.skills, strict=True)})

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
        return [self._names[self.index[one]] if one in self.index else one for one in skill_ids]


@cache
def taxonomy() -> Taxonomy:
    """The bundled taxonomy. BrokenArtifactError where its file is not as its head says."""
    return Taxonomy(Content.model_validate(artifact.bundled().section("skills")))
