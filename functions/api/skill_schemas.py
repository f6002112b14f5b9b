"""The types of the HTTP API about the careful reading of a posting's skills."""

from collections.abc import Sequence, Set
from typing import Self

from pydantic import Field

from functions.api.posting_schemas import Span
from functions.api.schemas import Skill, View
from jobtracker.skills import context
from jobtracker.skills.model import Asked, Demand, FoundBy, FoundKind, FoundSkill, Mention


class PostingSkill(View):
    """A skill that a posting's text speaks of, how it was found, and how the text asks for it.

    ``phrase`` are the text's own words at the first place, ``spans`` the places of ``description_text`` that say what
    ``demand`` says; demand, years and ``learned`` are as in the posting's own skills.
    """

    skill: Skill | None = Field(description="of the taxonomy; null for a phrase that it does not know")
    phrase: str
    kind: FoundKind
    found_by: FoundBy
    confidence: float = Field(description="how sure this is, from 0 to 1")
    demand: Demand
    years: int | None
    learned: bool
    spans: list[Span]
    in_profile: bool = Field(description="the person's profile has the skill, or one that implies it")

    @classmethod
    def of(cls, places: Sequence[FoundSkill], asked: Asked, has: Set[str]) -> Self:
        """The skill of these places, as the text asks for it."""
        first = places[0]
        return cls(
            skill=None if first.skill is None else Skill.of(first.skill),
            phrase=first.phrase,
            kind=first.kind,
            # What names a skill once is named.
            found_by=min((one.found_by for one in places), key=list(FoundBy).index),
            confidence=round(max(one.confidence for one in places), 2),
            demand=asked.demand,
            years=asked.years,
            learned=asked.learned,
            spans=[Span(start=start, end=end) for start, end in asked.spans],
            in_profile=first.skill in has,
        )


class PostingSkills(View):
    """The skills that a posting's text speaks of, in order of first mention; ``version`` is that of what read them."""

    version: str
    items: list[PostingSkill]

    @classmethod
    def read(cls, text: str, found: Sequence[FoundSkill], version: str, has: Set[str]) -> Self:
        """What was found in a text, with how it asks for it, for somebody who ``has`` these skills."""
        places: dict[str, list[FoundSkill]] = {}
        for one in found:
            places.setdefault(one.key, []).append(one)
        asked = context.asked(text, [Mention(one.key, one.start, one.end) for one in found])
        return cls(version=version, items=[PostingSkill.of(places[one.skill], one, has) for one in asked])
