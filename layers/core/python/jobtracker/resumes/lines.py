"""A resume's text as clean lines."""

import re
import textwrap
import unicodedata
from typing import Final

from jobtracker.resumes.links import is_url

ICON: Final = "\ue000"
"""Stands for the pictures of icon fonts (a telephone, an envelope), which come as private-use characters."""

SEPARATOR: Final = re.compile(rf"\s*(?:[|•·∙⋅‧●▪■◆◦⬥♦{ICON}\t]|\s{{3,}}|\s[–—―]\s|\s-{{1,2}}\s)\s*")
"""What stands between the parts of one line."""

# Pages and pages of text are no resume, and a line of this length is a paragraph.
_LONGEST_TEXT = 100_000
_LONGEST_LINE = 600

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\ufffd]+")
_INVISIBLE = re.compile("[\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SPACED = re.compile(r"\S(?: \S){3,}(?:\s{2,}\S(?: \S)*)*")
_PAGE = re.compile(
    r"(?:.{0,60}[-–—|]\s*)?(?:(?:page|seite|p\.)\s*)?\d{1,2}\s*(?:/|of|von)\s*\d{1,2}|(?:page|seite)\s*\d{1,2}|"
    r".{0,80}©.{0,60}\b(?:page|seite)\s*\d{1,2}\s*(?:/|of|von)\s*\d{1,2}|[-–—]\s*\d{1,2}\s*[-–—]",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\b(?:page|seite|página|pagina)\s*\d{1,2}\s*(?:/|of|von|de|di|sur)\s*\d{1,2}(?=\W*$)", re.IGNORECASE
)
_LONGEST_FOOT = 200
_LONE_ADDRESS = re.compile(r"(?:https?://\S+|[\w.+-]+@[\w.-]+\.\w+)")
_FULL = 0.8
_BULLET = re.compile(rf"\s*(?:[•·∙⋅‧●○◦▪▫■□◆◇⬥♦►▶▸‣⁃➢➤✓✔✦★*{ICON}>»–—-](?:\s+|(?=[A-Z][a-z]))|o\s+(?=[A-Z]))\s*")

# What OCR makes of a bullet; "e " is a word in some languages, and a sign only beside others.
_MISREAD = re.compile(r"^\s*(?:[«¢©]\s*(?=[^\W\d_])(?!.*»)|e\s+(?=[A-Z]))")
_FEWEST_SIGNS = 2
_FEWEST_WORDS = 3


def clean(text: str) -> str:
    """The text with plain spaces, without invisible characters, and with an ``ICON`` for each picture."""
    text = _PRIVATE.sub(ICON, text)
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _INVISIBLE.sub("", _SPACES.sub(" ", text))


def lines_of(text: str) -> list[str]:
    """The lines of a cleaned text that say something: no blank lines, no page numbers."""
    told = [part for line in text[:_LONGEST_TEXT].splitlines() for part in _wrapped(line.strip(" \r\x0b\x0c"))]
    lines = [_joined_letters(line) for line in told]
    return [line for line in lines if line.strip(f"{ICON} \t") and not _PAGE.fullmatch(line.strip())]


def _wrapped(line: str) -> list[str]:
    """A line in parts of a bounded length, so that no text takes the patterns more than its share of time."""
    if len(line) <= _LONGEST_LINE:
        return [line]
    return textwrap.wrap(line, _LONGEST_LINE, break_on_hyphens=False)


def without_addresses(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and apart from them the addresses behind words that extraction put at the end."""
    end = len(lines)
    while end and _LONE_ADDRESS.fullmatch(lines[end - 1].strip()):
        end -= 1
    # A short text that consists of little else is no list of hidden links.
    return (lines[:end], lines[end:]) if end >= 3 else (lines, [])


def without_feet(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and apart from them the feet of pages, which end with the page's number, without that."""
    feet = [line for line in lines if len(line) <= _LONGEST_FOOT and not is_bullet(line) and _FOOT.search(line)]
    return [line for line in lines if line not in feet], [_FOOT.sub("", line).strip() for line in feet]


def with_bullets(lines: list[str]) -> list[str]:
    """A section's lines, with a bullet for what OCR read in its place where several lines begin so."""
    begun = [match for line in lines if not is_url(line) and (match := _MISREAD.match(line))]
    are_words = all(match.group().strip() == "e" for match in begun)
    if len(begun) < (_FEWEST_WORDS if are_words else _FEWEST_SIGNS):
        return lines
    return [line if is_url(line) else _MISREAD.sub("• ", line, count=1) for line in lines]


def is_bullet(line: str) -> bool:
    """Whether the line opens an item of a list."""
    return _BULLET.match(line) is not None


def wraps(line: str, above: str, width: int) -> bool:
    """Whether a line goes on with the item that ends in the line above it, in a text of so many characters' width."""
    return not is_bullet(line) and (line[:1].islower() or len(above) > _FULL * width)


def unbulleted(line: str) -> str:
    """The line without the signs of a list at its beginning."""
    while match := _BULLET.match(line):
        line = line[match.end() :]
    return line.replace(ICON, " ").strip()


def paragraph_text(lines: list[str]) -> str:
    """Wrapped lines as one paragraph."""
    return re.sub(r"\s+", " ", " ".join(line.replace(ICON, " ") for line in lines)).strip()


def with_commas(line: str) -> str:
    """The line with the comma of Arabic, Persian and Urdu as the one that the rules know."""
    return line.replace("\u060c", ",")


def pieces(line: str) -> list[str]:
    """The parts of a line between its separators."""
    return [piece for part in SEPARATOR.split(line) if (piece := part.strip(f" ,;{ICON}"))]


def _joined_letters(line: str) -> str:
    """A line whose letters are spaced out ("J A N E   D O E") as words."""
    if not _SPACED.fullmatch(line) or sum(character.isalpha() for character in line) < 4:
        return line
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", line))
