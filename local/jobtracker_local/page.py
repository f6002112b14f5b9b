"""The page's origin: the website's files and ``/api`` behind one address, as CloudFront serves them on AWS.

Everything else of the emulator stays on its own port. Only uploads come through here too, because a browser
posts a resume straight to the bucket and one address is what people forward out of a container.
"""

import asyncio
import json
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from infra.headers import security_headers
from jobtracker_local.model import Deployment
from jobtracker_local.options import Options

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_SECRET_HEADER = b"x-origin-secret"
_NOT_BUILT = b"<!doctype html><title>Job Tracker</title><p>The page is not built yet: run <code>make run</code>."


def page_headers(options: Options) -> list[tuple[bytes, bytes]]:
    """The headers that CloudFront's response policy adds; resumes are posted to this very origin here."""
    uploads = [f"http://{host}:{options.page_port}" for host in ("127.0.0.1", "localhost")]
    return [(name.encode(), value.encode()) for name, value in security_headers(uploads).items()]


class Page:
    """An ASGI application over the emulator's own."""

    def __init__(self, options: Options, emulator: Application) -> None:
        self._options = options
        self._emulator = emulator
        self._headers = page_headers(options)
        self._deployment = Deployment()
        self._seen = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path == "/api" or path.startswith("/api/"):
            await self._api(scope, receive, send)
        elif self._is_bucket(path):
            await self._emulator(scope, receive, send)
        else:
            await self._file(scope["method"], path, send)

    def deployment(self) -> Deployment:
        """What is deployed now; the file is read again when a deployment rewrote it."""
        try:
            written = self._options.deployment_file.stat().st_mtime_ns
            if written != self._seen:
                self._deployment = Deployment.model_validate_json(self._options.deployment_file.read_text())
                self._seen = written
        except (OSError, ValueError):
            self._deployment, self._seen = Deployment(), 0
        return self._deployment

    def _is_bucket(self, path: str) -> bool:
        return path.lstrip("/").split("/", 1)[0] in self.deployment().buckets

    async def _api(self, scope: Scope, receive: Receive, send: Send) -> None:
        deployment = self.deployment()
        if deployment.api_id is None:
            problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503}
            body = json.dumps(problem | {"detail": "The local cloud is still being deployed."}).encode()
            await _answer(send, 503, [(b"content-type", b"application/problem+json")], body)
            return
        prefix = f"/_aws/execute-api/{deployment.api_id}/$default"
        # A caller must not be able to pass the secret itself: only this door adds it, as CloudFront does.
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != _SECRET_HEADER]
        if deployment.origin_secret:
            headers.append((_SECRET_HEADER, deployment.origin_secret.encode()))
        path: str = scope["path"]
        raw = prefix.encode() + (scope.get("raw_path") or path.encode())
        inner = scope | {"path": prefix + path, "raw_path": raw, "headers": headers}
        await self._emulator(inner, receive, send)

    async def _file(self, method: str, path: str, send: Send) -> None:
        if method not in {"GET", "HEAD"}:
            await _answer(send, 405, [(b"allow", b"GET, HEAD"), *self._headers], b"")
            return
        # The demo login is written beside the data by the main job, so that no build of the page can contain it.
        demo = path == f"/{self._options.demo_login.name}"
        website = self._options.folder if demo else self._options.website
        found = await asyncio.to_thread(_find, website, path)
        if found is None:
            missing = not Path(path).suffix
            plain = b"text/html; charset=utf-8" if missing else b"text/plain; charset=utf-8"
            text = _NOT_BUILT if missing else b"Not found"
            await _answer(send, 503 if missing else 404, [(b"content-type", plain), *self._headers], text)
            return
        file, body = found
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("javascript", "json")):
            kind += "; charset=utf-8"
        # Vite names what is in assets/ by its content, so those files never change.
        fixed = file.parent.name == "assets"
        cache = b"public, max-age=31536000, immutable" if fixed else b"no-cache"
        headers = [(b"content-type", kind.encode()), (b"cache-control", cache), *self._headers]
        await _answer(send, 200, headers, body, head=method == "HEAD")


def _find(website: Path, path: str) -> tuple[Path, bytes] | None:
    """The file for a path; paths without an extension are the application's own routes."""
    root = website.resolve()
    file = (root / path.lstrip("/")).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        if Path(path).suffix:
            return None
        file = root / "index.html"
    try:
        return file, file.read_bytes()
    except OSError:
        return None


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, head: bool = False
) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if head else body, "more_body": False})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
