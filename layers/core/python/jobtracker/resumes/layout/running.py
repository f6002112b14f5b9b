"""Running heads and feet, and the numbers of pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jobtracker.resumes.layout.model import Piece, Sheet
from jobtracker.resumes.layout.rows import rows_of

_MARGIN: Final = 0.12
"""Of the page's height: how far from its edge a running head or foot stands."""

_MOST_LINES: Final = 3
"""Lines of a head or foot."""

_Key = tuple[str, int, str]

_PAGE_WORDS: Final = r"(?:page|seite|página|pagina|strona|p\.)"
_NUMBER = re.compile(
    rf"(?:{_PAGE_WORDS}\s*)?[-–—]?\s*(\d{{1,3}})\s*[-–—]?(?:\s*(?:/|of|von|de|di|sur)\s*\d{{1,3}})?|第\s*(\d{{1,3}})\s*页.*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Body:
    """Pages without what runs over them: ``feet`` are the first page's running feet, which are told once at the end."""

    sheets: tuple[Sheet, ...]
    feet: tuple[tuple[int, tuple[Piece, ...]], ...]
    repeated: int


def without_running(sheets: Sequence[Sheet]) -> Body:
    """The pages with each running head where it stands first, each foot at the end, and no numbers of pages.

    One page alone has nothing that runs over it.
    """
    if len(sheets) < 2:
        return Body(tuple(sheets), (), 0)
    edges = [_edges(sheet) for sheet in sheets]
    often = Counter(
        key
        for sheet, edge in zip(sheets, edges, strict=True)
        for key in {_key(row, place, sheet.number, len(sheets)) for row, place in edge}
    )
    told: set[_Key] = set()
    bodies: list[Sheet] = []
    feet: list[tuple[int, tuple[Piece, ...]]] = []
    repeated = 0
    for sheet, edge in zip(sheets, edges, strict=True):
        gone: set[int] = set()
        for row, place in edge:
            key = _key(row, place, sheet.number, len(sheets))
            if not _runs(row, key, often, sheet.number, len(sheets)):
                continue
            first = key not in told and not _is_number(row)
            told.add(key)
            if first and place == "head":
                continue
            if first:
                feet.append((sheet.number, tuple(row)))
            else:
                repeated += 1
            gone |= {id(piece) for piece in row}
        bodies.append(replace(sheet, pieces=tuple(piece for piece in sheet.pieces if id(piece) not in gone)))
    return Body(tuple(bodies), tuple(feet), repeated)


def _edges(sheet: Sheet) -> list[tuple[list[Piece], str]]:
    """The lines in a page's margins that may be heads and feet."""
    rows = rows_of(piece for piece in sheet.pieces if piece.upright)
    heads = [(row, "head") for row in rows[:_MOST_LINES] if row[0].box.top < _MARGIN * sheet.height]
    feet = [(row, "foot") for row in rows[-_MOST_LINES:] if row[0].box.bottom > (1 - _MARGIN) * sheet.height]
    return heads + [(row, place) for row, place in feet if not any(row is head for head, _ in heads)]


def _key(row: list[Piece], place: str, number: int, pages: int) -> _Key:
    """What is the same on all pages: the height and the words, but for the page's number."""
    text = " ".join(piece.text for piece in row).casefold()
    told = _DIGITS.sub(lambda match: "#" if match[0] in (str(number), str(pages)) else match[0], text)
    return place, round(row[0].baseline), told


def _runs(row: list[Piece], key: _Key, often: Counter[_Key], number: int, pages: int) -> bool:
    """Whether a line runs over the pages: it comes on more than half of them, or tells this page's number."""
    if _is_number(row):
        return any(
            int(match[1] or match[2]) == number for piece in row if (match := _NUMBER.fullmatch(piece.text.strip()))
        )
    return often[key] >= 2 and 2 * often[key] > pages - 1


def _is_number(row: list[Piece]) -> bool:
    return len(row) == 1 and _NUMBER.fullmatch(row[0].text.strip()) is not None
