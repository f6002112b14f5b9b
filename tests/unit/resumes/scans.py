"""Resumes as scans and photos, made on the spot."""

import os
import shutil
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.unit.resumes.documents import LINES, pdf

WORDS = set(" ".join(LINES).split())


@pytest.fixture
def tesseract() -> None:
    """Skips where tesseract is missing, and fails where everything has to be there."""
    if shutil.which("tesseract") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tesseract is missing; tools/setup_ocr.sh installs it")
        pytest.skip("tesseract is not installed: make ocr")


def photo(*lines: str, dpi: int = 200) -> Image.Image:
    """A sheet of paper with these lines, as a scanner sees it."""
    with pdfium.PdfDocument(pdf(lines or LINES)) as document:
        drawn: Image.Image = document[0].render(scale=dpi / 72).to_pil()
    return drawn


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def scanned_pdf(*pages: Image.Image | tuple[str, ...]) -> bytes:
    """A PDF of pages that are pictures, or text."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for page in pages:
        if isinstance(page, tuple):
            for number, line in enumerate(page):
                canvas.drawString(72, 750 - 20 * number, line)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
