"""Reading certificates and awards: what they are called, by whom they are given, and when."""

import re
from typing import Final

from jobtracker.resumes.items import EDGES, Item, date_of, issued, items_of, parts_of, url_of
from jobtracker.resumes.lines import pieces
from jobtracker.resumes.model import Award, Certificate
from jobtracker.resumes.vocabulary import is_company, is_institution, is_issuer
from jobtracker.resumes.whereabouts import is_place

_BY: Final = re.compile(
    r"[\s,(|–-]+(?:issued|awarded|offered|presented|verliehen|ausgestellt|délivré|otorgado)?\s*\b(?:by|from|von|durch|par|"
    r"por)\s+(?=[A-Z(])",
)
_BRACKETED: Final = re.compile(r"\s*\(([^()]+)\)\s*$")
_LISTED: Final = re.compile(r";\s+")
_CERTIFIES: Final = re.compile(r"certif|zertifi|\blicen[cs]|证书", re.IGNORECASE)
_MOST_WORDS: Final = 25
_MOST_LISTED_WORDS: Final = 5
_FEWEST_LISTED: Final = 3


def read_certificates(lines: list[str]) -> list[Certificate]:
    """The certificates in the order of the text."""
    found = []
    for item in _apart(items_of(lines)):
        name, by, date, url = _told(item)
        if name:
            found.append(Certificate(name=name, issuer=by, date=date, url=url))
    return found


def read_awards(lines: list[str]) -> list[Award]:
    """The awards in the order of the text."""
    told = [_told(item) for item in _apart(items_of(lines))]
    return [Award(title=name, awarder=by, date=date) for name, by, date, _ in told if name]


def certifying(lines: list[str]) -> list[str]:
    """Those lines of a list of courses that speak of a certificate."""
    return [line for line in lines if _CERTIFIES.search(line)]


def _apart(items: list[Item]) -> list[Item]:
    """The items, with those apart that one line lists: "RN; ACLS; BLS"."""
    return [Item(text, dict(item.fields), item.body) for item in items for text in _listed(item)]


def _listed(item: Item) -> list[str]:
    if item.fields:
        return [item.text]
    parts = [part for part in _LISTED.split(item.text) if part.strip(EDGES)]
    if len(parts) > 1:
        return parts
    commas = [part.strip() for part in item.text.split(",")]
    short = all(0 < len(part.split()) <= _MOST_LISTED_WORDS for part in commas)
    # With a date or an issuer the commas are those of one certificate.
    one = parts_of(item.text).dates or "(" in item.text or any(map(_is_giver, commas))
    return commas if len(commas) >= _FEWEST_LISTED and short and not one else [item.text]


def _told(item: Item) -> tuple[str | None, str | None, str | None, str | None]:
    """What an item is called, by whom it is given, when, and where it can be seen."""
    fields = item.fields
    if "name" in fields:
        return fields["name"], fields.get("by") or None, date_of(fields.get("date")), url_of(fields.get("url"))
    parts = parts_of(item.text)
    name, by = _named(parts.words, dated_last=parts.dated_last)
    if not name or len(name.split()) > _MOST_WORDS or sum(map(str.isalpha, name)) < 2:
        return None, None, None, None
    return name, by, issued(parts), parts.url


def _named(words: str, *, dated_last: bool) -> tuple[str | None, str | None]:
    if (match := _BRACKETED.search(words)) and _is_giver(match[1]):
        return words[: match.start()].strip(EDGES), match[1].strip()
    if match := _BY.search(words):
        by = next(iter(pieces(words[match.end() :])), "").strip(EDGES + ".)(")
        return words[: match.start()].strip(EDGES + "("), by or None
    told = [piece for piece in pieces(words) if not is_place(piece) and any(map(str.isalpha, piece))]
    if not told:
        return None, None
    if len(told) > 1:
        first, second = told[0].strip(EDGES), told[1].strip(EDGES)
        return (second, first) if _is_giver(first) and not _is_giver(second) else (first, second)
    name = told[0].strip(EDGES)
    left, comma, right = name.rpartition(",")
    # "SnowPro Core, Snowflake, May 2021": between a name and a date stands who gave it.
    if comma and (_is_giver(right) or (dated_last and "," not in left and right.strip()[:1].isupper())):
        return left.strip(EDGES), right.strip()
    return name, None


def _is_giver(words: str) -> bool:
    return is_issuer(words) or is_institution(words) or is_company(words)
