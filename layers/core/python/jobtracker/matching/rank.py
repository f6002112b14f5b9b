"""Exact ranking of a whole catalog for a profile.

Every posting is scored on every part. A part that either side leaves unknown gets the mean of what is known of that
part over the catalog, so that silence is neither rewarded nor punished. The weights are a first, plain model.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import features
from jobtracker.matching.explain import explain
from jobtracker.matching.features import CatalogArrays, Floats, Values
from jobtracker.matching.model import Match, PartName
from jobtracker.matching.person import Person, person_of
from jobtracker.resumes.model import Preferences, Profile
from jobtracker.text.encoder import Encoder

WEIGHTS: dict[PartName, float] = {
    PartName.SKILLS: 38.0,
    PartName.TITLE: 22.0,
    PartName.TEXT: 12.0,
    PartName.SENIORITY: 10.0,
    PartName.PLACE: 10.0,
    PartName.PAY: 8.0,
}
NEUTRAL = 0.5
# Title vectors are compared for the best of the other parts only, once a catalog is larger than this.
TITLE_CANDIDATES = 20_000
DEFAULT_LIMIT = 200


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
        """The best postings for each of ``people``; their text is compared in one matrix product."""
        persons = [person_of(profile, preferences, self.encoder) for profile, preferences in people]
        cosines = self._text_cosines(persons)
        return [self._rank_person(person, cosine, limit) for person, cosine in zip(persons, cosines, strict=True)]

    def _text_cosines(self, persons: Sequence[Person]) -> list[Floats | None]:
        vectors = self.arrays.vectors
        found: list[Floats | None] = [None] * len(persons)
        asked = [(at, person.text_vector) for at, person in enumerate(persons) if person.text_vector is not None]
        if vectors is None or not asked:
            return found
        queries = np.stack([vector for _, vector in asked])
        for (at, _), row in zip(asked, queries @ vectors.T, strict=True):
            found[at] = row
        return found

    def _rank_person(self, person: Person, cosines: Floats | None, limit: int) -> list[Match]:
        n = self.index.n
        if n == 0:
            return []
        columns = self.index.columns
        values: dict[PartName, Values] = {
            PartName.SKILLS: features.skills(self.arrays, person),
            PartName.TEXT: features.similarity(cosines, n, features.FULL_TEXT_COSINE),
            PartName.SENIORITY: features.seniority(columns, person),
            PartName.PLACE: features.place(self.index, columns, person),
            PartName.PAY: features.pay(columns, person),
        }
        partial = np.zeros(n, dtype=np.float32)
        for name, part in values.items():
            partial += _points(part, WEIGHTS[name])
        candidates = best(partial, TITLE_CANDIDATES)
        values = {name: Values(v.value[candidates], v.known[candidates]) for name, v in _filled(values).items()}
        title = features.similarity(
            self._title_cosines(person, candidates), len(candidates), features.FULL_TITLE_COSINE
        )
        values[PartName.TITLE] = _fill(title)
        total = partial[candidates] + _points(title, WEIGHTS[PartName.TITLE])
        return [
            explain(self.index, self.arrays, person, int(candidates[at]), int(at), values, WEIGHTS)
            for at in best(total, limit)
        ]

    def _title_cosines(self, person: Person, candidates: NDArray[np.intp]) -> Floats | None:
        vectors = self.index.title_vectors
        if vectors is None or person.title_vectors is None:
            return None
        chosen = np.asarray(vectors[candidates], dtype=np.float32)
        return np.asarray((chosen @ person.title_vectors.T).max(axis=1), dtype=np.float32)


def _neutral(values: Values) -> float:
    return float(values.value[values.known].mean()) if values.known.any() else NEUTRAL


def _fill(values: Values) -> Values:
    """The same values with the neutral one where nothing is known."""
    return Values(np.where(values.known, values.value, np.float32(_neutral(values))), values.known)


def _filled(values: dict[PartName, Values]) -> dict[PartName, Values]:
    return {name: _fill(part) for name, part in values.items()}


def _points(values: Values, weight: float) -> Floats:
    return _fill(values).value * np.float32(weight)


def best(scores: Floats, count: int) -> NDArray[np.intp]:
    """Positions of the ``count`` highest scores, highest first; of equals, the earlier position first."""
    if count < len(scores):
        # Every position that ties with the last of the best takes part, so that the cut among equals is by position.
        threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
        positions = np.flatnonzero(scores >= threshold)
    else:
        positions = np.arange(len(scores))
    order = np.argsort(-scores[positions], kind="stable")
    return positions[order][:count]
