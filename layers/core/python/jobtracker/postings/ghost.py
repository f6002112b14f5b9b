"""Evidence that nobody may be hired through a posting: old, posted again and again, vague. Reasons, never a verdict.

Each is something that a person can check. None proves anything: hospitals search for months, and many an employer
never states the pay.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from jobtracker.postings.life import pay_line
from jobtracker.postings.model import Posting, StoredPosting, WorkMode

LONG_OPEN: Final = timedelta(days=60)
_DATE_MOVED: Final = timedelta(days=14)
_SHORT_WORDS: Final = 80
_WIDE_PAY: Final = 2.0
_OFTEN_OPEN: Final = 3
_ENOUGH_POSTINGS, _MANY_LONG_OPEN = 5, 0.5
_NAMELESS: Final = re.compile(
    r"^\W*$|\b(?:confidential|undisclosed|anonymous|stealth(?: mode)?|not (?:disclosed|specified|named)|our client|"
    r"a leading company|vertraulich|confidentiel|confidencial)\b",
    re.IGNORECASE,
)
# Signs that a text may name duties, in the languages that are known here: words for duties, whoever is spoken to or
# sought (he is told what to do), lists of lines and of verbs. Long texts hardly speak of anything else.
_DUTY_LANGUAGES: Final = frozenset({"en", "de", "fr", "es", "nl"})
_LONG_WORDS: Final = 250
_DUTIES: Final = re.compile(
    r"^[ \t]*(?:[*•·▪‣–—-]|\d{1,2}[.)])\s|:[ \t]*$|"
    r"(?:^|[.!?]\s)[ \t]*\w+, (?:\w+ ){1,6}(?:and|or|und|oder|et|ou|y|o|en|of)\b|"
    r"responsib|responsab|verantwort|verantwoord|zuständig|aufgabe|tätigkeit|tâche|werkzaamheden|encarg|"
    r"\b(?:dut(?:y|ies)|tasks?|missions?|tareas?|funci(?:ón|ones)|taken|chargée?s?|in charge|functie|role|rolle|rol|"
    r"job|position|poste?|puesto|stelle|candidat\w*|kandidat\w*|kandidaat|day-to-day)\b|"
    r"\b(?:you|yours?|du|dich|dir|deine?\w?|sie|ihnen|ihre?\w?|vous|votre|vos|tu|tes|toi|tú|tus|usted|je|jij|jou|jouw|u|"
    r"uw)\b|\b\w{3,}rás\b|"
    r"\b(?:look\w* for|seek\w*|hir(?:e|es|ing)|wanted|some(?:one|body)|gesucht|such(?:en|t)|jemand\w*|recherch\w+|"
    r"cherch\w+|quelqu|busca\w*|alguien|zoek\w*|gezocht|iemand)\b",
    re.IGNORECASE | re.MULTILINE,
)
_EVERGREEN: Final = re.compile(
    r"talent (?:pool|pipeline|community|network)|(?:for|about|consider\w*) (?:possible |potential )?future "
    r"(?:opportunities|openings|vacancies|roles|positions)|"
    r"no (?:current|immediate|specific) (?:opening|vacancy|position)|"
    r"not (?:for )?(?:an? )?(?:current|immediate) (?:opening|vacancy|position)|always (?:looking for|on the lookout)|"
    r"(?:general|speculative|spontaneous|unsolicited|open|future) applications?\b|expression of interest|"
    r"(?:evergreen|pipeline) (?:role|requisition|posting)|ongoing recruitment|initiativbewerbung|candidature spontanée|"
    r"candidatura espontánea|open sollicitatie",
    re.IGNORECASE,
)
# A sentence that offers the talent pool to whom this job does not suit says nothing about this job.
_ASIDE: Final = re.compile(
    r"\b(?:if|otherwise|instead|also|keep|stay|alternatively|falls|wenn|sonst|si)\b|not (?:the|a|quite)|n['’]t",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+")


class EvidenceKind(StrEnum):
    """What the evidence is about."""

    AGE = "age"
    REPOSTED = "reposted"
    DATE_MOVED = "date_moved"
    PAST_LAST_DAY = "past_last_day"
    EVERGREEN = "evergreen"
    OFTEN_OPEN = "often_open"
    COMPANY_HISTORY = "company_history"
    NO_COMPANY = "no_company"
    NO_PLACE = "no_place"
    VAGUE_TEXT = "vague_text"
    VAGUE_PAY = "vague_pay"
    NO_PAY = "no_pay"


class Evidence(BaseModel):
    """One reason for doubt, in a sentence for people."""

    model_config = ConfigDict(frozen=True)

    kind: EvidenceKind
    text: str


class CompanyHistory(BaseModel):
    """How a company's postings fare: how many are open, and how many of them for longer than ``LONG_OPEN``."""

    model_config = ConfigDict(frozen=True)

    open: int
    long_open: int


