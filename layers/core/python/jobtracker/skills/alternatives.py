"""Of which skills a sentence asks for one only: "Java or Scala", "one of AWS, Azure and GCP", in five languages."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from jobtracker.skills.model import Mention

_BESIDES = r"""["'“”»)\]]*"""
_BEFORE = r"""(?:(?:a|an|the|in|with|mit|von|en|de|des|con|van|met)\s+)?["'“„«(\[]*"""
# What stands between two names: Dutch "of" is told by what else the sentence says.
_OR = re.compile(
    rf"{_BESIDES}\s*,?\s*(?:or|and/or|or alternatively|oder|und/oder|bzw\.?|ou|et/ou|o|u|y/o|en/of)\s+{_BEFORE}",
    re.IGNORECASE,
)
_DUTCH_OR = re.compile(rf"{_BESIDES}\s*,?\s*of\s+{_BEFORE}", re.IGNORECASE)
_DUTCH = re.compile(r"\b(?:een|het|met|je|jij|ervaring|kennis|wij|voor|bij)\b", re.IGNORECASE)
_COMMA = re.compile(rf"{_BESIDES}\s*,\s*{_BEFORE}", re.IGNORECASE)
_AND = re.compile(rf"{_BESIDES}\s*,?\s*(?:and|und|et|y|e|en|&)\s+{_BEFORE}", re.IGNORECASE)
# Before a list of which one is enough.
_ONE = (
    r"\b(?:(?:one|any|one or more|either)\s+of(?:\s+(?:the following|these|the))?|either|"
    r"(?:mindestens\s+)?eine[rs]?\s+der(?:\s+folgenden)?|(?:au moins\s+)?une?\s+des|l['’]une?\s+des|"
    r"(?:al menos\s+)?un[oa]\s+de(?:\s+l[oa]s)?|(?:minstens\s+)?een\s+van(?:\s+de)?)"
)
_ONE_OF = re.compile(_ONE + r"(?:\s+[^\W\d_]+){0,2}\s*(?:[:(]\s*)?$", re.IGNORECASE)
# After a list, others that would do as well.
_LIKE = (
    r"(?:or|oder|ou|o|of)\s+(?:(?:a|an|any|some|eine?[nmrs]?|une?|een)\s+)?"
    r"(?:similar|equivalent|comparable|other|another|ähnlich|vergleichbar|ander|gleichwertig|équivalent|similaire|autre|"
    r"equivalente|parecid|otr|vergelijkba|soortgelijk)"
)
_OR_LIKE = re.compile(r"\s*,?\s*" + _LIKE, re.IGNORECASE)
_HINT = re.compile(rf"{_ONE}\b|\b{_LIKE}", re.IGNORECASE)
_REACH = 60


class _Joint(Enum):
    """How a name follows the one before it."""

    OR = "or"
    COMMA = ","
    AND = "and"
    APART = ""


def either_of(text: str, start: int, end: int, here: Sequence[Mention]) -> dict[Mention, tuple[str, ...]]:
    """The groups of which one is enough, in the sentence from ``start`` to ``end``: for each name in one, the ids of
    the whole group in order. ``here`` are the sentence's names."""
    if len(here) < 2:
        return {}
    dutch = _DUTCH.search(text, start, end) is not None
    found: dict[Mention, tuple[str, ...]] = {}
    joints = [_joint(text, one, other, dutch) for one, other in pairwise(here)]
    for run, within in _runs(here, joints):
        group = _group(text, start, end, run, within)
        ids = tuple(dict.fromkeys(one.skill for one in group))
        if len(ids) > 1:
            found.update(dict.fromkeys(group, ids))
    return found


def may_leave_a_choice(text: str, named: Sequence[Mention]) -> bool:
    """Whether any sentence of ``text`` may have a group, of the names in it: a quick look before a close one."""
    close = ((one, other) for one, other in pairwise(named) if other.start - one.end <= _REACH)
    return any(_joint(text, one, other, dutch=True) is _Joint.OR for one, other in close) or (
        len(named) > 1 and _HINT.search(text) is not None
    )


def _joint(text: str, one: Mention, other: Mention, dutch: bool) -> _Joint:
    between = text[one.end : other.start]
    if len(between) > _REACH:
        return _Joint.APART
    if _OR.fullmatch(between) or (dutch and _DUTCH_OR.fullmatch(between)):
        return _Joint.OR
    if _COMMA.fullmatch(between):
        return _Joint.COMMA
    return _Joint.AND if _AND.fullmatch(between) else _Joint.APART


def _runs(here: Sequence[Mention], joints: list[_Joint]) -> Iterator[tuple[list[Mention], list[_Joint]]]:
    """Names that follow one another as a list, with how each follows."""
    first = 0
    for at, joint in enumerate([*joints, _Joint.APART]):
        if joint is _Joint.APART:
            yield list(here[first : at + 1]), joints[first:at]
            first = at + 1


def _group(text: str, start: int, end: int, run: list[Mention], joints: list[_Joint]) -> list[Mention]:
    """The names of a list of which one is enough; none where all are asked for."""
    if _ONE_OF.search(text[max(start, run[0].start - _REACH) : run[0].start]):
        return run
    if _Joint.OR not in joints:
        alike = _Joint.AND not in joints and _OR_LIKE.match(text[run[-1].end : min(end, run[-1].end + _REACH)])
        return run if alike else []
    last = len(joints) - joints[::-1].index(_Joint.OR)
    # "SQL and Java or Scala": what stands before "and" is asked for besides.
    before = next((at + 1 for at in range(last - 1, -1, -1) if joints[at] is _Joint.AND), 0)
    return run[before : last + 1]
