"""The postings that a mail lists: a title, a company, a place and a link each, in whatever order they stand."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from urllib.parse import parse_qs, urlsplit

from jobtracker.postings import normalise
from jobtracker.sources.imports import links
from jobtracker.sources.imports.shown import Line
from jobtracker.sources.source import Draft, Record, Rejection

_MOST: Final = 200
_LINES: Final = 10
_LONGEST_TITLE: Final = 200
_LONGEST_NAME: Final = 120
_BEFORE: Final = 5
# A sentence of more is no name.
_LONGEST_PLAIN: Final = 40
_NOISE: Final = re.compile(
    r"(?:(?:view|see|show|open|go to|read|check out) .{0,60})|"
    r"(?:easily|easy|quick|1-click)? ?apply(?: (?:now|here|on .{1,40}|with .{1,40}))?|learn more|more (?:info|details)|"
    r"(?:jetzt )?bewerben|(?:zum|zur|zu) (?:job|stelle|anzeige).{0,30}|mehr (?:erfahren|details)|postuler.{0,20}|"
    r"voir .{0,40}|ver (?:oferta|empleo).{0,20}|bekijk .{0,40}|solliciteer.{0,20}|"
    r"promoted|sponsored|urgently hiring|multiple hires|responsive employer|new|neu|hot|save(?: job)?|saved|hide|"
    r"(?:this company is )?actively (?:hiring|recruiting)|be an early applicant|top applicant|fast growing|"
    r"\d+\+? (?:connections?|applicants?|school alumni|company alumni|alumni|reviews?).{0,40}|\d(?:[.,]\d)?(?: ?/ ?5)?|"
    r"view job|unsubscribe.{0,60}|.{0,30}(?:job alerts?|preferences|email settings)|new jobs? (?:in|for|at) .{1,80}|"
    r"(?:your job alert|jobs? \d+-\d+ of) .{0,80}|\d+\+? new .{0,60}jobs? .{0,60}|.{0,60}match(?:es)? your .{0,60}|"
    r"[\W_]+",
    re.IGNORECASE,
)
_AGO: Final = re.compile(
    r"(?:posted |active )?(\d{1,3})\+? ?(hour|day|week|month|h|d|w)s?(?: ago)?|just posted|today|new today|yesterday",
    re.IGNORECASE,
)
_DAYS: Final = {"h": 0, "hour": 0, "d": 1, "day": 1, "w": 7, "week": 7, "month": 30}
_PAY: Final = re.compile(
    r"[$€£¥₹]|\b[A-Z]{3} ?\d|\d ?[A-Z]{3}\b|\d ?k\b|\d(?:/| an? | per )(?:yr|hr|hour|year|month)", re.IGNORECASE
)
_MODE: Final = re.compile(
    r"\b(?:remote|hybrid|on-?site|in[- ]office|home ?office|work from home|télétravail)\b", re.IGNORECASE
)
# "European Union", "Greater Boston": after a company's name, a place that no gazetteer need know.
_NAME: Final = re.compile(r"[^\W\d_a-z][\w'.-]*(?: [\w'.-]+){0,3}")
_BETWEEN: Final = re.compile(r"\s+[·•|–—-]\s+|\s*[·•|]\s*")
_POSTING: Final = re.compile(
    r"/(?:jobs?|job-?details?|viewjob|careers?|karriere|positions?|vacanc(?:y|ies)|openings?|postings?|stellen\w*|"
    r"stellenangebote?|offres?(?:-d?-?emploi)?|emplois?|vacatures?|empleos?|ofertas?(?:-de-empleo)?|opportunit\w+)"
    r"(?:[/-]|$)",
    re.IGNORECASE,
)
_NO_POSTING: Final = re.compile(
    r"unsubscribe|preference|setting|alert|search|saved|log-?in|sign-?in|sign-?up|account|profile|manage|privacy|help|"
    r"/browse|/companies$|/jobs/?$|/careers/?$",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\d{3,}|[^\W\d_]+[-_+][^\W\d_]+", re.IGNORECASE)
_ID_PARAMETER: Final = re.compile(r"(?:^|&)(?:gh_jid|jk|jobid|job_id|id|vacancyid|postingid)=[\w-]{3,}", re.IGNORECASE)
# Where a link's target is behind a mark that only the sender can read.
_OPAQUE: Final = re.compile(
    r"/(?:ls/click|track/click|f/a|c/|click|ss/c|e/c|r/|wf/click|ck/a|cl0?/)|[?&](?:upn|e|t)=", re.IGNORECASE
)


class LinkKind(Enum):
    """What a link leads to, as far as its address tells."""

    POSTING = "posting"
    OPAQUE = "opaque"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of one posting. ``linked`` are those within its link."""

    address: str
    kind: LinkKind
    lines: tuple[Line, ...]
    linked: tuple[Line, ...]


def target(href: str) -> tuple[str, LinkKind]:
    """Where a link leads, without wrappers and what follows people, and what is there."""
    url = links.unwrapped(href)
    if not links.is_web_address(url):
        return url, LinkKind.OTHER
    parts = urlsplit(url)
    if links.host_of(url).split(".")[-2:-1] == ["indeed"]:
        number = parse_qs(parts.query).get("jk", [""])[0]
        if re.fullmatch(r"[0-9a-f]{12,20}", number):
            return f"https://{_indeed(parts.hostname or '')}/viewjob?jk={number}", LinkKind.POSTING
        if parts.path.startswith("/pagead/"):
            return url, LinkKind.ADVERTISEMENT
    address = links.cleaned(url)
    named = _POSTING.search(parts.path)
    has_id = _ID_PARAMETER.search(urlsplit(address).query) is not None
    if not _NO_POSTING.search(parts.path) and (has_id or (named and _NAMED.search(parts.path, named.end() - 1))):
        return address, LinkKind.POSTING
    return (url, LinkKind.OPAQUE) if _OPAQUE.search(url) else (address, LinkKind.OTHER)


