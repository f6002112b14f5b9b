"""Answers that a browser may keep, and ask for by whether they changed (RFC 9110)."""

import hashlib
from typing import TypeVar

from fastapi import Request, Response, status
from pydantic import BaseModel

Body = TypeVar("Body", bound=BaseModel)


def tag(*parts: str) -> str:
    """The ETag of what these parts determine."""
    together = "\n".join(parts).encode(errors="replace")
    return f'"{hashlib.sha256(together).hexdigest()[:24]}"'


def unchanged(request: Request, response: Response, etag: str, *, fresh_seconds: int = 0) -> Response | None:
    """Mark ``response`` with its ETag; the answer to send in its place where the client has it already.

    Args:
        request: what was asked.
        response: the answer to be.
        etag: as ``tag`` makes it; of what is one person's it must hold the person.
        fresh_seconds: how long a browser may show the answer without asking again.
    """
    kept = f"private, max-age={fresh_seconds}" if fresh_seconds else "private, no-cache"
    response.headers.update({"etag": etag, "cache-control": kept, "vary": "authorization"})
    known = request.headers.get("if-none-match", "")
    if etag not in known:
        return None
    return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=dict(response.headers))


def of_person(person_id: str, body: Body, request: Request, response: Response) -> Body:
    """``body`` as the answer to this person; 304 in its place where the person's client has it already."""
    kept = unchanged(request, response, tag(person_id, body.model_dump_json()))
    return body if kept is None else kept  # type: ignore[return-value]
