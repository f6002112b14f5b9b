"""Whether two postings advertise the same job, and which of those that do stands for the others.

A pair is judged by what it says: links, company, title, level, place, text, and the employer's own number. Whoever
applies wants one entry for one job; two openings that merely sound alike stay two.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import cos, hypot, radians
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from jobtracker.postings.candidates import candidates
from jobtracker.postings.model import StoredPosting, WorkMode
from jobtracker.postings.traits import Keys, Spot, Traits, traits_of

__all__ = ["Keys", "Origin", "Rank", "Traits", "Verdict", "candidates", "clusters", "judge", "rank_of", "traits_of"]

# In how many of their 32 bins the fingerprints of two texts must agree, by what else does.
_ANY: Final = 0
_SAME_OPENING: Final = 8
_SAME_SOURCE: Final = 20
_COPIED: Final = 12
_COPIED_BY_AGENCY: Final = 7
_COPIED_ELSEWHERE: Final = 16
_NARROWER: Final = 24
_LEVEL_UNSAID: Final = 22
_NEVER: Final = 33
# A text shorter than this says too little, and one much shorter than the other is a part of it.
_SHORT: Final = 350
_PART: Final = 0.6
_NEARBY_KM: Final = 10
_KM_PER_DEGREE: Final = 111.2
_ALIKE: Final = 90
_LONG_WORD: Final = 6
_PAY_APART: Final = 1.15
_AGGREGATORS: Final = frozenset({"adzuna", "linkedin", "workingnomads", "himalayas", "arbeitnow", "jobicy", "nodesk"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a pair is one job, how sure that is (0 to 1), and why.

    ``apart`` says that the two must not come together even where a third posting agrees with both.
    """

    same: bool
    confidence: float
    reasons: tuple[str, ...]
    apart: bool = False


class Origin(IntEnum):
    """How near to the employer a source is, the nearest first."""

    EMPLOYER = 0
    BOARD = 1
    AGGREGATOR = 2


class Rank(NamedTuple):
    """What decides which posting stands for its duplicates; the least does."""

    closed: bool
    origin: Origin
    first_seen: float
    id: str


class _Agreement(IntEnum):
    NO = 0
    UNKNOWN = 1
    BROADLY = 2
    YES = 3


def judge(a: Traits, b: Traits) -> Verdict:
    """Whether the two advertise one job; the same whichever comes first."""
    company, title, place = _companies(a, b), _titles(a, b), _places(a.spots, b.spots)
    if a.links & b.links and (title is not _Agreement.NO or _one_page(a, b) or _agreement(a, b) >= _COPIED):
        return Verdict(same=True, confidence=1.0, reasons=("they lead to the same page",))
    if against := _against(title, place):
        return Verdict(same=False, confidence=0.9, reasons=(against,))
    employer = company is _Agreement.YES
    if (against := _levels_apart(a, b)) or (employer and (against := _requisitions_apart(a, b))):
        return Verdict(same=False, confidence=1.0, reasons=(against,), apart=True)
    if against := _terms_apart(a, b):
        return Verdict(same=False, confidence=0.9, reasons=(against,))
    agree = _agreement(a, b)
    if agree < _least(a, b, company, title, place):
        return Verdict(same=False, confidence=0.7, reasons=("their texts differ",))
    reasons = (
        "same employer" if employer else "text copied under another name",
        "same title" if title is _Agreement.YES else "one title says more than the other",
        *(("same place",) if place is _Agreement.YES else ()),
        *(("much of the text is the same",) if agree >= _SAME_OPENING else ()),
    )
    return Verdict(same=True, confidence=round(0.5 + 0.015 * agree, 3), reasons=reasons)


def _agreement(a: Traits, b: Traits) -> int:
    """In how many bins the fingerprints agree."""
    return sum(one == other != 0 for one, other in zip(a.fingerprint, b.fingerprint, strict=True))


def _least(a: Traits, b: Traits, company: _Agreement, title: _Agreement, place: _Agreement) -> int:
    """In how many bins the fingerprints must agree, given what else does."""
    one_source = a.source_id == b.source_id
    if a.title.levels != b.title.levels:
        # "Engineer" and "Senior Engineer" of one source are two openings; elsewhere a field may say the level.
        same_level = a.seniority is not None and a.seniority == b.seniority and not one_source
        return _LEVEL_UNSAID if same_level else _NEVER
    if title is not _Agreement.YES:
        # One source that lists "Engineer" and "Engineer, Payments" has two openings; another may drop the team.
        return _NEVER if one_source else _NARROWER
    if company not in {_Agreement.YES, _Agreement.BROADLY}:
        if place is not _Agreement.YES:
            return _COPIED_ELSEWHERE
        return _COPIED_BY_AGENCY if a.agency or b.agency else _COPIED
    if one_source:
        return _SAME_SOURCE
    part = min(a.length, b.length) < max(_SHORT, _PART * max(a.length, b.length))
    return _ANY if part and company is _Agreement.YES else _SAME_OPENING


def _one_page(a: Traits, b: Traits) -> bool:
    """Whether one leads to where the other was published; one form may serve all openings of an employer."""
    return a.source_id != b.source_id and (a.page in b.links or b.page in a.links)


