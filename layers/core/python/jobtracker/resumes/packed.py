"""What a ZIP holds: a document, LinkedIn's data export, or what is refused before any of it is unpacked.

A package is judged by its directory first: what it claims to unpack to is bounded, and nothing is read past what it
claims. Packages inside a package are never opened.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.files import FileType, wrong_type
from jobtracker.resumes.uploads import RefusalCode

MEGABYTE: Final = 1024 * 1024

# A document of 10 MB holds pictures, which hardly shrink; what unpacks to more than this is a bomb.
_LARGEST_UNPACKED: Final = 100 * MEGABYTE
# A tree of XML takes some thirty times its text in memory. A book's text has a few megabytes.
_LARGEST_PART: Final = 8 * MEGABYTE
# Text of markup shrinks to a twentieth; deflate can pack a thousandfold, where one byte is repeated.
_HIGHEST_RATIO: Final = 150
_MOST_MEMBERS: Final = 10_000
_ENCRYPTED_FLAG: Final = 0x1
# The only methods that OOXML (ECMA-376 part 2, C.3) and ODF (part 2, 3.2) have. Python unpacks these two in steps.
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_TEXTS: Final = (".xml", ".rels", ".csv")
_ENTITY: Final = re.compile(b"<!ENTITY|" + b"|".join(re.escape("<!ENTITY".encode(f"utf-16-{e}e")) for e in "lb"))
_ODF: Final = "application/vnd.oasis.opendocument."
_MIMETYPES: Final = {
    "application/epub+zip": "an EPUB book",
    f"{_ODF}spreadsheet": "an OpenDocument spreadsheet",
    f"{_ODF}presentation": "an OpenDocument presentation",
    f"{_ODF}graphics": "an OpenDocument drawing",
}
_PARTS: Final = {
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "visio/document.xml": "a Visio drawing",
    "Index/Document.iwa": "an Apple Pages, Numbers or Keynote document",
    "Index.zip": "an Apple Pages, Numbers or Keynote document",
    "META-INF/MANIFEST.MF": "a Java program",
}
# Either of these files makes an archive the data export of LinkedIn.
_LINKEDIN: Final = {"profile.csv", "positions.csv"}
_NO_MODULES: Final = {"script-lc.xml", "script-lb.xml"}
# What reading a member of a broken package raises.
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)


def damaged() -> RefusedError:
    """The refusal of a package that cannot be opened."""
    return RefusedError(
        RefusalCode.CORRUPT, "The document is damaged and cannot be opened. Save it anew and upload that."
    )


def type_of_package(data: bytes) -> FileType:
    """The type of a ZIP that is read. Raises RefusedError for any other, and for one that would do harm."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _measure(archive)
            found = _type_of(archive)
            _refuse_entities(archive)
    except RefusedError:
        raise
    except DAMAGE as error:
        raise damaged() from error
    return found


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to far more than it looks, by what the directory claims: readers stop at that size."""
    members = archive.infolist()
    texts = [member for member in members if _is_text(member.filename)]
    if (
        len(members) > _MOST_MEMBERS
        or sum(member.file_size for member in members) > _LARGEST_UNPACKED
        or any(member.file_size > _LARGEST_PART for member in texts)
        or any(
            member.file_size > MEGABYTE and member.file_size > _HIGHEST_RATIO * member.compress_size for member in texts
        )
    ):
        raise RefusedError(
            RefusalCode.UNSAFE,
            "The file unpacks to far more than it looks, as files made to do harm do. Save your resume as PDF.",
        )
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise RefusedError(
            RefusalCode.ENCRYPTED, "The file is protected by a password. Save it without one and upload that."
        )
    if any(member.compress_type not in _METHODS for member in members):
        raise wrong_type("packed in an unusual way")


def _type_of(archive: zipfile.ZipFile) -> FileType:
    names = set(archive.namelist())
    mimetype = _mimetype(archive)
    if "word/document.xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _macros("a .docx without macros")
        return FileType.DOCX
    if mimetype.startswith(f"{_ODF}text") or (not mimetype and {"content.xml", "META-INF/manifest.xml"} <= names):
        _check_odf(archive, names)
        return FileType.ODT
    for kind, what in _MIMETYPES.items():
        if mimetype.startswith(kind):
            raise wrong_type(what)
    for part, what in _PARTS.items():
        if part in names:
            raise wrong_type(what)
    if _LINKEDIN & {PurePosixPath(name).name.lower() for name in names}:
        return FileType.LINKEDIN
    raise wrong_type(
        "an archive that holds neither a document nor LinkedIn's data export",
        "Unpack it and upload the resume itself.",
    )


def _mimetype(archive: zipfile.ZipFile) -> str:
    """What the member "mimetype" of an ODF or EPUB package says; empty where there is none."""
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as member:
        return member.read(200).decode("ascii", "replace").strip()


def _check_odf(archive: zipfile.ZipFile, names: set[str]) -> None:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest or "encrypted-package" in names:
        raise RefusedError(
            RefusalCode.ENCRYPTED, "The document is protected by a password. Save it without one and upload that."
        )
    scripts = [PurePosixPath(name) for name in names if name.startswith(("Basic/", "Scripts/"))]
    if any(script.suffix and script.name not in _NO_MODULES for script in scripts):
        raise _macros("an .odt without macros")


def _macros(instead: str) -> RefusedError:
    return RefusedError(
        RefusalCode.UNSAFE, f"The document holds macros, which a resume has no use for. Save it as {instead}."
    )


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """Refuse parts that define entities: no word processor writes them, and they can multiply without end."""
    if any(_ENTITY.search(part) for part in _parts(archive)):
        raise RefusedError(
            RefusalCode.UNSAFE,
            "The document defines XML entities, as files made to do harm do. Save your resume as PDF.",
        )


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for member in archive.infolist():
        if member.filename.lower().endswith((".xml", ".rels")):
            yield archive.read(member)


def _is_text(name: str) -> bool:
    return name.lower().endswith(_TEXTS)