def _indeed(host: str) -> str:
    """The country's own site; "engage" and the like are none."""
    first = host.partition(".")[0]
    return host if first == "www" or len(first) == 2 else "www.indeed.com"


def of(lines: Sequence[Line]) -> Iterator[Card]:
    """The cards of a mail, in its order."""
    targets = [target(line.href) if line.href else None for line in lines]
    told: set[str] = set()
    begins = 0
    for at, found in enumerate(targets):
        if found is None:
            continue
        address, kind = found
        if kind is LinkKind.OTHER or address in told:
            begins = at + 1
            continue
        group = _group(targets, at)
        linked = tuple(line for line in (lines[one] for one in group) if _says_something(line))
        if linked:
            end = group[-1] + 1
            while end < len(lines) and end - group[-1] <= _LINES and targets[end] is None:
                end += 1
            card = tuple(line for line in lines[at:end] if _says_something(line))
        else:
            card = _before(lines[begins:at])
            # A picture's link, or a button's: what it belongs to may still come.
            if not card:
                continue
        told.add(address)
        begins = group[-1] + 1
        if len(told) > _MOST:
            return
        yield Card(address, kind, card, linked)


def _group(targets: Sequence[tuple[str, LinkKind] | None], start: int) -> list[int]:
    """The lines from ``start`` on that lead to the same address, until one leads elsewhere."""
    group = [start]
    for at in range(start + 1, min(start + 3 * _LINES, len(targets))):
        found = targets[at]
        if found is not None and found[0] != targets[start][0]:  # type: ignore[index]
            break
        if found is not None:
            group.append(at)
    return group


def _says_something(line: Line) -> bool:
    return bool(line.text) and not _NOISE.fullmatch(line.text)


def _before(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What stands before a link without words: the last paragraph of two lines or more; else the last few."""
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        if line.breaks or not line.text:
            paragraphs.append([])
        elif _says_something(line):
            paragraphs[-1].append(line)
    for paragraph in reversed(paragraphs):
        if len(paragraph) >= 2:
            return tuple(paragraph[-_LINES:] if any(one.breaks for one in lines) else paragraph[-_BEFORE:])
    return tuple([line for paragraph in paragraphs for line in paragraph][-_BEFORE:])


def read(card: Card, sent: datetime) -> Record:
    """The posting of a card, as far as the mail tells; ``sent`` is what "2 days ago" is counted from."""
    if card.kind is LinkKind.ADVERTISEMENT:
        return Rejection("an advertisement without an address of its own")
    titled = card.linked or card.lines
    title = max(titled, key=lambda line: line.weight)
    if len(title.text) > _LONGEST_TITLE:
        return Rejection("no title")
    others = [line.text for line in card.lines if line is not title and line.text != title.text]
    company, places, pay, snippets, posted = "", [], "", [], None
    for text in others:
        if not pay and _PAY.search(text) and len(text) <= _LONGEST_NAME and normalise.read_pay(text) is not None:
            pay = text
        elif _AGO.fullmatch(text):
            posted = posted or _moment(text, sent)
        elif len(text) > _LONGEST_NAME or (len(text) > _LONGEST_PLAIN and text.endswith(("…", "...", ".", "!"))):
            snippets.append(text)
        elif not company:
            company, place = _apart(text)
            places += [place] if place else []
        elif not snippets and len(places) < 2 and (_is_place(text) or (not places and _NAME.fullmatch(text))):
            places.append(text)
        else:
            snippets.append(text)
    place = ", ".join(places)
    if card.kind is LinkKind.OPAQUE and not (company and places):
        return Rejection("a link whose target only its sender knows")
    known_by = card.address if card.kind is LinkKind.POSTING else f"{company}|{title.text}|{place}".lower()
    return Draft(
        source_posting_id=known_by[:500],
        url=card.address,
        title=title.text,
        company=company or None,
        place=place,
        html="".join(f"<p>{html.escape(text, quote=False)}</p>" for text in snippets),
        pay_text=pay,
        posted_at=posted,
    )


def _apart(text: str) -> tuple[str, str]:
    """Company and place of "Acme Inc. · Austin, TX (Remote)"; the place is what comes last and is one."""
    for found in reversed(list(_BETWEEN.finditer(text))):
        company, place = text[: found.start()].strip(), text[found.end() :].strip()
        if company and place and (_is_place(place) or "·" in found[0]):
            return company, place
    return text.strip(), ""


def _is_place(text: str) -> bool:
    return _MODE.search(text) is not None or bool(normalise.read_places(text))


def _moment(text: str, sent: datetime) -> datetime | None:
    found = _AGO.fullmatch(text)
    if found is None or found[1] is None:
        return sent - timedelta(days=1) if "yesterday" in text.lower() else sent
    if "+" in text:
        return None
    return sent - timedelta(days=int(found[1]) * _DAYS[found[2].lower()])
