"""The text of a resume's file."""

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.files import FileType, check
from jobtracker.resumes.model import Extracted, Refusal, RefusalCode

# Fewer letters than this are a page number or a watermark, not a resume.
_FEWEST_LETTERS = 20


def extract(data: bytes) -> Extracted:
    """The text of a file, or its refusal."""
    try:
        return Extracted(text=extract_text(data))
    except RefusedError as refused:
        return Extracted(refusal=Refusal(code=refused.code, reason=refused.reason))


def extract_text(data: bytes) -> str:
    """The text of a file of any type that is read (FileType), in reading order, one line for a line.

    Links that lie behind other words come as lines of their own at the end.
    Raises RefusedError for a file that is empty, encrypted, corrupt, unsafe, too large, of another type or without
    text.
    """
    match check(data):
        case FileType.PDF:
            from jobtracker.resumes.pdf import pdf_text as read
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
        case FileType.TEXT:
            from jobtracker.resumes.plain import plain_text as read
    text = read(data)
    if sum(character.isalpha() for character in text) < _FEWEST_LETTERS:
        raise RefusedError(
            RefusalCode.NO_TEXT,
            "No text was found in the file: it may be a scan or a picture. Export your resume as a PDF with text.",
        )
    return text
