"""What a title says apart from how it is dressed up: the words of the work, its level and its hours.

Boards put the place, the pay, a reference number or "(m/w/d)" into titles; two titles of one job agree without them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_GENDERS: Final = "all genders?|gender[- ]neutral|any gender|gn|m|w|f|d|x|h|i|div"
_NUMBERED: Final = "ref(?:erence)?|req(?:uisition)?|job|id|kennziffer|stellen-?nr"
_PER: Final = r"(?:\s?(?:/|per\b|pro\b|an?\b)\s?(?:h|hr|hour|std|stunde|day|week|month|monat|year|yr|jahr|annum)\b)?"
# Before words are told apart: what spans several of them, or parts of one.
_REWRITTEN: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        (rf"[(\[]?(?<!\w)(?:{_GENDERS})(?:\s*[/|*.,]\s*(?:{_GENDERS}|a|\*))+(?!\w)[)\]]?", " "),
        (rf"[(\[]\s*(?:{_GENDERS}|mensch|mwd|fmd)\s*[)\]]", " "),
        # Feminine endings: "Entwickler:in", "Pfleger/-in", "Lehrer(in)", "développeur(euse)", "enfermero/a".
        (r"(?<=\w)(?:[:*_/]-?|/)innen\b|(?<=\w)(?:[:*_]|/-?)in\b|(?<=\w)\(in(?:nen)?\)", ""),
        (r"(?<=\w)(?:[·.]|/-?|\(-?)(?:e|se|euse|trice|ne|re|ere|a|ra)\)?(?!\w)", ""),
        (r"(?<=\b\w)\s?&\s?(?=\w\b)", ""),
        (r"(?:[(\[,|–-]|^)\s*(?:contract(?:or)?|freelance|permanent|temporary|fixed[- ]term)\s*(?=$|[)\],|–-])", " "),
        (r"\bfront[- ]end\b", "frontend"),
        (r"\bback[- ]end\b", "backend"),
        (r"\bfull[- ]?stack\b", "fullstack"),
        (r"\bdev[- ]?ops\b", "devops"),
        (r"\bon[- ]site\b|\bin[- ]office\b|\bvor ort\b", "onsite"),
        (r"\bhome[- ]?office\b|\bwork from (?:home|anywhere)\b|\btele ?trabajo\b|\bteletravail\b", "remote"),
        (r"\bfull[- ]time\b|\bvollzeit\b|\btemps plein\b|\bjornada completa\b|\bvoltijds?\b", "fulltime"),
        (r"\bpart[- ]time\b|\bteilzeit\b|\btemps partiel\b|\bmedia jornada\b|\bdeeltijds?\b", "parttime"),
        (r"\bworking student\b|\bwerkstudent(?:in)?\b", "workingstudent"),
        (r"\bmid[- ]level\b|\bmid[- ]senior\b", "mid"),
        (r"\bentry[- ]level\b", "entry"),
        (r"\bvice president\b", "vp"),
        (r"\bteam[- ]lead(?:er)?\b|\bteamleit(?:er|ung)\b", "teamlead"),
        (rf"(?:[$€£]|\b(?:usd|eur|gbp|chf))\s?\d[\d.,]*\s?k?{_PER}", " "),
        (rf"\b\d[\d.,]*\s?k?\s?(?:[$€£]|(?:usd|eur|gbp|chf)\b){_PER}|\b\d+k\b", " "),
        # Reference numbers, with or without their name.
        (rf"\b(?:{_NUMBERED})\.?\s*(?:id|no|nr|number|#)?[.:#\s-]*[a-z]{{0,4}}[-_]?\d[\w-]*", " "),
        (r"#\s?\d+|\b[a-z]{1,4}[-_]?\d{3,}\b|\b\d{2,}(?:[-_/.,]\d+)*\b ?%?", " "),
        (r"\bc\+\+", "cplusplus"),
        (r"\bc#", "csharp"),
        (r"\.net\b", "dotnet"),
    )
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+")
_SAME: Final = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "developer": "engineer", "dev": "engineer",
    "programmer": "engineer", "eng": "engineer", "engineers": "engineer", "developers": "engineer", "mgr": "manager",
    "swe": "software engineer", "sre": "site reliability engineer", "rn": "registered nurse", "qa": "quality assurance",
    "ml": "machine learning", "internship": "intern", "praktikum": "intern",
    "ausbildung": "apprentice", "azubi": "apprentice", "auszubildende": "apprentice", "auszubildender": "apprentice",
    "lehrling": "apprentice", "apprenticeship": "apprentice", "alternance": "apprentice", "alternant": "apprentice",
    "stagiaire": "intern", "becario": "intern", "becaria": "intern", "practicas": "intern",
    "praktikant": "intern", "i": "1", "ii": "2", "iii": "3", "iv": "4", "intermediate": "mid",
    "medior": "mid",
}  # fmt: skip
_LEVELS: Final = frozenset(
    {
        "senior", "junior", "mid", "staff", "principal", "lead", "teamlead", "head", "chief", "director", "vp",
        "intern", "trainee", "apprentice", "workingstudent", "graduate", "entry", "expert", "distinguished",
        "1", "2", "3", "4", "5",
    }
)  # fmt: skip
_HOURS: Final = {"fulltime": "full", "parttime": "part"}
_DRESS: Final = frozenset(
    {
        "remote", "hybrid", "onsite", "wfh", "anywhere", "worldwide", "a", "an", "and", "or", "the", "of", "for",
        "in", "at", "on", "to", "with", "und", "oder", "fur", "im", "bei", "der", "die", "das", "als", "et", "ou",
        "de", "des", "du", "la", "le", "les", "en", "y", "o", "e", "el", "los", "para", "con", "van", "het", "een",
        "voor", "met", "job", "jobs", "position", "role", "vacancy", "opening", "openings", "opportunity", "hiring",
        "wanted", "now", "urgent", "urgently", "join", "our", "team", "we", "are", "re", "you", "your", "immediate",
        "start", "asap", "gesucht", "ab", "sofort", "emploi", "oferta", "stellenangebot", "needed", "required",
        "looking", "apply", "today", "all", "gender", "genders", "neutral", "based", "mwd", "fmd", "mfd",
        "unbefristet", "befristet", "festanstellung", "cdi", "cdd", "is", "nous", "recherchons", "wir", "suchen",
        "dich",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TitleKey:
    """A title's words of the work, in any order; its levels, and the hours it names."""

    words: frozenset[str]
    levels: frozenset[str]
    hours: frozenset[str]


def plain(text: str) -> str:
    """Lower case without accents, in any script."""
    marked = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in marked if not unicodedata.combining(sign))


def words_of(text: str) -> frozenset[str]:
    """The words of a name, plain."""
    return frozenset(_WORD.findall(plain(text)))


@lru_cache(maxsize=100_000)
def title_key(title: str) -> TitleKey:
    """What ``title`` says."""
    text = plain(title)
    for pattern, to in _REWRITTEN:
        text = pattern.sub(to, text)
    found = {word for one in _WORD.findall(text) for word in _SAME.get(one, one).split()}
    levels = frozenset(found & _LEVELS)
    hours = frozenset(_HOURS[word] for word in found & _HOURS.keys())
    return TitleKey(frozenset(found - _LEVELS - _DRESS - _HOURS.keys()), levels, hours)
