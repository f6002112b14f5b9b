"""The names that people read for the ids that the system stores."""

from jobtracker.skills.taxonomy import taxonomy
from jobtracker.sources.listing import listings


def skill_name(skill_id: str) -> str:
    """The skill's name, or the id when the taxonomy no longer has it."""
    skill = taxonomy().by_id.get(skill_id)
    return skill_id if skill is None else skill.name


def source_name(source_id: str) -> str:
    """The source's name, or the id when it is no longer read."""
    listing = listings().get(source_id)
    return source_id if listing is None else listing.name
