"""Random but plausible postings: words as frequent as in advertisements, cities and companies in their proportions.

The same number is always the same posting. Texts have some 250 words drawn by Zipf's law, the commonest in half of all;
titles are a level and a role; one posting in eight is a copy that another board made of an earlier one.
"""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from jobtracker.postings.model import (
    Life,
    Pay,
    PayPeriod,
    Place,
    Posting,
    Seniority,
    StoredPosting,
    WorkMode,
    posting_id,
)
from jobtracker.postings.places import read_place
from jobtracker.skills.taxonomy import taxonomy

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = 60_000
COPIED_ONE_IN = 8
COMPANIES = 20_000
# So many companies have a board of their own that is collected.
BOARDS = 900
CITIES = (
    "London, UK", "Berlin, Germany", "Munich, Germany", "New York, NY", "San Francisco, CA", "Austin, TX",
    "Chicago, IL", "Seattle, WA", "Boston, MA", "Toronto, Canada", "Paris, France", "Lyon, France",
    "Amsterdam, Netherlands", "Madrid, Spain", "Barcelona, Spain", "Lisbon, Portugal", "Dublin, Ireland",
    "Warsaw, Poland", "Krakow, Poland", "Prague, Czech Republic", "Vienna, Austria", "Zurich, Switzerland",
    "Milan, Italy", "Rome, Italy", "Stockholm, Sweden", "Copenhagen, Denmark", "Oslo, Norway",
    "Helsinki, Finland", "Bengaluru, India", "Mumbai, India", "Singapore", "Tokyo, Japan",
    "Sydney, Australia", "Melbourne, Australia", "Sao Paulo, Brazil", "Mexico City, Mexico", "Manchester, UK",
    "Leeds, UK", "Hamburg, Germany", "Cologne, Germany", "Denver, CO", "Atlanta, GA", "Dallas, TX",
)  # fmt: skip
ROLES = (
    "software engineer", "data engineer", "registered nurse", "account executive", "product manager",
    "project manager", "sales representative", "warehouse operative", "customer support specialist",
    "electrician", "accountant", "financial analyst", "data scientist", "backend developer",
    "frontend developer", "devops engineer", "chef", "mechanical engineer", "teacher", "truck driver",
    "marketing manager", "ux designer", "hr business partner", "security engineer", "care assistant",
    "store manager", "business analyst", "recruiter", "lawyer", "physiotherapist",
)  # fmt: skip
FIELDS = (
    "", "", "", "payments", "logistics", "retail", "healthcare", "platform", "mobile", "cloud", "energy", "education",
    "growth", "infrastructure", "night shift", "emea", "machine learning", "operations", "automotive", "insurance",
)  # fmt: skip
# The words that advertisements have most of come first; the others are made up.
_COMMON = """
    the and to of in a for with you we our your will on team work experience as are is or be at this
    have that skills by role from an all support business development management working company us
    opportunities please ability new join strong knowledge data customer services environment systems
    people required project technical years client design communication health solutions software sales
    product quality benefits training process engineering
"""
COMMON = tuple(_COMMON.split())
TYPES = ("full_time", "full_time", "full_time", "full_time", "part_time", "contract", "internship", "temporary")
LEVELS = {
    Seniority.INTERN: "Intern ",
    Seniority.JUNIOR: "Junior ",
    Seniority.SENIOR: "Senior ",
    Seniority.LEAD: "Lead ",
}


class _Parts(NamedTuple):
    words: np.ndarray
    bounds: np.ndarray
    places: list[Place]
    skills: list[str]
    company_bounds: np.ndarray
    skill_bounds: np.ndarray


@cache
def _parts() -> _Parts:
    made = [*COMMON, *(_word(at) for at in range(WORDS - len(COMMON)))]
    chance = 1 / (np.arange(WORDS) + 12.0)
    companies = 1 / (np.arange(COMPANIES) + 30.0)
    skills = 1 / (np.arange(len(taxonomy())) + 8.0)
    places = [place for city in CITIES if (place := read_place(city)) is not None]
    return _Parts(
        np.array(made),
        np.cumsum(chance / chance.sum()),
        places,
        list(taxonomy().index),
        np.cumsum(companies / companies.sum()),
        np.cumsum(skills / skills.sum()),
    )


