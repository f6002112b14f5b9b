"""The glyphs of a page as PDFium tells them, without those that nobody sees."""

import ctypes
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from jobtracker.resumes.layout.backdrop import Backdrop
from jobtracker.resumes.layout.marks import is_mark
from jobtracker.resumes.layout.model import Box, Glyph
from jobtracker.resumes.layout.styles import Styles

# PDFium gives these for a hyphen that parts a word at a line's end.
_HYPHENS = frozenset({0x02, 0xFFFE})
# Of Font Awesome's icons the fax and the printer, by which a fax is shown where there is no other icon for it.
_FAX = frozenset({0xF1AC, 0xF02F})
_SMALLEST = 1.0
"""Points; text below this size is a dot to the eye."""

_GUESSED: Final = 0.08
"""Of the letters' size: the narrowest gap in which PDFium's guess of a space is believed."""


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The glyphs of a page in the file's order, how many characters are hidden, and what drawings may be bullets."""

    width: float
    height: float
    glyphs: list[Glyph]
    hidden: int
    marks: list[Box]


def page_glyphs(page: pdfium.PdfPage) -> PageGlyphs:
    """All glyphs of a page. Raises PdfiumError for a page without readable content."""
    frame = _Frame(page)
    reader = _Reader(page, frame)
    seen, unrendered, hidden = reader.glyphs()
    if not seen and reader.backdrop.has_picture:
        # The text of a recognised scan lies unseen over its picture, and says what that shows.
        seen, unrendered = unrendered, []
    drawn = (frame.box_between(*sides) for sides in reader.backdrop.drawn)
    marks = [box for box in drawn if is_mark(box) and frame.shows(box)]
    return PageGlyphs(frame.width, frame.height, seen, hidden + len(unrendered), marks)


class _Frame:
    """Turns PDFium's coordinates into those of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.box = page.get_bbox()
        self.rotation = page.get_rotation()
        left, bottom, right, top = self.box
        sides = (right - left, top - bottom)
        self.width, self.height = sides if self.rotation in (0, 180) else sides[::-1]

    def place(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.box
        match self.rotation:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    def box_of(self, rect: pdfium_c.FS_RECTF) -> Box:
        return self.box_between(rect.left, rect.bottom, rect.right, rect.top)

    def box_between(self, left: float, bottom: float, right: float, top: float) -> Box:
        x, y = self.place(left, top)
        u, v = self.place(right, bottom)
        return Box(min(x, u), min(y, v), max(x, u), max(y, v))

    def shows(self, box: Box) -> bool:
        """Whether the middle of a box lies on the page."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return bool(0 <= x <= self.width and 0 <= y <= self.height)


class _Reader:
    def __init__(self, page: pdfium.PdfPage, frame: _Frame) -> None:
        self.frame = frame
        self.textpage = page.get_textpage()
        self.backdrop = Backdrop(page)
        self.styles = Styles(self.textpage, frame.rotation)

    def glyphs(self) -> tuple[list[Glyph], list[Glyph], int]:
        """Those that are seen, those in the invisible mode, and how many are hidden otherwise."""
        raw, styles, frame = self.textpage.raw, self.styles, self.frame
        seen: list[Glyph] = []
        unrendered: list[Glyph] = []
        hidden, spaced, guessed = 0, True, False
        last: Box | None = None
        rect, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        for index in range(self.textpage.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(raw, index)
            style = styles.of(index)
            text = "-" if code in _HYPHENS else "Fax" if style and style.icons and code in _FAX else chr(code)
            if style is None or text.isspace():
                # A space of the file's own parts words; where PDFium guesses one, the gap has a say.
                guessed = True
                spaced = spaced or (style is not None and pdfium_c.FPDFText_IsGenerated(raw, index) != 1)
                continue
            pdfium_c.FPDFText_GetLooseCharBox(raw, index, at_rect)
            pdfium_c.FPDFText_GetCharOrigin(raw, index, at_x, at_y)
            box = frame.box_of(rect)
            if style.slanted or style.size < _SMALLEST or not frame.shows(box) or self._faded(style.colour, rect):
                hidden += 1
                continue
            if guessed and last is not None:
                spaced = spaced or max(box.left - last.right, last.left - box.right) > _GUESSED * style.size
            last, guessed = box, False
            unmapped = pdfium_c.FPDFText_HasUnicodeMapError(raw, index) == 1
            baseline = frame.place(x.value, y.value)[1]
            glyph = Glyph(
                text, box, baseline, style.size, style.upright, spaced, style.symbol, unmapped, code in _HYPHENS
            )
            (unrendered if style.unrendered else seen).append(glyph)
            spaced = False
        return seen, unrendered, hidden

    def _faded(self, colour: tuple[int, int, int, int], rect: pdfium_c.FS_RECTF) -> bool:
        x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
        if colour[3] == 0:
            return True
        return min(colour[:3]) >= self.backdrop.LIGHT and self.backdrop.hides(colour[:3], x, y)
