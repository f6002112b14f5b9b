"""What positions come to: how many years, and which level."""

from collections.abc import Iterable, Sequence
from datetime import date

from jobtracker.postings.model import Seniority
from jobtracker.postings.normalise import read_seniority
from jobtracker.resumes.model import Work
from jobtracker.resumes.usage import months_of

_SENIOR_YEARS = 5
_MID_YEARS = 2


def years_of(work: Iterable[Work], today: date) -> float | None:
    """Years of work, times of several positions at once counted once; None without a dated position."""
    months = months_of(work, today)
    return None if months is None else round(months / 12, 1)


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
