"""What lies behind the text of a page: areas of colour and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_DEEPEST: Final = 8
_MOST: Final = 20_000
"""Objects of a page that are looked at."""

_NEAR: Final = 24
"""Two colours are one to the eye if no part of them differs by more, of 255."""

_WHITE: Final = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class _Area:
    """A painted area in PDFium's coordinates. A colour of None is a picture or a gradient, which may be any."""

    left: float
    bottom: float
    right: float
    top: float
    colour: tuple[int, int, int] | None


class Backdrop:
    """The areas under a page's text."""

    LIGHT: Final = 230
    """The least red, green and blue of a letter that could be lost on white."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page

    @property
    def has_picture(self) -> bool:
        """Whether a picture is on the page."""
        return any(area.colour is None for area in self._areas)

    @property
    def drawn(self) -> Iterator[tuple[float, float, float, float]]:
        """The left, bottom, right and top of each area that is painted in a colour, in PDFium's coordinates."""
        return ((area.left, area.bottom, area.right, area.top) for area in self._areas if area.colour is not None)

    def hides(self, colour: tuple[int, int, int], x: float, y: float) -> bool:
        """Whether a letter of this colour at this place, in PDFium's coordinates, is lost on what lies behind it."""
        behind: tuple[int, int, int] | None = _WHITE
        for area in self._areas:
            if area.left <= x <= area.right and area.bottom <= y <= area.top:
                behind = area.colour
        return behind is not None and all(abs(one - two) <= _NEAR for one, two in zip(colour, behind, strict=True))

    @cached_property
    def _areas(self) -> list[_Area]:
        """The areas in the order of their painting."""
        count = min(pdfium_c.FPDFPage_CountObjects(self._page), _MOST)
        handles = (pdfium_c.FPDFPage_GetObject(self._page, index) for index in range(count))
        identity = pdfium_c.FS_MATRIX(1, 0, 0, 1, 0, 0)
        return [area for handle in handles for area in _areas_of(handle, identity, _DEEPEST)]


def _areas_of(handle: "pdfium_c.FPDF_PAGEOBJECT", outer: "pdfium_c.FS_MATRIX", deeper: int) -> Iterator[_Area]:
    match pdfium_c.FPDFPageObj_GetType(handle):
        case pdfium_c.FPDF_PAGEOBJ_FORM if deeper:
            own = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(handle, own)
            inner = _product(own, outer)
            for index in range(min(pdfium_c.FPDFFormObj_CountObjects(handle), _MOST)):
                yield from _areas_of(pdfium_c.FPDFFormObj_GetObject(handle, index), inner, deeper - 1)
        case pdfium_c.FPDF_PAGEOBJ_IMAGE | pdfium_c.FPDF_PAGEOBJ_SHADING:
            yield _area(handle, outer, None)
        case pdfium_c.FPDF_PAGEOBJ_PATH:
            fill, stroked = ctypes.c_int(), ctypes.c_int()
            pdfium_c.FPDFPath_GetDrawMode(handle, fill, stroked)
            parts = [ctypes.c_uint() for _ in range(4)]
            if fill.value and pdfium_c.FPDFPageObj_GetFillColor(handle, *parts) and parts[3].value > 0:
                yield _area(handle, outer, (parts[0].value, parts[1].value, parts[2].value))


def _area(
    handle: "pdfium_c.FPDF_PAGEOBJECT", outer: "pdfium_c.FS_MATRIX", colour: tuple[int, int, int] | None
) -> _Area:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(handle, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    xs = [outer.a * x + outer.c * y + outer.e for x, y in corners]
    ys = [outer.b * x + outer.d * y + outer.f for x, y in corners]
    return _Area(min(xs), min(ys), max(xs), max(ys), colour)


def _product(one: "pdfium_c.FS_MATRIX", two: "pdfium_c.FS_MATRIX") -> "pdfium_c.FS_MATRIX":
    """The matrix that does ``one`` and then ``two`` (ISO 32000-1, 8.3.4)."""
    return pdfium_c.FS_MATRIX(
        one.a * two.a + one.b * two.c,
        one.a * two.b + one.b * two.d,
        one.c * two.a + one.d * two.c,
        one.c * two.b + one.d * two.d,
        one.e * two.a + one.f * two.c + two.e,
        one.e * two.b + one.f * two.d + two.f,
    )
