"""Reading when something began and ended, as resumes write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    "jan january januar jänner janvier enero januari gennaio janeiro يناير ינואר",
    "feb february februar feber février fevrier févr fév febrero februari febbraio fevereiro فبراير פברואר",
    "mar march märz maerz mrz mär mars marzo maart março مارس מרץ",
    "apr april avril avr abril abr aprile أبريل ابريل אפריל",
    "may mai mayo mei maggio maio مايو מאי",
    "jun june juni juin junio giugno junho يونيو יוני",
    "jul july juli juillet juil julio luglio julho يوليو יולי",
    "aug august août aout agosto ago augustus أغسطس اغسطس אוגוסט",
    "sep sept september septembre septiembre settembre setembro سبتمبر ספטמבר",
    "oct okt october oktober octobre octubre ottobre outubro أكتوبر اكتوبر אוקטובר",
    "nov november novembre noviembre novembro نوفمبر נובמבר",
    "dec dez december dezember décembre decembre déc diciembre dic dicembre dezembro ديسمبر דצמבר",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_YEAR = r"(?:1[89]|20)\d{2}"
_SEASON = (
    r"(?:early|mid|late|spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|sommersemester|"
    r"wintersemester|ss|ws|wise|sose|q[1-4])"
)
_DATE = (
    # "Sept. 2018", "12 March 2020", "Jan '19"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+)?(?P<name@>{_NAME})\b\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,)?,?\s*"
    rf"(?:of\s+|de\s+|-|/)?(?P<nameyear@>{_YEAR}(?!\d)|['’]\d{{2}}(?!\d))"
    # "03/2019", "1.3.2019", "03-2019"
    rf"|(?:\d{{1,2}}[./-])?(?P<month@>0?[1-9]|1[0-2])\s?[./-]\s?(?P<monthyear@>{_YEAR})(?!\d)"
    # "2019-03", "2019/03/01"
    rf"|(?P<isoyear@>{_YEAR})\s?[./-]\s?(?P<isomonth@>0[1-9]|1[0-2])(?!\d)(?:[./-]\d{{2}}(?!\d))?"
    rf"|(?P<hanyear@>{_YEAR})\s?[年년](?:\s?(?P<hanmonth@>1[0-2]|0?[1-9])\s?[月월])?"
    rf"|(?:{_SEASON}\s+)?(?P<year@>{_YEAR})(?!\d))"
)
_GROUPS = ("name", "nameyear", "month", "monthyear", "isoyear", "isomonth", "hanyear", "hanmonth", "year")
"""The groups of a date's month and year."""
_NOW = (
    r"(?:(?:till|until|up to|bis)\s+)?(?:the\s+)?(?:present|now|nowadays|current(?:ly)?|today|to\s?date|date|ongoing|"
    r"heute|aktuell|gegenwärtig|jetzt|laufend|dato|aujourd['’]hui|à ce jour|présent|actuel(?:lement)?|"
    r"actualidad|actual|presente|atual|o momento|oggi|heden|至今|现在|現在|현재|(?:حتى )?الآن|(?:עד )?היום|כיום)(?!\w)"
)
_TO = (
    r"\s*(?:[-–—―‒−~〜～→]+|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\bbis\b|\bà\b|\bau\b|\ba\b|\btot\b|至|到)\s*"
)


def _date(suffix: str) -> str:
    return _DATE.replace("@>", f"{suffix}>")


