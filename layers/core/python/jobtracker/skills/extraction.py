"""Finding the taxonomy's skills in a text."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from jobtracker.skills.model import Mention, SkillKind
from jobtracker.skills.taxonomy import taxonomy

# A word with what belongs to it: C++, C#, Security+, and C++17's C++. Digits stay with their letters: S3, ES6.
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![^\W_])|\+\+(?=\d))?")
# What may stand between the words of one name: "Node.js", "CI/CD", "end-of-life", "P & L", "C+E".
_GAP = re.compile(r"[ \t\u00a0]?[-–./&'’,+]?[ \t\u00a0]?")
# A short name beside one of these is a part of another: "R&D", "Go's".
_JOINED = {"&", "'", "’"}
# Letters and digits as bytes in Latin-1; all else separates.
_APART = bytes(byte if chr(byte).isalnum() else 32 for byte in range(256))
_SIGNS = {"+", "#"}
# Signs at a word's end, and what may stand between two words of a name.
_WIDEST_GAP = 5
_NEAR = 30
_LANGUAGE_REACH = 60
_LANGUAGE_WORDS = re.compile(
    r"fluen|native|speak|spoken|language|proficien|bilingual|written|verbal|mother tongue|sprach|"
    r"\b[abc][12]\b|kenntnisse|courant|conversational|intermediate|basic|professional working|"
    r"idioma|langue|parle[rz]|habla|spreek|spreken|vloeiend|fluid[oa]|nativ[oa]",
    re.IGNORECASE,
)
# What is said of a language next to it: "German or French is a plus", "l'anglais", "business English".
_AFTER_LANGUAGE = re.compile(
    r"(?:(?:,| (?:or|and|plus|oder|und|ou|et|o|y|of|en)) \w+){0,2},? "
    r"(?:(?:is|are|would be|ist|wäre|est|n['’]est|serait|es|no es|son|is een) (?:an? |not |a (?:big|strong) |very )?"
    r"(?:plus|bonus|asset|advantage|help|useful|handy|welcome|nice|need|requir|necessar|essential|must|desir|prefer|"
    r"von vorteil|hilfreich|un plus|un atout|pas|apprécié|indispensable|necesari|imprescindible|pré|pre|handig|niet)|"
    r"(?:lessons|classes|courses|speakers?|skills|fluently|helps?|hilft|handy|necessary|preferred|desirable|required|"
    r"imprescindible|valorable|deseable|apprécié|exigé|souhaité|indispensable|vereist)\b)",
    re.IGNORECASE,
)
_BEFORE_LANGUAGE = re.compile(
    r"(?:\bl['’]|\bcours d['’]|"
    r"\b(?:first-class|business|perfect|excellent|good|fluent|fehlerfreies|gutes|en|clases de|cours de) )$",
    re.IGNORECASE,
)


# Short names that mean something else among these words: a pull request, not public relations.
_MEANT_OTHERWISE = {
    "PR": re.compile(
        r"\b(?:open|merg|review|submit|approv|rais|clos)\w*(?: \S+){0,2} PR\b|"
        r"\bPR(?:s\b|[ -](?:workflow|review|merge|template|check|comment|queue|bot|approval|build|#?\d))",
    )
}
_OTHERWISE_REACH = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of a skill that stands in a text.

    ``counts``: it is taken for the skill; ``near``: that takes another skill near it; ``exact``: it is a name in this
    case only.
    """

    skill: str
    start: int
    end: int
    near: bool
    exact: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling as words. ``exact`` is the spelling to find as it stands, None for any case."""

    words: tuple[str, ...]
    skill: str
    exact: str | None
    near: bool
    dotted: bool


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The forms that begin with one word: those of more by their second, the longest first, and those of one."""

    longer: dict[str, tuple[_Form, ...]]
    alone: tuple[_Form, ...]


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


def mentions(text: str) -> list[Mention]:
    """Where ``text`` names skills, in order; of those that ``extract`` finds, every place."""
    return [Mention(one.skill, one.start, one.end) for one in candidates(text) if one.counts]


def candidates(text: str) -> list[Candidate]:
    """Every place of ``text`` that may name a skill, in order, with whether it is taken for one."""
    found = _find(text)
    sure = [one for one in found if not one.form.near]
    return [
        Candidate(
            one.form.skill, one.start, one.end, one.form.near, one.form.exact is not None, _counts(one, sure, text)
        )
        for one in found
    ]


def _counts(one: _Found, sure: list[_Found], text: str) -> bool:
    return (not one.form.near or _has_neighbour(one, sure, text)) and (
        not _is_language(one.form.skill) or _speaks_of_language(text, one)
    )


def _find(text: str) -> list[_Found]:
    """The names in ``text`` in their order, the longest at each place."""
    forms, lowered = _forms(), _lower(text)
    found: list[_Found] = []
    free_from = 0
    for start, word in _starts(lowered):
        if start < free_from:
            continue
        after = start + len(word)
        for form in _candidates(forms[word], lowered, after):
            end = after if len(form.words) == 1 else _end(lowered, form.words, after)
            if end and _stands(form, text, start, end):
                found.append(_Found(start, end, form))
                free_from = end
                break
    return found


def _candidates(forms: _Beginning, lowered: str, after: int) -> tuple[_Form, ...]:
    """Of the forms that begin with a word that ends at ``after``, those whose second follows, then those of one word.

    A common first word begins many names, so the text is read once for all of them.
    """
    if not forms.longer or not (gap := _GAP.match(lowered, after)) or not (word := _WORD.match(lowered, gap.end())):
        return forms.alone
    return forms.longer.get(word.group(), ()) + forms.alone


