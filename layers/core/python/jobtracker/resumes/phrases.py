"""What the careful tier read of a resume's skills: as it is kept beside the text, and what a profile takes of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.resumes.model import LinkedSkill
from jobtracker.skills.model import FoundBy, FoundKind, FoundSkill

MOST_LINKED: Final = 60
"""Skills that a profile takes at most of those that its resume does not name."""
MOST_OTHERS: Final = 40
"""Phrases that a profile keeps at most of those that the taxonomy does not know."""


class ReadSkill(BaseModel):
    """A place of the text that speaks of a skill; see ``FoundSkill``."""

    model_config = ConfigDict(frozen=True)

    skill: str | None
    phrase: str
    start: int
    end: int
    kind: FoundKind
    confidence: float = Field(ge=0, le=1)
    found_by: FoundBy

    @classmethod
    def of(cls, found: FoundSkill) -> Self:
        """The same place."""
        return cls(
            skill=found.skill,
            phrase=found.phrase,
            start=found.start,
            end=found.end,
            kind=found.kind,
            confidence=found.confidence,
            found_by=found.found_by,
        )


class NamedSkills(BaseModel):
    """All such places of a resume's text, and the version of what read them."""

    version: str
    skills: tuple[ReadSkill, ...]

    def of_text(self, text: str) -> list[ReadSkill]:
        """Those that stand in ``text`` as they stood in the text that was read: a file may be extracted anew."""
        return [one for one in self.skills if text[one.start : one.end] == one.phrase]


def taken(
    named: Iterable[ReadSkill], known: Iterable[str], body: str
) -> tuple[tuple[LinkedSkill, ...], tuple[str, ...]]:
    """What a profile takes: the skills that phrases mean, with these phrases, and the phrases that mean none we know.

    Args:
        named: what was read of the text.
        known: ids of the skills that the profile has by their names.
        body: the part of the text that speaks of the person; what stands elsewhere only is not taken.
    """
    have = set(known)
    plain = " ".join(body.split())
    phrases: dict[str, list[str]] = {}
    others: dict[str, str] = {}
    for one in named:
        words = " ".join(one.phrase.split())
        if one.skill in have or not stands_in(words, plain):
            continue
        if one.skill is None:
            others.setdefault(words.casefold(), words)
        else:
            phrases.setdefault(one.skill, []).append(words)
    linked = [
        LinkedSkill(skill=skill, phrases=tuple(dict.fromkeys(some)))
        for skill, some in list(phrases.items())[:MOST_LINKED]
    ]
    return tuple(linked), tuple(list(others.values())[:MOST_OTHERS])


def stands_in(words: str, text: str) -> bool:
    """Whether a phrase stands in a text as it is written, as whole words."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def together(lists: Iterable[Sequence[LinkedSkill]]) -> tuple[LinkedSkill, ...]:
    """The skills of all lists, each once with all its phrases."""
    phrases: dict[str, dict[str, None]] = {}
    for one in (linked for some in lists for linked in some):
        phrases.setdefault(one.skill, {}).update(dict.fromkeys(one.phrases))
    return tuple(LinkedSkill(skill=skill, phrases=tuple(some)) for skill, some in phrases.items())
