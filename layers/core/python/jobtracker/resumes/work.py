"""Reading the positions of a resume."""

from jobtracker.resumes.dates import read_range
from jobtracker.resumes.lines import is_bullet, pieces, unbulleted
from jobtracker.resumes.model import Work


def read_work(lines: list[str]) -> list[Work]:
    """The positions in the order of the text."""
    found: list[Work] = []
    for number, line in enumerate(lines):
        if is_bullet(line) or not (dates := read_range(line)):
            continue
        rest = line[: dates.span[0]] + " | " + line[dates.span[1] :]
        told = pieces(rest) or (pieces(lines[number - 1]) if number else [])
        following: list[str] = []
        for after in lines[number + 1 :]:
            if read_range(after):
                break
            if is_bullet(after):
                following.append(unbulleted(after))
        found.append(
            Work(
                title=told[0] if told else None,
                company=told[1] if len(told) > 1 else None,
                start=dates.start,
                end=dates.end,
                current=dates.current,
                bullets=tuple(following),
            )
        )
    return found
