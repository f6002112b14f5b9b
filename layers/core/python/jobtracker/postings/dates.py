"""Moments, as sources write them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dateutil import parser as dates

_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_MILLISECONDS_FROM = 100_000_000_000
_NAMES_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|^\d{8}")
_LONGEST_DATE = 60
_DAY_FIRST = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}\b")
_DAYS: Final = {
    "today": 0, "just posted": 0, "just now": 0, "heute": 0, "aujourd'hui": 0, "hoy": 0, "vandaag": 0, "new": 0,
    "yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "gisteren": 1,
}  # fmt: skip
_LEAD_IN = re.compile(
    r"^(?:re)?posted:?\s+(?:on\s+)?|^active\s+|^publiée?\s+|^publicad[oa]\s+|^veröffentlicht:?\s+|^geplaatst:?\s+"
)
_AGO = re.compile(
    r"(?:vor |il y a |hace )?(?P<count>\d{1,4}|an?|one|eine[mr]?|un[ae]?|een) (?P<unit>minutes?|mins?|hours?|hrs?|"
    r"days?|minuten?|stunden?|tage?n?|heures?|jours?|minutos?|horas?|días?|uur|dag(?:en)?)(?: ago| geleden)?"
)
_SHORT_AGO = re.compile(r"(?P<count>\d{1,4})(?P<unit>[dhm])(?: ago)?")
_DAY_UNITS: Final = ("d", "tag", "jour", "día", "dag")


# Months of the languages that we read, and the words that stand between a date's parts.
_MONTHS: Final = {
    "januar": "jan", "janvier": "jan", "enero": "jan", "januari": "jan", "ene": "jan", "janv": "jan",
    "februar": "feb", "février": "feb", "febrero": "feb", "februari": "feb", "févr": "feb",
    "märz": "mar", "mars": "mar", "marzo": "mar", "maart": "mar", "mär": "mar", "mrt": "mar",
    "avril": "apr", "abril": "apr", "abr": "apr", "avr": "apr", "mai": "may", "mayo": "may", "mei": "may",
    "juni": "jun", "juin": "jun", "junio": "jun", "juli": "jul", "juillet": "jul", "julio": "jul", "juil": "jul",
    "août": "aug", "agosto": "aug", "augustus": "aug", "septembre": "sep", "septiembre": "sep",
    "oktober": "oct", "octobre": "oct", "octubre": "oct", "okt": "oct", "novembre": "nov", "noviembre": "nov",
    "dezember": "dec", "décembre": "dec", "diciembre": "dec", "dez": "dec", "dic": "dec", "déc": "dec",
    "de": "", "le": "", "del": "", "den": "", "der": "",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def read_date(value: object, now: datetime | None = None, *, day_first: bool = False) -> datetime | None:
    """A moment in UTC from ISO or RFC 822 text or from (milli)seconds since 1970, as a number or as digits.

    Args:
        value: what the source wrote.
        now: from when "3 days ago" is counted; without it such text is no date. It gives the day's first moment, the
            same all day long. "30+ days ago", weeks and months are too rough to be a date.
        day_first: whether "03/04/2026" is in April.

    Text without a zone is taken as UTC; text that names no year ("Monday") is no date.
    """
    try:
        if isinstance(value, str):
            text = value.strip()
            if _EPOCH.fullmatch(text):
                return _from_seconds(float(text))
            return (now and _from_age(text, now)) or _from_text(text, day_first=day_first)
        return _from_seconds(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError, OSError):
        return None


def _from_seconds(value: float) -> datetime | None:
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None


def _from_age(text: str, now: datetime) -> datetime | None:
    if len(text) > _LONGEST_DATE:
        return None
    plain = _LEAD_IN.sub("", text.lower().replace("’", "'")).strip(" .!")
    if plain in _DAYS:
        return _day(now - timedelta(days=_DAYS[plain]))
    found = _AGO.fullmatch(plain) or _SHORT_AGO.fullmatch(plain)
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdecimal() else 1
    unit = found["unit"]
    if unit.startswith(_DAY_UNITS):
        return _day(now - timedelta(days=count))
    return _day(now - (timedelta(minutes=count) if unit.startswith("m") else timedelta(hours=count)))


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _from_text(text: str, *, day_first: bool) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        if not _NAMES_A_YEAR.search(text) or len(text) > _LONGEST_DATE:
            return None
        plain = _WORD.sub(lambda word: _MONTHS.get(word[0].lower(), word[0]), text)
        read = dates.parse(plain, dayfirst=day_first or _DAY_FIRST.search(text) is not None)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
