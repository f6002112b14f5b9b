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
# What spans several words, or is a part of one, is rewritten before words are told apart: each of these only where one
# of its signs is, since most titles have none.
_MARKED: Final = (
    (rf"[(\[]?(?<!\w)(?:{_GENDERS})(?:\s*[/|*.,]\s*(?:{_GENDERS}|a|\*))+(?!\w)[)\]]?", " "),
    (rf"[(\[]\s*(?:{_GENDERS}|mensch|mwd|fmd)\s*[)\]]", " "),
    # Feminine endings: "Entwickler:in", "Pfleger/-in", "Lehrer(in)", "développeur(euse)", "enfermero/a".
    (r"(?<=\w)(?:[:*_/]-?|/)innen\b|(?<=\w)(?:[:*_]|/-?)in\b|(?<=\w)\(in(?:nen)?\)", ""),
    (r"(?<=\w)(?:[·.]|/-?|\(-?)(?:e|se|euse|trice|ne|re|ere|a|ra)\)?(?!\w)", ""),
    (r"(?<=\b\w)\s?&\s?(?=\w\b)", ""),
    (r"\bc\+\+", "cplusplus"),
    (r"\bc#", "csharp"),
    (r"\.net\b", "dotnet"),
)
_COUNTED: Final = (
    (rf"(?:[$€£]|\b(?:usd|eur|gbp|chf))\s?\d[\d.,]*\s?k?{_PER}", " "),
    (rf"\b\d[\d.,]*\s?k?\s?(?:[$€£]|(?:usd|eur|gbp|chf)\b){_PER}|\b\d+k\b", " "),
    # Reference numbers, with or without their name.
    (rf"\b(?:{_NUMBERED})\.?\s*(?:id|no|nr|number|#)?[.:#\s-]*[a-z]{{0,4}}[-_]?\d[\w-]*", " "),
    (r"#\s?\d+|\b[a-z]{0,4}[-_]?\d{3,}\b|\b\d+(?:[-_/.,]\d+)+\b|\b\d+\s?(?:%|(?:h|hrs?|hours?|std|stunden)\b)", " "),
)
_PHRASES: Final = (
    ("front[- ]end", "frontend"),
    ("back[- ]end", "backend"),
    ("full[- ]?stack", "fullstack"),
    ("dev[- ]ops", "devops"),
    ("on[- ]site|in[- ]office|vor ort", "onsite"),
    ("home[- ]office|work from (?:home|anywhere)|tele trabajo", "remote"),
    ("full[- ]time|temps plein|jornada completa", "fulltime"),
    ("part[- ]time|temps partiel|media jornada", "parttime"),
    ("working student", "workingstudent"),
    ("mid[- ](?:level|senior)", "mid"),
    ("entry[- ]level", "entry"),
    ("vice president", "vp"),
    ("team[- ]lead(?:er)?", "teamlead"),
)
_RULES: Final = tuple(
    (re.compile(signs), tuple((re.compile(pattern), to) for pattern, to in rules))
    for signs, rules in ((r"[/|*.,:_()\[\]·&+#]", _MARKED), (r"\d", _COUNTED))
)
_PHRASE: Final = re.compile(rf"\b(?:{'|'.join(f'({phrase})' for phrase, _ in _PHRASES)})\b")
_CONTRACT: Final = re.compile(
    r"(?:[(\[,|–-]|^)\s*(?:contract(?:or)?|freelance|permanent|temporary|fixed[- ]term)\s*(?=$|[)\],|–-])"
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_WORD: Final = re.compile(r"[^\W_]+")
_SAME: Final = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "developer": "engineer", "dev": "engineer",
    "programmer": "engineer", "eng": "engineer", "engineers": "engineer", "developers": "engineer", "mgr": "manager",
    "swe": "software engineer", "sre": "site reliability engineer", "rn": "registered nurse", "qa": "quality assurance",
    "ml": "machine learning", "internship": "intern", "praktikum": "intern",
    "ausbildung": "apprentice", "azubi": "apprentice", "auszubildende": "apprentice", "auszubildender": "apprentice",
    "lehrling": "apprentice", "apprenticeship": "apprentice", "alternance": "apprentice", "alternant": "apprentice",
    "stagiaire": "intern", "becario": "intern", "becaria": "intern", "practicas": "intern",
    "vollzeit": "fulltime", "voltijds": "fulltime", "teilzeit": "parttime", "deeltijds": "parttime",
    "homeoffice": "remote", "teletrabajo": "remote", "teletravail": "remote", "werkstudent": "workingstudent",
    "werkstudentin": "workingstudent", "teamleiter": "teamlead", "teamleiterin": "teamlead", "teamleitung": "teamlead",
    "praktikant": "intern", "i": "1", "ii": "2", "iii": "3", "iv": "4", "intermediate": "mid",
    "medior": "mid",
}  # fmt: skip
_LEVELS: Final = frozenset(
    {
        "senior", "junior", "mid", "staff", "principal", "lead", "teamlead", "head", "chief", "director", "vp",
        "intern", "trainee", "apprentice", "workingstudent", "graduate", "entry", "expert", "distinguished",
        "assistant", "associate", "deputy", "vice", "acting", "stellvertretend", "stellvertretende",
        "stellvertretender", "1", "2", "3", "4", "5",
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
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))


def words_of(text: str) -> frozenset[str]:
    """The words of a name, plain."""
    return frozenset(_WORD.findall(plain(text)))


@lru_cache(maxsize=100_000)
def title_key(title: str) -> TitleKey:
    """What ``title`` says."""
    text = plain(title)
    for signs, rules in _RULES:
        if signs.search(text):
            for pattern, to in rules:
                text = pattern.sub(to, text)
    text = _PHRASE.sub(lambda found: _PHRASES[(found.lastindex or 1) - 1][1], _CONTRACT.sub(" ", text))
    found = {word for one in _WORD.findall(text) for word in _SAME.get(one, one).split()}
    levels = frozenset(found & _LEVELS)
    hours = frozenset(_HOURS[word] for word in found & _HOURS.keys())
    return TitleKey(frozenset(found - _LEVELS - _DRESS - _HOURS.keys()), levels, hours)
