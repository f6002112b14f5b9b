"""What an uploaded file really is, judged by its content."""

from enum import StrEnum
from typing import Final

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.uploads import LARGEST_FILE, RefusalCode

ADVICE: Final = "Save it as PDF, DOCX or plain text and upload that."
"""What helps whoever brings a file of a type that is not read."""

# Readers find a PDF's header anywhere in its first kilobyte (ISO 32000-1, annex H, implementation note 13).
_PDF_HEADER_WITHIN: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams that tell what an OLE file holds, as its directory spells their names ([MS-CFB] 2.6.1). The first is that
# of a document encrypted by Office ([MS-OFFCRYPTO] 1.4).
_OFFICE_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS: Final = {
    "WordDocument": "in Word's old .doc format",
    "Workbook": "an old Excel workbook",
    "PowerPoint Document": "an old PowerPoint presentation",
    "__substg1.0_": "an Outlook message",
}
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHER_PICTURES: Final = (b"GIF8", b"BM")
# Brands of the ISO base media files that hold pictures: HEIF and AVIF.
_PICTURE_BRANDS: Final = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_ARCHIVES: Final = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_BOM_16: Final = (b"\xff\xfe", b"\xfe\xff")


class FileType(StrEnum):
    """The files that are read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "md"
    JSON_RESUME = "json"
    LINKEDIN = "linkedin"
    PICTURE = "picture"
    TEXT = "txt"


def check(data: bytes) -> FileType:
    """The type of a file. Raises RefusedError for one that is empty, too large, unsafe, or none that is read."""
    if not data.strip(b"\0 \t\r\n"):
        raise RefusedError(RefusalCode.EMPTY, "The file is empty. Choose the file that holds your resume.")
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1024**2
        raise RefusedError(RefusalCode.TOO_LARGE, f"The file is larger than {megabytes} MB. Upload a smaller one.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return FileType.PDF
    if data.startswith(b"PK"):
        from jobtracker.resumes.packed import type_of_package

        return type_of_package(data)
    if data.startswith(_OLE):
        raise _old_office(data)
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return FileType.PICTURE
    if data.startswith(_OTHER_PICTURES) or (data[4:8] == b"ftyp" and data[8:12] in _PICTURE_BRANDS):
        raise wrong_type("a picture of a kind that is not read", "Save it as JPEG or PNG and upload that.")
    if data.startswith(_ARCHIVES):
        raise wrong_type("an archive", "Unpack it and upload the resume itself.")
    if _is_binary(data):
        raise wrong_type("not a document that can be read")
    from jobtracker.resumes.written import type_of_text

    return type_of_text(data)


def wrong_type(what: str, advice: str = ADVICE) -> RefusedError:
    """The refusal of a file that is ``what``, and what to do instead."""
    return RefusedError(RefusalCode.WRONG_TYPE, f"The file is {what}. {advice}")


def _old_office(data: bytes) -> RefusedError:
    if _OFFICE_ENCRYPTED in data:
        return RefusedError(
            RefusalCode.ENCRYPTED, "The document is protected by a password. Save it without one and upload that."
        )
    kinds = (what for name, what in _OLE_STREAMS.items() if name.encode("utf-16-le") in data)
    return wrong_type(next(kinds, "in an old Office format"))


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text: text has no NUL, save in UTF-16, which a byte order mark announces."""
    return b"\0" in data and not data.startswith(_BOM_16)
