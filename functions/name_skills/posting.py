"""Reading postings for the API."""

from jobtracker.skills import careful
from jobtracker.skills.model import FoundSkill


class CarefulReader:
    """The careful tier, as the API's route asks for it."""

    def version(self) -> str:
        """The version of what reads: another one may read otherwise."""
        return careful.version()

    def read(self, text: str) -> list[FoundSkill]:
        """Every place of the text that speaks of a skill, in order."""
        return careful.read_skills(text)
