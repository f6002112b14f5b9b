"""How many years of a skill a sentence asks for, in five languages."""

import re
from collections.abc import Sequence

from jobtracker.skills.model import Mention

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one ein einem eine einen un une uno una één een",
            "two zwei deux dos twee",
            "three drei trois tres drie",
            "four vier quatre cuatro",
            "five fünf cinq cinco vijf",
            "six sechs seis zes",
            "seven sieben sept siete zeven",
            "eight acht huit ocho",
            "nine neun neuf nueve negen",
            "ten zehn dix diez tien",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = rf"\d{{1,2}}(?:[.,]\d)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"
_YEARS = re.compile(
    rf"(?<![\w.,/])(?P<least>{_NUMBER})(?:\s*\+)?"
    rf"(?:\s*(?:-|–|—|to|or|bis|oder|à|ou|a|o|tot|of)\s*(?:{_NUMBER})(?:\s*\+)?)?"
    r"[\s-]*(?:or more |plus |oder mehr |full |volle |o más |of meer )?"
    r"(?:years?|yrs?|jahren?|jahre|ans|an|années?|años?|jaar|jaren)\b['’]?",
    re.IGNORECASE,
)
# "the last five years", "for 20 years", "seit 10 Jahren" tell a story.
_STORY_BEFORE = re.compile(
    r"\b(?:last|past|next|first|within|over the|since|for(?: over| more than)?|seit|letzten|nächsten|innerhalb von|"
    r"depuis|dernières|derniers|desde hace|hace|últimos|al|sinds|afgelopen|over|every|all|alle|tous les|cada|elke)\s+"
    r"(?:(?:über|more than|plus de|más de|ruim|meer dan)\s+)?$",
    re.IGNORECASE,
)
_STORY_AFTER = re.compile(r"\s*(?:old|ago|alt|later|in business|de edad|oud|geleden)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|us|wir|unser\w*|uns|nous|notre|nos|nosotros|nuestr\w+|wij|ons|onze)\b", re.IGNORECASE)
# What ends the reach of a number of years: another clause, or something besides.
_BREAK = re.compile(r"[,;:()•|]|\b(?:and|und|sowie|et|y|plus|as)\b", re.IGNORECASE)
# What stands between names that share what is said of one: "Java or Scala", "Go, Rust and/or C", "development in Java".
_TOGETHER = re.compile(
    r"\s+(?:in|with|using|mit)\s+|\s*(?:[,/&+]|and/or|and|or|und|oder|sowie|bzw\.|et|ou|y|o|e|u|en|of)?\s*(?:and|or|und|oder|et|ou|y|o|en|of)?\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[/&+]|and/or|and|or|und|oder|bzw\.|et|ou|y|o|en|of)\s*", re.IGNORECASE)
_ENCLOSED = re.compile(
    r"\s*[(–:-][^(),;]{0,25}|\)?,?\s*(?:at least|min(?:d|imum|destens|imaal)?\.?|au moins|al menos)\s*", re.IGNORECASE
)
_REACH = 70
_REACH_BACK = 45
_MOST_YEARS = 20


def years_of(text: str, start: int, end: int, named: Sequence[Mention]) -> dict[Mention, int]:
    """The least years of each of ``named``, which the sentence from ``start`` to ``end`` names in this order.

    A number of years belongs to what follows it without another clause between ("3 years of Java or Scala") and else to
    what stands before it ("Python (5+ years)"). More than twenty are nobody's experience.
    """
    found: dict[Mention, int] = {}
    for match in _YEARS.finditer(text, start, end):
        least = _NUMBERS.get(match["least"].lower())
        number = least if least is not None else int(re.split(r"[.,]", match["least"])[0])
        if not 1 <= number <= _MOST_YEARS or _tells_a_story(text[start : match.start()], text[match.end() : end]):
            continue
        for one in _owners(text, match, named):
            found.setdefault(one, number)
    return found


def _tells_a_story(before: str, after: str) -> bool:
    return _STORY_BEFORE.search(before) is not None or _STORY_AFTER.match(after) is not None


def _owners(text: str, match: re.Match[str], named: Sequence[Mention]) -> list[Mention]:
    """The names that the years are of."""
    before = [one for one in named if one.end <= match.start()]
    after = [one for one in named if one.start >= match.end()]
    # "Python (at least 5 years), Go": the bracket is about what stands before it.
    enclosed = _ENCLOSED.fullmatch(text, before[-1].end, match.start()) if before else None
    if enclosed:
        return [before[-1]] if "(" in enclosed.group() else _joined(text, before[::-1], _JOINED)
    if after:
        between = text[match.end() : after[0].start]
        if len(between) <= _REACH and not _BREAK.search(between) and not _WE.search(between):
            return _joined(text, after, _TOGETHER)
    if before:
        between = text[before[-1].end : match.start()]
        if len(between) <= _REACH_BACK and not _BREAK.search(between) and not _WE.search(between):
            return _joined(text, before[::-1], _JOINED)
    return []


def _joined(text: str, named: Sequence[Mention], links: re.Pattern[str]) -> list[Mention]:
    """The first of ``named`` and those that ``links`` string to it one after the other, in either direction."""
    strung = [named[0]]
    for one in named[1:]:
        first, second = sorted((strung[-1], one), key=lambda name: name.start)
        if not links.fullmatch(text, first.end, second.start):
            break
        strung.append(one)
    return strung
