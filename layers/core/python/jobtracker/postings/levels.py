"""The career level that a title names, or that the experience asked for suggests."""

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from jobtracker.postings.lines import has
from jobtracker.postings.model import Seniority

# Beginners' words, which titles carry beside the trade: in the languages that we know.
BEGINNERS: Final = (
    r"(?:intern|internship|trainee|traineeship|apprentice(?:ship)?|working student|work student|werkstudent(?:in|:in|"
    r"\*in)?|"
    r"(?:pflicht|schüler)?praktikant(?:in)?|(?:pflicht|orientierungs)?praktikum|azubi|auszubildende[rn]?|ausbildung|"
    r"duales studium|dual(?:er|e) student(?:in)?|stagiaire|alternance|alternante?|apprentie?|apprentissage|becari[oa]|"
    r"prácticas|practicante|pasante|estágio|estagiári[oa]|stagiaire?|(?:afstudeer|meewerk)stage|leerling|tirocinio|"
    r"tirocinante|co-?op(?: student)?|placement student|stażyst[ak]a?|praktykant)"
)
# In order of telling: "Head of" outweighs "Senior", which outweighs "Associate".
_LEVELS: Final = (
    (
        Seniority.INTERN,
        (
            rf"{BEGINNERS}|stage(?= ?(?:[-–:(]|en |de |in |communicat|market|financ|develop|data|recruit|h/f|$))|"
            r"stage(?= [A-ZÀ-Ý])(?! (?:Manager|Hand|Technic|Crew|Director|Design|Combat|Light|Electric|Door))"
        ),
    ),
    (
        Seniority.EXECUTIVE,
        (
            r"chief|c[etfmopi]o|ciso|[se]?vp|vice president|managing director|director[ae]?|directrice|directeur|"
            r"direktor(?:in)?|"
            r"head of|geschäftsführer(?:in)?|geschäftsleiter(?:in)?|algemeen directeur|dyrektor|diretor[a]?"
        ),
    ),
    (
        Seniority.LEAD,
        (
            r"lead|principal|staff\+?|team ?lead(?:er)?|teamleider|manager|supervisor|foreman|charge nurse|matron|"
            r"(?:executive|head) chef|head (?:cook|nurse|teacher|gardener|coach|waiter|housekeeper|barista)|"
            r"(?!projekt|bau|halb|blitzab)\w*leit(?:er(?:in)?|ung)|leitende[rn]?|hoofd|leidinggevende|responsable|"
            r"jef[ea]|"
            r"encargad[oa]|kierownik|kierowniczka|gerente|chef d'équipe|chef d'atelier|responsabile|capo"
        ),
    ),
    (
        Seniority.SENIOR,
        (
            r"s[eéê]nior|sr\.?|snr|experienced|expert|erfahrene[rn]?|ervaren|expérimentée?|experto|starsz[ya]|"
            r"(?-i:III|IV)(?=\s*(?:$|[,(–-]))"
        ),
    ),
    (
        Seniority.MID,
        (
            r"mid(?![- ]market)|mid[- ]level|mid[- ]?weight|intermediate|medior|confirmée?|pleno|(?-i:II)(?=\s*(?:$|"
            r"[,(–-]))"
        ),
    ),
    (
        Seniority.JUNIOR,
        (
            r"j[uú]nior|jr\.?|jnr|entry[- ]level|new grad(?:uate)?|graduate|associate|assistant|newly qualified|"
            r"berufseinsteiger(?:in)?|absolvent(?:in)?|quereinsteiger(?:in)?|débutante?|starter|młodsz[ya]|"
            r"recién titulad[oa]|(?-i:I)(?=\s*(?:$|[,(–-]))"
        ),
    ),
)
_LEVEL_WORDS = tuple((level, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for level, words in _LEVELS)
_TECHNICAL = (
    r"(?:\w+[ -]){0,4}?(?:engineer\w*|develop\w*|designer|scientist|architect|researcher|programmer|sre|analyst|"
    r"technologist|(?:product|program|data|software) manager|strategist)\b"
)
# Titles in which the word is the trade, not the level.
_NOT_A_LEVEL = re.compile(
    r"\b(?:(?:product|project|program(?:me)?|account|office|community|content|marketing|brand|campaign|case|contracts?|"
    r"customer success|category|social media|event|construction|site|property|facility|facilities|risk|partner|"
    r"portfolio|"
    r"relationship|asset|fund|wealth|change|release|growth|engagement|data|stage|bid|grants?|delivery|produkt|projekt|"
    r"key account|produit|projet) managers?\b|(?:art|creative|funeral|film|music(?:al)?|casting|photography|game|"
    r"technical art) director\b|"
    r"(?:[\w-]+ )?(?:assistant|associate|secretary|advis[oe]r|office) (?:to|of) (?:the )?(?:c[etfmopi]o|vp|director|"
    r"head|managing director)\b|(?<=[\w-] )(?:assistant|associate)\b(?! (?:director|manager|buyer|accountant|vice))|"
    r"associate (?:[\w-]+ )?(?:counsel|partner|principal)\b|associate (?=creative)|"
    r"(?:associate|assistant) (?:professor|dentist|dean|attorney|principal|to)\b|personal assistant|"
    r"lead[- ](?:generation|gen|acquisition|nurtur\w*|time|qualif\w*)|(?:school|vice|deputy) principal|"
    rf"staff(?!\+?[ /]{_TECHNICAL})|chef de (?:projet|produit|rang|partie|cuisine)|"
    r"jef[ea](?:/a)? de (?:proyecto|producto)|chef executive|expert witness)",
    re.IGNORECASE,
)
_LONE_PRINCIPAL = re.compile(r"^\W*principal\W*$|\bprincipal(?=\s*[-–|,(]).*school", re.IGNORECASE)
# There an assistant is no beginner.
_FRENCH = re.compile(r"\b[HF]/[HF]\b|\w\(e\)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\b(?:level|lvl|tier|stufe|niveau)\s?|[a-zA-Z]{3,}\)?\s)([1-5])(?=\s*(?:$|[,()|–-]))", re.IGNORECASE
)
_NO_NUMBER = re.compile(
    r"\b(?:band|grade|phase|step|class|shift|key stage|type|section|zone|area|unit|group)\s\d", re.IGNORECASE
)
_BY_NUMBER: Final = {
    "1": Seniority.JUNIOR, "2": Seniority.MID, "3": Seniority.SENIOR, "4": Seniority.SENIOR, "5": Seniority.SENIOR,
}  # fmt: skip
# What sources call a level in a field of its own. What says next to nothing ("Mid-Senior level") is left out.
_FIELDS: Final = {
    "entry level": Seniority.JUNIOR, "entry": Seniority.JUNIOR, "junior": Seniority.JUNIOR,
    "associate": Seniority.JUNIOR,
    "graduate": Seniority.JUNIOR, "mid level": Seniority.MID, "mid": Seniority.MID, "midlevel": Seniority.MID,
    "midweight": Seniority.MID, "intermediate": Seniority.MID, "senior": Seniority.SENIOR,
    "senior level": Seniority.SENIOR,
    "lead": Seniority.LEAD, "manager": Seniority.LEAD, "principal": Seniority.LEAD, "staff": Seniority.LEAD,
    "director": Seniority.EXECUTIVE, "executive": Seniority.EXECUTIVE, "c level": Seniority.EXECUTIVE,
    "vp": Seniority.EXECUTIVE, "internship": Seniority.INTERN, "intern": Seniority.INTERN, "student": Seniority.INTERN,
    "trainee": Seniority.INTERN, "apprentice": Seniority.INTERN, "student college": Seniority.INTERN,
}  # fmt: skip
_NO_LETTERS = re.compile(r"[\W_]+")

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
_NO_YEARS_HINTS: Final = ("no experience", "no previous experience", "no prior experience")
_NO_YEARS = re.compile(r"\bno (?:previous |prior )?experience (?:is )?(?:required|needed|necessary)", re.IGNORECASE)
_LONGEST_LINE, _MENTIONS_READ, _LONGEST_TITLE = 300, 50, 300


def read_seniority(title: str, text: str = "", field: str = "") -> Seniority | None:
    """The level that the title names; else the one in a source's own field; else what the years asked for suggest."""
    return level_in_title(title) or _FIELDS.get(_NO_LETTERS.sub(" ", field).strip().lower()) or _by_years(text)


@lru_cache(maxsize=20_000)
def level_in_title(title: str) -> Seniority | None:
    """The level that the title names. "Staff Nurse" and "Product Manager" name a trade."""
    title = title[:_LONGEST_TITLE]
    if _LONE_PRINCIPAL.search(title):
        return None
    bare = _NOT_A_LEVEL.sub(" ", title)
    if _FRENCH.search(title):
        bare = bare.replace("ssistant", "")
    for level, words in _LEVEL_WORDS:
        if words.search(bare):
            return level
    numbered = None if _NO_NUMBER.search(title) else _NUMBERED.search(title)
    return _BY_NUMBER[numbered[1]] if numbered else None


def _by_years(text: str) -> Seniority | None:
    if has(text.lower(), _NO_YEARS_HINTS) and _NO_YEARS.search(text):
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
