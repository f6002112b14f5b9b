"""The text of a resume's file."""

from typing import Final

from jobtracker.resumes import ocr
from jobtracker.resumes.document import lines_in
from jobtracker.resumes.drafting import Draft, ReadText, TextLine
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.files import FileType, check
from jobtracker.resumes.uploads import Extracted, Refusal, RefusalCode, Scan, Scanner

# Fewer letters than this are a page number or a watermark, not a resume.
_FEWEST_LETTERS: Final = 20
_SCANNED: Final = {FileType.PDF, FileType.PICTURE}
_NO_PICTURES: Final = "it may be a picture. Export your resume as a PDF with text."
_NO_SCANNER: Final = (
    "it may be a scan or a picture, which are not read here. Export your resume as a PDF with text, or have tesseract "
    "installed where this runs."
)
_UNREAD: Final = (
    "what its pictures show could not be read. Scan it upright and in good light at 300 dpi, or export your resume as "
    "a PDF with text."
)


def extract(data: bytes, scans_by: Scanner = Scanner.TESSERACT) -> Extracted:
    """The text of a file, or its refusal. Pictures are read by ``scans_by``, if it is there."""
    try:
        read, scan, kind = _read(data, scans_by)
    except RefusedError as refused:
        return Extracted(refusal=Refusal(code=refused.code, reason=refused.reason))
    structured = kind in {FileType.JSON_RESUME, FileType.LINKEDIN}
    return Extracted(text=read.text, lines=read.lines, pages=read.pages, scan=scan, is_structured=structured)


def extract_text(data: bytes) -> str:
    """The text of a file of any type that is read (FileType), in reading order, one line for a line.

    Links that lie behind other words come as lines of their own at the end. Pictures are read where tesseract is
    installed.
    Raises RefusedError for a file that is empty, encrypted, corrupt, unsafe, too large, of another type or without
    text.
    """
    return _read(data, Scanner.TESSERACT)[0].text


def _read(data: bytes, scans_by: Scanner) -> tuple[ReadText, Scan | None, FileType]:
    kind = check(data)
    if kind not in _SCANNED:
        text = _document(kind, data)
        return _enough(ReadText(text, lines_in(text), ()), _NO_PICTURES), None, kind
    scans = ocr.scans(scans_by)
    read = _pdf(data, scans) if kind is FileType.PDF else _picture(data, scans)
    scan = None if scans is None else scans.scan()
    return _enough(read, _NO_SCANNER if scans is None else _UNREAD if scan else _NO_PICTURES), scan, kind


def _pdf(data: bytes, scans: ocr.Scans | None) -> ReadText:
    from jobtracker.resumes.pdf import read_pdf

    if scans is None:
        return read_pdf(data)
    from jobtracker.resumes.scanned import read_page

    return read_pdf(data, lambda page, text: read_page(page, text, scans))


def _picture(data: bytes, scans: ocr.Scans | None) -> ReadText:
    from jobtracker.resumes.pictures import pages, sizes

    # A file that is broken or a bomb is refused as such also where nothing reads pictures.
    drawn = list(pages(data))
    draft = Draft()
    for number, page in enumerate(drawn, start=1):
        if number > 1:
            draft.add(TextLine(""))
        for line in [] if scans is None else scans.lines(page):
            draft.add(line, number)
    return draft.read(tuple(sizes(data)) if scans else ())


def _document(kind: FileType, data: bytes) -> str:
    match kind:
        case FileType.DOCX:
            from jobtracker.resumes.docx import docx_text as read
        case FileType.ODT:
            from jobtracker.resumes.odt import odt_text as read
        case FileType.RTF:
            from jobtracker.resumes.rtf import rtf_text as read
        case FileType.HTML:
            from jobtracker.resumes.html import html_text as read
        case FileType.MARKDOWN:
            from jobtracker.resumes.markdown import markdown_text as read
        case FileType.JSON_RESUME:
            from jobtracker.resumes.json_resume import json_resume_text as read
        case FileType.LINKEDIN:
            from jobtracker.resumes.linkedin import linkedin_text as read
        case _:
            from jobtracker.resumes.plain import plain_text as read
    return read(data)


def _enough(read: ReadText, why: str) -> ReadText:
    """``read``, if it is more than a page number. Raises RefusedError."""
    if sum(character.isalpha() for character in read.text) < _FEWEST_LETTERS:
        raise RefusedError(RefusalCode.NO_TEXT, f"No text was found in the file: {why}")
    return read
