"""A host of job postings that answers over real HTTP as its test wants it to, faults included."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer. ``promised`` is a Content-Length other than the body's; ``pause_s`` passes before each of
    ``pieces`` pieces of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None
    pieces: int = 1
    pause_s: float = 0.0


@dataclass(frozen=True)
class Request:
    """What was asked; header names in lower case."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


Reply = Answer | Callable[[Request], Answer]


class JobBoard:
    """The host. Answers of a path are given in order, the last one again and again; other paths are 404.

    Attributes:
        url: where it is.
        host: its "host:port", as a guard's list of allowed hosts takes it.
        requests: what it was asked, but for robots.txt.
        robots_requests: how often its robots.txt was asked for.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.host = url.partition("://")[2]
        self.requests: list[Request] = []
        self.robots_requests = 0
        self._replies: dict[str, list[Reply]] = {}

    def answer(self, path: str, *replies: Reply) -> str:
        """Set the answers of ``path``, with its query or for whatever query; gives its whole address.

        A function in place of an answer is given the request: for what depends on the body that was posted.
        """
        self._replies[path] = list(replies)
        return self.url + path

    def next(self, request: Request) -> Answer:
        """The answer to ``request``."""
        bare = request.path.partition("?")[0]
        if bare == "/robots.txt":
            self.robots_requests += 1
        else:
            self.requests.append(request)
        replies = self._replies.get(request.path) or self._replies.get(bare) or [Answer(status=404)]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        return reply if isinstance(reply, Answer) else reply(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    board: JobBoard

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _reply(self, body: bytes = b"") -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.board.next(Request(self.path, headers, self.command, body))
        self.close_connection = True
        # http.server knows no 999, by which LinkedIn refuses.
        self.send_response_only(answer.status, "Status")
        if answer.status != 304:
            length = len(answer.body) if answer.promised is None else answer.promised
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        size = max(1, -(-len(answer.body) // answer.pieces))
        try:
            for start in range(0, len(answer.body), size):
                time.sleep(answer.pause_s)
                self.wfile.write(answer.body[start : start + size])
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


@contextmanager
def job_board(tls: SSLContext | None = None) -> Iterator[JobBoard]:
    """A host at an address of this machine, for as long as the block lasts; behind TLS where its side is given."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    board = JobBoard(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}")
    handler.board = board  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield board
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
