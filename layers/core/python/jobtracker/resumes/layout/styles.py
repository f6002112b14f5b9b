"""How text is painted: size, direction, font and colour, once for each text object."""

import ctypes
import math
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, of 255."""

_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "dingbats", "cmsy", "msam")
"""Fonts whose private characters are bullets and arrows; those of other fonts are icons."""

_UPRIGHT = 0.1
"""Radians by which a line may lean."""

_TURNED = tuple(quarter * math.pi / 2 for quarter in range(1, 4))


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a text object. ``slanted`` text, as of a watermark, runs neither along nor across the page;
    ``icons`` says that its font is Font Awesome, whose private characters have known meanings."""

    size: float
    upright: bool
    slanted: bool
    symbol: bool
    icons: bool
    unrendered: bool
    colour: Colour


class Styles:
    """The styles of a page's characters."""

    def __init__(self, textpage: pdfium.PdfTextPage, rotation: int) -> None:
        self._raw = textpage.raw
        self._rotation = math.radians(rotation)
        self._known: dict[int, Style] = {}
        self._fonts: dict[int, str] = {}
        self._matrix = pdfium_c.FS_MATRIX()
        self._parts = [ctypes.c_uint() for _ in range(4)]
        self._references = [ctypes.byref(part) for part in self._parts]

    def of(self, index: int) -> Style | None:
        """The style of the character at ``index``; None for one that no text object paints."""
        handle = pdfium_c.FPDFText_GetTextObject(self._raw, index)
        if not handle:
            return None
        address = ctypes.addressof(handle.contents)
        if address not in self._known:
            self._known[address] = self._style(index, handle)
        return self._known[address]

    def _style(self, index: int, handle: "pdfium_c.FPDF_PAGEOBJECT") -> Style:
        matrix = self._matrix
        pdfium_c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix))
        # The size of the font is that before the text's matrix; what is seen is what the matrix makes of it.
        size = pdfium_c.FPDFText_GetFontSize(self._raw, index) * math.hypot(matrix.c, matrix.d)
        lean = (self._rotation - math.atan2(matrix.b, matrix.a)) % (2 * math.pi)
        upright = min(lean, 2 * math.pi - lean) <= _UPRIGHT
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
        font = self._font(handle)
        return Style(
            size=abs(size),
            upright=upright,
            slanted=not upright and all(abs(lean - turn) > _UPRIGHT for turn in _TURNED),
            symbol=any(symbol in font for symbol in _SYMBOL_FONTS),
            icons="awesome" in font,
            unrendered=mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP),
            colour=self._colour(handle, mode),
        )

    def _font(self, handle: "pdfium_c.FPDF_PAGEOBJECT") -> str:
        """The name of the text's font in lower case."""
        font = pdfium_c.FPDFTextObj_GetFont(handle)
        if not font:
            return ""
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            buffer = ctypes.create_string_buffer(128)
            pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 128)
            self._fonts[address] = buffer.value.decode("utf-8", "replace").lower()
        return self._fonts[address]

    def _colour(self, handle: "pdfium_c.FPDF_PAGEOBJECT", mode: int) -> Colour:
        """The colour that fills the letters, or that outlines them where nothing fills them."""
        outlined = mode in (pdfium_c.FPDF_TEXTRENDERMODE_STROKE, pdfium_c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
        ask = pdfium_c.FPDFPageObj_GetStrokeColor if outlined else pdfium_c.FPDFPageObj_GetFillColor
        if not ask(handle, *self._references):
            return 0, 0, 0, 255
        red, green, blue, opacity = (part.value for part in self._parts)
        return red, green, blue, opacity
