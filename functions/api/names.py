"""The names that people read for the ids that the system stores."""

from jobtracker.skills.taxonomy import taxonomy
from jobtracker.sources.listing import find

_BROUGHT = {"import": "Imported page", "mail": "Job alert mail"}
_OWN = "own:"


def skill_name(skill_id: str) -> str:
    """The skill's name, or the id when the taxonomy no longer has it."""
    skill = taxonomy().by_id.get(skill_id)
    return skill_id if skill is None else skill.name


def source_name(source_id: str) -> str:
    """The source's name; what a person brought along is called by how; an id that is not known is its own name."""
    if source_id.startswith(_OWN):
        return "Own source"
    listing = find(source_id)
    return _BROUGHT.get(source_id, source_id) if listing is None else listing.name
