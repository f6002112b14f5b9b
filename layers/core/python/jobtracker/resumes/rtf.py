"""The text of an RTF document, by striprtf.

striprtf leaves out what lies in headers, footers and text boxes, and its patterns for links, fonts and pictures can
take time that grows with the square of their input. So the document is made ready first: those groups are renamed to
ones that it shows, links are read here, and pictures and the table of fonts are replaced by what it needs of them.
"""

import codecs
import re
from typing import Final

from striprtf.striprtf import charset_map, rtf_to_text

from jobtracker.resumes.blocks import with_links
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.uploads import RefusalCode

# Characters that are read once pictures are left out; a resume's text with its formatting has a tenth of it.
_LONGEST: Final = 4_000_000
_MOST_FONTS: Final = 1_000
_BINARY: Final = re.compile(rb"\\bin(\d{1,9}) ?")
_PICTURE: Final = re.compile(r"\{\\pict[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{64}[0-9a-fA-F\s]*)+")
_LINK: Final = re.compile(r'HYPERLINK\s{1,20}"([^"\\{}\s]{1,2000})"', re.IGNORECASE)
_FONT: Final = re.compile(r"(?<!\\)\\f(?=\d)")
_CHARSET: Final = re.compile(r"\\fcharset(\d{1,3})")
_TABLE: Final = re.compile(r"\{[^{}]{0,200}\\fonttbl")
_HEADER: Final = re.compile(r"\{\\rtf\d{0,4}")
# Words of the control language, each for another that striprtf treats as it should.
_RENAMED: Final = (
    # Fields: their instructions are left out, what they show stays.
    (re.compile(r"(?<!\\)\\fldinst(?![a-z])", re.IGNORECASE), r"\\datafield"),
    # Headers and footers stand where they are defined: those of the first page before its text.
    (re.compile(r"(?<!\\)\\(?:header|footer)[lrf]?(?![a-z])"), r"\\par "),
    # Text boxes of Word 97 and later.
    (re.compile(r"(?:\\\*)?(?<!\\)\\(?:shpinst|shp)(?![a-z])"), ""),
    (re.compile(r"(?<!\\)\\shptxt(?![a-z])"), r"\\par "),
    # The bullet of an item as old and new versions write it.
    (re.compile(r"(?<!\\)\\pntext(?![a-z])"), r"\\listtext"),
    # Hidden text is left out to the end of its group, as a destination that is not known.
    (re.compile(r"(?<!\\)\\v1?(?![a-z0-9-])"), r"\\*\\v"),
)


def rtf_text(data: bytes) -> str:
    """The text of a document; addresses behind words come as lines at the end.

    Raises RefusedError for a document that cannot be opened.
    """
    document = _without_binary(data).decode("cp1252", "replace").lstrip()
    document = _HEX.sub("", _PICTURE.sub("", document))[:_LONGEST]
    addresses = _LINK.findall(document)
    fonts = _fonts(document)
    for pattern, other in _RENAMED:
        document = pattern.sub(other, document)
    document = _HEADER.sub(lambda header: f"{header.group()}{fonts}", document, count=1)
    try:
        text: str = rtf_to_text(document, errors="replace")  # type: ignore[no-untyped-call]
    # striprtf trusts the numbers of control words.
    except (ValueError, TypeError, OverflowError, LookupError) as error:
        raise RefusedError(
            RefusalCode.CORRUPT, "The RTF document is damaged and cannot be opened. Save it anew and upload that."
        ) from error
    # Characters beyond the first plane come as two halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return with_links((line.strip(" |") for line in whole.splitlines()), addresses)


def _without_binary(data: bytes) -> bytes:
    """The document without the raw bytes of pictures, which may look like anything."""
    kept, at = [], 0
    while match := _BINARY.search(data, at):
        kept.append(data[at : match.start()])
        at = match.end() + int(match[1])
    return b"".join([*kept, data[at:]])


def _fonts(document: str) -> str:
    """A table of the document's fonts that says of each its character set, where Python knows that, and no more."""
    table = _TABLE.search(document)
    if table is None:
        return ""
    fonts: list[str] = []
    for font in _FONT.split(_group(document, table.end()))[1 : _MOST_FONTS + 1]:
        number, charset = re.match(r"\d{1,5}", font), _CHARSET.search(font)
        if number and charset and _is_known(int(charset[1])):
            fonts.append(f"{{\\f{number.group()}\\fcharset{charset[1]} F;}}\n")
    return f"{{\\fonttbl{''.join(fonts)}}}"


def _group(document: str, at: int) -> str:
    """The rest of the group in which ``at`` lies."""
    depth = 1
    for brace in re.compile(r"[{}]").finditer(document, at):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return document[at : brace.start()]
    return document[at:]


def _is_known(charset: int) -> bool:
    try:
        return bool(codecs.lookup(charset_map[charset]))
    except (KeyError, LookupError):
        return False
