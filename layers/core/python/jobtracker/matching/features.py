"""The parts of a score over a whole catalog at once: arrays of values in 0..1 with a mask of what is known."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobtracker.catalog.columns import SENIORITIES, WORK_MODES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.person import Person
from jobtracker.postings.model import WorkMode
from jobtracker.skills.taxonomy import taxonomy

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]

# One more skill's worth of doubt: a posting that names a single skill is not "fully covered" by it.
PRIOR_COVERAGE = 0.25
PRIOR_SKILLS = 1.5
SENIORITY_BY_DISTANCE = np.array([1.0, 0.6, 0.2, 0.05, 0.0, 0.0, 0.0], dtype=np.float32)
COMMUTE_KM = 50.0
KM_PER_DEGREE = 111.2
# A cosine of this much is as alike as a resume and an advertisement get with this encoder.
FULL_TEXT_COSINE = 0.65
FULL_TITLE_COSINE = 0.9
PAY_TOLERANCE = 0.5

REMOTE = WORK_MODES[WorkMode.REMOTE]


@dataclass(frozen=True, slots=True)
class Values:
    """One part's value per posting, meaningful where ``known``."""

    value: Floats
    known: Mask


class CatalogArrays:
    """What ranking derives from an index once and keeps: 32-bit vectors and each skill's postings."""

    def __init__(self, index: CatalogIndex) -> None:
        self.index = index

    @cached_property
    def vectors(self) -> Floats | None:
        """Text vectors [n, d] in 32 bits: BLAS has no 16-bit product."""
        vectors = self.index.vectors
        return None if vectors is None else np.ascontiguousarray(vectors, dtype=np.float32)

    @cached_property
    def skill_counts(self) -> NDArray[np.int64]:
        """Skills named by each posting [n]."""
        return np.diff(self.index.skills_indptr).astype(np.int64)

    @cached_property
    def skill_weights(self) -> Floats:
        """How much a skill tells, by how rare it is: ln(1 + n / (1 + postings that name it))."""
        counts = np.bincount(self.index.skills_indices, minlength=len(taxonomy()))
        return np.log1p(self.index.n / (1.0 + counts)).astype(np.float32)

    @cached_property
    def asked(self) -> Floats:
        """Total weight of the skills that each posting names [n]."""
        rows = np.repeat(np.arange(self.index.n), self.skill_counts)
        weights = self.skill_weights[self.index.skills_indices]
        return np.bincount(rows, weights=weights, minlength=self.index.n).astype(np.float32)

    @cached_property
    def _by_skill(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        rows = np.repeat(np.arange(self.index.n, dtype=np.int32), self.skill_counts)
        order = np.argsort(self.index.skills_indices, kind="stable")
        counts = np.bincount(self.index.skills_indices, minlength=len(taxonomy()))
        return np.concatenate(([0], np.cumsum(counts))), rows[order]

    def naming(self, skill: int) -> NDArray[np.int32]:
        """Positions of the postings that name ``skill``."""
        bounds, rows = self._by_skill
        return rows[bounds[skill] : bounds[skill + 1]]


def skills(arrays: CatalogArrays, person: Person) -> Values:
    """Weighted share of a posting's skills that the person has, shrunk towards PRIOR_COVERAGE where few are named."""
    covered = np.zeros(arrays.index.n, dtype=np.float32)
    for skill, share in person.have.items():
        # A posting names a skill once, so the positions are distinct and plain indexing adds each of them.
        covered[arrays.naming(skill)] += share * arrays.skill_weights[skill]
    doubt = PRIOR_SKILLS * float(np.median(arrays.skill_weights))
    value = (covered + PRIOR_COVERAGE * doubt) / (arrays.asked + doubt)
    known = arrays.skill_counts > 0 if person.have else np.zeros(arrays.index.n, dtype=bool)
    return Values(value.astype(np.float32), known)


def similarity(cosines: Floats | None, n: int, full: float) -> Values:
    """Cosines as values, where ``full`` and above count 1; unknown without cosines."""
    if cosines is None:
        return Values(np.zeros(n, dtype=np.float32), np.zeros(n, dtype=bool))
    return Values(np.clip(cosines / full, 0, 1), np.ones(n, dtype=bool))


def seniority(columns: Columns, person: Person) -> Values:
    """Closeness of the levels."""
    level = columns["seniority"].astype(np.int16)
    if person.seniority is None:
        return Values(np.zeros(len(level), dtype=np.float32), np.zeros(len(level), dtype=bool))
    own = SENIORITIES[person.seniority]
    return Values(SENIORITY_BY_DISTANCE[np.abs(level - own)], level > 0)


def place(index: CatalogIndex, columns: Columns, person: Person) -> Values:
    """Whether the person can work there: the mode wanted, and country or commute unless remote."""
    mode = columns["work_mode"]
    codes = columns["country_codes"]
    remote = mode == REMOTE
    somewhere = (codes > 0).any(axis=1)
    wanted = [index.countries.index(c) for c in person.countries if c in index.countries]
    at_home = np.isin(codes, wanted).any(axis=1) if wanted else np.zeros(len(mode), dtype=bool)
    value = np.where(at_home, 0.6, 0.1).astype(np.float32)
    value[_near(columns, person)] = 1.0
    value[remote] = np.where(at_home, 1.0, np.where(somewhere, 0.2, 0.9))[remote].astype(np.float32)
    known = (somewhere & bool(person.countries)) | (remote & (bool(person.countries) | ~somewhere))
    if person.work_modes:
        unwanted = (mode > 0) & ~np.isin(mode, [WORK_MODES[m] for m in person.work_modes])
        value[unwanted] *= 0.3
        known = known | (mode > 0)
    return Values(value, known)


def _near(columns: Columns, person: Person) -> Mask:
    latitude = columns["latitude"].astype(np.float32)
    if person.latitude is None or person.longitude is None:
        return np.zeros(len(latitude), dtype=bool)
    # Equirectangular distance: exact enough at commuting range, and needs one cosine in all.
    north = latitude - np.float32(person.latitude)
    longitude = columns["longitude"].astype(np.float32)
    east = (longitude - np.float32(person.longitude)) * np.float32(np.cos(np.radians(person.latitude)))
    with np.errstate(invalid="ignore"):
        return np.asarray(north * north + east * east <= (COMMUTE_KM / KM_PER_DEGREE) ** 2)


def pay(columns: Columns, person: Person) -> Values:
    """The best stated pay against the person's floor: 1 at the floor and above, 0 at half of it."""
    lowest = columns["pay_min_usd"].astype(np.float32)
    stated = np.fmax(columns["pay_max_usd"].astype(np.float32), lowest)
    known = ~np.isnan(stated)
    if person.pay_floor_usd is None:
        return Values(np.zeros(len(stated), dtype=np.float32), np.zeros(len(stated), dtype=bool))
    reached = np.nan_to_num(stated) / np.float32(person.pay_floor_usd)
    return Values(np.clip((reached - PAY_TOLERANCE) / (1 - PAY_TOLERANCE), 0, 1).astype(np.float32), known)
