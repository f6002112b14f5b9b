"""What a person probably meant by a word that no posting has, or hardly any: the word one slip of the finger away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from string import ascii_lowercase
from typing import Final

import tantivy

from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.text_index import ALL, BONUSES, analyzer
from jobtracker.catalog.words import Term
from jobtracker.postings.gazetteer import cities_named, country_named, fold
from jobtracker.skills.taxonomy import taxonomy

# Shorter words become other words too easily; longer than any word means are a paste.
_SHORTEST: Final = 4
_LONGEST: Final = 24
# So many postings are hardly any, or one in so many; what was meant must be in so many times as many.
_HARDLY_ANY: Final = 3
_ONE_IN: Final = 5_000
_TIMES: Final = 20
# Cities of so many people are known by their names, and larger ones by their names in other languages too.
_LARGE_CITY, _VERY_LARGE_CITY = 100_000, 500_000
# How many times as often as a letter taken for another one these slips are made, in rough numbers.
_SWAPPED: Final = 4
_LEFT_OUT_OR_DOUBLED: Final = 3
# So many of the likeliest words are looked up, in so many postings each, for how people write them.
_LIKELIEST: Final = 12
_LOOKED_AT: Final = 50
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word that one slip makes the typed one from; ``rate`` is how often such slips are made."""

    word: str
    rate: int


def hardly_any(index: CatalogIndex) -> int:
    """How many postings are so few that the words may have been typed wrongly."""
    return max(_HARDLY_ANY, index.info.postings // _ONE_IN)


def as_meant(index: CatalogIndex, terms: list[Term]) -> list[Term]:
    """The terms, those that are probably slips with what was ``meant``, and those that are none as ``exact``.

    A word of no posting is one slip (a letter too many, too few, another one, or two in the wrong order) behind its
    first letter away from what was meant: a word that a title, a skill, a company or a place is written with, or two
    such words without the space between them. One of hardly any posting is a slip only if two letters changed places
    and far more postings have the other word. Skills, large cities and countries are what they are, posting or none;
    for a skill that no posting names, what it goes with is looked for as well.
    """
    return [_as_meant(index, term) if term.may_differ else term for term in terms]


def _as_meant(index: CatalogIndex, term: Term) -> Term:
    typed = fold(term.text)
    there = _postings_with(index, ALL, _stem(typed))
    if there > hardly_any(index):
        return term
    skill = taxonomy().by_name.get(term.text.casefold())
    if skill is not None:
        return term if there else replace(term, exact=True, meant=taxonomy().by_id[skill].name)
    if not (typed.isascii() and typed.isalpha() and _SHORTEST <= len(typed) <= _LONGEST):
        return term
    if _is_place(typed):
        return replace(term, exact=True)
    meant = _likeliest(index, typed, there) or (None if there else _apart(index, typed))
    return replace(term, meant=meant, skill=taxonomy().by_other_name.get(meant or ""))


def _is_place(word: str) -> bool:
    return country_named(word) is not None or any(
        city.population >= (_LARGE_CITY if fold(city.name) == word else _VERY_LARGE_CITY) for city in cities_named(word)
    )


def _likeliest(index: CatalogIndex, typed: str, there: int) -> str | None:
    """The word that was most probably meant, of those that so many more postings than ``there`` are named with."""
    found = []
    for slip in _one_slip_away(typed):
        stem = _stem(slip.word)
        same = stem == _stem(typed) and slip.word not in taxonomy().by_other_name
        if same or (there and slip.rate < _SWAPPED):
            continue
        if there * _TIMES < (number := _named_with(index, slip.word, stem)):
            found.append((number * slip.rate, stem, slip.word))
    found.sort(reverse=True)
    for worth, stem, _ in found[:_LIKELIEST]:
        # Of the forms of one word that people write, the commonest.
        forms = {word for other, same, word in found if (other, same) == (worth, stem)}
        written = _as_written(index, stem)
        seen = [(written.get(form, form in taxonomy().by_name), len(form), form) for form in forms]
        if max(seen)[0]:
            return max(seen)[-1]
    return None


def _named_with(index: CatalogIndex, word: str, stem: str) -> int:
    """How many postings have the word in what says what they are; a skill's other name counts for the skill."""
    skill = taxonomy().by_other_name.get(word)
    as_skill = 0 if skill is None else _postings_with(index, "skill", skill)
    return as_skill + sum(_postings_with(index, field, stem) for field in BONUSES)


def _as_written(index: CatalogIndex, stem: str) -> dict[str, int]:
    """Words of a stem as some postings' titles, companies, skills and places have them, with how often."""
    written: dict[str, int] = {}
    for field in BONUSES:
        query = tantivy.Query.term_query(index.text.schema, field, stem, index_option="freq")
        hits = index.searcher.search(query, limit=_LOOKED_AT, count=False).hits
        for slot in index.searcher.fast_field_values("slot", [address for _, address in hits]):
            one = index.summary(int(slot or 0))
            names = [one.title, one.company or "", *taxonomy().names(one.skills), *(place.text for place in one.places)]
            for word in _WORD.findall(fold(" ".join(names))):
                written[word] = written.get(word, 0) + 1
    return written


def _apart(index: CatalogIndex, typed: str) -> str | None:
    """The two words of titles and the like that a word is together."""
    found = []
    for at in range(_SHORTEST - 1, len(typed) - _SHORTEST + 2):
        words = typed[:at], typed[at:]
        if all(sum(_postings_with(index, field, _stem(word)) for field in BONUSES) for word in words):
            phrase, _ = index.text.parse_query_lenient(f'"{words[0]} {words[1]}"', [ALL])
            number = int(index.searcher.search(phrase, limit=1).count)  # type: ignore[attr-defined]
            found += [(number, " ".join(words))] if number else []
    return max(found)[-1] if found else None


def _postings_with(index: CatalogIndex, field: str, term: str) -> int:
    return index.searcher.doc_freq(field, term)


def _stem(word: str) -> str:
    """The word as the index has it."""
    return str(next(iter(_analyzer().analyze(word)), ""))


def _one_slip_away(word: str) -> Iterator[_Slip]:
    """The words that one slip makes this one from."""
    for at in range(len(word)):
        head, rest = word[:at], word[at:]
        if len(rest) > 1 and rest[0] != rest[1]:
            yield _Slip(f"{head}{rest[1]}{rest[0]}{rest[2:]}", _SWAPPED)
        if not at:
            continue
        yield _Slip(head + rest[1:], _LEFT_OUT_OR_DOUBLED)
        for letter in ascii_lowercase:
            yield _Slip(f"{head}{letter}{rest[1:]}", 1)
            yield _Slip(f"{head}{letter}{rest}", _LEFT_OUT_OR_DOUBLED)
    yield from (_Slip(word + letter, _LEFT_OUT_OR_DOUBLED) for letter in ascii_lowercase)


_analyzer = cache(analyzer)
