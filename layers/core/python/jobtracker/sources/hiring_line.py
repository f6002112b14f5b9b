"""The first line of an offer in a "Who is hiring?" thread: "Company | Role | Place | REMOTE | Full-time | $120k".

The order varies, so each segment is taken for what it looks like, not for where it stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from jobtracker.postings import normalise
from jobtracker.postings.model import WorkMode

_PARAGRAPH = re.compile(r"<p>|<br\s*/?>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BAR = re.compile(r"\s*[|│｜]+\s*")
_DASH = re.compile(r"\s+(?:[-–—•·]|//)\s+")
_LINK = re.compile(
    r"https?://[^\s)]+|www\.[^\s)]+|(?:[\w-]+\.)+(?:com|io|ai|co|dev|org|net|app|jobs)(?:/[^\s)]*)?", re.IGNORECASE
)
_WHOLE_LINK = re.compile(rf"\(?(?:{_LINK.pattern})\)?", re.IGNORECASE)
# What is said besides, and is no company's name.
_ASIDE = re.compile(
    r"^\W*(?:visa|no visa|sponsor|equity|series [a-f]\b|seed\b|yc\b|relocation|benefits)", re.IGNORECASE
)
_EMPTY = re.compile(r"\(\s*\)")
_HREF = re.compile(r'href="([^"]+)"')
_APPLY = re.compile(r"career|jobs?\b|apply|hiring|join|greenhouse|lever\.co|ashbyhq|workable|recruitee", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:engineers?|engineering|developers?|devs?|programmers?|designers?|managers?|scientists?|researchers?|analysts?|"
    r"architects?|administrators?|admins?|directors?|leads?|head of|vp|cto|ceo|coo|founders?|co-?founders?|interns?|"
    r"devops|sre|swe|sde|sdet|qa|writers?|consultants?|specialists?|recruiters?|marketers?|technicians?|operators?|"
    r"advocates?|(?:full|front|back)[- ]?(?:stack|end)|roles|positions|openings|sales|account executives?)\b",
    re.IGNORECASE,
)
_MODES = (
    (WorkMode.HYBRID, re.compile(r"\bhybrid\b", re.IGNORECASE)),
    (WorkMode.ONSITE, re.compile(r"\b(?:no|not|non)[- ](?:fully )?remote\b", re.IGNORECASE)),
    (WorkMode.REMOTE, re.compile(r"\bremote(?:ly)?\b|\bwfh\b|\bwork from (?:home|anywhere)\b", re.IGNORECASE)),
    (WorkMode.ONSITE, re.compile(r"\bon-?\s?site\b|\bin[- ](?:person|office)\b|\bin the office\b", re.IGNORECASE)),
)
_TIME = re.compile(
    r"\b(?:full|part)[-\s]?time\b|\bFT\b|\bPT\b|\bcontract(?:ors?|ing)?\b|\bfreelance\b|\bpermanent\b|\binternships?\b|"
    r"\btemporary\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£₹]\s?\d|\d\s?[$€£]|\b\d{2,3}\s?k\b|\b\d+(?:\.\d+)?\s?%|\b(?:USD|EUR|GBP|CAD|CHF)\b", re.IGNORECASE
)
_ANYWHERE = re.compile(r"\b(?:worldwide|anywhere|global|EU|EMEA|APAC|LATAM|US|USA|UK|time ?zones?)\b")
_LEAST_SEGMENTS, _LONGEST_LINE = 2, 500


class Kind(Enum):
    """What a segment says."""

    LINK = auto()
    PAY = auto()
    TIME = auto()
    ROLE = auto()
    PLACE = auto()
    OTHER = auto()


@dataclass(slots=True)
class Line:
    """What an offer's first line says."""

    title: str
    company: str | None = None
    place: str = ""
    mode: WorkMode | None = None
    pay: str = ""
    employment_type: str = ""


def read(html: str) -> Line | None:
    """The first line of an offer's HTML; None where it has no segments, as in a question or a remark."""
    text = normalise.clean_text(_TAG.sub("", _PARAGRAPH.split(html.strip().removeprefix("<p>"), 1)[0]))[:_LONGEST_LINE]
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) < _LEAST_SEGMENTS:
        parts = [part for part in _DASH.split(text) if part]
    if len(parts) < _LEAST_SEGMENTS:
        return None
    segments = [(kind_of(part), part) for part in parts]
    company = _company(segments)
    rest = [(kind, part) for kind, part in segments if part != company]
    roles = [part for kind, part in rest if kind is Kind.ROLE]
    if not roles:
        # Nothing that is surely a role: what is said besides, else the whole line.
        roles = [next((part for kind, part in rest if kind is Kind.OTHER), text)]
    return Line(
        title=", ".join(roles),
        company=_EMPTY.sub("", _LINK.sub("", company)).strip(" -–,") or company if company else None,
        place="; ".join(part for kind, part in rest if kind is Kind.PLACE),
        mode=_mode(" | ".join(part for _, part in rest)),
        pay=next((part for kind, part in rest if kind is Kind.PAY), ""),
        employment_type=", ".join(match[0] for _, part in rest for match in _TIME.finditer(part)),
    )


def kind_of(segment: str) -> Kind:
    """What one segment looks like."""
    return next((kind for kind, looks_so in _LOOKS if looks_so(segment)), Kind.OTHER)


def apply_url(html: str) -> str | None:
    """The first link that leads to where one applies, None where no link looks so."""
    links = [normalise.clean_text(link) for link in _HREF.findall(html)]
    return next((link for link in links if _APPLY.search(link) and "news.ycombinator.com" not in link), None)


def _mode(text: str) -> WorkMode | None:
    return next((mode for mode, words in _MODES if words.search(text)), None)


def _is_place(segment: str) -> bool:
    if _ANYWHERE.search(segment):
        return True
    places = normalise.read_places(segment)
    return any(place.city or place.country for place in places)


def _is_link(segment: str) -> bool:
    return _WHOLE_LINK.fullmatch(segment) is not None


def _is_pay(segment: str) -> bool:
    return _MONEY.search(segment) is not None and (
        normalise.read_pay(segment) is not None or _ROLE.search(segment) is None
    )


def _is_role(segment: str) -> bool:
    return _ROLE.search(segment) is not None


def _is_mode(segment: str) -> bool:
    return _mode(segment) is not None


def _is_time_alone(segment: str) -> bool:
    return _is_time(segment) and not _TIME.sub("", segment).strip(" ,/&()+-")


def _is_time(segment: str) -> bool:
    return _TIME.search(segment) is not None


# In order of telling.
_LOOKS: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind.LINK, _is_link),
    (Kind.PAY, _is_pay),
    (Kind.ROLE, _is_role),
    (Kind.PLACE, _is_mode),
    (Kind.TIME, _is_time_alone),
    (Kind.PLACE, _is_place),
    (Kind.TIME, _is_time),
)


def _company(segments: list[tuple[Kind, str]]) -> str | None:
    """The first segment that is nothing else; failing that the first of all, if its kind comes again after it:
    "Remote | Engineer | Remote" is of the company Remote."""
    for kind, part in segments:
        if kind is Kind.OTHER and not _ASIDE.search(part):
            return part
    first_kind, first = segments[0]
    again = first_kind in {Kind.ROLE, Kind.PLACE} and any(kind is first_kind for kind, _ in segments[1:])
    return first if again else None
