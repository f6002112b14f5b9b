"""The text of a PDF, by PDFium."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.layout.legible import is_legible
from jobtracker.resumes.layout.model import Layout
from jobtracker.resumes.layout.reading import layout_of
from jobtracker.resumes.model import RefusalCode

MOST_PAGES = 60
"""Pages that are read; what follows them in a longer file is no resume."""


def pdf_text(data: bytes) -> str:
    """The text of the first pages in reading order, below it the addresses of links that it does not show.

    Raises RefusedError for a PDF that is encrypted, cannot be opened, or whose fonts do not say what their letters are.
    """
    layout, links = _read(data)
    if not is_legible(layout):
        raise RefusedError(
            RefusalCode.UNREADABLE_FONT,
            "The PDF's fonts do not say which letters they show, so its text cannot be read. Export it anew from the "
            "program it was written in, or upload a Word document.",
        )
    hidden = dict.fromkeys(link for link in links if link not in layout.text)
    return "\n".join([layout.text, *hidden])


def pdf_layout(data: bytes) -> Layout:
    """The lines of the first pages in reading order with their places, legible or not.

    Raises RefusedError for a PDF that is encrypted or cannot be opened.
    """
    return _read(data)[0]


def _read(data: bytes) -> tuple[Layout, list[str]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error) from error
    with document:
        # A PDF may be damaged in one page only; what the others say is still worth reading.
        pages = [page for number in range(min(len(document), MOST_PAGES)) if (page := _page(document, number))]
        if not pages:
            raise RefusedError(RefusalCode.CORRUPT, "No page of the PDF can be opened. Export it anew and upload that.")
        return layout_of(pages), [link for page in pages for link in _links(document, page)]


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage | None:
    try:
        return document[number]
    except pdfium.PdfiumError:
        return None


def _links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """The web and mail addresses that the page's link annotations lead to."""
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = pdfium_c.FPDFLink_GetAction(link)
        size = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size > 1:
            buffer = ctypes.create_string_buffer(size)
            pdfium_c.FPDFAction_GetURIPath(document, action, buffer, size)
            address = buffer.value.decode("utf-8", "replace")
            if address.startswith(("http://", "https://", "mailto:")):
                yield address.removeprefix("mailto:")


def _refused(error: pdfium.PdfiumError) -> RefusedError:
    if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
        return RefusedError(
            RefusalCode.ENCRYPTED, "The PDF is protected by a password. Save it without one and upload that."
        )
    return RefusedError(RefusalCode.CORRUPT, "The PDF is damaged and cannot be opened. Export it anew and upload that.")