def _companies(a: Traits, b: Traits) -> _Agreement:
    if not a.company or not b.company:
        return _Agreement.UNKNOWN
    if a.company == b.company or a.company.replace(" ", "") == b.company.replace(" ", ""):
        return _Agreement.YES
    return (
        _Agreement.BROADLY
        if a.company_words <= b.company_words or b.company_words <= a.company_words
        else _Agreement.NO
    )


def _titles(a: Traits, b: Traits) -> _Agreement:
    """Whether the titles name the same work; broadly where one adds words to the other."""
    aside = a.aside | b.aside
    left, right = (a.title.words - aside or a.work), (b.title.words - aside or b.work)
    if left == right:
        return _Agreement.YES
    if not left or not right:
        return _Agreement.UNKNOWN
    if left < right or right < left:
        return _Agreement.BROADLY
    rest, other = sorted(left - right), sorted(right - left)
    if len(rest) == len(other) and all(_alike(x, y) for x, y in zip(rest, other, strict=True)):
        return _Agreement.YES
    return _Agreement.NO


def _alike(a: str, b: str) -> bool:
    """Whether two words differ in an ending or a slip of the keys only."""
    return min(len(a), len(b)) >= _LONG_WORD and fuzz.ratio(a, b) >= _ALIKE


def _places(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> _Agreement:
    if not a or not b:
        return _Agreement.UNKNOWN
    return max(_spots(one, other) for one in a for other in b)


def _spots(a: Spot, b: Spot) -> _Agreement:
    if a.country and b.country and a.country != b.country:
        return _Agreement.NO
    if a.city and b.city:
        return _Agreement.YES if a.city == b.city or _nearby(a, b) else _names(a, b)
    if a.region and b.region:
        return _Agreement.BROADLY if a.region == b.region else _Agreement.NO
    return _Agreement.BROADLY


def _names(a: Spot, b: Spot) -> _Agreement:
    """Whether two cities may be one, where a name is all that is known of one of them."""
    if a.country and b.country:
        return _Agreement.NO
    return _Agreement.BROADLY if a.words <= b.words or b.words <= a.words else _Agreement.NO


def _nearby(a: Spot, b: Spot) -> bool:
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return False
    east = (a.longitude - b.longitude) * cos(radians((a.latitude + b.latitude) / 2))
    return hypot(a.latitude - b.latitude, east) * _KM_PER_DEGREE <= _NEARBY_KM


def _levels_apart(a: Traits, b: Traits) -> str | None:
    left, right = a.title.levels, b.title.levels
    if left and right and left != right:
        named = sorted(" ".join(sorted(levels)) for levels in (left, right))
        return f"their levels differ: {' and '.join(named)}"
    return None


def _requisitions_apart(a: Traits, b: Traits) -> str | None:
    if a.requisition and b.requisition and a.requisition != b.requisition:
        return "the employer gave them different numbers"
    return None


def _against(title: _Agreement, place: _Agreement) -> str | None:
    """Other work, or work elsewhere, whatever the texts."""
    if title is _Agreement.NO:
        return "their titles name different work"
    if place is _Agreement.NO:
        return "they are in different places"
    return None


def _terms_apart(a: Traits, b: Traits) -> str | None:
    """Terms on which one job cannot be offered twice."""
    stated = (a.title.hours and b.title.hours) or a.source_id == b.source_id
    if stated and a.hours and b.hours and a.hours.isdisjoint(b.hours):
        return "one is full-time and the other part-time"
    if {a.mode, b.mode} == {WorkMode.REMOTE, WorkMode.ONSITE}:
        return "one is remote and the other is not"
    if a.pay and b.pay and max(a.pay[0], b.pay[0]) > _PAY_APART * min(a.pay[1], b.pay[1]):
        return "they pay differently"
    return None


def rank_of(stored: StoredPosting) -> Rank:
    """What decides whether this posting stands for its duplicates."""
    source_id = stored.posting.source_id
    origin = Origin.EMPLOYER if ":" in source_id else Origin.BOARD
    if source_id in _AGGREGATORS:
        origin = Origin.AGGREGATOR
    return Rank(not stored.life.open, origin, stored.life.first_seen_at.timestamp(), stored.posting.id)


def clusters(
    edges: Iterable[tuple[str, str, float]], rank: Callable[[str], Rank], apart: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """For each posting in ``edges`` the one that stands for it, which may be itself.

    Args:
        edges: pairs that are one job, each with how sure that is; the surest are joined first.
        rank: the posting of the least rank in a group stands for it.
        apart: pairs that must not come together, through others either. The order of either does not matter.
    """
    sure: dict[tuple[str, str], float] = {}
    for one, other, confidence in edges:
        pair = (min(one, other), max(one, other))
        sure[pair] = max(confidence, sure.get(pair, 0.0))
    foes: dict[str, set[str]] = {}
    for one, other in apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    groups = {posting: [posting] for pair in sure for posting in pair}
    for pair, _ in sorted(sure.items(), key=lambda item: (-item[1], item[0])):
        small, large = sorted((groups[pair[0]], groups[pair[1]]), key=len)
        if small is large or _are_foes(small, large, foes):
            continue
        large.extend(small)
        groups.update(dict.fromkeys(small, large))
    standing = {id(group): min(group, key=rank) for group in groups.values()}
    return {posting: standing[id(group)] for posting, group in groups.items()}


def _are_foes(small: list[str], large: list[str], foes: dict[str, set[str]]) -> bool:
    hated = set().union(*(foes.get(posting, ()) for posting in small))
    return bool(hated) and not hated.isdisjoint(large)
