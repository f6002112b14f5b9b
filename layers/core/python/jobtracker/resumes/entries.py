"""Splitting a section into its entries, each around the line that holds its dates."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jobtracker.resumes.dates import Dates, read_date, read_range
from jobtracker.resumes.lines import ICON, is_bullet, pieces, unbulleted
from jobtracker.resumes.vocabulary import is_company, is_title, without_duration
from jobtracker.resumes.whereabouts import is_place

_MOST_HEAD_LINES = 3
_MOST_WORDS = 14
_MOST_NAME_WORDS = 9
_SHORTENED = re.compile(r"(?:\b\w\.){2,}$|\b(?:inc|ltd|co|corp|bros|dept|univ)\.$", re.IGNORECASE)
_FULL = 0.8
_SIGNED = re.compile(r"\s*[A-Z](?:#|\+\+)[.,;]?\s*")


@dataclass(slots=True)
class Entry:
    """One entry: what stands above its dates, beside them and directly below them, and the rest."""

    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)
    dates: Dates | None = None
    body: list[str] = field(default_factory=list)


def split(lines: list[str], *, single: bool) -> list[Entry]:
    """The entries of a section. ``single`` lets one date alone ("June 2018") open an entry, too."""
    lines = _without_margin(_with_whole_dates([line for line in lines if _says_something(line)]))
    anchors = _anchors(lines, read_range) or ({} if not single else _anchors(lines, _date_at_an_end))
    if single and anchors:
        anchors = dict(sorted((_anchors(lines, _date_at_an_end) | anchors).items()))
    if not anchors:
        return []
    first = next(iter(anchors))
    if any(is_bullet(line) for line in lines[:first]):
        return _dates_last(lines, anchors)
    heads = [_heads_above(lines, number, anchors) for number in anchors]
    # What stands before the first dates is the head of the first entry, unless the section opens with prose.
    count = heads[0] if first <= _MOST_HEAD_LINES else min(heads)
    return _dates_among_heads(lines, anchors, count)


def _with_whole_dates(lines: list[str]) -> list[str]:
    """The lines, with each range of dates made whole that a narrow column broke after its dash."""
    whole: list[str] = []
    for line in lines:
        if whole and whole[-1].rstrip().endswith(("-", "–", "—")) and (read_range(line) is None):
            joined = f"{whole[-1]} {line}"
            dates = read_range(joined)
            if dates and dates.span[1] > len(whole[-1]) and read_range(whole[-1]):
                whole[-1] = joined
                continue
        whole.append(line)
    return whole


def _without_margin(lines: list[str]) -> list[str]:
    """The lines with dates that stand in a margin beside an entry's bullets above these; durations there go."""
    found: list[str] = []
    bulleted = False
    for line in lines:
        told, gap, margin = line.rpartition("\t")
        bulleted = bulleted or is_bullet(line)
        dates = read_range(margin) if gap and bulleted else None
        if dates and dates.span == (0, len(margin)) and is_bullet(line):
            found += [margin, told.rstrip()]
        elif gap and bulleted and not without_duration(margin).strip(" |"):
            found.append(told.rstrip())
        else:
            found.append(line)
            bulleted = is_bullet(line) or (bulleted and not gap)
    return found


def _says_something(line: str) -> bool:
    bare = without_duration(unbulleted(line))
    # "C#" may be the last word of a line that wraps.
    return sum(character.isalnum() for character in bare.replace(ICON, " ")) > 1 or _SIGNED.fullmatch(bare) is not None


def _anchors(lines: list[str], read: Callable[[str], Dates | None]) -> dict[int, Dates]:
    """The dates that open an entry by the number of their line: those of plain lines, else those of bullets."""
    plain: dict[int, Dates] = {}
    bulleted: dict[int, Dates] = {}
    for number, line in enumerate(lines):
        dates = read(line)
        if dates is None:
            continue
        beside = _beside(line, dates)
        # "2016–2018 Engineer, Acme, Berlin." is no sentence.
        if not is_head(
            beside.rstrip(".") if unbulleted(line).startswith(line[slice(*dates.span)]) else beside, but_empty=True
        ):
            continue
        (bulleted if is_bullet(line) else plain)[number] = dates
    return plain or bulleted


def _date_at_an_end(line: str) -> Dates | None:
    """A single date that stands at the beginning or the end of a line."""
    dates = read_date(line)
    if dates is None:
        return None
    before, after = line[: dates.span[0]].strip(" (,;|•·–-"), line[dates.span[1] :].strip(" ),;|•·–:-")
    return dates if not before or not after else None


