"""Cursors: where the next page of a query begins, opaque to who carries it."""

import base64
import binascii
import hashlib

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobtracker.catalog.model import InvalidCursorError, Query

# Nobody reads on to here; what does is a machine, and deep pages cost memory.
MAX_OFFSET = 10_000


class Cursor(BaseModel):
    """The offset of the next page, the index version it was counted in, and a hash of the query it belongs to."""

    model_config = ConfigDict(extra="forbid")

    v: str
    o: int = Field(ge=0, le=MAX_OFFSET)
    q: str


def write(query: Query, index_version: str, offset: int) -> str:
    """The cursor of the page of ``query`` that begins at ``offset``."""
    cursor = Cursor(v=index_version, o=offset, q=_fingerprint(query))
    return base64.urlsafe_b64encode(cursor.model_dump_json().encode()).decode().rstrip("=")


def read(query: Query) -> int:
    """The offset that the query's cursor stands for; 0 without one.

    A cursor of an earlier index is read on in the present one: a catalog that grows while somebody pages through it
    is no error of theirs, and the page says which index it came from.

    Raises:
        InvalidCursorError: it is no cursor, or belongs to another query.
    """
    if query.cursor is None:
        return 0
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
        cursor = Cursor.model_validate_json(raw)
    except (ValueError, binascii.Error, ValidationError) as error:
        raise InvalidCursorError("this is not a cursor of a search") from error
    if cursor.q != _fingerprint(query):
        raise InvalidCursorError("this cursor belongs to another search")
    return cursor.o


def _fingerprint(query: Query) -> str:
    asked = query.model_dump_json(exclude={"cursor", "limit"})
    return hashlib.sha256(asked.encode(errors="replace")).hexdigest()[:12]
