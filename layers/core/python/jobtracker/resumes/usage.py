"""Where a person used each skill, and for how long."""

from collections.abc import Iterable, Sequence
from datetime import date

from jobtracker.resumes import dates
from jobtracker.resumes.model import LinkedSkill, SkillUse, Work
from jobtracker.resumes.phrases import stands_in
from jobtracker.skills.extraction import extract


def skill_uses(
    skills: Sequence[str], work: Sequence[Work], today: date, linked: Sequence[LinkedSkill] = ()
) -> list[SkillUse]:
    """For each of the skills that a position's title or bullets name: the positions, and their months in all.

    Of the ``linked`` skills a position names those of which it has a phrase.
    """
    told = ["\n".join([one.title or "", *one.bullets]) for one in work]
    named = [set(extract(text)) for text in told]
    for text, names in zip(told, named, strict=True):
        plain = " ".join(text.split())
        names.update(one.skill for one in linked if any(stands_in(phrase, plain) for phrase in one.phrases))
    found = []
    for skill in skills:
        positions = tuple(at for at, names in enumerate(named) if skill in names)
        if positions:
            months = months_of((work[at] for at in positions), today)
            # Of "2019" alone nobody knows how long it was.
            found.append(SkillUse(skill=skill, positions=positions, months=months or None))
    return found


def years_of(work: Iterable[Work], today: date) -> float | None:
    """Years of work, times of several positions at once counted once; None without a dated position."""
    months = months_of(work, today)
    return None if months is None else round(months / 12, 1)


def months_of(work: Iterable[Work], today: date) -> int | None:
    """Months of work, times of several positions at once counted once; None without a dated position."""
    now = f"{today:%Y-%m}"
    spans = sorted(
        (dates.months(one.start, is_end=False), dates.months(now if one.current else one.end or one.start, is_end=True))
        for one in work
        if one.start
    )
    if not spans:
        return None
    total, until = 0, 0
    for start, end in spans:
        total += max(0, end - max(start, until))
        until = max(until, end)
    return total
