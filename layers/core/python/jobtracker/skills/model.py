"""A skill: a node of the taxonomy."""

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
