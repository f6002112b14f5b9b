"""Advertisements that appear a second time: as an agency's copy, without the employer's name and under its own, and as
a board's, with a title and a head of its own. So the sample feed shows how one job's postings come together.
"""

from dataclasses import dataclass
from html import escape
from typing import Final

Job = dict[str, str | int | None]

FIRST: Final = 27
EVERY: Final = 31
_DAYS_LATER: Final = 3


@dataclass(frozen=True, slots=True)
class _Wording:
    """How somebody writes around a text that is not of his making; ``name`` is empty for a board."""

    name: str
    title: str
    head: str
    foot: str


_BOARDS: Final = (
    _Wording(
        "",
        "{title} - {city}",
        "{company} is hiring. This advertisement was read by a person before it went up here.",
        "Seen something wrong? Tell us, and we take the advertisement down within a day.",
    ),
    _Wording(
        "",
        "{title} (all genders)",
        "A fresh opening from {company}, for you to look at in peace.",
        "Save this job, share it with a friend, or have the next ones sent to you every Monday morning.",
    ),
)
_AGENCIES: Final = (
    _Wording(
        "Lantern & Quay Recruitment",
        "{title} ({city})",
        "Lantern & Quay Recruitment fills this permanent position for a client who values discretion.",
        "Send us your documents; a consultant calls you within two working days. Our service costs you nothing.",
    ),
    _Wording(
        "Brassbell Staffing",
        "{title} – start now",
        "For one of its long-standing clients, Brassbell Staffing seeks a reliable addition to the team.",
        "Brassbell Staffing has placed people for twenty years. By applying you agree to our privacy notice.",
    ),
)


def copies(jobs: list[Job], english: list[bool]) -> list[Job]:
    """Every ``EVERY``th of ``jobs`` that is written in English once more, by turns an agency's copy and a board's."""
    made: list[Job] = []
    for turn, at in enumerate(range(FIRST, len(jobs), EVERY)):
        by = (_BOARDS if turn % 2 else _AGENCIES)[turn // 2 % 2]
        if english[at]:
            made.append(_copy(jobs[at], by, f"S{len(jobs) + len(made) + 1:04d}"))
    return made


def _copy(job: Job, by: _Wording, job_id: str) -> Job:
    company, text = str(job["company"]), str(job["description_html"])
    city = str(job["location"]).split(",")[0]
    if by.name:
        text = text.replace(escape(company, quote=False), "our client").replace("<p>our client", "<p>Our client")
    head, foot = (f"<p>{escape(line.format(company=company), quote=False)}</p>" for line in (by.head, by.foot))
    return job | {
        "id": job_id,
        "title": by.title.format(title=job["title"], city=city),
        "company": by.name or company,
        "description_html": f"{head}{text}{foot}",
        "published_at_days_ago": max(0, int(job["published_at_days_ago"] or 0) - _DAYS_LATER),
        "url": f"https://example.com/sample-jobs/{job_id}",
    }
