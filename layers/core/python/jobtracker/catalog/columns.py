"""A posting's values in the columns that ranking and filtering read."""

import hashlib
from datetime import UTC, datetime
from itertools import islice
from string import ascii_uppercase
from typing import Any

import numpy as np

from jobtracker.postings.model import Pay, Posting, Seniority, StoredPosting, WorkMode
from jobtracker.postings.pay import in_usd_per_year
from jobtracker.skills import context
from jobtracker.skills.taxonomy import taxonomy

SECONDS_PER_DAY = 86_400
SECONDS_PER_HOUR = 3_600
MAX_COUNTRIES = 4
# A group's number is a byte, and 0 is none.
MOST_GROUPS = 255
HASH_BYTES = 16

WORK_MODES = {WorkMode.ONSITE: 1, WorkMode.HYBRID: 2, WorkMode.REMOTE: 3}
SENIORITIES = {level: at for at, level in enumerate(Seniority, start=1)}
# Every pair of letters has its code for good, so that old and new rows can be put together as they are.
COUNTRIES: list[str] = ["", *(a + b for a in ascii_uppercase for b in ascii_uppercase)]
_COUNTRY_CODES = {country: at for at, country in enumerate(COUNTRIES) if country}

PAY_BANDS = {"under_50k": 50_000.0, "50k_100k": 100_000.0, "100k_150k": 150_000.0, "150k_200k": 200_000.0}
TOP_BAND, NO_BAND = "over_200k", "unknown"

COLUMN_TYPES: dict[str, type[np.generic]] = {
    "work_mode": np.uint8,
    "seniority": np.uint8,
    "pay_min_usd": np.float32,
    "pay_max_usd": np.float32,
    "latitude": np.float32,
    "longitude": np.float32,
    "posted_day": np.int32,
    "expires_hour": np.int32,
    "first_seen": np.int64,
    "country_codes": np.uint16,
    "source": np.uint32,
    "employment_type": np.uint32,
    "slot": np.int32,
}


def skills_version() -> str:
    """A hash of the taxonomy's order of skills: rows made under another one cannot be reused."""
    return hashlib.sha256("\n".join(taxonomy().index).encode()).hexdigest()[:16]


def countries_of(posting: Posting) -> tuple[str, ...]:
    """The countries in which a posting's work can be done, as named by it."""
    named = [place.country for place in posting.places if place.country] + list(posting.remote_countries)
    return tuple(dict.fromkeys(country.upper() for country in named))


def pay_in_usd(pay: Pay | None) -> tuple[float, float]:
    """Lowest and highest yearly pay in US dollars; NaN where it is not stated."""
    converted = None if pay is None else in_usd_per_year(pay)
    if converted is None:
        return float("nan"), float("nan")
    low, high = converted
    return float("nan") if low is None else low, float("nan") if high is None else high


def best_pay(pay: Pay | None) -> float | None:
    """The highest yearly pay that is stated, in US dollars."""
    stated = [amount for amount in pay_in_usd(pay) if amount == amount]  # noqa: PLR0124 - NaN is unequal to itself
    return max(stated, default=None)


def seconds(moment: datetime | None) -> int:
    """Seconds since 1970, or -1 for an unknown moment."""
    if moment is None:
        return -1
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def pay_band(pay: float | None) -> str:
    """The band of a yearly pay in US dollars."""
    if pay is None:
        return NO_BAND
    return next((band for band, below in PAY_BANDS.items() if pay < below), TOP_BAND)


def values_of(stored: StoredPosting) -> dict[str, Any]:
    """The posting's value in each column that it alone decides."""
    posting = stored.posting
    low, high = pay_in_usd(posting.pay)
    place = next((place for place in posting.places if place.latitude is not None), None)
    posted, expires = seconds(posting.posted_at), seconds(posting.expires_at)
    return {
        "work_mode": WORK_MODES[posting.work_mode] if posting.work_mode else 0,
        "seniority": SENIORITIES[posting.seniority] if posting.seniority else 0,
        "pay_min_usd": low,
        "pay_max_usd": high,
        "latitude": np.nan if place is None else place.latitude,
        "longitude": np.nan if place is None or place.longitude is None else place.longitude,
        "posted_day": posted // SECONDS_PER_DAY,
        "expires_hour": -1 if expires < 0 else expires // SECONDS_PER_HOUR,
        "first_seen": seconds(stored.life.first_seen_at),
        "country_codes": (country_codes(posting) + [0] * MAX_COUNTRIES)[:MAX_COUNTRIES],
    }


def country_codes(posting: Posting) -> list[int]:
    """The numbers of all countries in which a posting's work can be done."""
    return [_COUNTRY_CODES[country] for country in countries_of(posting) if country in _COUNTRY_CODES]


def skill_indices(posting: Posting) -> list[int]:
    """The taxonomy's indices of the posting's skills, each once."""
    index = taxonomy().index
    return [index[skill] for skill in _known_skills(posting)]


def skill_groups(posting: Posting) -> list[int]:
    """Beside each of these the number of the group in which one skill is enough, from 1; 0 for a skill in none."""
    known = _known_skills(posting)
    number = dict.fromkeys(known, 0)
    there = (tuple(one for one in group if one in number) for group in context.groups(posting.description_text))
    for at, group in enumerate(islice((some for some in there if len(some) > 1), MOST_GROUPS), start=1):
        number |= dict.fromkeys(group, at)
    return [number[skill] for skill in known]


def _known_skills(posting: Posting) -> list[str]:
    index = taxonomy().index
    return [skill for skill in dict.fromkeys(posting.skills) if skill in index]
