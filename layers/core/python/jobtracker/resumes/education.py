"""Reading the courses of study of a resume."""

from jobtracker.resumes.dates import read_date, read_range
from jobtracker.resumes.lines import is_bullet, pieces
from jobtracker.resumes.model import Education


def read_education(lines: list[str]) -> list[Education]:
    """The courses of study in the order of the text."""
    found: list[Education] = []
    for line in lines:
        dates = None if is_bullet(line) else read_range(line) or read_date(line)
        if dates:
            told = pieces(line[: dates.span[0]] + " | " + line[dates.span[1] :])
            found.append(Education(institution=told[0] if told else None, start=dates.start, end=dates.end))
    return found
