"""Titles: as they are shown, and the role in them, which is the same on every board."""

import html
import re
from functools import lru_cache
from typing import Final

from jobtracker.postings.levels import BEGINNERS
from jobtracker.postings.lines import has
from jobtracker.postings.markup import mend
from jobtracker.postings.places import is_place

_SPACE = re.compile(r"\s+")
_LONGEST = 300
_SEX = r"(?:[mwfdxhvi]|div(?:ers)?|gn|all|weiblich|männlich|male|female|nb)"
_GENDER = (
    rf"[\(\[]\s*(?:{_SEX}(?:\s*[/|,*:.\\-]\s*{_SEX}\*?){{1,4}}|(?:all|any|alle) (?:genders?|geschlechter)|"
    rf"gn\*?)\s*[\)\]]|"
    r"(?<![\w/])[mwfdxhv](?:/[mwfdxvh]){1,3}(?![\w/])"
)
_GENDER_MARK = re.compile(_GENDER, re.IGNORECASE)
_TITLE_TAIL = re.compile(
    rf"\s*(?:{_GENDER}|[\(\[]\s*(?:remote|hybrid|full[- ]time|part[- ]time|us|usa|uk|eu|emea|contract)\s*[\)\]]|"
    r"\s[-–|]\s(?:remote|hybrid|full[- ]time|part[- ]time))\s*$",
    re.IGNORECASE,
)
# Endings that name both sexes: "Entwickler*in", "Infirmier(e)", "Desarrollador/a". The first form stands for both.
_BOTH: Final = (
    re.compile(r"(\w{3,})(?:[:*_·]|/-?)(?:innen|in|r|n)(?![\w-])", re.IGNORECASE),
    re.compile(r"(\w{2,}(?:er|or|ist|ent|ant|eur|oge))In(?:nen)?\b"),
    re.compile(
        r"(\w{3,})(?:[·/.](?:e|ne|se|trice|euse|ère|rice|sse|ive|te)(?:·s)?(?!\w)|\((?:e|ne|se|trice|euse|ère|ive|"
        r"te)\))"
    ),
    re.compile(r"(\w{2,}[a-zçñ])(?:/as?(?!\w)|\(as?\)|@(?!\w))"),
)
_SYMBOLS = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\ufe0f★☆¡¿™®]+")
_CALLS = re.compile(
    r"^\W*(?:urgent(?:ly)?(?: hiring)?|new|hot|hiring(?: now)?|now hiring|we(?:'re| are) hiring|wir suchen|join (?:us|"
    r"our team) as"
    r"(?: an?)?|wanted|looking for(?: an?)?|immediate(?:ly)?(?: hiring)?)\s*[:!–-]+\s*|"
    r"\b(?:gesucht|needed|wanted|immediate start|ab sofort|start(?:s)? (?:asap|immediately)|asap|"
    r"zum nächstmöglichen zeitpunkt)\b",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:(?:up to|from|ab|bis zu|circa|c\.)\s)?(?:[$€£]\s?\d[\d.,]*\s?k?|\b\d[\d.,]*\s?k?\s?€)"
    r"(?:\s?[-–]\s?[$€£]?\s?\d[\d.,]*\s?k?\s?€?)?\+?(?:\s?(?:/|per|pro|an|a|p)\s?(?:hour|hr|h|week|wk|day|month|year|"
    r"annum|std\.?|stunde|monat|jahr|uur|h(?:eu)?re?)\b\.?)?"
)
_NUMBERS = (
    r"\b(?:req(?:uisition)?|ref(?:erence)?|job|posting|vacancy|kennziffer)\b[ .]*(?:id|no|nr|number|code)?[\s:.#-]*"
    r"[A-Z]{0,4}-?\d[\w-]*|\b(?:id|nr)[\s:.#]+\d[\w-]*|\b(?:REF|JR|REQ|R|JOB)-?\d{3,}\w*|#\s?\d{3,}|\b\d{4}-\d{3,}\b|"
    r"\b\d{5,}\b"
)
_TIMES = (
    r"\b(?:full[- ]?time|part[- ]?time|fulltime|parttime|freelance|temporary|temp|permanent|perm|seasonal|casual|"
    r"interim|"
    r"(?:in |auf )?(?:vollzeit|teilzeit)(?: ?(?:/|oder|und|&) ?(?:vollzeit|teilzeit))?|(?:auf )?minijob(?:-?basis)?|"
    r"festanstellung|"
    r"(?:un)?befristet|cdi|cdd|temps (?:plein|partiel)|jornada (?:completa|parcial)|media jornada|tiempo (?:completo|"
    r"parcial)|"
    r"bijbaan|\d{1,2}(?: ?- ?\d{1,2})? ?(?:uur|std|stunden|heures|hours|hrs)(?: ?(?:/|per|a|pro|par) ?(?:woche|week|"
    r"semaine))?|"
    r"maternity cover|elternzeitvertretung|ftc|fixed[- ]term(?: contract)?|"
    r"\d{1,2}[- ](?:months?|mois|monate|meses|maanden)(?: (?:ftc|contract|fixed[- ]term))?|zero hours?|"
    r"\d{2} ?h(?:/\w+)?)\b|"
    r"\b\d{2,3} ?(?:[-–] ?\d{2,3} ?)?%"
)
_AWAY = (
    r"\b(?:100 ?% |fully |completely |us |uk |eu )?remote(?:ly)?\b(?! ?(?:sens|control|monitor|desktop|access|operat|"
    r"hand|pilot|"
    r"support|infra|site|proctor|vehicle))|\bwork(?:ing)? from (?:home|anywhere)\b|\bwfh\b|\bhome ?office\b|"
    r"\btélétravail\b|\bremoto\b|\b(?:on-?site|vor ort)\b|\bteletrabajo\b"
)
# One of these, or a digit, is in whatever the pattern finds.
_STRIPPED_HINTS: Final = (
    "time", "freelance", "temp", "perm", "season", "casual", "interim", "zeit", "minijob", "anstellung", "befristet",
    "cdi", "cdd", "jornada", "tiempo", "bijbaan", "uur", "cover", "ftc", "fixed", "hours", "remote", "work", "wfh",
    "office", "télétravail", "remoto", "site", "vor ort", "teletrabajo",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_STRIPPED = re.compile(rf"{_MONEY}|{_NUMBERS}|{_TIMES}|{_AWAY}", re.IGNORECASE)
_SEASON = re.compile(
    r"\b(?:(?:summer|winter|spring|fall|autumn|class of|sommer|été)\s)?20[2-4]\d(?:\s?[/–-]\s?(?:20)?[2-4]\d)?\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"^contract (?!manag|admin|special|negoti|law|analyst|coord|engineer|officer)|(?:^| )contract$", re.IGNORECASE
)
_LEVEL = re.compile(
    r"(?<![\w-])(?:s[eéê]nior[ae]?|sr\.?|snr\.?|j[uú]nior|jr\.?|jnr\.?|mid(?![- ]?market)[- ]?(?:level|weight|senior)?|"
    r"entry[- ]level|intermediate|medior|"
    r"experienced|erfahrene[rn]?|ervaren|expérimentée?|confirmée?|débutante?(?: acceptée?)?|pleno|starsz[ya]|"
    r"młodsz[ya]|new grad(?:uate)?|graduate(?: (?:scheme|program(?:me)?))?|quereinsteiger(?:in)?|"
    r"berufseinsteiger(?:in)?|absolvent(?:in)?|newly qualified|starter|(?:all|multiple|various) (?:levels|openings|"
    r"positions)|"
    r"(?:level|lvl|tier|grade|band|stufe) ?\d[ab]?|(?:L|IC|P|E|T)[1-9](?:\s?[/–-]\s?(?:L|IC|P|E|T)?[1-9])?(?= *$)|"
    r"staff\+)(?!\w)(?:\s?/)?",
    re.IGNORECASE,
)
_BEGINNER = re.compile(
    rf"(?<!\w)(?:summer )?{BEGINNERS}(?!\w)(?:\s+(?:im bereich|in(?: der| den)?|en|em|de|zum|zur|als|für|"
    rf"level \d))?(?!\w)|^stage\b"
    r"(?! (?:manager|hand|technic|crew|director|design|combat|light|electric|door))(?:\s+(?:en|de|bij)\b)?|"
    r"\bsummer(?=\s*$)|\bstudent(?=\s*$)",
    re.IGNORECASE,
)
_TRAINED_TO = re.compile(r"(?:^|(?<=/))\s*(?:zum|zur|als)\s+", re.IGNORECASE)
_TRADE = (
    r"(?:engineer|developer|designer|scientist|analyst|architect|programmer|researcher|consultant|administrator|"
    r"writer|recruiter)"
)
_TECHNICAL = (
    r"(?:\w[\w/+#.&-]* ){0,4}?(?:engineer\w*|develop\w*|designer|scientist|architect|researcher|programmer|sre|"
    r"analyst|technologist|(?:product|program|data|software) manager|strategist)\b"
)
_LEADING = re.compile(
    rf"^lead (?!gen|acqui|nurtur|time|qualif)(?=\w)|^staff\+?(?:/\w+)? (?={_TECHNICAL})|^principal (?=\w)|"
    rf"^expert (?=\w)|"
    r"^associate (?!(?:[\w-]+ )?(?:director|counsel|partner|principal|vice)\b|professor|dentist|dean|attorney)(?=\w)",
    re.IGNORECASE,
)
_LED = re.compile(rf"\b({_TRADE}) lead$", re.IGNORECASE)
_STEP = re.compile(r"(?<=[a-zA-Z)]) (?:I{1,3}|IV|V|[1-5])$")
_ONLY_LEVEL = re.compile(
    r"^(?:lead|principal|staff|expert|associate|contract|hybride?|h[íi]brid[oa]|interim|"
    r"mobiles arbeiten|urgent(?:ly)?|new)$",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(r"\s(?:at|@|bei|chez)\s+[A-ZÀ-Þ0-9][\w&.'’ -]*$")
_IN_A_PLACE = re.compile(r"\s(?:in|à|en)\s+([A-ZÀ-Þ][\w.'’ -]+)$")
_LAST_AREA = re.compile(
    r"\s+(?:DACH|EMEA|APAC|LATAM|AMER|ANZ|MENA|CEE|Benelux|Nordics|UKI|UK|USA?|EU|Europe|Germany|Deutschland|France|"
    r"UK&I)$"
)
# One of these is wherever segments or endings for both sexes are.
_SEPARATOR = re.compile(r"[-–—|•·,;:@(\[]")
_MARKS = re.compile(r"[:*_·/.(@]|[a-z]In\b|[a-z]Innen\b")
_SEGMENT_EDGES = " /-–—:*'\"()[]"
_ROLE_EDGES = " -–—|/,:;*"
_BRACKETS = re.compile(r"[\(\[]([^()\[\]]*)[\)\]]")
_SEGMENT = re.compile(r"\s+[-–—|•·:]+\s+|\s*[|•·,;]\s*|:\s+|\s[-–—]|[-–—]\s(?!und |oder )|\s+[@]\s+")
# Places that are words of trades too, and codes of countries that are departments.
_NO_PLACE: Final = {
    "mobile", "reading", "nice", "split", "orange", "bath", "of", "enterprise", "independence", "derby", "sale",
    "victoria", "surprise",
    "georgia", "jersey", "turkey", "chad", "central", "international", "national", "global", "it", "hr", "ai", "ml",
    "pr", "qa",
    "bi", "ar", "ap", "pm", "se", "sa", "pa", "vp", "md", "er", "or", "cs", "pe", "ir", "in", "me", "tv", "cv", "cc",
    "id",
}  # fmt: skip
_PLACE_CODES: Final = {
    "US",
    "USA",
    "UK",
    "EU",
    "UAE",
    "NYC",
    "SF",
    "DC",
    "EMEA",
    "APAC",
    "DACH",
    "LATAM",
    "ANZ",
    "AMER",
    "MENA",
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


@lru_cache(maxsize=20_000)
def read_role(title: str, company: str | None = None) -> str | None:
    """The trade that the title names, in lower case: "Senior Backend Engineer (m/w/d) - Remote" is "backend engineer".

    Without level, sex, place, hours, pay, number and employer; of "Staff Nurse" nothing is taken, for it is a trade.
    None where nothing is left to name.
    """
    text = _bare(title)
    text = _CALLS.sub(" ", text.strip()).strip("!? ")
    if _MARKS.search(text):
        for both in _BOTH:
            text = both.sub(r"\1", text)
    text = _without_employer(_stripped(text).strip(), company)
    beginner = _BEGINNER.search(text) is not None
    kept = [
        role
        for position, segment in enumerate(_segments(text))
        if (role := _role(segment, beginner=beginner, first=not position))
    ]
    role = " ".join(kept) or " ".join(_segments(text))
    role = role.replace(" & ", " and ").lower()
    return re.sub(r"\s*/\s*", "/", _SPACE.sub(" ", role)).lstrip(_ROLE_EDGES).rstrip(f"{_ROLE_EDGES}.") or None


def _stripped(text: str) -> str:
    """The title without pay, numbers, hours and ways of working."""
    lowered = text.lower()
    if _DIGIT.search(text) or has(lowered, _STRIPPED_HINTS):
        return _STRIPPED.sub(" ", text)
    return text


def _without_employer(text: str, company: str | None) -> str:
    if company and len(text) > len(company) and text.lower().endswith(company.lower()):
        rest = text[: -len(company)].rstrip()
        if rest.endswith(("-", "–", "|", "@", ",", " at")):
            text = rest.removesuffix(" at").rstrip(" -–|@,") or text
    return _EMPLOYER.sub("", text)


def _bare(title: str) -> str:
    """The title without marks of sex and symbols."""
    text = clean_text(title)[:_LONGEST].replace("’", "'")
    if "/" in text or "(" in text or "[" in text or "|" in text:
        text = _GENDER_MARK.sub(" ", text)
    return text if text.isascii() else _SYMBOLS.sub(" ", text)


@lru_cache(maxsize=20_000)
def place_in_title(title: str) -> str:
    """The places and areas that stand apart in the title: "Data Analyst - Berlin", "Support Agent (Remote - EMEA)"."""
    if not _SEPARATOR.search(title):
        return ""
    named = _apart(_stripped(_bare(title)))
    where: list[str] = []
    for segment in named[1:]:
        if where and len(segment) <= 3 and segment.isupper():
            where[-1] += f", {segment}"
        elif _is_where(segment):
            where.append(segment)
    return "; ".join(where)


def _segments(text: str) -> list[str]:
    """What stands between dashes, commas and brackets; places, areas and seasons are left out after the first."""
    named = _apart(text)
    kept = named[:1]
    where = False
    for segment in named[1:]:
        # "San Francisco, CA": a code is one of a place only beside it.
        where = _is_where(segment) or (where and segment.isupper() and len(segment) <= 3)
        kept += [] if where else [segment]
    return kept


def _apart(text: str) -> list[str]:
    if "20" in text:
        text = _SEASON.sub(" ", text)
    if not _SEPARATOR.search(text):
        return [text.strip()] if text.strip(" .") else []
    apart = _BRACKETS.sub(lambda inner: f" | {inner[1]} | " if inner[1].strip() else " ", text)
    segments = (_SPACE.sub(" ", segment).strip() for segment in _SEGMENT.split(apart))
    # ".NET" begins with what others end with.
    bare = (segment.lstrip(_SEGMENT_EDGES).rstrip(f"{_SEGMENT_EDGES}.") for segment in segments)
    return [segment for segment in bare if segment.strip(".")]


def _is_where(segment: str) -> bool:
    """Whether a segment says where, and not what."""
    if len(segment) <= 4 and segment.isupper():
        return segment in _PLACE_CODES
    return segment.lower() not in _NO_PLACE and segment[:1].isupper() and is_place(segment)


def _role(segment: str, *, beginner: bool, first: bool) -> str:
    """A segment without its words of level, in an order in which each makes room for the next."""
    if place := _IN_A_PLACE.search(segment):
        segment = segment[: place.start()] if _is_where(place[1]) else segment
    segment = _LAST_AREA.sub("", segment)
    segment = _CONTRACT.sub("", segment)
    if beginner:
        segment = _TRAINED_TO.sub("", _BEGINNER.sub(" ", segment).strip())
    segment = _SPACE.sub(" ", _LEVEL.sub(" ", segment)).strip(" /-–—")
    segment = _STEP.sub("", segment)
    segment = _LED.sub(r"\1", _LEADING.sub("", segment))
    lone = _ONLY_LEVEL.match(segment) and not (first and segment.lower() in {"associate", "principal"})
    return "" if lone else segment.strip(" /-–—")
