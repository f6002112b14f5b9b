"""Cursors: after which posting the next page of a query begins, opaque to who carries it."""

import base64
import binascii
import hashlib

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobtracker.catalog.model import InvalidCursorError, Query

# Nobody reads on to here by relevance; what does is a machine, and deep pages cost memory.
MAX_DEPTH = 10_000
# By as many of the postings shown last a page finds where it stood, should the very last one be gone.
ANCHORS = 3


class Cursor(BaseModel):
    """The last postings shown, the last one first, and its key in the order (a score, or an order key) in an index
    version; its ring around a place, where the order is by distance; how many were shown so far; and a hash of the
    query it belongs to."""

    model_config = ConfigDict(extra="forbid")

    v: str
    k: int | float
    d: int | None = None
    i: tuple[str, ...] = Field(min_length=1, max_length=ANCHORS)
    n: int = Field(ge=1)
    q: str


def write(query: Query, index_version: str, *, key: float, ring: int | None, last: tuple[str, ...], shown: int) -> str:
    """The cursor of the page of ``query`` that follows the postings shown ``last``."""
    cursor = Cursor(v=index_version, k=key, d=ring, i=last, n=shown, q=_fingerprint(query))
    return base64.urlsafe_b64encode(cursor.model_dump_json(exclude_none=True).encode()).decode().rstrip("=")


def read(query: Query) -> Cursor | None:
    """What the query's cursor stands for; None without one.

    A cursor of an earlier index is read on in the present one: a catalog that grows while somebody pages through it
    is no error of theirs, and the page says which index it came from.

    Raises:
        InvalidCursorError: it is no cursor, or belongs to another query.
    """
    if query.cursor is None:
        return None
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
        cursor = Cursor.model_validate_json(raw)
    except (ValueError, binascii.Error, ValidationError) as error:
        raise InvalidCursorError("this is not a cursor of a search") from error
    if cursor.q != _fingerprint(query):
        raise InvalidCursorError("this cursor belongs to another search")
    return cursor


def _fingerprint(query: Query) -> str:
    asked = repr(query.model_dump(exclude={"cursor", "limit"}))
    return hashlib.sha256(asked.encode(errors="replace")).hexdigest()[:12]