def _beside(line: str, dates: Dates) -> str:
    before = line[: dates.span[0]].rstrip(" (,;[:")
    after = line[dates.span[1] :].lstrip(" ),;]:.")
    return unbulleted(without_duration(f"{before} | {after}" if before and after else before or after)).strip(" |–-,")


def is_head(line: str, *, but_empty: bool = False) -> bool:
    """Whether a line can be part of an entry's head: short, not a sentence, not the middle of one."""
    if but_empty and not line:
        return True
    bare = line.strip()
    if is_bullet(bare) and not but_empty:
        return False
    words = _words(bare)
    if not words or len(words) > _MOST_WORDS or bare[0].islower():
        return False
    return not (bare.endswith((".", "!", "?", ",")) and len(words) > 5 and not _SHORTENED.search(bare))


def _words(text: str) -> list[str]:
    """The words of a line; the signs that separate its parts are none."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def _dates_among_heads(lines: list[str], anchors: dict[int, Dates], count: int) -> list[Entry]:
    """Entries that begin ``count`` lines above their dates."""
    width = max(len(line) for line in lines)
    numbers = list(anchors)
    begins: list[int] = []
    for at, number in enumerate(numbers):
        begin = number
        floor = numbers[at - 1] + 1 if at else 0
        while number - begin < count and begin > floor and _begins_entry(lines, begin - 1, floor, width):
            begin -= 1
        begins.append(begin)
    entries = []
    for at, number in enumerate(numbers):
        end = begins[at + 1] if at + 1 < len(numbers) else len(lines)
        rest = lines[number + 1 : end]
        below = 0
        while below < min(len(rest), _MOST_HEAD_LINES) and is_head(rest[below]):
            below += 1
        entries.append(
            Entry(
                above=lines[begins[at] : number],
                beside=_beside(lines[number], anchors[number]),
                below=rest[:below],
                dates=anchors[number],
                body=rest[below:],
            )
        )
    return entries


def _heads_above(lines: list[str], number: int, anchors: dict[int, Dates]) -> int:
    """How many lines directly above a line could be the head of its entry."""
    count = 0
    while (
        count < min(number, _MOST_HEAD_LINES)
        and number - count - 1 not in anchors
        and is_head(lines[number - count - 1])
        and all(len(_words(piece)) <= _MOST_NAME_WORDS for piece in pieces(lines[number - count - 1]))
    ):
        count += 1
    return count


def _begins_entry(lines: list[str], number: int, floor: int, width: int) -> bool:
    """Whether a line belongs to the head of the entry below it, not to the text of the entry above it."""
    line, above = lines[number], lines[number - 1] if number > floor else ""
    if not is_head(line):
        return False
    # A full line without a stop runs on into the next one, which then is its last words.
    runs_on = len(above) >= _FULL * width and not above.rstrip().endswith((".", "!", "?"))
    is_told = is_title(line) or is_company(line) or is_place(line)
    return is_told or not (runs_on and len(line.split()) <= 2 and is_title(lines[number + 1]))


def _dates_last(lines: list[str], anchors: dict[int, Dates]) -> list[Entry]:
    """Entries whose dates follow their text: head, bullets, place, dates."""
    entries = []
    begin = 0
    for number, dates in anchors.items():
        told = lines[begin:number]
        heads = 0
        while heads < min(len(told), _MOST_HEAD_LINES) and is_head(told[heads]):
            heads += 1
        tail = 1 if len(told) > heads and is_head(told[-1]) else 0
        entries.append(
            Entry(
                above=told[:heads],
                beside=_beside(lines[number], dates),
                below=told[len(told) - tail :] if tail else [],
                dates=dates,
                body=told[heads : len(told) - tail],
            )
        )
        begin = number + 1
    return entries


def paragraphs(lines: list[str]) -> list[str]:
    """The items of an entry's text: its bullets with what they wrap onto, or its sentences where it has none."""
    has_bullets = any(is_bullet(line) for line in lines)
    width = max((len(line) for line in lines), default=0)
    items: list[str] = []
    previous = ""
    for line in lines:
        bare = unbulleted(line)
        ended = len(previous) < 0.7 * width or previous.endswith((".", "!", "?"))
        # Below a bullet that ended far from the margin a capital begins a paragraph of its own.
        apart = has_bullets and bare[:1].isupper() and _is_short(previous, width)
        if not items or is_bullet(line) or apart or (not has_bullets and ended and not bare[:1].islower()):
            items.append(bare)
        else:
            items[-1] = f"{items[-1]} {bare}"
        previous = line.rstrip()
    return [item for item in items if item]


def _is_short(line: str, width: int) -> bool:
    """Whether a line ends so far from the margin that what is below it does not go on with it."""
    return len(line) < (0.7 if line.endswith((".", "!", "?")) else 0.5) * width
