"""The pairs of postings worth judging, found among millions by sorting columns of keys."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jobtracker.postings.fingerprint import BINS, Prints, agreement, mixed
from jobtracker.postings.traits import LINKS, PLACES, Keys

# New rows looked for at once.
_CHUNK: Final = 20_000
# A key that more rows share tells too little: a narrower one takes its place.
_CROWD: Final = 24
_MOST: Final = 400
_FOLDS: Final = 20

# In how many bins fingerprints must agree, by what else two postings share.
SAME_WORK_AND_PLACE: Final = 6
SAME_WORK_OR_COMPANY: Final = 10
SAME_COMPANY_AND_PLACE: Final = 3
NOTHING_ELSE: Final = 16

Rows = NDArray[np.int64]
Bits = NDArray[np.uint64] | NDArray[np.uint16]
_Found = tuple[Rows, Rows]


def candidates(keys: Keys, new: Rows) -> tuple[Rows, Rows]:
    """Pairs of rows that may be one job, at least one of them in ``new``: each pair once, the lower row first."""
    pairs = [np.empty(0, dtype=np.int64)]
    count = len(keys)
    for start in range(0, len(new), _CHUNK):
        part = new[start : start + _CHUNK]
        for mine, others in _blocks(keys, part):
            low, high = np.minimum(mine, others), np.maximum(mine, others)
            pairs.append(np.unique((low * count + high)[low != high]))
    codes = np.unique(np.concatenate(pairs))
    return codes // max(1, count), codes % max(1, count)


def _blocks(keys: Keys, new: Rows) -> Iterator[_Found]:
    """Pairs by each kind of key, those dropped whose texts differ too much for what the key says."""
    for left in range(LINKS):
        for right in range(LINKS):
            yield _join(keys.links[:, right], keys.links[new, left], new, _MOST)
    both = _combined(keys.company, keys.work)
    yield _join(both, both[new], new, _CROWD)
    for other in range(PLACES):
        place = keys.places[:, other]
        narrow, work, company = (_combined(column, place) for column in (both, keys.work, keys.company))
        for at in range(PLACES):
            here = keys.places[new, at]
            yield _join(narrow, _combined(both[new], here), new, _MOST)
            found = _join(work, _combined(keys.work[new], here), new, _MOST)
            yield _near(keys, found, SAME_WORK_AND_PLACE)
            found = _join(company, _combined(keys.company[new], here), new, _MOST)
            yield _near(keys, found, SAME_COMPANY_AND_PLACE)
    for band in _bands(keys.fingerprint):
        mine, others = _near(keys, _join(band, band[new], new, _MOST), SAME_WORK_OR_COMPANY)
        agreed = (keys.work[mine] == keys.work[others]) | (keys.company[mine] == keys.company[others])
        agreed |= agreement(keys.fingerprint[mine], keys.fingerprint[others]) >= NOTHING_ELSE
        yield mine[agreed], others[agreed]


def _near(keys: Keys, found: _Found, least: int) -> _Found:
    mine, others = found
    close = agreement(keys.fingerprint[mine], keys.fingerprint[others]) >= least
    return mine[close], others[close]


def _bands(fingerprint: Prints) -> Iterator[Bits]:
    """Each two neighbouring bins of the fingerprints as a key."""
    for at in range(0, BINS, 2):
        left, right = fingerprint[:, at], fingerprint[:, at + 1]
        yield np.where((left != 0) & (right != 0), left.astype(np.uint16) << 8 | right, np.uint16(0))


def _combined(a: Bits, b: Bits) -> Bits:
    """One key of two; none where either is none."""
    made = mixed(a * np.uint64(0x9E3779B97F4A7C15) + b) | np.uint64(1)
    return np.where((a != 0) & (b != 0), made, np.uint64(0))


def _join(column: Bits, wanted: Bits, new: Rows, most: int) -> _Found:
    """Pairs of a row of ``new`` and a row whose key in ``column`` is the one ``wanted`` for it.

    A key that more than ``most`` rows have gives no pair.
    """
    has = wanted != 0
    wanted, mine = wanted[has], new[has]
    if not len(mine):
        return mine, mine
    # Most rows of a large catalog share no key with the new ones: a coarse set rules them out before the sorting.
    asked = np.zeros(1 << _FOLDS, dtype=bool)
    asked[_fold(wanted)] = True
    members = np.flatnonzero(asked[_fold(column)] & (column != 0))
    order = members[np.argsort(column[members], kind="stable")]
    sorted_keys = column[order]
    first = np.searchsorted(sorted_keys, wanted, side="left")
    size = np.searchsorted(sorted_keys, wanted, side="right") - first
    size[size > most] = 0
    total = int(size.sum())
    inside = np.arange(total) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(mine, size), order[np.repeat(first, size) + inside]


def _fold(keys: Bits) -> Bits:
    """The keys as numbers below ``2**_FOLDS``."""
    return keys if keys.dtype == np.uint16 else (keys ^ (keys >> np.uint64(_FOLDS))) & np.uint64((1 << _FOLDS) - 1)
