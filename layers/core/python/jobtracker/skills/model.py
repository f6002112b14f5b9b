"""A skill, a node of the taxonomy; where a text names it, and how the text asks for it."""

from dataclasses import dataclass
from enum import StrEnum


class SkillKind(StrEnum):
    """What sort of thing a skill is."""

    TOOL = "tool"
    KNOWLEDGE = "knowledge"
    PRACTICE = "practice"
    LANGUAGE = "language"
    CERTIFICATE = "certificate"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Skill:
    """``id`` is a slug; ``aliases`` are other spellings; ``related`` are ids of neighbouring skills."""

    id: str
    name: str
    kind: SkillKind
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Demand(StrEnum):
    """How a text asks for a skill. ``MENTIONED``: it is named, and no more is said."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a skill: from the character ``start`` to before ``end``."""

    skill: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """How a text asks for a skill.

    ``years`` are the least that it asks for, ``learned`` says that the text promises to teach it, and ``spans`` are the
    places that name the skill and say what ``demand`` says. ``alternatives`` are the ids of skills of which any one is
    enough in its place: "Java or Scala".
    """

    skill: str
    demand: Demand
    years: int | None = None
    learned: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    alternatives: tuple[str, ...] = ()


class FoundBy(StrEnum):
    """How a skill was found in a text: by a name of the taxonomy, by words that mean one of its skills, or as words
    that name a skill that the taxonomy does not know."""

    NAMED = "named"
    LINKED = "linked"
    PHRASE = "phrase"


class FoundKind(StrEnum):
    """What a text speaks of: what somebody does ("plan workshops"), or what somebody knows ("project management")."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class SkillSpan:
    """Where the statistical model finds that a text speaks of a skill: from the character ``start`` to before ``end``.

    ``confidence`` is how likely both ends are right, from 0 to 1.
    """

    start: int
    end: int
    kind: FoundKind
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundSkill:
    """A place of a text that speaks of a skill, as the careful tier reads it.

    ``phrase`` are the text's words from the character ``start`` to before ``end``; ``skill`` is the taxonomy's, None
    where ``found_by`` is PHRASE; ``confidence``, from 0 to 1, is how sure all of this is.
    """

    skill: str | None
    phrase: str
    start: int
    end: int
    kind: FoundKind
    confidence: float
    found_by: FoundBy

    @property
    def key(self) -> str:
        """What is the same for all places that speak of the same skill: its id, or the words whatever their case."""
        return self.skill or f"“{' '.join(self.phrase.casefold().split())}”"
