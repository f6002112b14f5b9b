"""What positions come to: the title that counts, and the level."""

from collections.abc import Sequence

from jobtracker.postings.model import Seniority
from jobtracker.postings.normalise import read_seniority
from jobtracker.resumes.model import Work

_SENIOR_YEARS = 5
_MID_YEARS = 2


def latest_title(work: Sequence[Work]) -> str | None:
    """The title of the current position, else of the first one that has a title."""
    current = next((position.title for position in work if position.current and position.title), None)
    return current or next((position.title for position in work if position.title), None)


def seniority_of(title: str | None, label: str | None, years: float | None) -> Seniority | None:
    """The level that the title names, or the one that the years suggest."""
    for text in (title, label):
        if text and (level := read_seniority(text)):
            return level
    if years is None or not title:
        return None
    return Seniority.SENIOR if years >= _SENIOR_YEARS else Seniority.MID if years >= _MID_YEARS else Seniority.JUNIOR
