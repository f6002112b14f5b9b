"""Finding the taxonomy's skills in a text."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import taxonomy

# A word with what belongs to it: C++, C#, Security+. Digits stay with their letters: S3, ES6.
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![^\W_]))?")
# What may stand between the words of one name: "Node.js", "CI/CD", "end-of-life", "P & L".
_GAP = re.compile(r"[ \t\u00a0]?[-–./&'’,]?[ \t\u00a0]?")
_NEAR = 30
_LANGUAGE_REACH = 60
_LANGUAGE_WORDS = re.compile(
    r"fluen|native|speak|spoken|language|proficien|bilingual|written|verbal|mother tongue|sprach|"
    r"\b[abc][12]\b|kenntnisse|courant|conversational|intermediate|basic|professional working",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling as words. ``exact`` is the spelling to find as it stands, None for any case."""

    words: tuple[str, ...]
    skill: str
    exact: str | None
    near: bool
    dotted: bool


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    form: _Form


def extract(text: str) -> list[str]:
    """Ids of the skills that ``text`` names, each once, in order of first mention.

    The longest name at a place wins. Short ambiguous names ("R", "Go") count only near another skill, and a human
    language only near a word that speaks of languages.
    """
    found = _find(text)
    sure = [one for one in found if not one.form.near]
    ids: dict[str, None] = {}
    for one in found:
        if one.form.skill in ids or (one.form.near and not _has_neighbour(one, sure, text)):
            continue
        if _is_language(one.form.skill) and not _speaks_of_language(text, one):
            continue
        ids[one.form.skill] = None
    return list(ids)


def _find(text: str) -> list[_Found]:
    forms = _forms()
    words = list(_WORD.finditer(text))
    lowered = [word.group().lower() for word in words]
    found: list[_Found] = []
    free_from = 0
    for at in [position for position, word in enumerate(lowered) if word in forms]:
        if at < free_from:
            continue
        for form in forms[lowered[at]]:
            count = len(form.words)
            if count > 1 and tuple(lowered[at : at + count]) != form.words:
                continue
            if _stands(form, text, words[at : at + count]):
                found.append(_Found(words[at].start(), words[at + count - 1].end(), form))
                free_from = at + count
                break
    return found


def _stands(form: _Form, text: str, words: list[re.Match[str]]) -> bool:
    start, end = words[0].start(), words[-1].end()
    if form.dotted and not (start and text[start - 1] == "."):
        return False
    if form.exact is not None and text[start:end] != form.exact:
        return False
    if form.near and (text[end : end + 1] in {"&", "'", "’"} or text[start - 1 : start] in {"&", "'", "’"}):
        return False
    return all(_GAP.fullmatch(text, before.end(), after.start()) for before, after in pairwise(words))


def _has_neighbour(one: _Found, sure: list[_Found], text: str) -> bool:
    return any(
        (0 <= one.start - other.end <= _NEAR and "\n" not in text[other.end : one.start])
        or (0 <= other.start - one.end <= _NEAR and "\n" not in text[one.end : other.start])
        for other in sure
        if taxonomy().by_id[other.form.skill].kind is SkillKind.TOOL
    )


def _is_language(skill: str) -> bool:
    return taxonomy().by_id[skill].kind is SkillKind.LANGUAGE


def _speaks_of_language(text: str, one: _Found) -> bool:
    around = text[max(0, one.start - _LANGUAGE_REACH) : one.end + _LANGUAGE_REACH]
    return _LANGUAGE_WORDS.search(around) is not None


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Every spelling by its first word, those of most words first."""
    forms: dict[str, list[_Form]] = defaultdict(list)
    for skill, names in taxonomy().spellings.items():
        for name in names:
            words = tuple(word.group().lower() for word in _WORD.finditer(name.text))
            exact = name.text.lstrip(".") if name.exact else None
            forms[words[0]].append(_Form(words, skill, exact, name.near, name.text.startswith(".")))
    return {word: tuple(sorted(some, key=lambda form: -len(form.words))) for word, some in forms.items()}
