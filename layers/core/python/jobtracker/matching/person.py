"""What a profile and its preferences mean for ranking: one side of every comparison, made once per person.

Name, e-mail, phone, links and education never get here: ranking cannot use what it is not given.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobtracker.postings.model import Pay, PayPeriod, Seniority, WorkMode
from jobtracker.postings.pay import in_usd_per_year
from jobtracker.resumes.model import Preferences, Profile
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder

RELATED_SHARE = 0.4
MAX_TITLES = 4


@dataclass(frozen=True, slots=True)
class Person:
    """The comparable side of a profile. ``have`` maps a skill's index to its share, 1 for a skill the person has,
    less for one related to it. Vectors are L2-normalised rows, one for the text and one a title; those of which the
    encoder knows no word are left out, with their titles, and None stands for no vector at all. ``named_countries``
    says whether the person named the countries; else they are where the person lives."""

    have: dict[int, float]
    titles: tuple[str, ...]
    text_vectors: NDArray[np.float32] | None
    title_vectors: NDArray[np.float32] | None
    seniority: Seniority | None
    city: str | None
    countries: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    work_modes: tuple[WorkMode, ...]
    pay_floor_usd: float | None
    named_countries: bool = False


def person_of(profile: Profile, preferences: Preferences, encoder: Encoder | None) -> Person:
    """The comparable side of ``profile`` under ``preferences``."""
    titles, title_vectors = _telling(encoder, _titles(profile, preferences))
    _, text_vectors = _telling(encoder, (_text(profile),))
    place = profile.place
    home = (place.country,) if place is not None and place.country else ()
    return Person(
        have=_have(profile.skills),
        titles=titles,
        text_vectors=text_vectors,
        title_vectors=title_vectors,
        seniority=profile.seniority,
        city=place.city if place is not None else None,
        countries=preferences.countries or home,
        named_countries=bool(preferences.countries),
        latitude=place.latitude if place is not None else None,
        longitude=place.longitude if place is not None else None,
        work_modes=preferences.work_modes,
        pay_floor_usd=_floor(preferences),
    )


def _titles(profile: Profile, preferences: Preferences) -> tuple[str, ...]:
    """The roles wanted; without any, the roles held, the latest first."""
    if preferences.titles:
        return preferences.titles[:MAX_TITLES]
    held = [profile.label, *(work.title for work in profile.work)]
    return tuple(dict.fromkeys(title for title in held if title))[:MAX_TITLES]


def _text(profile: Profile) -> str:
    known = taxonomy()
    pieces = [profile.label, profile.summary, ", ".join(known.names(profile.skills))]
    for work in profile.work:
        pieces += [work.title, *work.bullets]
    return "\n".join(piece for piece in pieces if piece)


def _telling(encoder: Encoder | None, texts: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[np.float32] | None]:
    """The texts of which the encoder knows a word, with their vectors; all of them and None where there is none."""
    if encoder is None or not texts:
        return texts, None
    vectors = encoder.encode(texts)
    telling = [row for row, vector in enumerate(vectors) if vector.any()]
    if not telling:
        return texts, None
    return tuple(texts[row] for row in telling), vectors[telling]


def _have(skills: tuple[str, ...]) -> dict[int, float]:
    known = taxonomy()
    have: dict[int, float] = {}
    # Who has a skill has those that it implies.
    skills = known.with_implied(skills)
    for skill in skills:
        for related in known.related(skill):
            if related in known.index:
                have[known.index[related]] = RELATED_SHARE
    have.update({known.index[skill]: 1.0 for skill in skills if skill in known.index})
    return have


def _floor(preferences: Preferences) -> float | None:
    if not preferences.pay_floor:
        return None
    pay = Pay(minimum=preferences.pay_floor, currency=preferences.pay_currency, period=PayPeriod.YEAR)
    converted = in_usd_per_year(pay)
    return None if converted is None else converted[0]
