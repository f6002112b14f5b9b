"""The text of a PDF and where it stands, by PDFium."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from jobtracker.resumes.document import Page
from jobtracker.resumes.drafting import Draft, ReadText, TextLine
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.layout.legible import is_legible
from jobtracker.resumes.layout.model import Layout
from jobtracker.resumes.layout.placing import placed
from jobtracker.resumes.layout.reading import layout_of
from jobtracker.resumes.uploads import RefusalCode

MOST_PAGES = 60
"""Pages that are read; what follows them in a longer file is no resume."""


Reread = Callable[[pdfium.PdfPage, str], Sequence[TextLine]]
"""The lines that are to be taken for those of a page in place of the text that it holds; none where that is to stay."""


def pdf_text(data: bytes) -> str:
    """The text that ``read_pdf`` reads."""
    return read_pdf(data).text


def read_pdf(data: bytes, reread: Reread | None = None) -> ReadText:
    """The text of the first pages in reading order, below it the addresses of links that it does not show.

    Raises RefusedError for a PDF that is encrypted, cannot be opened, or whose fonts do not say what their letters are
    where ``reread`` has nothing better for these pages.
    """
    draft = Draft()
    with _opened(data) as document:
        pages = _pages(document)
        read = {} if reread is None else {number: found for number, page in pages if (found := _anew(page, reread))}
        for is_read, some in groupby(pages, key=lambda numbered: numbered[0] in read):
            if is_read:
                for number, _ in some:
                    for line in read[number]:
                        draft.add(line, number)
                continue
            layout = layout_of(list(some))
            if not is_legible(layout):
                raise RefusedError(
                    RefusalCode.UNREADABLE_FONT,
                    "The PDF's fonts do not say which letters they show, so its text cannot be read. Export it anew "
                    "from the program it was written in, or upload a Word document.",
                )
            sizes = {page.number: page for page in layout.pages}
            for told in layout.lines:
                draft.add(placed(told, sizes[told.page]), told.page)
        links = [link for _, page in pages for link in _links(document, page)]
        shown = [link for link in dict.fromkeys(links) if link in draft]
        sizes_told = tuple(_size(number, page) for number, page in pages)
    for link in dict.fromkeys(links):
        if link not in shown:
            draft.add(TextLine(link))
    return draft.read(sizes_told)


def _size(number: int, page: pdfium.PdfPage) -> Page:
    """The measures of a page as it is shown: as it is drawn, so that places and picture agree."""
    width, height = page.get_size()
    return Page(number=number, width=width, height=height)


def pdf_layout(data: bytes) -> Layout:
    """The lines of the first pages in reading order with their places, legible or not.

    Raises RefusedError for a PDF that is encrypted or cannot be opened.
    """
    with _opened(data) as document:
        return layout_of(_pages(document))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error) from error


def _pages(document: pdfium.PdfDocument) -> list[tuple[int, pdfium.PdfPage]]:
    """The first pages with their numbers. A PDF may be damaged in one only; what the others say is worth reading."""
    opened = ((number, _page(document, number)) for number in range(min(len(document), MOST_PAGES)))
    pages = [(number + 1, page) for number, page in opened if page is not None]
    if not pages:
        raise RefusedError(RefusalCode.CORRUPT, "No page of the PDF can be opened. Export it anew and upload that.")
    return pages


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage | None:
    try:
        return document[number]
    except pdfium.PdfiumError:
        return None


def _anew(page: pdfium.PdfPage, reread: Reread) -> Sequence[TextLine]:
    """What is to be taken for a page's lines in place of its layout, if anything is."""
    try:
        text = page.get_textpage().get_text_range(errors="replace")
        # PDFium marks a hyphen at a line's end by U+FFFE and ends lines as Windows does.
        text = text.replace("\ufffe\r\n", "").replace("\ufffe", "-").replace("\r\n", "\n")
        return reread(page, text)
    except pdfium.PdfiumError:
        return ()


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
