"""The lines of a layout with the places of their words, as shares of the page."""

from typing import Final

from jobtracker.resumes import document
from jobtracker.resumes.drafting import TextLine
from jobtracker.resumes.layout.model import Box, Line, PageSize
from jobtracker.resumes.layout.words import ICON

_DIGITS: Final = 4
"""Of a share: a tenth of a millimetre on A4 is three of them."""


def placed(line: Line, page: PageSize) -> TextLine:
    """A line with its box and those of its words that stand in its text as they stand on the page."""
    words: list[document.PlacedWord] = []
    after = 0
    for word in line.words:
        text = word.text.replace(ICON, "")
        at = line.text.find(text, after) if text else -1
        if at >= 0:
            words.append(document.PlacedWord(at, at + len(text), shares(word.box, page.width, page.height)))
            after = at + len(text)
    return TextLine(line.text, shares(line.box, page.width, page.height), tuple(words))


def shares(box: Box, width: float, height: float) -> document.Box:
    """A box as shares of a page, as far as it lies on it."""
    return document.Box(
        _share(box.left, width), _share(box.top, height), _share(box.right, width), _share(box.bottom, height)
    )


def _share(length: float, of: float) -> float:
    return round(min(1.0, max(0.0, length / of)), _DIGITS) if of > 0 else 0.0
