"""Who reads a text's skills carefully: whatever holds the model, which the API itself does not load."""

from typing import Annotated, Protocol

from fastapi import Depends, Request

from jobtracker.skills.model import FoundSkill


class SkillReader(Protocol):
    """What reads which skills a text speaks of."""

    def version(self) -> str:
        """The version of what reads: another one may read otherwise."""

    def read(self, text: str) -> list[FoundSkill]:
        """Every place of the text that speaks of a skill, in order."""


def skill_reader(request: Request) -> SkillReader:
    """The reader that the app was made with."""
    found: SkillReader = request.app.state.skill_reader
    return found


SkillsOfTexts = Annotated[SkillReader, Depends(skill_reader)]
