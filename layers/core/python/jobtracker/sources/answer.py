"""What a host answered: read within bounds, unpacked piece by piece, and decoded whatever it says of itself."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

import httpx
import webencodings

from jobtracker.sources.model import UNCONDITIONAL, SourceError, SourceStatus, Validators

_PIECE: Final = 256_000
_HEAD: Final = 2_048
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_WRITTEN_IN: Final = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Encodings in which text may be valid UTF-8 by its bytes and mean something else.
_NOT_ASCII: Final = ("utf-16", "iso-2022")
# Longer than this nobody waits, whatever a host asks for.
LONGEST_HOLD: Final = timedelta(days=7)
_UNITS: Final = (("a day", "days", 86_400), ("an hour", "hours", 3_600), ("a minute", "minutes", 60))


@dataclass(frozen=True, slots=True)
class Response:
    """A source's answer. ``body`` is None when it has not changed since the validators that it was asked with.

    Attributes:
        url: where it came from, after redirects.
        content_type: what the header of that name says; empty where there is none.
        next_url: the whole address of the page that follows, where the header ``Link`` names one.
    """

    url: str
    body: bytes | None
    validators: Validators = UNCONDITIONAL
    content_type: str = ""
    next_url: str | None = None

    def text(self) -> str:
        """The body as text; what cannot be decoded becomes a replacement character.

        A mark at its beginning decides. What is UTF-8 by its bytes is UTF-8, for that does not happen by chance and
        hosts often say otherwise. Else the header decides, then what the body says of itself.
        """
        body = self.body or b""
        named = _CHARSET.search(self.content_type)
        written = None if named else _WRITTEN_IN.search(body[:_HEAD])
        label = named[1] if named else (written[1] or written[2]).decode() if written else "utf-8"
        encoding = webencodings.lookup(label) or webencodings.UTF8
        if not body.startswith(_MARKS) and not encoding.name.startswith(_NOT_ASCII):
            try:
                return body.decode("utf-8")
            except UnicodeDecodeError:
                pass
        return webencodings.decode(body, encoding, "replace")[0]


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer before it is judged; only that of a success has its body read."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def validators(self) -> Validators:
        """What to ask with next time."""
        return Validators(etag=self.headers.get("etag"), last_modified=self.headers.get("last-modified"))

    @property
    def told(self) -> str | None:
        """What Retry-After says, as it is written."""
        return self.headers.get("retry-after")

    @property
    def next_url(self) -> str | None:
        """Where the page that follows is, as the header ``Link`` says (RFC 8288)."""
        link = self.headers.get("link")
        target = httpx.Response(self.status, headers={b"link": link.encode()}).links.get("next") if link else None
        try:
            return urljoin(self.url, target["url"]) if target else None
        except ValueError:
            return None

    def wait(self, now: datetime) -> timedelta | None:
        """How long Retry-After asks to wait (seconds or a date, RFC 9110); None where it says nothing sensible."""
        if self.told is None:
            return None
        try:
            seconds = float(self.told)
        except ValueError:
            try:
                seconds = (_in_utc(parsedate_to_datetime(self.told)) - now).total_seconds()
            except (ValueError, TypeError, OverflowError):
                return None
        # A comparison with nan is false.
        if not seconds >= 0:
            return None
        return timedelta(seconds=min(seconds, LONGEST_HOLD.total_seconds()))


def span(wait: timedelta) -> str:
    """How long that is, in words: "a minute", "15 minutes", "2 hours"."""
    seconds = wait.total_seconds()
    for one, several, size in _UNITS:
        # 59 minutes and 50 seconds are an hour.
        if round(seconds / size, 1) >= 1:
            count = round(seconds / size)
            return one if count == 1 else f"{count} {several}"
    return "a second" if round(seconds) == 1 else f"{round(seconds)} seconds"


def read(url: str, answer: httpx.Response, most: int, *, cut: bool = False) -> Raw:
    """An answer's status and headers, and a success's body of ``most`` bytes.

    Args:
        url: where it came from.
        answer: the answer, of which nothing was read yet.
        most: the bound of the body after decompression.
        cut: whether a longer body ends there instead of being refused.

    Raises:
        SourceError: the body is too large, cut off or not compressed as it says.
    """
    status = answer.status_code
    if status != httpx.codes.OK:
        return Raw(url, status, answer.headers, b"")
    body = bytearray()
    for piece in _decompressed(answer, most if not cut else None):
        body += piece
        if len(body) > most:
            if cut:
                break
            raise _too_large(most)
    return Raw(url, status, answer.headers, bytes(body[:most]))


def _decompressed(answer: httpx.Response, most: int | None) -> Iterator[bytes]:
    """The body in pieces of a bounded size, however far a few bytes may expand."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    promised = answer.headers.get("content-length", "")
    # What says beforehand that it is too large need not be fetched to be believed.
    if most is not None and promised.isdecimal() and int(promised[:20]) > most:
        raise _too_large(most)
    if coding == "identity":
        yield from answer.iter_raw()
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise _failing(f"the answer is compressed in an unknown way ({coding[:40]})")
    expand = _expander()
    try:
        for piece in answer.iter_raw():
            rest = piece
            # Several compressed parts in a row are one body, and zeros between them are padding.
            while rest := rest.lstrip(b"\0") if expand.eof else rest:
                if expand.eof:
                    expand = _expander()
                yield expand.decompress(rest, _PIECE)
                rest = expand.unused_data or expand.unconsumed_tail
        yield expand.flush()
    except zlib.error as error:
        raise _failing("the answer is not compressed as it says") from error
    if not expand.eof:
        raise _failing("the answer was cut off")


def _expander() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _too_large(most: int) -> SourceError:
    return _failing(f"the answer is larger than {most / 1_000_000:g} MB")


def _failing(reason: str) -> SourceError:
    return SourceError(SourceStatus.FAILING, reason)
