"""What else that is called which a person asks for: skills by their other names, and words joined or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from jobtracker.catalog.words import Term
from jobtracker.skills.taxonomy import taxonomy

# So many words together may be one name.
_MOST_WORDS: Final = 4
# What titles have as one word, as two, and with a hyphen.
_COMPOUNDS: Final = {
    whole.replace(" ", ""): whole
    for whole in (
        *("back end", "front end", "full stack", "e commerce", "on site", "off shore", "part time", "full time"),
        *("dev ops", "dev sec ops", "data base", "web site", "help desk", "health care", "child care", "after sales"),
        *(
            "pre sales",
            "life cycle",
            "home office",
            "team lead",
            "work place",
            "cyber security",
            "start up",
            "low code",
        ),
    )
}
# What titles and people shorten.
_SHORT: Final = {"sr": "senior", "jr": "junior", "mgr": "manager", "dev": "developer", "admin": "administrator"}
_HYPHENED: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def named(terms: Sequence[Term]) -> list[Term]:
    """The terms, each with what else will do for it; words that name one thing together are one term.

    "golang" is the skill Go, and so is whatever else the taxonomy has as another name of a skill; "front-end",
    "frontend" and "front end" are one word. A quoted phrase is what it is.
    """
    found: list[Term] = []
    rest = list(terms)
    while rest:
        together, number = next(_together(rest), (rest[0], 1))
        del rest[:number]
        found.append(together)
    return found


def _together(terms: Sequence[Term]) -> Iterator[tuple[Term, int]]:
    """As what the first terms may be read, and how many of them, most of them first."""
    for number in range(min(_MOST_WORDS, len(terms)), 0, -1):
        these = terms[:number]
        if any(term.exact for term in these) or (number > 1 and not all(term.wanted for term in these)):
            continue
        text = " ".join(term.text for term in these)
        # A skill's own name stands with every posting that names it, so only other names are looked for.
        skill, spellings = taxonomy().by_other_name.get(text.casefold()), _spellings(text)
        if skill or spellings:
            yield replace(terms[0], text=text, skill=skill, spellings=spellings), number


def _spellings(text: str) -> tuple[str, ...]:
    """The same word as it is written otherwise."""
    typed = text.casefold()
    joined = re.sub(r"[- ]", "", typed)
    if joined in _COMPOUNDS:
        return (_COMPOUNDS[joined] if typed == joined else joined,)
    if typed.rstrip(".") in _SHORT:
        return (_SHORT[typed.rstrip(".")],)
    return (joined,) if _HYPHENED.fullmatch(typed) else ()
