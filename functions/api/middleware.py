"""What happens around every request: correlation id, closed back door, security headers, unexpected errors."""

import hmac
import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.api.errors import UNEXPECTED, WrongOriginError, answer_of, problem
from jobtracker.aws.observability import logger

CORRELATION_HEADER: Final = "x-correlation-id"
ORIGIN_HEADER: Final = "x-origin-secret"
# What a client may choose as its correlation id: it ends in logs and messages, so nothing that could forge a line.
_CORRELATION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Around:
    """ASGI middleware. ``origin_secret`` gives the secret that the front door adds, or None where there is none."""

    def __init__(self, app: ASGIApp, origin_secret: Callable[[], str | None]) -> None:
        self._app = app
        self._origin_secret = origin_secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        correlation_id = _correlation_id(headers)
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        logger().set_correlation_id(correlation_id)
        started = False
        status = 500
        began = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal started, status
            if message["type"] == "http.response.start":
                started = True
                status = message["status"]
                _add_headers(message, correlation_id)
            await send(message)

        try:
            if self._refused(headers):
                await problem(answer_of(WrongOriginError()))(scope, receive, send_with_headers)
                return
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            _log(error, scope)
            if started:
                raise
            await problem(UNEXPECTED)(scope, receive, send_with_headers)
        finally:
            _log_request(scope, status, time.perf_counter() - began)

    def _refused(self, headers: Headers) -> bool:
        secret = self._origin_secret()
        if secret is None:
            return False
        return not hmac.compare_digest(headers.get(ORIGIN_HEADER, "").encode(), secret.encode())


def _correlation_id(headers: Headers) -> str:
    given = headers.get(CORRELATION_HEADER, "")
    return given if _CORRELATION.fullmatch(given) else uuid4().hex


def _add_headers(message: Message, correlation_id: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers[CORRELATION_HEADER] = correlation_id


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """Log one request by its route: the path itself may name somebody's resume or posting."""
    route = getattr(scope.get("route"), "path", None)
    milliseconds = round(seconds * 1000, 1)
    logger().info("request", extra={"method": scope["method"], "route": route, "status": status, "ms": milliseconds})


def _log(error: Exception, scope: Scope) -> None:
    """Log what failed and where. An error's message can hold what a person sent, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    route = scope.get("route")
    logger().error(
        "Unexpected error",
        extra={
            "error_type": f"{type(error).__module__}.{type(error).__qualname__}",
            "where": where,
            "method": scope["method"],
            "route": getattr(route, "path", None),
        },
    )
