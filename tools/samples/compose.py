"""Composes the sample source's feed from the hand-written parts. The same parts give the same bytes.

Run ``python -m tools.samples.compose`` after a change of the parts.
"""

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random
from typing import Final

from tools.samples.copies import Job, copies
from tools.samples.parts import Company, Country, Parts, Role, Wording, read_parts
from tools.samples.salary import write_salary

FEED: Final = Path("layers/core/python/jobtracker/sources/data/sample_feed.json.gz")
EACH: Final = {"en": 7, "de": 5, "es": 4, "fr": 4}
SHARE_WITH_PAY: Final = 0.62
_OLDEST_DAYS: Final = 45
_LONG_OPEN_FIRST, _LONG_OPEN_EVERY, _LONG_OPEN_DAYS = 20, 48, 60
_REMOTE_WEIGHTS: Final = {
    # onsite, hybrid, remote, not stated
    "often": (10, 35, 42, 13),
    "some": (35, 40, 10, 15),
    "never": (72, 0, 0, 28),
}
_MODES: Final = ("onsite", "hybrid", "remote", None)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What one advertisement is about, before it is worded."""

    role: Role
    level: str
    focus: str
    suffix: str
    company: Company
    office: str
    country_code: str
    mode: str | None


def compose(parts: Parts) -> list[Job]:
    """All advertisements, in a fixed order: each opening's own, then those that appear a second time."""
    jobs = originals(parts)
    # Some have been open for long, as some always are.
    for job in jobs[_LONG_OPEN_FIRST::_LONG_OPEN_EVERY]:
        job["published_at_days_ago"] = int(job["published_at_days_ago"] or 0) + _LONG_OPEN_DAYS
    english = [role.language == "en" for role in parts.roles for _ in range(EACH[role.language])]
    return jobs + copies(jobs, english)


def originals(parts: Parts) -> list[Job]:
    """One advertisement for each opening."""
    used: Counter[str] = Counter()
    jobs: list[Job] = []
    for number, role in enumerate(parts.roles):
        draw = Random(f"{number} {role.titles}")
        for turn in range(EACH[role.language]):
            choice = _choose(parts, role, turn, used, draw)
            jobs.append(_job(parts, choice, f"S{len(jobs) + 1:04d}", draw))
    return jobs


def _choose(parts: Parts, role: Role, turn: int, used: Counter[str], draw: Random) -> _Choice:
    levels = list(role.titles)
    suffix, _, focus = (part.strip() for part in role.focus[turn % len(role.focus)].partition("|"))
    offices = [
        (company, office)
        for company in parts.companies
        if role.field in company.fields
        for office in company.offices
        if role.language in {"en", parts.countries[_code(office)].language}
        and (role.language == "en" or role.language in company.local)
    ]
    # The least used country, then company, first: otherwise the homes of the most companies crowd out the rest.
    company, office = min(
        offices,
        key=lambda one: (
            used[f"{role.titles} {one[0].name}"],
            used[f"{role.titles} {_code(one[1])}"],
            used[f"{one[0].name}"] + used[_code(one[1])] / 3 + draw.random() * 3,
        ),
    )
    code = _code(office)
    used.update([f"{role.titles} {company.name}", f"{role.titles} {code}", company.name, code])
    mode = draw.choices(_MODES, weights=_REMOTE_WEIGHTS[role.remote])[0]
    level = levels[(turn + turn // len(levels)) % len(levels)]
    return _Choice(role, level, focus, suffix, company, office, code, mode)


def _job(parts: Parts, choice: _Choice, job_id: str, draw: Random) -> Job:
    role, country = choice.role, parts.countries[choice.country_code]
    pays = draw.random() < SHARE_WITH_PAY
    title = role.titles[choice.level] + (f"{draw.choice([', ', ' – '])}{choice.suffix}" if choice.suffix else "")
    return {
        "id": job_id,
        "title": title,
        "company": choice.company.name,
        "location": _location(choice, country, draw),
        "remote_type": choice.mode,
        "salary": write_salary(country, role.scale, role.pay, choice.level, draw) if pays else None,
        "description_html": _description(parts, choice, country, draw),
        "published_at_days_ago": min(_OLDEST_DAYS, int(draw.expovariate(1 / 12))),
        "url": f"https://example.com/sample-jobs/{job_id}",
        "field": role.field,
        "country": choice.country_code,
        "employment_type": draw.choice(role.contracts),
    }


def _description(parts: Parts, choice: _Choice, country: Country, draw: Random) -> str:
    role, words = choice.role, parts.wordings[choice.role.language]
    intro = draw.choice(role.intros).format(company=choice.company.name, city=choice.office.split(",")[0])
    opening = [choice.company.local.get(role.language, choice.company.line), f"{intro} {choice.focus}"]
    if draw.random() < 0.3:
        opening.reverse()
    duties = draw.sample(role.duties, draw.randint(5, 6))
    if choice.level in role.levels:
        duties.insert(draw.randint(0, 1), role.levels[choice.level])
    requirements = [_years(one, choice.level, words) for one in draw.sample(role.requirements, draw.randint(4, 5))]
    if not any("{years}" in one for one in role.requirements):
        raise ValueError(f"{role.titles} asks for no years")
    paragraphs = [f"<p>{escape(one, quote=False)}</p>" for one in opening]
    blocks = [
        _block(draw.choice(words.duties), duties, draw),
        _block(draw.choice(words.requirements), requirements, draw),
    ]
    if role.nice and draw.random() < 0.7:
        blocks.append(_block(draw.choice(words.nice), draw.sample(role.nice, min(2, len(role.nice))), draw))
    if role.language != "en":
        perks = draw.sample(country.local_benefits, 3)
    else:
        perks = draw.sample(country.benefits, 2)
        perks += draw.sample(parts.perks.get(role.field, parts.perks["any"]), 1) + draw.sample(parts.perks["any"], 1)
    blocks.append(_block(draw.choice(words.offer), perks, draw))
    closing = f"<p>{escape(draw.choice(words.closing).format(company=choice.company.name), quote=False)}</p>"
    return "".join([*paragraphs, *blocks, closing])


def _block(heading: str, lines: list[str], draw: Random) -> str:
    title = draw.choice(["<h3>{}</h3>", "<p><strong>{}</strong></p>", "<h4>{}</h4>"]).format(
        escape(heading, quote=False)
    )
    return f"{title}<ul>{''.join(f'<li>{escape(line, quote=False)}</li>' for line in lines)}</ul>"


def _years(sentence: str, level: str, words: Wording) -> str:
    written = sentence.format(years=words.years[level]) if "{years}" in sentence else sentence
    return written[0].upper() + written[1:]


def _location(choice: _Choice, country: Country, draw: Random) -> str:
    city = ", ".join(part.strip() for part in choice.office.split(",")[:-1])
    full = city if choice.country_code == "US" else f"{city}, {country.name}"
    if choice.mode == "remote":
        return draw.choice([f"Remote, {country.name}", f"Remote ({country.name})", full])
    return full


def _code(office: str) -> str:
    return office.rsplit(",", 1)[1].strip()


def feed_bytes(jobs: list[Job]) -> bytes:
    """The feed as it is bundled; no time of writing in it, so that equal jobs give equal bytes."""
    text = json.dumps({"jobs": jobs}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def main() -> None:
    """Write the feed."""
    jobs = compose(read_parts())
    FEED.parent.mkdir(parents=True, exist_ok=True)
    FEED.write_bytes(feed_bytes(jobs))
    print(f"{FEED}: {len(jobs)} jobs, {len({job['field'] for job in jobs})} fields")


if __name__ == "__main__":
    main()