def evidence(
    stored: StoredPosting,
    others: Sequence[StoredPosting] = (),
    *,
    now: datetime,
    history: CompanyHistory | None = None,
) -> tuple[Evidence, ...]:
    """What speaks for a ghost, the weightiest first.

    Args:
        stored: the posting.
        others: its duplicates, also closed ones: they tell how old the job is.
        now: the time in UTC.
        history: what is known of its company's postings.
    """
    found = (
        *_of_life(stored, others, now),
        *_of_wording(stored.posting),
        *_of_company(stored, others, history),
        *_of_substance(stored.posting),
    )
    return tuple(Evidence(kind=kind, text=text) for kind, text in found)


_Found = Iterator[tuple[EvidenceKind, str]]


def _of_life(stored: StoredPosting, others: Sequence[StoredPosting], now: datetime) -> _Found:
    posting, everywhere = stored.posting, (stored, *others)
    first_seen = min(_utc(one.life.first_seen_at) for one in everywhere)
    began = min([first_seen, *(_utc(one.posting.posted_at) for one in everywhere if one.posting.posted_at)])
    age = _utc(stored.life.closed_at or now) - began
    if age >= LONG_OPEN:
        told = "first seen" if began == first_seen else "dated"
        yield EvidenceKind.AGE, f"It has been open for {age.days} days: it was {told} on {_day(began)}."
    reposts = sum(one.life.reposts for one in everywhere)
    if reposts:
        times = "once" if reposts == 1 else f"{reposts} times"
        yield EvidenceKind.REPOSTED, f"It was taken down and posted again {times}."
    if posting.posted_at and _utc(posting.posted_at) - first_seen >= _DATE_MOVED:
        yield (
            EvidenceKind.DATE_MOVED,
            f"It is dated {_day(posting.posted_at)}, but we first saw it on {_day(first_seen)}.",
        )
    if stored.life.open and posting.expires_at and _utc(posting.expires_at) < now:
        yield EvidenceKind.PAST_LAST_DAY, f"Its own last day, {_day(posting.expires_at)}, has passed."


def _of_wording(posting: Posting) -> _Found:
    for text in (posting.title, *(sentence[0] for sentence in _SENTENCE.finditer(posting.description_text))):
        phrase = _EVERGREEN.search(text)
        if phrase and not _ASIDE.search(text):
            said = f'It says "{phrase[0].lower()}": there may be no opening behind it now.'
            yield EvidenceKind.EVERGREEN, said
            return


def _of_company(stored: StoredPosting, others: Sequence[StoredPosting], history: CompanyHistory | None) -> _Found:
    same = [one for one in others if one.life.open and one.posting.source_id == stored.posting.source_id]
    if stored.life.open and len(same) + 1 >= _OFTEN_OPEN:
        yield EvidenceKind.OFTEN_OPEN, f"The same job is listed {len(same) + 1} times side by side at one source."
    if history and history.open >= _ENOUGH_POSTINGS and history.long_open >= _MANY_LONG_OPEN * history.open:
        share = f"{history.long_open} of this employer's {history.open} open postings"
        yield EvidenceKind.COMPANY_HISTORY, f"{share} have been open for more than {LONG_OPEN.days} days."
    if _NAMELESS.search(stored.posting.company or ""):
        yield EvidenceKind.NO_COMPANY, "It does not name the employer."


def _of_substance(posting: Posting) -> _Found:
    if not posting.places and posting.work_mode is not WorkMode.REMOTE and not posting.remote_countries:
        yield EvidenceKind.NO_PLACE, "It does not say where the work is."
    words = len(posting.description_text.split())
    if words < _SHORT_WORDS:
        yield EvidenceKind.VAGUE_TEXT, f"Its text is short: {words} words."
    elif words < _LONG_WORDS and posting.language in _DUTY_LANGUAGES and not _DUTIES.search(posting.description_text):
        yield EvidenceKind.VAGUE_TEXT, "Its text names no duties that we can find."
    pay = posting.pay
    if pay is None:
        yield EvidenceKind.NO_PAY, "It does not say what it pays."
    elif pay.minimum and pay.maximum and pay.maximum >= _WIDE_PAY * pay.minimum:
        yield EvidenceKind.VAGUE_PAY, f"Its pay is stated widely: {pay_line(pay)}."


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
