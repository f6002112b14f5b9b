"""A span of a text that names a skill, as the statistical model finds it."""

from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What somebody does ("plan workshops"), and what somebody knows ("project management")."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class SkillSpan:
    """From the character ``start`` to before ``end``; ``confidence`` is how likely both ends are right, from 0 to 1."""

    start: int
    end: int
    kind: SpanKind
    confidence: float
