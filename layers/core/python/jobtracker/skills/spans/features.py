"""What is known of a word before it is read in its sentence: how it is written, and whether the taxonomy names it."""

from collections.abc import Sequence
from functools import cache

from jobtracker.skills.extraction import mentions
from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import taxonomy

SHAPES = 8
NAMES = 5
# What people do is marked apart from what they know.
_DOING = {SkillKind.SOFT, SkillKind.PRACTICE}


def shape(word: str) -> int:
    """How a word is written, a number below ``SHAPES``: small, capitals, with digits, ..."""
    if any(letter.isdigit() for letter in word):
        return 6 if any(letter.isalpha() for letter in word) else 7
    if word.isupper():
        return 1 if len(word) > 1 else 2
    if word[:1].isupper() and word[1:].islower():
        return 3
    if word.islower():
        return 0
    return 4 if any(letter.isupper() for letter in word[1:]) else 5


def named(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """For each word, given by its characters in ``text``, one of ``NAMES``.

    0 where the fast search finds nothing; 1 and 2 where a name of what people know begins or goes on, 3 and 4 of what
    they do. The words are in order.
    """
    found = [0] * len(words)
    at = 0
    for one in mentions(text):
        kind = 3 if _does(one.skill) else 1
        while at < len(words) and words[at][1] <= one.start:
            at += 1
        step = at
        while step < len(words) and words[step][0] < one.end:
            found[step] = kind + (step > at)
            step += 1
    return found


@cache
def _does(skill: str) -> bool:
    return taxonomy().by_id[skill].kind in _DOING