def _word(number: int) -> str:
    """A word of syllables for each number."""
    syllables = ("ba", "re", "mi", "to", "lu", "ken", "sor", "dal", "vi", "nex", "pra", "ul", "gon", "tis", "fe", "ro")
    found = ""
    number += 256
    while number:
        number, at = divmod(number, len(syllables))
        found += syllables[at]
    return found


def random_postings(count: int, first: int = 0) -> Iterator[StoredPosting]:
    """Postings number ``first`` and on."""
    for number in range(first, first + count):
        yield random_posting(number)


def random_posting(number: int) -> StoredPosting:
    """One posting with its life: one in twenty is closed."""
    rng = np.random.default_rng(number)
    # A copy has the earlier one's content, and its own board, link and date.
    original = int(rng.integers(number)) if number and number % COPIED_ONE_IN == 0 else number
    own = rng if original == number else np.random.default_rng(original)
    if original != number and original and original % COPIED_ONE_IN == 0:
        original = number
        own = rng
    content = _content(own, original)
    company = str(content["company_key"])
    seen = NOW - timedelta(minutes=int(rng.exponential(60 * 24 * 20)))
    source = f"board-{int(rng.integers(12))}" if number % 3 else f"greenhouse:{zlib.crc32(company.encode()) % BOARDS}"
    posting = Posting.model_construct(
        id=posting_id("random", str(number)),
        source_id=source,
        source_posting_id=str(number),
        url=f"https://jobs.example/{source}/{number}",
        apply_url=None,
        requisition_id=None,
        eligibility=(),
        language="en",
        expires_at=NOW + timedelta(days=int(rng.integers(1, 60))) if number % 4 == 0 else None,
        posted_at=None if number % 50 == 0 else seen,
        fetched_at=NOW,
        attribution="drawn at random",
        sample=False,
        **content,
    )
    life = Life(first_seen_at=seen, closed_at=NOW if number % 20 == 0 else None)
    return StoredPosting.model_construct(posting=posting, life=life, separated=())


def _content(rng: np.random.Generator, number: int) -> dict[str, Any]:
    parts = _parts()
    words = parts.words[np.searchsorted(parts.bounds, rng.random(int(rng.integers(150, 350))))]
    role, field = ROLES[int(rng.integers(len(ROLES)))], FIELDS[int(rng.integers(len(FIELDS)))]
    level = list(Seniority)[int(rng.integers(6))]
    named = parts.words[2000 + int(np.searchsorted(parts.company_bounds, rng.random()))]
    company = f"{named} {'labs' if number % 2 else 'group'}"
    mode = (None, WorkMode.ONSITE, WorkMode.ONSITE, WorkMode.HYBRID, WorkMode.REMOTE)[int(rng.integers(5))]
    places = tuple(parts.places[int(at)] for at in rng.integers(len(parts.places), size=1 + (number % 10 == 0)))
    low = round(float(rng.lognormal(11.2, 0.4)), -3)
    drawn = np.searchsorted(parts.skill_bounds, rng.random(8))
    skills = tuple(dict.fromkeys(parts.skills[at] for at in drawn.tolist()))
    text = " ".join(words)
    names = taxonomy().names(skills)
    detail = f", {field}" if field else ""
    return {
        "title": f"{LEVELS.get(level, '')}{role.title()}{detail} {parts.words[3000 + number % 9000]}",
        "role": role,
        "company": company.title(),
        "company_key": company,
        "places": places,
        "work_mode": mode,
        "remote_countries": (places[0].country,)
        if mode is WorkMode.REMOTE and number % 2 and places[0].country
        else (),
        "pay": Pay(minimum=low, maximum=low * 1.2, currency="USD", period=PayPeriod.YEAR) if number % 3 == 0 else None,
        "seniority": level if number % 5 else None,
        "skills": skills,
        "employment_type": TYPES[int(rng.integers(len(TYPES)))] if number % 4 else None,
        "description_html": f"<p>{text}</p>",
        "description_text": f"As {role} you use {', '.join(names)}. {text}",
    }
