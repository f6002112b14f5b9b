"""Pages of a PDF that are pictures: which ones they are, and how they are drawn to be read."""

import unicodedata
from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from jobtracker.resumes.drafting import TextLine
from jobtracker.resumes.ocr import DPI, Scans, UnreadPageError

# Fewer letters than this are a page number, a watermark or the stamp of a scanner.
_FEWEST_LETTERS: Final = 20
# A font that does not say which letters its shapes are gives control and private characters; a text has a few at most.
_MOST_UNREADABLE: Final = 0.3
_UNREADABLE: Final = {"Cc", "Cn", "Co", "Cs"}
_POINTS_AN_INCH: Final = 72


def read_page(page: pdfium.PdfPage, text: str, scans: Scans) -> Sequence[TextLine]:
    """The page's lines, read off its picture where ``text``, which it holds, is none; else nothing.

    Raises RefusedError for a page with a picture of too many pixels.
    """
    if not needs_reading(text) or not _shows_more_than_text(page, text):
        return ()
    return scans.lines(lambda: _drawn(page))


def needs_reading(text: str) -> bool:
    """Whether what a page holds as text is too little, or in letters that nobody can tell."""
    signs = [sign for sign in text if not sign.isspace()]
    unreadable = sum(sign == "\ufffd" or unicodedata.category(sign) in _UNREADABLE for sign in signs)
    return sum(map(str.isalpha, signs)) < _FEWEST_LETTERS or unreadable > _MOST_UNREADABLE * len(signs)


def _shows_more_than_text(page: pdfium.PdfPage, text: str) -> bool:
    """Whether there is anything that could be read: pictures, outlines of letters, or letters that nobody can tell."""
    from jobtracker.resumes.pictures import MOST_PIXELS, too_many_pixels

    if pixels_on(page) > MOST_PIXELS:
        raise too_many_pixels()
    return any(shown.type != pdfium_c.FPDF_PAGEOBJ_TEXT or bool(text.strip()) for shown in page.get_objects())


def pixels_on(page: pdfium.PdfPage) -> int:
    """The pixels of all pictures on a page. PDFium unpacks a picture whole, however small it is drawn."""
    sizes = [shown.get_px_size() for shown in page.get_objects() if shown.type == pdfium_c.FPDF_PAGEOBJ_IMAGE]
    return sum(width * height for width, height in sizes)


def _drawn(page: pdfium.PdfPage) -> bytes:
    """The page as a grey PNG, at DPI or, of a page larger than paper, as large as pages are read.

    Raises UnreadPageError.
    """
    from jobtracker.resumes.pictures import LONGEST_SIDE, png

    scale = min(DPI / _POINTS_AN_INCH, LONGEST_SIDE / max(page.get_size()))
    try:
        return png(page.render(scale=scale, grayscale=True).to_pil())
    except pdfium.PdfiumError as error:
        raise UnreadPageError("the page cannot be drawn") from error
