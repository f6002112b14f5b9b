"""Exact ranking of a whole catalog for a profile.

A posting's score is the sum of its parts' points, which are counted as they are shown, in tenths. A part that either
side leaves unknown gets the mean of what is known of that part over the catalog, so that silence is neither rewarded
nor punished. The weights are a first, plain model.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import Final

import numpy as np

from jobtracker.catalog.columns import skills_version
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.versions import FORMAT
from jobtracker.matching import features
from jobtracker.matching.coarse import Coarse
from jobtracker.matching.codes import THREADS
from jobtracker.matching.explain import explain
from jobtracker.matching.features import CatalogArrays, Scored
from jobtracker.matching.model import Match
from jobtracker.matching.person import Person, person_of
from jobtracker.resumes.model import Preferences, Profile
from jobtracker.text.encoder import Encoder

DEFAULT_LIMIT = 200
# Raise at each change of what a posting scores, or of how that is explained: kept matches are then ranked anew.
VERSION: Final = 3


def ranking_version() -> str:
    """What a ranking follows from besides profile, postings and encoder: this code, the taxonomy, the index's shape."""
    return f"{VERSION}.{FORMAT}.{skills_version()}"


class Ranker:
    """Ranks one catalog index for any number of people; keeps what it derived from the index.

    Args:
        index: the opened catalog index.
        encoder: the encoder that made the index's vectors, or None when there is none yet: the text and title
            parts are then unknown for every posting.
    """

    def __init__(self, index: CatalogIndex, encoder: Encoder | None) -> None:
        self.index = index
        agrees = encoder is not None and index.vectors is not None and index.encoder_version == encoder.version
        self.encoder = encoder if agrees else None
        self.arrays = CatalogArrays(index)

    def rank(self, profile: Profile, preferences: Preferences, *, limit: int = DEFAULT_LIMIT) -> list[Match]:
        """The ``limit`` best postings, best first, each explained."""
        return self.rank_many([(profile, preferences)], limit=limit)[0]

    def rank_many(
        self, people: Sequence[tuple[Profile, Preferences]], *, limit: int = DEFAULT_LIMIT
    ) -> list[list[Match]]:
        """The best postings for each of ``people``, who are compared with the catalog together."""
        persons = [person_of(profile, preferences, self.encoder) for profile, preferences in people]
        return [
            [explain(self.arrays, person, scored, row) for row in range(len(scored.positions))]
            for person, scored in zip(persons, self.best(persons, limit=limit), strict=True)
        ]

    def best(self, persons: Sequence[Person], *, limit: int = DEFAULT_LIMIT) -> list[Scored]:
        """The ``limit`` best postings for each of ``persons``, best first."""
        if not persons or not self.index.n:
            nothing = Scored(np.empty(0, dtype=np.int64), {}, {})
            return [nothing for _ in persons]
        with ThreadPoolExecutor(THREADS) as threads:
            neutrals = list(threads.map(partial(features.neutral_values, self.arrays), persons))
            candidates = self._coarse.candidates(persons, neutrals, limit, threads)
            scored = threads.map(partial(features.score, self.arrays), persons, neutrals, candidates)
            return [everything.best(limit) for everything in scored]

    @cached_property
    def _coarse(self) -> Coarse:
        return Coarse(self.arrays)
