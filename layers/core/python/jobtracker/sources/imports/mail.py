"""Job-alert mails (.eml): LinkedIn's, Indeed's, and what others send in the same manner. No host is asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from itertools import islice
from typing import Final

import lxml.etree
import lxml.html

from jobtracker.sources.imports import cards, identity
from jobtracker.sources.imports.cards import Line
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import LARGEST_CONTENT, How, RefusedError
from jobtracker.sources.source import Record, each

_MOST_PARTS: Final = 100
_LARGEST_PART: Final = 2_000_000
_MOST_LINES: Final = 5_000
# What the standard library's parser may come to with a mail that is none.
_UNREADABLE: Final = (
    MessageError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip
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
_BLOCKS: Final = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
     "td", "th", "thead", "tr", "ul")
)  # fmt: skip
_NOT_SHOWN: Final = frozenset(("script", "style", "head", "title", "template"))
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SIZE: Final = re.compile(r"font-size\s*:\s*(\d{1,3})", re.IGNORECASE)
_HEADINGS: Final = {"h1": 8.0, "h2": 7.0, "h3": 6.0, "h4": 5.0, "b": 4.0, "strong": 4.0}
_SPACE: Final = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f]+")
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
    try:
        message = message_from_bytes(mail, policy=policy.default)
        parts = list(islice(message.walk(), _MOST_PARTS))
        texts = [(part.get_content_type(), _text(part)) for part in parts if _is_text(part)]
        subject = " ".join(_header(part, "subject") for part in parts)
        sender = " ".join(_header(part, "from") for part in parts)
        sent = next((date for part in reversed(parts) if (date := _date(part))), None)
    except _UNREADABLE as error:
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


def _text_lines(text: str) -> Iterator[Line]:
    for raw in text.splitlines():
        # A forwarded mail is quoted.
        line = raw.lstrip("> \t").rstrip()
        if _RULE.fullmatch(line):
            yield Line("", breaks=True)
            continue
        found = _URL.search(line)
        plain = _SPACE.sub(" ", _URL.sub(" ", line)).strip(" :|-–*")
        yield Line(plain, found[1].rstrip(".,;") if found else None, breaks=not line)


def _html_lines(text: str) -> Iterator[Line]:
    """The lines that a person sees, each with the innermost link around it and with how much it stands out."""
    try:
        # As bytes: text that declares an encoding is refused.
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return
    pieces: list[str] = []
    weight, href = 0.0, None
    links: list[str] = []
    weights: list[float] = [0.0]
    walk = lxml.etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        ends_line = node.tag in _BLOCKS or node.tag == "a"
        if ends_line and (line := _SPACE.sub(" ", "".join(pieces)).strip()):
            yield Line(line, href, weight)
        if ends_line:
            pieces, weight, href = [], 0.0, None
        if event == "start":
            style = str(node.get("style") or "")
            if node.tag in _NOT_SHOWN or _HIDDEN.search(style):
                walk.skip_subtree()
                weights.append(weights[-1])
                links += [links[-1] if links else ""]
                continue
            links.append(str(node.get("href") or "") if node.tag == "a" else links[-1] if links else "")
            weights.append(max(weights[-1], _weight(node.tag, style)))
            piece = node.text
        else:
            links.pop()
            weights.pop()
            piece = node.tail
        if piece and piece.strip():
            weight, href = max(weight, weights[-1]), (links[-1] if links else "") or href
        pieces.append(piece or "")
    if line := _SPACE.sub(" ", "".join(pieces)).strip():
        yield Line(line, href, weight)


def _weight(tag: object, style: str) -> float:
    size = _SIZE.search(style)
    return max(
        _HEADINGS.get(str(tag), 0.0),
        4.0 if _BOLD.search(style) else 0.0,
        (int(size[1]) - 14) / 2 if size and int(size[1]) > 16 else 0.0,
    )
