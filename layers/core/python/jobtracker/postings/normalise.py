"""Bringing what sources publish to one form. Every function gives None for what it cannot tell."""

import html
import re
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Final

from dateutil import parser as dates

from jobtracker.postings.markup import clean_html, mend
from jobtracker.postings.model import Seniority, WorkMode
from jobtracker.postings.pay import read_pay
from jobtracker.postings.places import read_place, read_places

__all__ = [
    "clean_html",
    "clean_text",
    "clean_title",
    "read_date",
    "read_employment_type",
    "read_language",
    "read_pay",
    "read_place",
    "read_places",
    "read_seniority",
    "read_work_mode",
]

_SPACE = re.compile(r"\s+")
_TITLE_TAIL = re.compile(
    r"\s*(?:[\(\[]\s*(?:[mfwdxh](?:\s*[/|]\s*[mfwdxh*]){1,3}|all genders|remote|hybrid|full[- ]time|part[- ]time|us|"
    r"usa|uk|eu|emea|contract)\s*[\)\]]|\s[-–|]\s(?:remote|hybrid|full[- ]time|part[- ]time))\s*$",
    re.IGNORECASE,
)
# In order of telling: "Head of" outweighs "Senior", which outweighs "Associate".
_LEVELS = (
    (
        Seniority.INTERN,
        r"intern|internship|trainee|apprentice(?:ship)?|working student|werkstudent(?:in)?|praktikant(?:in)?|azubi",
    ),
    (
        Seniority.EXECUTIVE,
        r"chief|c[etfmop]o|vp|vice president|managing director|director|head of|geschäftsführer(?:in)?",
    ),
    (
        Seniority.LEAD,
        (
            r"lead|principal|staff|team ?lead(?:er)?|manager|supervisor|foreman|charge nurse|matron|"
            r"head (?:chef|cook|nurse|teacher|gardener|coach)|(?:team)?leiter(?:in)?"
        ),
    ),
    (Seniority.SENIOR, r"senior|sr\.?|snr|experienced|expert|(?-i:III|IV)(?=\s*(?:$|[,(–-]))"),
    (
        Seniority.JUNIOR,
        (
            r"junior|jr\.?|entry[- ]level|graduate|associate|assistant|newly qualified|berufseinsteiger(?:in)?|"
            r"(?-i:I)(?=\s*(?:$|[,(–-]))"
        ),
    ),
    (Seniority.MID, r"mid|mid[- ]level|intermediate|medior|(?-i:II)(?=\s*(?:$|[,(–-]))"),
)
_LEVEL_WORDS = tuple((level, re.compile(rf"(?<![\w])(?:{words})(?![\w])", re.IGNORECASE)) for level, words in _LEVELS)
# Titles in which the word is the trade, not the level.
_NOT_A_LEVEL = re.compile(
    r"\b(?:product|project|program(?:me)?|account|office|community|content|marketing|brand|campaign|case|"
    r"customer success|category|social media|event|construction|site|property|facility|facilities|risk|partner|"
    r"growth|engagement|data) manager\b|"
    r"\b(?:staff nurse|(?:teaching|legal|dental|healthcare|care|nursing|executive|administrative|medical|personal|"
    r"sales|research|kitchen|warehouse|shop|retail|accounting|office) assistant|"
    r"(?:sales|retail|warehouse|store) associate|lead generation|assistant manager)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:\+|plus)?\s*(?:(?:-|–|to|bis|à)\s*\d{1,2}\s*)?(?:years?|yrs?|jahren?|ans|años|jaar)\b",
    re.IGNORECASE,
)
# Years are a demand only in a line that speaks of experience; firms state their age too.
_EXPERIENCE = re.compile(
    r"experien|erfahrung|expérience|ervaring|background|track record|practice|practising|post[- ]?qualif|minimum|"
    r"at least|mindestens|au moins|al menos|minstens|working (?:as|in|with)|\bin a (?:similar|comparable)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:years?|yrs) (?:ago|old|of age|in business|running)\b|\b(?:founded|celebrat\w+|for over|(?:for|over) the "
    r"(?:last|past))\b",
    re.IGNORECASE,
)
_NO_YEARS = re.compile(r"\bno (?:previous |prior )?experience (?:is )?(?:required|needed|necessary)", re.IGNORECASE)
# A field is as short as this; longer text is prose, in which "hybrid" may be a car and "on-site" a canteen.
_LONGEST_FIELD = 160
_FIELD_MODES = (
    (WorkMode.HYBRID, re.compile(r"\bhybrid(?:e|es)?\b|\bteilweise remote\b", re.IGNORECASE)),
    (
        WorkMode.ONSITE,
        re.compile(r"\b(?:not|no|non)[- ](?:a )?remote\b|\bremote (?:work )?(?:is )?not\b", re.IGNORECASE),
    ),
    (
        WorkMode.REMOTE,
        re.compile(
            r"^\W*remote\b|\b(?:fully|100 ?%|completely|entirely) remote\b|\bwork from (?:home|anywhere)\b|"
            r"\bhome ?office\b|\bremote[- ](?:first|only|position|role|job|work)\b|[(\[,/–-]\s*remote\s*(?:$|[)\],])",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.ONSITE,
        re.compile(r"\bon[- ]?site\b|\bin[- ](?:the )?office\b|\bin person\b|\bvor ort\b|\bsur site\b", re.IGNORECASE),
    ),
)
# One of these is in whatever the patterns for prose find; looking for them is many times faster.
_PROSE_HINTS = ("hybrid", "remote", "office", "studio", "site", "from home", "from anywhere", "télétravail")
_WORK = r"(?:work\w*|model|role|position|schedule|office|set-?up|arrangement|policy|job|basis|contract|team)"
_PROSE_MODES = (
    (
        WorkMode.HYBRID,
        re.compile(
            rf"\bhybrid(?:es?)?[ -]{_WORK}\b|\b(?:is|work|working|this is a|mode:|travail) hybrid(?:e|es)?\b|"
            r"\bdays? (?:a|per|each) week (?:in|at|from) (?:the|our) (?:office|studio)\b|\bteilweise remote\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.ONSITE,
        re.compile(
            rf"\b(?:not|no|non)[- ](?:a )?remote\b|\bremote (?:{_WORK} )?(?:is )?not\b|\b(?:fully|100 ?%) on-?site\b|"
            rf"\bon-?site[ -]{_WORK}\b|\b(?:this|the) (?:role|position|job) is (?:based )?on-?site\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.REMOTE,
        re.compile(
            rf"\b(?:fully|100 ?%|completely|entirely) remote\b|\bremote[- ](?:first|only|{_WORK})\b|"
            r"\bwork(?:ing)? from (?:home|anywhere)\b|\btélétravail complet\b|\b100 ?% home ?office\b",
            re.IGNORECASE,
        ),
    ),
)
_EMPLOYMENT = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        (
            "internship",
            r"intern|internship|praktikum|^stage(?! (?:manager|hand|technic|crew))|stagiaire|werkstudent(?:in)?",
        ),
        ("apprenticeship", r"apprentice(?:ship)?|ausbildung|azubi"),
        (
            "contract",
            r"contract(?!s? (?:manage|admin|special|negoti|engineer|law|analyst|coordin))|contractor|freelance|b2b",
        ),
        ("temporary", r"temporary|temp|seasonal|befristet\w*|fixed[- ]term"),
        ("part-time", r"part[-_ ]?time|teilzeit|temps partiel"),
        ("full-time", r"full[-_ ]?time|vollzeit|temps plein|permanent|cdi"),
    )
)
_LONGEST_LINE, _MENTIONS_READ = 300, 50
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_MILLISECONDS_FROM = 100_000_000_000
_NAMES_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|^\d{8}")
_LONGEST_DATE = 60
_COMMON_WORDS: Final = {
    "en": ["the", "and", "of", "to", "you", "we", "with", "our", "for", "are", "your", "is", "will"],
    "de": ["und", "der", "die", "das", "wir", "mit", "für", "sie", "ein", "eine", "bei", "den", "ist"],
    "fr": ["et", "les", "des", "vous", "nous", "pour", "avec", "une", "est", "dans", "votre", "sur"],
    "es": ["los", "las", "una", "con", "para", "que", "del", "por", "tu", "nuestro", "como", "en"],
    "nl": ["het", "een", "van", "voor", "wij", "met", "jij", "je", "onze", "zijn", "bij", "op"],
}


def clean_text(text: str) -> str:
    """Broken encodings mended, entities resolved, white space folded to single spaces."""
    return _SPACE.sub(" ", mend(html.unescape(text))).strip()


@lru_cache(maxsize=20_000)
def clean_title(text: str) -> str:
    """A title without what belongs in other fields: "(m/w/d)", "- Remote", "[Full-time]"."""
    title = clean_text(text)
    while (shorter := _TITLE_TAIL.sub("", title)) != title and shorter:
        title = shorter
    return title.strip(" -–|,") or clean_text(text)


def read_seniority(title: str, text: str = "") -> Seniority | None:
    """The level that the title names; else the one that the years asked for in ``text`` suggest."""
    bare = _NOT_A_LEVEL.sub(" ", title)
    for level, words in _LEVEL_WORDS:
        if words.search(bare):
            return level
    if _NO_YEARS.search(text):
        return Seniority.JUNIOR
    found = [match for match in islice(_YEARS.finditer(text), _MENTIONS_READ) if int(match[1]) <= 20]
    years = [int(match[1]) for match in found if _asks(_line_of(text, match))]
    if not years:
        return None
    # The largest demand in an advertisement is the total; smaller ones are for single skills.
    most = max(years)
    if most >= 8:
        return Seniority.LEAD
    return Seniority.SENIOR if most >= 5 else Seniority.MID if most >= 2 else Seniority.JUNIOR


def _line_of(text: str, match: re.Match[str]) -> str:
    """The line that a match stands in, or what of it is near."""
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST_LINE)
    end = text.find("\n", match.end(), match.end() + _LONGEST_LINE)
    return text[start : end if end >= 0 else match.end() + _LONGEST_LINE]


