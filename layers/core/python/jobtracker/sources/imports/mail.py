"""Job-alert mails (.eml): LinkedIn's, Indeed's, and what others send in the same manner. No host is asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import Final

from jobtracker.sources.imports import cards, identity, shown
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import LARGEST_CONTENT, How, RefusedError
from jobtracker.sources.imports.naming import UNREADABLE, ShortHeaders
from jobtracker.sources.imports.shown import Line
from jobtracker.sources.source import Record, each

_MOST_PARTS: Final = 100
_LARGEST_PART: Final = 2_000_000
# Lines that may part a mail: the parser takes long for each.
_MOST_DASHES: Final = 3_000
_MOST_LINES: Final = 5_000
_ALERT: Final = re.compile(
    r"job ?alerts?|jobalerts?|alert for .{0,60}jobs|\b(?:new|latest|recommended|matching|similar|more) "
    r"(?:\w+[ -]){0,4}(?:jobs?|vacanc\w+|roles|openings|positions)\b|"
    r"\bjobs? (?:\w+ )?(?:for you|that match|match(?:es|ing)?\b|you may)|\bis hiring\b|"
    r"job matches|matches your (?:job )?(?:alert|search|profile|preferences)|"
    r"job-?(?:agent|mail|newsletter|benachrichtigung)|suchauftrag|neue (?:jobs|stellen)|passende (?:jobs|stellen)|"
    r"nouvelles offres|alerte (?:emploi|job)|offres d.emploi|nuev[oa]s (?:empleos|ofertas)|alerta de empleo|"
    r"nieuwe vacatures|vacature ?alert",
    re.IGNORECASE,
)
_APPLICATION: Final = re.compile(
    r"your application|application (?:was |has been )?(?:received|sent|submitted|viewed|update)|thank(?:s| you) for "
    r"(?:applying|your (?:application|interest))|\binterview\b|(?:deine|ihre) bewerbung|votre candidature|"
    r"tu candidatura",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"[<(\[]?(https?://[^\s<>\"\])]+)[>)\]]?")
_RULE: Final = re.compile(r"[-_=*~]{3,}")
# Bytes that are text in another sense until they are decoded as they say.
_STATEFUL: Final = ("utf-7", "utf-16", "utf-32", "iso-2022", "hz")


def postings_of(mail: bytes, now: datetime) -> Brought:
    """The postings of a job alert.

    Args:
        mail: all of it, as it was sent, or as it was forwarded.
        now: the time, in UTC.

    Raises:
        RefusedError: it is none, is too large, or lists nothing that can be read.
    """
    if len(mail) > LARGEST_CONTENT:
        raise RefusedError("The mail is larger than any job alert.")
    if mail.count(b"\n--") > _MOST_DASHES:
        raise RefusedError("The mail has more parts than any job alert.")
    try:
        message = message_from_bytes(mail, policy=ShortHeaders())
        parts = list(islice(message.walk(), _MOST_PARTS))
        texts = [(part.get_content_type(), _text(part)) for part in parts if _is_text(part)]
        subject = " ".join(_header(part, "subject") for part in parts)
        sender = " ".join(_header(part, "from") for part in parts)
        sent = next((date for part in reversed(parts) if (date := _date(part))), None)
    except UNREADABLE as error:
        raise RefusedError("This is no mail that can be read.") from error
    if _APPLICATION.search(subject):
        raise RefusedError("This mail is about an application and no job alert.")
    for kind, lines_of in (("text/html", _html_lines), ("text/plain", _text_lines)):
        chosen = [text for one, text in texts if one == kind]
        lines = [line for text in chosen for line in islice(lines_of(text), _MOST_LINES)]
        if not _ALERT.search("\n".join((sender, subject, *(line.text for line in lines)))):
            continue
        records: list[Record] = list(each(cards.of(lines), lambda card: cards.read(card, min(sent or now, now))))
        if found := identity.distinct(records):
            return Brought(found, How.MAIL, identity.reasons(records))
    raise RefusedError("This mail is no job alert that can be read: no postings with their own links were found in it.")


def _is_text(part: Message) -> bool:
    return part.get_content_type() in {"text/html", "text/plain"} and part.get_content_disposition() != "attachment"


def _text(part: Message) -> str:
    """The part's text. What a mail says of its encoding is often wrong, and UTF-8 is hard to mistake for anything."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[:_LARGEST_PART]
    stated = (part.get_content_charset() or "utf-8").lower()
    order = [stated, "utf-8"] if stated.startswith(_STATEFUL) else ["utf-8", stated]
    for encoding in order:
        try:
            return payload.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return payload.decode("cp1252", "replace")


def _header(part: Message, name: str) -> str:
    return str(part.get(name) or "")


def _date(part: Message) -> datetime | None:
    header = part.get("date")
    date = getattr(header, "datetime", None)
    if not isinstance(date, datetime):
        return None
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _html_lines(text: str) -> Iterator[Line]:
    tree = shown.parsed(text)
    return iter(()) if tree is None else shown.lines(tree)


def _text_lines(text: str) -> Iterator[Line]:
    for raw in text.splitlines():
        # A forwarded mail is quoted.
        line = raw.lstrip("> \t").rstrip()
        if _RULE.fullmatch(line):
            yield Line("", breaks=True)
            continue
        found = _URL.search(line)
        plain = shown.in_one_line(_URL.sub(" ", line)).strip(" :|-–*")
        yield Line(plain, found[1].rstrip(".,;") if found else None, breaks=not line)
