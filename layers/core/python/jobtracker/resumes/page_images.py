"""Pictures of a resume's pages, for people to look at."""

import time
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.files import FileType, check

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES: Final = 10
"""Pages of which there is a picture."""

DPI: Final = 110
"""Dots an inch of the pictures: small print can be read at it."""

SECONDS_A_FILE: Final = 10.0
"""Seconds after which no further page of a file is drawn."""

# Pixels of the longest side: A4 at 110 dpi has 1286, and what is larger than paper is drawn no larger than this.
_LONGEST_SIDE: Final = 1_400
_POINTS_AN_INCH: Final = 72
# Of WebP: how much of a picture is kept, and how much time is spent on that (0 to 6).
_QUALITY: Final = 70
_EFFORT: Final = 1


def page_images(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The numbers of the first pages of a PDF or a picture, from 1, each with its picture as a WebP.

    A page that cannot be drawn, or takes more memory than a page does, is left out; other formats have no pages.
    """
    try:
        kind = check(data)
        if kind is FileType.PDF:
            yield from _of_pdf(data)
        elif kind is FileType.PICTURE:
            yield from _of_picture(data)
    except RefusedError:
        return


def _of_pdf(data: bytes) -> Iterator[tuple[int, bytes]]:
    import pypdfium2 as pdfium

    from jobtracker.resumes.pictures import MOST_PIXELS
    from jobtracker.resumes.scanned import pixels_on

    ends = time.monotonic() + SECONDS_A_FILE
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return
    with document:
        for number in range(min(len(document), MOST_PAGES)):
            if time.monotonic() > ends:
                return
            try:
                page = document[number]
                if pixels_on(page) > MOST_PIXELS:
                    continue
                scale = min(DPI / _POINTS_AN_INCH, _LONGEST_SIDE / max(page.get_size()))
                drawn = page.render(scale=scale).to_pil()
            except pdfium.PdfiumError:
                continue
            yield number + 1, _webp(drawn)


def _of_picture(data: bytes) -> Iterator[tuple[int, bytes]]:
    from jobtracker.resumes.pictures import upright

    for number in range(MOST_PAGES):
        image = upright(data, number, _LONGEST_SIDE)
        if image is None:
            return
        yield number + 1, _webp(image)


def _webp(image: "Image.Image") -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=_EFFORT)
    return buffer.getvalue()