_RANGE = re.compile(
    # "May – Aug 2022": the month alone takes the year of the end.
    rf"(?<![\w@./])(?:{_date('a')}|(?P<alone>{_NAME})\b\.?){_TO}"
    rf"(?:{_date('b')}|(?P<now>{_NOW})|(?P<short>\d{{2}})(?![\w:/.%]))",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"(?<!\w)(?:since|seit|from|ab|depuis|desde|dal|sinds|منذ|מאז)\s+{_date('a')}(?!\w)", re.IGNORECASE
)
# "2019 –" at the end of a line, and "Jan 2020 (current)".
_OPEN = re.compile(rf"(?<![\w@./]){_date('a')}(?:\s*[-–—]\s*$|\s*\(\s*{_NOW}|\s+{_NOW})", re.IGNORECASE)
_ONE = re.compile(rf"(?<![\w@./$€£]){_date('a')}(?![\w%])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """When something began and ended as partial ISO dates; ``span`` is where the text says so."""

    start: str | None
    end: str | None
    current: bool
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dated:
    """A range of dates, or one date as its end, and where each of the two is written. ``now`` of a range is its end."""

    start: str | None
    end: str | None
    current: bool
    start_at: tuple[int, int] | None
    end_at: tuple[int, int] | None

    def moved(self, by: int) -> "Dated":
        """The same, so many signs further on."""
        start, end = (None if at is None else (at[0] + by, at[1] + by) for at in (self.start_at, self.end_at))
        return Dated(self.start, self.end, self.current, start, end)


def dated(text: str) -> Iterator[Dated]:
    """All dates that ``text`` names: the ranges, then all single dates, also those within a range."""
    for match in _RANGE.finditer(text):
        end = _end(match)
        start = _partial(match, "a") if not match["alone"] else _with_year(match["alone"], end)
        if start is None or (end is None and not match["now"]):
            continue
        start_at = match.span("alone") if match["alone"] else _span(match, "a")
        end_at = next((match.span(name) for name in ("now", "short") if match[name]), None) or _span(match, "b")
        if end is not None and before(end, start):
            start, end, start_at, end_at = end, start, end_at, start_at
        yield Dated(start, end, end is None, start_at, end_at)
    for pattern in (_SINCE, _OPEN):
        for match in pattern.finditer(text):
            if start := _partial(match, "a"):
                yield Dated(start, None, True, _span(match, "a"), None)
    for match in _ONE.finditer(text):
        if found := _partial(match, "a"):
            yield Dated(None, found, False, None, _span(match, "a"))


def _span(match: re.Match[str], suffix: str) -> tuple[int, int] | None:
    """From the first to the last sign of a date's month and year."""
    spans = [match.span(name + suffix) for name in _GROUPS]
    told = [span for span in spans if span[0] >= 0]
    return (min(start for start, _ in told), max(end for _, end in told)) if told else None


def read_range(text: str) -> Dates | None:
    """The first range of dates that ``text`` names: "Jan 2020 – Present", "03/2019 - 12/2021", "since 2018"."""
    for match in _RANGE.finditer(text):
        end = _end(match)
        start = _partial(match, "a") if not match["alone"] else _with_year(match["alone"], end)
        if start is None or (end is None and not match["now"]):
            continue
        if end is not None and before(end, start):
            # Written from late to early, or no range at all; in both cases the earlier comes first.
            start, end = end, start
        return Dates(start, end, end is None, match.span())
    for pattern in (_SINCE, _OPEN):
        if (opened := pattern.search(text)) and (start := _partial(opened, "a")):
            return Dates(start, None, True, opened.span())
    return None


def read_date(text: str) -> Dates | None:
    """The single date that ``text`` names, as the end: "June 2018", "2018"."""
    match = _ONE.search(text)
    found = _partial(match, "a") if match else None
    return Dates(None, found, False, match.span()) if match and found else None


def months(date: str, *, is_end: bool) -> int:
    """Months since the year 0 until a partial date; an end counts its month in full, a bare year its middle."""
    year, _, month = date.partition("-")
    return int(year) * 12 + (int(month) - 1 + is_end if month else 6)


def before(date: str, other: str) -> bool:
    """Whether a partial date lies before another for certain."""
    length = min(len(date), len(other))
    return date[:length] < other[:length]


def _partial(match: re.Match[str], suffix: str) -> str | None:
    if name := match[f"name{suffix}"]:
        return f"{_full_year(match[f'nameyear{suffix}'])}-{_NUMBER[name.casefold()]:02d}"
    for year, month in (("monthyear", "month"), ("isoyear", "isomonth"), ("hanyear", "hanmonth")):
        if match[year + suffix]:
            number = match[month + suffix]
            return f"{match[year + suffix]}-{int(number):02d}" if number else match[year + suffix]
    return match[f"year{suffix}"]


def _end(match: re.Match[str]) -> str | None:
    if match["short"]:
        start = _partial(match, "a") if not match["alone"] else None
        # "2015–18" is a range; "2015-03" was read as a month before it came here.
        return f"{start[:2]}{match['short']}" if start and len(start) == 4 else None
    return None if match["now"] else _partial(match, "b")


def _with_year(month: str, date: str | None) -> str | None:
    return f"{date[:4]}-{_NUMBER[month.casefold()]:02d}" if date else None


def _full_year(written: str) -> str:
    if len(written) == 4:
        return written
    short = int(written[-2:])
    return str(1900 + short if short >= 60 else 2000 + short)
