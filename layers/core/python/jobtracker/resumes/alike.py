"""How likely two entries of two resumes tell of one thing. 0 is not, 1 is certainly."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jobtracker.postings.companies import company_key
from jobtracker.postings.gazetteer import fold
from jobtracker.resumes import dates
from jobtracker.resumes.model import Education, Language, Link, Work

# Words that two titles or degrees share, of those that they have: half of them is likely the same.
_ALIKE: Final = 0.5
_NOW: Final = 9_999 * 12


def work_likeness(one: Work, other: Work) -> float:
    """Positions of one company whose times overlap, or whose titles are alike where a time is not known.

    A company is the same however its legal form is written. Without one, the title has to be the same and the times
    have to overlap.
    """
    titles, times = _shared(one.title, other.title), _overlap(_span(one), _span(other))
    companies = _company(one.company), _company(other.company)
    if None in companies:
        return (titles + (times or 0)) / 2 if titles == 1 and times else 0
    if companies[0] != companies[1] or times == 0:
        return 0
    if times is None:
        return titles if titles >= _ALIKE else _ALIKE if None in (one.title, other.title) else 0
    return (titles + times) / 2 if titles >= _ALIKE or times >= _ALIKE or None in (one.title, other.title) else 0


def education_likeness(one: Education, other: Education) -> float:
    """Studies at one institution whose degrees are alike, or which one of the two does not tell, and whose times do not
    exclude each other."""
    if not one.institution or not other.institution or _name(one.institution) != _name(other.institution):
        return 0
    degrees = _shared(one.degree, other.degree)
    times = _overlap(_span(one), _span(other))
    if degrees >= _ALIKE or None in (one.degree, other.degree):
        return 0 if times == 0 and degrees < 1 else (degrees + (times or 0) + 1) / 3
    return 0.1 if times is not None and times >= _ALIKE else 0


def _language_likeness(one: Language, other: Language) -> float:
    same = one.code == other.code if one.code and other.code else _name(one.language) == _name(other.language)
    return float(same)


def _link_likeness(one: Link, other: Link) -> float:
    return float(_address(one.url) == _address(other.url))


def _named(part: str) -> Callable[[Any, Any], float]:
    """Whether two entries are called the same; those without a name never are."""

    def likeness(one: Any, other: Any) -> float:
        name = _name(getattr(one, part) or "")
        return float(name != "" and name == _name(getattr(other, part) or ""))

    return likeness


LIKENESS: Final[Mapping[str, Callable[[Any, Any], float]]] = {
    "links": _link_likeness,
    "work": work_likeness,
    "education": education_likeness,
    "languages": _language_likeness,
    "certificates": _named("name"),
    "projects": _named("name"),
    "publications": _named("name"),
    "awards": _named("title"),
    "work_rights": _named("words"),
}
"""For each list of a profile, how likely two of its entries are one."""


def _company(name: str | None) -> str | None:
    return company_key(name) if name else None


def _name(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _address(url: str) -> str:
    return url.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _shared(one: str | None, other: str | None) -> float:
    """Words that both have, of the words of both (the Sorensen-Dice coefficient)."""
    first, second = set(fold(one or "").split()), set(fold(other or "").split())
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0


def _span(entry: Work | Education) -> tuple[int, int] | None:
    """The months from the start to the end; None where one of them is not known. A year alone is all of it."""
    end = entry.end
    until = _NOW if getattr(entry, "current", False) else _month(end, "12") if end else None
    return (_month(entry.start, "01") - 1, until) if entry.start and until is not None else None


def _month(date: str, otherwise: str) -> int:
    return dates.months(date if "-" in date else f"{date}-{otherwise}", is_end=True)


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> float | None:
    """The part of the shorter time that both have; None where a time is not known."""
    if one is None or other is None:
        return None
    shorter = max(1, min(one[1] - one[0], other[1] - other[0]))
    return min(1.0, max(0, min(one[1], other[1]) - max(one[0], other[0])) / shorter)
