"""What postings ask for: the skills that they name, where a group of which one is enough counts as one skill.

Groups that are the same in many postings are one. Their numbers follow those of the taxonomy's skills, so whoever adds
up skills adds up groups alike.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
# More than the numbers of groups that a posting has, which are bytes.
_GROUPS = 256


@dataclass(frozen=True, slots=True)
class AskedSkills:
    """``indices`` are skills and groups, posting by posting, from ``indptr`` on.

    ``starts`` is where the members of each group begin in ``members``.
    """

    indptr: Integers
    indices: NDArray[np.int32]
    members: Integers
    starts: Integers

    def weights(self, of_skills: Floats) -> Floats:
        """Weights of skills and groups: a group weighs what its members do on average."""
        if not len(self.starts):
            return of_skills
        sizes = np.diff(self.starts, append=len(self.members))
        return np.concatenate([of_skills, np.add.reduceat(of_skills[self.members], self.starts) / sizes])

    def shares(self, of_skills: Floats) -> Floats:
        """A person's shares of skills and groups: of a group what the person has most of."""
        if not len(self.starts):
            return of_skills
        return np.concatenate([of_skills, np.maximum.reduceat(of_skills[self.members], self.starts)])


def asked_of(indptr: Integers, indices: NDArray[np.int32], either: NDArray[np.uint8], skills: int) -> AskedSkills:
    """What postings ask for that name these skills of a taxonomy of so many; ``either`` is beside each skill the number
    of its group in its posting, 0 where it is in none."""
    none = np.empty(0, dtype=np.int64)
    grouped = np.flatnonzero(either)
    if not len(grouped):
        return AskedSkills(indptr, indices, none, none)
    posting = np.searchsorted(indptr, grouped, side="right") - 1
    number = posting * _GROUPS + either[grouped]
    order = np.argsort(number, kind="stable")
    bounds = np.flatnonzero(np.diff(number[order], prepend=-1, append=-1))
    known: dict[tuple[int, ...], int] = {}
    members = indices[grouped[order]].tolist()
    groups = [known.setdefault(tuple(sorted(members[a:b])), len(known)) for a, b in pairwise(bounds.tolist())]
    # The group stands where its first member did.
    first = grouped[order[bounds[:-1]]]
    together = indices.copy()
    together[first] = skills + np.array(groups, dtype=np.int32)
    kept = np.ones(len(indices), dtype=bool)
    kept[grouped] = False
    kept[first] = True
    ends = np.concatenate(([0], np.cumsum(kept)))
    sizes = [len(group) for group in known]
    return AskedSkills(
        ends[indptr].astype(np.int64),
        together[kept],
        np.array([member for group in known for member in group], dtype=np.int64),
        np.cumsum([0, *sizes[:-1]]).astype(np.int64),
    )
