"""Splitting lists of certificates, awards, projects and publications into their items."""

import re
from dataclasses import dataclass, field
from typing import Final

from jobtracker.resumes.dates import Dates, read_date, read_range
from jobtracker.resumes.entries import paragraphs
from jobtracker.resumes.lines import is_bullet, pieces, unbulleted, wraps
from jobtracker.resumes.links import full, urls
from jobtracker.resumes.stacked import stacked
from jobtracker.resumes.vocabulary import is_issuer
from jobtracker.resumes.whereabouts import is_place

LABELS: Final = {
    "name": "certificate|certification|licen[cs]e|project(?: name)?|publication|award|projekt|zertifikat|projet",
    "by": "issuer|issued by|issuing organi[sz]ation|publisher|published (?:by|in)|awarder|awarded by|aussteller",
    "date": "date|issued(?: on)?|released?|awarded(?: on)?|datum|fecha",
    "start": "start|started(?: on)?",
    "end": "end|finished(?: on)?",
    "url": "url|link|website|site|repository|repo|source(?: code)?|demo",
    "description": "description|summary|beschreibung",
}
_LABEL: Final = re.compile(
    "^(?:" + "|".join(f"(?P<{field}>{names})" for field, names in LABELS.items()) + r")\s*[:：]\s*", re.IGNORECASE
)
_EXPIRY: Final = re.compile(
    r"(?:expir\w+|valid (?:until|till|through|to)|gültig bis)\W{0,3}(?:\w+\.?\s+)?(?:\d{1,2}[./-])?\d{4}", re.IGNORECASE
)
_NUMBERED: Final = re.compile(
    r"\b(?:credential|licen[cs]e|certificate|registration)\s*(?:id|no|nr|number|#)\b\.?\W{0,3}[\w-]*\d[\w-]*",
    re.IGNORECASE,
)
_ISSUED: Final = re.compile(r"\b(?:issued|awarded|obtained|earned|received)(?:\s+(?:on|in))?\W*$", re.IGNORECASE)
_ISO: Final = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_BY: Final = re.compile(r"^(?:(?:issued|awarded|given|offered|published)\s+)?(?:by|in)\s+", re.IGNORECASE)
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]")
_ENDS: Final = re.compile(r"(?:https?://|\bdoi\b)[^\s]*(?:\s*10\.\d+/\S+)?[.)]?\s*$", re.IGNORECASE)
EDGES: Final = " \t,;:|–—-·•/"
_MOST_FURTHER: Final = 2


@dataclass(slots=True)
class Item:
    """One item of a list: what its first lines say, its labelled fields, and the lines below."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of an item without its dates and links."""

    words: str
    dates: Dates | None
    url: str | None
    dated_last: bool = False


def items_of(lines: list[str]) -> list[Item]:
    """The items in order: what labels name, else bullets, or lines with bullets below, or paragraphs."""
    found: list[Item] = []
    plain: list[str] = []
    for line in lines:
        label = _LABEL.match(unbulleted(line))
        value = unbulleted(line)[label.end() :].strip() if label else ""
        kind = label.lastgroup if label else None
        if kind == "name" and value:
            found += _plain_items(plain)
            plain = []
            found.append(Item(value))
            found[-1].fields["name"] = value
        elif found and "name" in found[-1].fields:
            if kind and value:
                found[-1].fields.setdefault(kind, value)
            else:
                found[-1].body.append(unbulleted(line))
        else:
            plain.append(line)
    return [*found, *_plain_items(plain)]


def parts_of(text: str) -> Parts:
    """What an item says of its time and its link, and its other words."""
    found = urls(text)
    for url in found:
        text = text.replace(url, " ")
    text = _NUMBERED.sub(" ", _EXPIRY.sub(" ", text))
    dates = read_range(text) or read_date(text)
    last = False
    if dates:
        last = not text[dates.span[1] :].strip(EDGES + ").")
        before = _ISSUED.sub("", text[: dates.span[0]])
        text = f"{before} | {text[dates.span[1] :]}"
    text = _EMPTY.sub(" ", text).replace("( | )", " | ").replace("[ | ]", " | ")
    return Parts(text.strip(EDGES), dates, full(found[0]) if found else None, last)


def issued(parts: Parts) -> str | None:
    """The day of what has one: of a span of validity its beginning."""
    return (parts.dates.start or parts.dates.end) if parts.dates else None


def date_of(words: str | None) -> str | None:
    """The partial ISO date that a field's words say."""
    if words and _ISO.fullmatch(words.strip()):
        return words.strip()
    dates = (read_range(words) or read_date(words)) if words else None
    return (dates.start or dates.end) if dates else None


def url_of(words: str | None) -> str | None:
    """The link that a field's words say."""
    found = urls(words) if words else []
    return full(found[0]) if found else None


def _plain_items(lines: list[str]) -> list[Item]:
    if layered := stacked(lines):
        return [
            Item(
                one.title, {"name": one.title, "by": _giver(one.below[0]), "date": _day(one.dates)}, list(one.below[1:])
            )
            for one in layered
        ]
    if lines and not is_bullet(lines[0]) and any(map(is_bullet, lines)):
        return _headed(lines)
    # Where a line ends with a date or a link, its item ends.
    runs: list[list[str]] = [[]]
    for line in lines:
        runs[-1].append(line)
        if _ENDS.search(line) or parts_of(line).dated_last:
            runs.append([])
    return _joined([Item(text) for run in runs for text in paragraphs(run)])


def _giver(line: str) -> str:
    """Who gave or printed what stands above the line."""
    by = next(iter(pieces(parts_of(line).words)), "")
    return _BY.sub("", by).strip(EDGES)


def _day(dates: Dates) -> str:
    return dates.start or dates.end or ""


def _headed(lines: list[str]) -> list[Item]:
    """Items of a line with bullets below it."""
    found: list[Item] = []
    width = max(map(len, lines))
    below = False
    for at, line in enumerate(lines):
        goes_on = below and wraps(line, lines[at - 1], width)
        if is_bullet(line):
            found[-1].body.append(unbulleted(line))
        elif goes_on and found[-1].body:
            found[-1].body[-1] += f" {line.strip()}"
        else:
            found.append(Item(line.strip()))
        below = is_bullet(line) or goes_on
    return _joined(found)


def _joined(items: list[Item]) -> list[Item]:
    """The items, with those lines at the one above that say only when, where, by whom or under which number."""
    found: list[Item] = []
    for item in items:
        if found and not found[-1].body and found[-1].text.count(" | ") < _MOST_FURTHER and _is_further(item.text):
            found[-1].text += f" | {item.text}"
            found[-1].body += item.body
        else:
            found.append(item)
    return found


def _is_further(text: str) -> bool:
    label = _LABEL.match(text)
    if label and label.lastgroup != "name":
        return True
    words = [piece for piece in pieces(parts_of(text).words) if not is_place(piece)]
    return not words or (len(words) == 1 and is_issuer(words[0]))
