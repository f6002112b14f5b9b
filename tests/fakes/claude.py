"""Anthropic's Messages API as it speaks over the wire: real HTTP, with the faults that a test asks for."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Said:
    """One answer of the model: ``text`` is what it says, with the reason why it stopped."""

    text: str
    stop_reason: str = "end_turn"
    pause_s: float = 0.0


@dataclass(frozen=True)
class Fault:
    """An answer that is an error. The SDK is told to try again at once, where it may."""

    status: int
    kind: str = "api_error"


@dataclass
class FakeClaude:
    """The service. Its replies are given in order, the last one again and again; ``asked`` holds the bodies."""

    url: str
    replies: list[Said | Fault] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, *replies: Said | Fault) -> None:
        """Set what it replies."""
        self.replies = list(replies)

    def next(self) -> Said | Fault:
        """The reply to the next request."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: FakeClaude

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.path != "/v1/messages":
            self._send(404, {"type": "error", "error": {"type": "not_found_error", "message": self.path}})
            return
        self.service.asked.append(body)
        self.service.headers.append(headers)
        reply = self.service.next()
        if isinstance(reply, Fault):
            error = {"type": "error", "error": {"type": reply.kind, "message": reply.kind}, "request_id": "req_fake"}
            self._send(reply.status, error)
            return
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
            "usage": {"input_tokens": 812, "output_tokens": 64},
        }
        self._send(200, message)

    def _send(self, status: int, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        try:
            self.send_response_only(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("request-id", "req_fake")
            # Milliseconds, so that no test waits for the back-off that the SDK would choose.
            self.send_header("retry-after-ms", "5")
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


@contextmanager
def fake_claude() -> Iterator[FakeClaude]:
    """The service at an address of this machine, for as long as the block lasts."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
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
