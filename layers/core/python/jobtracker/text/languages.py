"""The language of a text: by its script, else by its commonest words."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Final

_READ, _LEAST = 800, 3
# Words of no other language in the table, or far rarer there.
_COMMON: Final = {
    "en": "the and of to you we with our for are your is will have be this",
    "de": "und der die das wir mit für sie ein eine bei den ist von zu auf du dein deine unser als im",
    "fr": "et les des vous nous pour avec une est dans votre sur du au aux notre qui le la",
    "es": "los las una con para que del por tu nuestro como en y el tus nuestra equipo la de",
    "nl": "het een van voor wij met jij je onze zijn bij op en ons jouw naar de",
    "it": "il gli della per con una che nel nostro sono alla dei di le lavoro anche",
    "pt": "os as uma com para que do da em não você nossa nosso dos seu são e de",
    "pl": "i w na z do się oraz że jest dla nas od praca oferujemy doświadczenie twoje",
    "sv": "och att som för med av är på vi du det ett har till om en",
    "da": "og at som for med af er på vi du det et har til vores din en",
    "nb": "og å som for med av er på vi du det et har til vår deg en ikke",
    "fi": "ja on sekä että meillä sinulla olet työ kanssa tai voit tarjoamme",
    "cs": "a v na se že pro jsme je co nás tě práce nabízíme zkušenosti od",
    "ro": "și în cu pentru este la un o din să care sau noastră experiență",
    "hu": "és a az hogy egy nem meg vagy munka számára csapat van",
    "tr": "ve bir için ile bu olarak en da iş deneyim ekip olan",
}  # fmt: skip
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that a word is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _COMMON.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found


def read_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language, of those we know; None where too little of it tells."""
    start = text[:_READ].lower()
    if not start.isascii() and _FOREIGN.search(start) and len(_FOREIGN.findall(start)) > len(_LATIN.findall(start)):
        return _by_script(start)
    known = _languages_of()
    counts: dict[str, float] = defaultdict(float)
    for codes, times in Counter([known[word] for word in start.split() if word in known]).items():
        # A word that is common in many languages tells little.
        for code in codes:
            counts[code] += times / len(codes)
    if not counts:
        return None
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _LEAST else None


def _by_script(text: str) -> str | None:
    return next((code for code, letters in _SCRIPTS if len(letters.findall(text)) >= _LEAST), None)
