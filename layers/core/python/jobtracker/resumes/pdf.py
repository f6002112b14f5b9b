"""The text of a PDF, by PDFium."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.model import RefusalCode

MOST_PAGES = 60
"""Pages that are read; what follows them in a longer file is no resume."""


Reread = Callable[[pdfium.PdfPage, str], str]
"""What else is to be taken for the text of a page than what it holds as text."""


def pdf_text(data: bytes, reread: Reread = lambda _, text: text) -> str:
    """The text of the first pages. Raises RefusedError for a PDF that is encrypted or cannot be opened."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error) from error
    with document:
        # A PDF may be damaged in one page only; what the others say is still worth reading.
        pages = [page for number in range(min(len(document), MOST_PAGES)) if (page := _page(document, number, reread))]
        if not pages:
            raise RefusedError(RefusalCode.CORRUPT, "No page of the PDF can be opened. Export it anew and upload that.")
    seen = "\n".join(text for text, _ in pages)
    hidden = dict.fromkeys(link for _, links in pages for link in links if link not in seen)
    return "\n".join([seen, *hidden])


def _page(document: pdfium.PdfDocument, number: int, reread: Reread) -> tuple[str, list[str]] | None:
    try:
        page = document[number]
        text = page.get_textpage().get_text_range(errors="replace")
        # PDFium marks a hyphen at a line's end by U+FFFE and ends lines as Windows does.
        text = text.replace("\ufffe\r\n", "").replace("\ufffe", "-").replace("\r\n", "\n")
        text = reread(page, text)
    except pdfium.PdfiumError:
        return None
    return text, list(_links(document, page))


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
