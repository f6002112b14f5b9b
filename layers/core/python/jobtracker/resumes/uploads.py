"""An uploaded resume: its file, how far it has come, why it was refused, and what was extracted of it."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, Field

from jobtracker.resumes.document import Line, Page

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes that a resume's file may have."""

CONTENT_TYPES: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    # Of two endings of one type, the last one names the stored file.
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".zip": "application/zip",
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".tiff": "image/tiff",
    ".tif": "image/tiff",
}
"""The file types that are read, by the ending of their names. A ZIP is LinkedIn's export, JSON a JSON Resume."""


class ResumeStatus(StrEnum):
    """How far an uploaded resume has come."""

    WAITING = "waiting"
    EXTRACTED = "extracted"
    READ = "read"
    REFUSED = "refused"


class RefusalCode(StrEnum):
    """Why a resume was refused."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    NO_TEXT = "no_text"
    UNSAFE = "unsafe"
    UNREADABLE_FONT = "unreadable_font"
    NOT_A_RESUME = "not_a_resume"


class Refusal(BaseModel):
    """A refusal with a sentence that tells the person what to do."""

    code: RefusalCode
    reason: str


class Scanner(StrEnum):
    """What reads text off pictures."""

    TESSERACT = "tesseract"
    TEXTRACT = "textract"


class Scan(BaseModel):
    """How a text was read off pictures, which is less sure than a text that a file holds."""

    by: Scanner
    confidence: float = Field(ge=0, le=1, description="how sure the letters are on average; 1 is certain")
    pages: int = Field(ge=1, description="pages that had to be read off pictures")
    pages_read: int = Field(ge=0, description="how many of them could be")


class ReadBy(StrEnum):
    """Who read a resume: the rules alone, or a language model over what the rules had read."""

    RULES = "rules"
    RULES_AND_CLAUDE = "rules and Claude"


class Resume(BaseModel):
    """An uploaded document and what became of it."""

    id: str
    person_id: str
    filename: str
    content_type: str
    size: int | None = None
    status: ResumeStatus = ResumeStatus.WAITING
    refusal: Refusal | None = None
    scan: Scan | None = Field(default=None, description="set where the text was read off pictures")
    read_by: ReadBy = ReadBy.RULES
    created_at: datetime
    read_at: datetime | None = None


class Extracted(BaseModel):
    """What extraction made of a file: its text, where that stands and how it was read, or why there is none."""

    text: str = ""
    lines: tuple[Line, ...] = Field(default=(), description="lines of the text in its order")
    pages: tuple[Page, ...] = Field(default=(), description="none in formats without pages")
    refusal: Refusal | None = None
    scan: Scan | None = None
    is_structured: bool = Field(default=False, description="of a format that holds nothing but resumes")
