"""What a person probably meant by a word that no posting has, or hardly any: the word one slip of the finger away."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from string import ascii_lowercase
from typing import Final

from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.text_index import ALL, BONUSES, analyzer
from jobtracker.catalog.words import Term
from jobtracker.postings.gazetteer import cities_named, country_named
from jobtracker.skills.taxonomy import taxonomy

# Shorter words become other words too easily; longer than any word means are a paste.
_SHORTEST: Final = 4
_LONGEST: Final = 24
# A word of so few letters is taken for another only where that one says what a job is: its title, skill or company.
_SHORT: Final = 4
# So many postings are hardly any, or one in so many; what was meant must be in so many times as many.
_HARDLY_ANY: Final = 3
_ONE_IN: Final = 5_000
_TIMES: Final = 20
_LARGE_CITY: Final = 100_000


def hardly_any(index: CatalogIndex) -> int:
    """How many postings are so few that the words may have been typed wrongly."""
    return max(_HARDLY_ANY, index.info.postings // _ONE_IN)


def as_meant(index: CatalogIndex, terms: list[Term]) -> list[Term]:
    """The terms, those that are probably slips with what was ``meant``, and those that are none as ``exact``.

    A word of no posting is one slip (a letter too many, too few, another one, or two in the wrong order) behind its
    first letter away from what was meant. One of hardly any posting is a slip only if two letters changed places and
    far more postings have the other word. Skills, large cities and countries are what they are, posting or none.
    """
    return [_as_meant(index, term) if _may_be_slip(term) else term for term in terms]


def _may_be_slip(term: Term) -> bool:
    letters = term.text.isascii() and term.text.isalpha()
    return term.wanted and not term.exact and letters and _SHORTEST <= len(term.text) <= _LONGEST


def _as_meant(index: CatalogIndex, term: Term) -> Term:
    typed = term.text.lower()
    stem = _stem(typed)
    there = _postings_with(index, ALL, stem)
    if there > hardly_any(index):
        return term
    if _is_known(typed):
        return replace(term, exact=True)
    found = []
    for word, swapped in _one_slip_away(typed):
        other = _stem(word)
        if other == stem or (there and not swapped):
            continue
        number = _postings_with(index, ALL, other)
        if number <= there * _TIMES:
            continue
        named = sum(_postings_with(index, field, other) for field in BONUSES)
        if named or len(typed) > _SHORT:
            # Of forms of one word the longest that is no plural: "manager" rather than "manage".
            found.append((swapped, named, number, not word.endswith("s"), len(word), word))
    return replace(term, meant=max(found)[-1]) if found else term


def _is_known(word: str) -> bool:
    """Whether it is a word of the taxonomy, a country or a large city, and so no slip."""
    if word in _skill_words() or country_named(word):
        return True
    return any(city.population >= _LARGE_CITY for city in cities_named(word)[:1])


def _postings_with(index: CatalogIndex, field: str, stem: str) -> int:
    return index.searcher.doc_freq(field, stem)


def _stem(word: str) -> str:
    """The word as the index has it."""
    return str(next(iter(_analyzer().analyze(word)), ""))


def _one_slip_away(word: str) -> Iterator[tuple[str, bool]]:
    """The words that one slip makes this one from, each with whether two of its letters changed places."""
    for at in range(len(word)):
        head, rest = word[:at], word[at:]
        if len(rest) > 1 and rest[0] != rest[1]:
            yield f"{head}{rest[1]}{rest[0]}{rest[2:]}", True
        if not at:
            continue
        yield head + rest[1:], False
        for letter in ascii_lowercase:
            yield f"{head}{letter}{rest[1:]}", False
            yield f"{head}{letter}{rest}", False
    yield from ((word + letter, False) for letter in ascii_lowercase)


_analyzer = cache(analyzer)


@cache
def _skill_words() -> frozenset[str]:
    return frozenset(word for name in taxonomy().by_name for word in re.findall(r"[^\W\d_]+", name))
