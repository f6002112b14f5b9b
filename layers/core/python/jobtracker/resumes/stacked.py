"""Lists whose entries stand in layers: a title with its date, below it who gave it, then what it is about."""

import re
from dataclasses import dataclass
from typing import Final

from jobtracker.resumes.dates import Dates, read_date, read_range
from jobtracker.resumes.lines import SEPARATOR, is_bullet, wraps

_EDGES: Final = " \t,;|–—-·•"
_LINKING: Final = re.compile(
    r"(?:^|\s)(?:an?|the|of|for|and|or|in|on|to|with|&|der|die|das|und|für|de|la|et)$", re.IGNORECASE
)
_MOST_TITLE_WORDS: Final = 16
_MOST_TITLE_LINES: Final = 3
_FEWEST: Final = 2
# What a link to a project's page is called.
_LINK_WORDS: Final = re.compile(
    r"(?:view|see|visit|open|find it|play|read more|more)\s+(?:it\s+)?(?:on|at|in)\s+[\w.]+(?:\s[\w.]+)?\W?|"
    r"(?:view|see|visit|open)\s+(?:the\s+)?(?:project|site|website|demo|code|source|repository)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stacked:
    """A title, its dates, and the lines below it."""

    title: str
    dates: Dates
    below: tuple[str, ...]


def stacked(lines: list[str], *, apart: bool = False) -> list[Stacked]:
    """The entries, or none where the lines are not laid out so.

    Args:
        lines: the lines of the section.
        apart: take only dates that stand apart from the title, before it, at the line's other side or on a line of
            their own, as prose below may end with a date as well; then an entry may do without lines below, and these
            may be bullets.
    """
    if not lines or (any(map(is_bullet, lines)) and not apart):
        return []
    date_first = _dated_first(lines[0]) is not None
    heads = _heads_behind_dates(lines) if date_first else _heads(lines, apart=apart)
    if not heads or heads[0][0] or (len(heads) < _FEWEST and not apart):
        return []
    ends = [*(begin for begin, _, _, _ in heads[1:]), len(lines)]
    found = [
        Stacked(title, dates, tuple(lines[below:end]))
        for (_, below, title, dates), end in zip(heads, ends, strict=True)
    ]
    if any(_has_further_head(one.below, max(map(len, lines))) for one in found):
        return []
    if date_first and any(one.below[0][:1].islower() for one in found if one.below):
        # The words below go on with the title.
        return []
    return found if apart or all(one.below for one in found) else []


def without_link_words(lines: tuple[str, ...]) -> list[str]:
    """The lines without those that only lead elsewhere: "View on GitHub"."""
    return [line for line in lines if not _LINK_WORDS.fullmatch(line.strip())]


def _has_further_head(below: tuple[str, ...], width: int) -> bool:
    """Whether a plain line follows bullets that is none of their words: the head of an entry without a date."""
    first = next((at for at, line in enumerate(below) if is_bullet(line)), len(below))
    return any(
        not is_bullet(below[at]) and not wraps(below[at], below[at - 1], width) for at in range(first + 1, len(below))
    )


def _dated_first(line: str) -> tuple[str, Dates] | None:
    """The title that stands behind its dates on one line, and these."""
    dates = read_range(line) or read_date(line)
    if dates is None or dates.span[0]:
        return None
    title = line[dates.span[1] :].strip(_EDGES)
    is_one = title[:1].isupper() and len(title.split()) <= _MOST_TITLE_WORDS
    return (title, dates) if is_one else None


def _heads_behind_dates(lines: list[str]) -> list[tuple[int, int, str, Dates]]:
    """The titles of lines that open with their dates, as ``_heads`` gives them."""
    told = ((at, _dated_first(line)) for at, line in enumerate(lines) if not is_bullet(line))
    return [(at, at + 1, *head) for at, head in told if head]


def _heads(lines: list[str], *, apart: bool) -> list[tuple[int, int, str, Dates]]:
    """Where each title begins, where it is over, the title and its dates."""
    found: list[tuple[int, int, str, Dates]] = []
    for at, line in enumerate(lines):
        if is_bullet(line):
            continue
        # "Fair 48" and "April 2021" with a gap between them are no 48th of April.
        cell = line.rstrip().rfind("\t") + 1
        dates = read_range(line[cell:]) or read_date(line[cell:])
        if dates is None or line[cell + dates.span[1] :].strip():
            continue
        before = line[: cell + dates.span[0]]
        title = before.strip(_EDGES)
        if title:
            begin = at
            if apart and not SEPARATOR.fullmatch(before[len(before.rstrip(" \t|")) :] or " "):
                continue
        else:
            begin = _begin(lines, at, found[-1][1] if found else 0)
            title = " ".join(part.strip() for part in lines[begin:at])
        if 0 < len(title.split()) <= _MOST_TITLE_WORDS:
            found.append((begin, at + 1, title, dates))
    return found


def _begin(lines: list[str], at: int, floor: int) -> int:
    """Where the title above a line of dates begins: above the first, all is title."""
    if floor == 0:
        return 0 if at <= _MOST_TITLE_LINES else at
    begin = max(at - 1, floor)
    while begin > floor and (lines[begin][:1].islower() or _LINKING.search(lines[begin - 1].rstrip())):
        begin -= 1
    return begin
