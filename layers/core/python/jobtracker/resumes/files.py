"""What an uploaded file really is, judged by its content."""

import zipfile
from enum import StrEnum
from io import BytesIO
from typing import Final

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.model import LARGEST_FILE, RefusalCode

# Readers find a PDF's header anywhere in its first kilobyte (ISO 32000-1, annex H, implementation note 13).
_PDF_HEADER_WITHIN: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds a document encrypted by Office, as its directory spells it ([MS-OFFCRYPTO] 1.4).
_OFFICE_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
# A Word document of 10 MB holds pictures, which hardly shrink; text that unpacks to more than this is a bomb.
_LARGEST_UNPACKED: Final = 100 * 1024 * 1024
_ADVICE: Final = "Save it as PDF, DOCX or plain text and upload that."


class FileType(StrEnum):
    """The files that are read."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "txt"


def check(data: bytes) -> FileType:
    """The type of a file. Raises RefusedError for one that is empty, too large, or none of those that are read."""
    if not data.strip(b"\0 \t\r\n"):
        raise RefusedError(RefusalCode.EMPTY, "The file is empty. Choose the file that holds your resume.")
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1024**2
        raise RefusedError(RefusalCode.TOO_LARGE, f"The file is larger than {megabytes} MB. Upload a smaller one.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return FileType.PDF
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        raise _old_office(data)
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise RefusedError(RefusalCode.WRONG_TYPE, f"The file is a picture, whose text cannot be read. {_ADVICE}")
    if data.startswith(b"{\\rtf"):
        raise RefusedError(RefusalCode.WRONG_TYPE, f"The file is in the RTF format. {_ADVICE}")
    if _is_binary(data):
        raise RefusedError(RefusalCode.WRONG_TYPE, f"The file is not a document that can be read. {_ADVICE}")
    return FileType.TEXT


def _packed(data: bytes) -> FileType:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise RefusedError(
            RefusalCode.CORRUPT, "The document is damaged and cannot be opened. Save it anew and upload that."
        ) from error
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise RefusedError(RefusalCode.WRONG_TYPE, f"The file is not a Word document. {_ADVICE}")
    if sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED:
        raise RefusedError(RefusalCode.TOO_LARGE, "The document is far larger inside than it looks. Save it as PDF.")
    return FileType.DOCX


def _old_office(data: bytes) -> RefusedError:
    if _OFFICE_ENCRYPTED in data:
        return RefusedError(
            RefusalCode.ENCRYPTED, "The document is protected by a password. Save it without one and upload that."
        )
    return RefusedError(RefusalCode.WRONG_TYPE, f"The file is in Word's old .doc format. {_ADVICE}")


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text: text has no NUL, save in UTF-16, which a byte order mark announces."""
    return b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