def _asks(line: str) -> bool:
    return _EXPERIENCE.search(line) is not None and _AGE.search(line) is None


def _modes_named(prose: str) -> tuple[tuple[WorkMode, re.Pattern[str]], ...]:
    lowered = prose.lower()
    return _PROSE_MODES if any(hint in lowered for hint in _PROSE_HINTS) else ()


def read_work_mode(*texts: str) -> WorkMode | None:
    """How the work is done, from the fields that speak of it, the most telling first."""
    for text in texts:
        patterns = _modes_named(text) if len(text) > _LONGEST_FIELD else _FIELD_MODES
        for mode, words in patterns:
            if words.search(text):
                return mode
    return None


def read_date(value: object) -> datetime | None:
    """A moment in UTC from ISO or RFC 822 text or from (milli)seconds since 1970, as a number or as digits.

    Text without a zone is taken as UTC; text that names no year ("Monday") is no date.
    """
    try:
        if isinstance(value, str):
            text = value.strip()
            return _from_seconds(float(text)) if _EPOCH.fullmatch(text) else _from_text(text)
        return _from_seconds(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError, OSError):
        return None


def _from_seconds(value: float) -> datetime | None:
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None


def _from_text(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        if not _NAMES_A_YEAR.search(text) or len(text) > _LONGEST_DATE:
            return None
        read = dates.parse(text)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def read_employment_type(*texts: str) -> str | None:
    """full-time, part-time, contract, temporary, internship or apprenticeship."""
    for text in texts:
        for name, words in _EMPLOYMENT:
            if words.search(text):
                return name
    return None


def read_language(text: str) -> str | None:
    """ISO 639-1 code of the language whose commonest words the text uses most, of those we know."""
    words = Counter(text[:2_000].lower().split())
    counts = {code: sum(words[word] for word in common if word in words) for code, common in _COMMON_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 3 else None
