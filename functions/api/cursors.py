"""Cursors: opaque to clients, and signed, so that only what this API handed out comes back in."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from jobtracker.catalog.model import InvalidCursorError

_SIGNATURE_BYTES: Final = 12


def seal(position: str, key: str) -> str:
    """The cursor for a position."""
    raw = position.encode()
    return base64.urlsafe_b64encode(_signature(raw, key) + raw).decode().rstrip("=")


def unseal(cursor: str, key: str) -> str:
    """The position of a cursor. Raises InvalidCursorError for anything that ``seal`` did not make with this key."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidCursorError from error
    signature, position = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(position, key)):
        raise InvalidCursorError
    return position.decode()


def _signature(position: bytes, key: str) -> bytes:
    return hmac.digest(b"cursor:" + key.encode(), position, hashlib.sha256)[:_SIGNATURE_BYTES]
