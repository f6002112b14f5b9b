"""Bringing what sources publish to one form. Every function gives None for what it cannot tell."""

import html
import re
from datetime import UTC, datetime
from functools import lru_cache

import ftfy
import nh3
from dateutil import parser as dates
from inscriptis import get_text
from inscriptis.model.config import ParserConfig

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

_TAGS = {
    "p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "h1", "h2", "h3", "h4", "h5", "h6", "a", "div", "span",
    "blockquote", "table", "thead", "tbody", "tr", "td", "th", "hr", "code", "pre",
}  # fmt: skip
_LINKS = {"http", "https", "mailto"}
_SPACE = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\n{3,}")
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
        r"lead|principal|staff|team ?lead(?:er)?|manager|supervisor|foreman|charge nurse|matron|(?:team)?leiter(?:in)?",
    ),
    (Seniority.SENIOR, r"senior|sr\.?|snr|experienced|expert|iii|iv"),
    (
        Seniority.JUNIOR,
        r"junior|jr\.?|entry[- ]level|graduate|associate|assistant|newly qualified|berufseinsteiger(?:in)?|i",
    ),
    (Seniority.MID, r"mid|mid[- ]level|intermediate|medior|ii"),
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
    r"(\d{1,2})\s*(?:\+|plus)?\s*(?:(?:-|–|to)\s*\d{1,2}\s*)?(?:years?|yrs?|jahre|ans|años|jaar)\b", re.IGNORECASE
)
_NO_YEARS = re.compile(r"\bno (?:previous |prior )?experience (?:is )?(?:required|needed|necessary)", re.IGNORECASE)
_HYBRID = re.compile(
    r"\bhybrid(?:e|es)?\b|\bteilweise remote\b|days? (?:a|per) week (?:in|at) (?:the|our) office", re.IGNORECASE
)
_REMOTE = re.compile(
    r"\b(?:fully|100 ?%|completely|entirely) remote\b|\bremote[- ](?:first|only|position|role|job|work)\b|"
    r"\bwork(?:ing)? from (?:home|anywhere)\b|\bhome ?office\b|\btélétravail complet\b",
    re.IGNORECASE,
)
_NOT_REMOTE = re.compile(r"\b(?:not|no|non)[- ](?:a )?remote\b|\bremote (?:work )?(?:is )?not\b", re.IGNORECASE)
_ONSITE = re.compile(r"\bon[- ]?site\b|\bin[- ](?:the )?office\b|\bin person\b|\bvor ort\b|\bsur site\b", re.IGNORECASE)
_EMPLOYMENT = (
    ("internship", r"intern|internship|praktikum|stage\b"),
    ("apprenticeship", r"apprentice|ausbildung"),
    ("contract", r"contract|contractor|freelance|b2b"),
    ("temporary", r"temporary|temp\b|seasonal|befristet|fixed[- ]term"),
    ("part-time", r"part[-_ ]?time|teilzeit|temps partiel"),
    ("full-time", r"full[-_ ]?time|vollzeit|temps plein|permanent|cdi\b"),
)
_STOP_WORDS = {
    "en": "the and of to you we with our for are your is will",
    "de": "und der die das wir mit für sie ein eine bei den ist",
    "fr": "et les des vous nous pour avec une est dans votre sur",
    "es": "los las una con para que del por tu nuestro como en",
    "nl": "het een van voor wij met jij je onze zijn bij op",
}


def clean_text(text: str) -> str:
    """Broken encodings mended, entities resolved, white space folded to single spaces."""
    return _SPACE.sub(" ", ftfy.fix_text(html.unescape(text)).replace("\n", " ")).strip()


@lru_cache(maxsize=20_000)
def clean_title(text: str) -> str:
    """A title without what belongs in other fields: "(m/w/d)", "- Remote", "[Full-time]"."""
    title = clean_text(text)
    while (shorter := _TITLE_TAIL.sub("", title)) != title and shorter:
        title = shorter
    return title.strip(" -–|,") or clean_text(text)


def clean_html(markup: str, *, escaped: bool = False) -> tuple[str, str]:
    """Sanitised HTML and its plain text.

    Args:
        markup: what the source published.
        escaped: whether the source escapes its HTML once more, as Greenhouse does.
    """
    source = ftfy.fix_text(html.unescape(markup) if escaped else markup, unescape_html=False)
    safe = nh3.clean(source, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_LINKS, link_rel="noopener nofollow")
    text = get_text(safe, ParserConfig(display_links=False)) if safe.strip() else ""
    lines = "\n".join(_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return safe, _LINES.sub("\n\n", lines).strip()


def read_seniority(title: str, text: str = "") -> Seniority | None:
    """The level that the title names; else the one that the years asked for in ``text`` suggest."""
    bare = _NOT_A_LEVEL.sub(" ", title)
    for level, words in _LEVEL_WORDS:
        if words.search(bare):
            return level
    if _NO_YEARS.search(text):
        return Seniority.JUNIOR
    years = [int(match[1]) for match in _YEARS.finditer(text) if int(match[1]) <= 20]
    if not years:
        return None
    # The largest demand in an advertisement is the total; smaller ones are for single skills.
    most = max(years)
    if most >= 8:
        return Seniority.LEAD
    return Seniority.SENIOR if most >= 5 else Seniority.MID if most >= 2 else Seniority.JUNIOR


def read_work_mode(*texts: str) -> WorkMode | None:
    """How the work is done, from the fields that speak of it, the most telling first."""
    for text in texts:
        if _HYBRID.search(text):
            return WorkMode.HYBRID
        if text.strip().lower().startswith("remote") or (_REMOTE.search(text) and not _NOT_REMOTE.search(text)):
            return WorkMode.REMOTE
        if _ONSITE.search(text):
            return WorkMode.ONSITE
    return None


def read_date(value: str | float | None) -> datetime | None:
    """A moment in UTC from ISO or RFC 822 text or from seconds since 1970; text without a zone is taken as UTC."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC) if value > 0 else None
        read = dates.parse(value)
    except (ValueError, OverflowError, OSError, dates.ParserError):
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def read_employment_type(*texts: str) -> str | None:
    """full-time, part-time, contract, temporary, internship or apprenticeship."""
    for text in texts:
        for name, words in _EMPLOYMENT:
            if re.search(rf"\b(?:{words})", text, re.IGNORECASE):
                return name
    return None


def read_language(text: str) -> str | None:
    """ISO 639-1 code of the language whose commonest words the text uses most, of those we know."""
    words = re.findall(r"[^\W\d_]+", text[:2_000].lower())
    counts = {code: sum(word in _stop_words()[code] for word in words) for code in _STOP_WORDS}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 3 else None


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}
