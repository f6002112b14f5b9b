"""Password hashes: bcrypt, 12 rounds."""

import base64
import hashlib
import unicodedata
from typing import Final

import bcrypt

ROUNDS: Final = 12
_LONGEST: Final = 72
# Compared with when an e-mail address has no account, so that the answer takes as long as for one that has.
_NOBODY: Final = "$2b$12$J4tm.lDIY/tmsVBWJdqrD.D1AGzreyBeyJZm2TKF5sb/1YCupMxw2"


def hash_password(password: str) -> str:
    """A new salted hash of the password."""
    return bcrypt.hashpw(_prepared(password), bcrypt.gensalt(ROUNDS)).decode("ascii")


def matches(password: str, hashed: str | None) -> bool:
    """Whether the password is the one that was hashed; against None it never is, and takes as long to say so."""
    same = bcrypt.checkpw(_prepared(password), (hashed or _NOBODY).encode("ascii"))
    return same and hashed is not None


def _prepared(password: str) -> bytes:
    """The bytes for bcrypt, which reads 72 at most: longer ones go in as their SHA-256 (in base64: no zero bytes).

    The same password typed on two keyboards may differ in bytes, hence the normal form.
    """
    raw = unicodedata.normalize("NFKC", password).encode()
    return raw if len(raw) <= _LONGEST and b"\0" not in raw else base64.b64encode(hashlib.sha256(raw).digest())