def _lower(text: str) -> str:
    """``text`` in lower case, each character where it was: only "İ" becomes two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.replace("İ", "I").lower()


def _starts(lowered: str) -> list[tuple[int, str]]:
    """Where a word begins that some spelling begins with, and the word.

    Bytes in Latin-1 are taken apart many times faster than a pattern finds words. What Latin-1 has not is taken for a
    space there, and so are the signs that may end a word: the pattern decides where one is found.
    """
    known, go_on = _beginnings()
    words = lowered.encode("latin-1", "replace").translate(_APART).split(b" ")
    # More signs than one between two words leave empty words there; one stands after the last, too.
    words.append(b"")
    ends = list(accumulate(map(len, words)))
    found = [
        (ends[at] + at - len(word), ends[at] + at)
        for at, word in enumerate(words)
        if word in known
        and (
            (seconds := go_on.get(word)) is None
            or (
                next_word in seconds
                if (next_word := words[at + 1])
                else not seconds.isdisjoint(words[at + 1 : at + 2 + _WIDEST_GAP])
            )
        )
    ]
    forms = _forms()
    read = [(start, _word(lowered, start, end)) for start, end in found]
    return [(start, word) for start, word in read if word in forms]


def _word(lowered: str, start: int, end: int) -> str:
    """The word of which the letters and digits from ``start`` to ``end`` are all or a part."""
    if start and lowered[start - 1].isalnum():
        return ""
    following = lowered[end : end + 1]
    if following in _SIGNS or following.isalnum():
        word = _WORD.match(lowered, start)
        return word.group() if word else ""
    return lowered[start:end]


def _is_word(lowered: str, start: int, end: int) -> bool:
    """Whether the word that begins at ``start`` goes to ``end``."""
    word = _WORD.match(lowered, start)
    return word is not None and word.end() == end


def _end(lowered: str, words: tuple[str, ...], end: int) -> int | None:
    """Where a name of several words ends whose first ends at ``end``; None where it does not stand there."""
    for word in words[1:]:
        if not (gap := _GAP.match(lowered, end)) or not lowered.startswith(word, gap.end()):
            return None
        end = gap.end() + len(word)
        if not _is_word(lowered, gap.end(), end):
            return None
    return end


def _stands(form: _Form, text: str, start: int, end: int) -> bool:
    """Whether the form's words are written there as they must be."""
    if form.dotted and not (start and text[start - 1] == "."):
        return False
    if form.exact is not None and text[start:end] != form.exact:
        return False
    if (other := _MEANT_OTHERWISE.get(text[start:end])) and _is_within(other, text, start, end):
        return False
    return not (form.near and (text[end : end + 1] in _JOINED or text[max(0, start - 1) : start] in _JOINED))


def _is_within(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` stand in what a pattern finds around them."""
    begin = max(0, start - _OTHERWISE_REACH)
    found = pattern.finditer(text, begin, end + _OTHERWISE_REACH)
    return any(match.start() <= start and end <= match.end() for match in found)


def _has_neighbour(one: _Found, sure: list[_Found], text: str) -> bool:
    return any(
        (0 <= one.start - other.end <= _NEAR and "\n" not in text[other.end : one.start])
        or (0 <= other.start - one.end <= _NEAR and "\n" not in text[one.end : other.start])
        for other in sure
        if taxonomy().by_id[other.form.skill].kind is SkillKind.TOOL
    )


def _is_language(skill: str) -> bool:
    return skill in taxonomy().languages


def _speaks_of_language(text: str, one: _Found) -> bool:
    around = text[max(0, one.start - _LANGUAGE_REACH) : one.end + _LANGUAGE_REACH]
    return (
        _LANGUAGE_WORDS.search(around) is not None
        or _AFTER_LANGUAGE.match(text, one.end) is not None
        or _BEFORE_LANGUAGE.search(text[max(0, one.start - _NEAR) : one.start]) is not None
    )


@cache
def _beginnings() -> tuple[frozenset[bytes], dict[bytes, frozenset[bytes]]]:
    """The words that spellings begin with, as bytes in Latin-1 without the signs at their ends, and the words that
    follow those that are no name alone."""
    seconds: dict[bytes, set[bytes]] = defaultdict(set)
    alone: set[bytes] = set()
    for word, forms in _forms().items():
        first = _stem(word)
        if first is None:
            raise ValueError(f"no spelling may begin with {word!r}: its letters are not those of Latin-1")
        stems = [_stem(second) for second in forms.longer]
        seconds[first].update(stem for stem in stems if stem)
        if forms.alone or not all(stems):
            alone.add(first)
    return frozenset(seconds.keys() | alone), {
        word: frozenset(some) for word, some in seconds.items() if word not in alone
    }


def _stem(word: str) -> bytes | None:
    """The word without signs at its end, None where Latin-1 has not all its letters."""
    try:
        return word.rstrip("+#").encode("latin-1")
    except UnicodeEncodeError:
        return None


@cache
def _forms() -> dict[str, _Beginning]:
    """Every spelling by its first word."""
    forms: dict[str, list[_Form]] = defaultdict(list)
    for skill, names in taxonomy().spellings.items():
        for name in names:
            words = tuple(word.group().lower() for word in _WORD.finditer(name.text))
            exact = name.text.lstrip(".") if name.exact else None
            forms[words[0]].append(_Form(words, skill, exact, name.near, name.text.startswith(".")))
    return {word: _beginning(some) for word, some in forms.items()}


def _beginning(forms: list[_Form]) -> _Beginning:
    longer: dict[str, tuple[_Form, ...]] = {}
    for form in sorted(forms, key=lambda form: -len(form.words)):
        if len(form.words) > 1:
            longer[form.words[1]] = (*longer.get(form.words[1], ()), form)
    return _Beginning(longer, tuple(form for form in forms if len(form.words) == 1))
