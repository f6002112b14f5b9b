"""What an import is called, in words of others: a mail's subject and sender, a file's name. All of it is untrusted."""

import unicodedata
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import Final, NamedTuple

LONGEST_NAME: Final = 200
# Far more than the headers of any mail; what follows is not looked at.
_HEAD: Final = 200_000
_LONGEST_HEADER: Final = 2_000
# What the standard library's parser may come to with a mail that is none.
UNREADABLE: Final = (
    MessageError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip


class ShortHeaders(EmailPolicy):
    """Headers cut to a bearable length: reading one takes the square of it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


class Heading(NamedTuple):
    """What a mail is about, and who says that it sent it: the name, else the address."""

    subject: str | None = None
    sender: str | None = None


def in_short(words: str | None) -> str | None:
    """Words as one line of a bearable length; None where nothing is left. Signs that are not seen are left out: some of
    them turn the words after them around, and some cannot be stored."""
    shown = (sign for sign in words or "" if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    seen = " ".join("".join(shown).split())
    if not seen:
        return None
    return seen if len(seen) <= LONGEST_NAME else f"{seen[: LONGEST_NAME - 1].rstrip()}…"


def heading(mail: bytes) -> Heading:
    """Subject and sender, as the mail's own headers state them; without what cannot be read."""
    try:
        message = BytesHeaderParser(EmailMessage, policy=ShortHeaders()).parsebytes(mail[:_HEAD])
        name, address = parseaddr(str(message.get("from") or ""))
        return Heading(in_short(str(message.get("subject") or "")), in_short(name) or in_short(address))
    except UNREADABLE:
        return Heading()
