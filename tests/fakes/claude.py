"""Anthropic's Messages API as it speaks over the wire, by itself and on Bedrock: real HTTP, with faults on demand."""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import unquote

_BEDROCK: Final = re.compile(r"^/model/([^/]+)/invoke$")


@dataclass(frozen=True)
class Said:
    """One answer of the model: ``text`` is what it says, with the reason why it stopped and what it is charged as."""

    text: str
    stop_reason: str = "end_turn"
    pause_s: float = 0.0
    input_tokens: int = 812
    output_tokens: int = 64
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0


@dataclass(frozen=True)
class Fault:
    """An answer that is an error. The SDK is told to try again at once, where it may, or as ``retry_after`` says."""

    status: int
    kind: str = "api_error"
    retry_after: str | None = None


@dataclass(frozen=True)
class Reset:
    """The connection is cut when the request was read: nobody knows whether it was answered."""


@dataclass(frozen=True)
class Junk:
    """Success by its status, and nothing that the service would say."""

    body: str = "<html>Welcome to the hotel's network</html>"
    content_type: str = "text/html"


Reply = Said | Fault | Reset | Junk


@dataclass
class FakeClaude:
    """The service. Its replies are given in order, the last one again and again, or chosen by the body.

    ``asked`` holds the bodies and ``charged`` what was charged for, whether or not the answer arrived.
    """

    url: str
    replies: list[Reply] = field(default_factory=list)
    chooses: Callable[[dict[str, Any]], Reply] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    charged: list[Said] = field(default_factory=list)

    def says(self, *replies: Reply) -> None:
        """Set what it replies."""
        self.replies = list(replies)

    def next(self, body: dict[str, Any]) -> Reply:
        """The reply to the next request."""
        if self.chooses is not None:
            return self.chooses(body)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: FakeClaude

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        bedrock = _BEDROCK.match(self.path)
        if bedrock:
            body["model"] = unquote(bedrock[1])
        elif self.path != "/v1/messages":
            self._send(404, {"type": "error", "error": {"type": "not_found_error", "message": self.path}})
            return
        self.service.asked.append(body)
        self.service.headers.append(headers)
        reply = self.service.next(body)
        if isinstance(reply, Reset):
            # With a lingering time of nothing a socket that is closed says "reset", and not that this was the end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        if isinstance(reply, Junk):
            self._send_bytes(200, reply.body.encode(), reply.content_type, {})
            return
        if isinstance(reply, Fault):
            error = {"type": "error", "error": {"type": reply.kind, "message": reply.kind}, "request_id": "req_fake"}
            # Milliseconds, so that no test waits for the back-off that the SDK would choose.
            wait = {"retry-after-ms": "5"} if reply.retry_after is None else {"retry-after": reply.retry_after}
            self._send(reply.status, error, wait)
            return
        self.service.charged.append(reply)
        time.sleep(reply.pause_s)
        content = [{"type": "text", "text": reply.text, "citations": None}] if reply.text else []
        message = {
            "id": "msg_fake",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": reply.stop_reason,
            "stop_sequence": None,
            "usage": {
                "input_tokens": reply.input_tokens,
                "output_tokens": reply.output_tokens,
                "cache_creation_input_tokens": reply.cache_write_tokens,
                "cache_read_input_tokens": reply.cache_read_tokens,
            },
        }
        self._send(200, message)

    def _send(self, status: int, answer: dict[str, Any], more: Mapping[str, str] | None = None) -> None:
        self._send_bytes(status, json.dumps(answer).encode(), "application/json", more or {})

    def _send_bytes(self, status: int, data: bytes, content_type: str, more: Mapping[str, str]) -> None:
        try:
            self.send_response_only(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("request-id", "req_fake")
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A hundred connect at once.
    request_queue_size = 256


@contextmanager
def fake_claude() -> Iterator[FakeClaude]:
    """The service at an address of this machine, for as long as the block lasts."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    service = FakeClaude(f"http://127.0.0.1:{server.server_port}")
    handler.service = service  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
