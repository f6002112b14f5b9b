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

_BATCH: Final = re.compile(r"^/v1/messages/batches/([^/]+?)(/results)?$")
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


@dataclass(frozen=True)
class Ended:
    """How a request of a batch ends that is not answered: errored, expired, canceled, or with no line at all."""

    how: str


Reply = Said | Fault | Reset | Junk | Ended


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
    # Batches by id, with the requests of each; those that are ``busy`` have not ended.
    batches: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    busy: bool = False
    refuses_batches: Reply | None = None
    charged_at_half: list[Said] = field(default_factory=list)

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
        elif self.path == "/v1/messages/batches":
            self._take(body)
            return
        elif self.path != "/v1/messages":
            self._send(404, {"type": "error", "error": {"type": "not_found_error", "message": self.path}})
            return
        self.service.asked.append(body)
        self.service.headers.append(headers)
        reply = self.service.next(body)
        if self._fails(reply):
            return
        assert isinstance(reply, Said)
        self.service.charged.append(reply)
        time.sleep(reply.pause_s)
        self._send(200, _message(body, reply))

    def _fails(self, reply: Reply) -> bool:
        """Whether the reply is a fault, which is sent then."""
        if isinstance(reply, Reset):
            # With a lingering time of nothing a socket that is closed says "reset", and not that this was the end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return True
        if isinstance(reply, Junk):
            self._send_bytes(200, reply.body.encode(), reply.content_type, {})
            return True
        if isinstance(reply, Fault):
            error = {"type": "error", "error": {"type": reply.kind, "message": reply.kind}, "request_id": "req_fake"}
            # Milliseconds, so that no test waits for the back-off that the SDK would choose.
            wait = {"retry-after-ms": "5"} if reply.retry_after is None else {"retry-after": reply.retry_after}
            self._send(reply.status, error, wait)
            return True
        return False

    def _take(self, body: dict[str, Any]) -> None:
        if self.service.refuses_batches is not None and self._fails(self.service.refuses_batches):
            return
        batch_id = f"msgbatch_{len(self.service.batches)}"
        self.service.batches[batch_id] = body["requests"]
        self._send(200, self._batch(batch_id))

    def do_GET(self) -> None:
        found = _BATCH.match(self.path)
        if found is None or found[1] not in self.service.batches:
            self._send(404, {"type": "error", "error": {"type": "not_found_error", "message": self.path}})
        elif not found[2]:
            self._send(200, self._batch(found[1]))
        else:
            lines = [self._line(one) for one in self.service.batches[found[1]]]
            told = "".join(json.dumps(line) + "\n" for line in reversed(lines) if line is not None)
            self._send_bytes(200, told.encode(), "application/x-jsonl", {})

    def _batch(self, batch_id: str) -> dict[str, Any]:
        day = "2026-03-06T12:00:00Z"
        busy = self.service.busy
        counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
        return {
            "id": batch_id,
            "type": "message_batch",
            "processing_status": "in_progress" if busy else "ended",
            "request_counts": counts,
            "created_at": day,
            "expires_at": day,
            "ended_at": None if busy else day,
            "archived_at": None,
            "cancel_initiated_at": None,
            "results_url": None if busy else f"{self.service.url}/v1/messages/batches/{batch_id}/results",
        }

    def _line(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """What became of one request of a batch."""
        reply = self.service.next(request["params"])
        result: dict[str, Any]
        if isinstance(reply, Said):
            self.service.charged_at_half.append(reply)
            result = {"type": "succeeded", "message": _message(request["params"], reply)}
        elif isinstance(reply, Ended):
            if reply.how == "missing":
                return None
            error = {"type": "error", "error": {"type": "invalid_request_error", "message": "no"}, "request_id": None}
            result = {"type": reply.how} | ({"error": error} if reply.how == "errored" else {})
        else:
            result = {"type": "succeeded", "message": "<html>"}
        return {"custom_id": request["custom_id"], "result": result}

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


def _message(body: dict[str, Any], reply: Said) -> dict[str, Any]:
    return {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [{"type": "text", "text": reply.text, "citations": None}] if reply.text else [],
        "stop_reason": reply.stop_reason,
        "stop_sequence": None,
        "usage": {
            "input_tokens": reply.input_tokens,
            "output_tokens": reply.output_tokens,
            "cache_creation_input_tokens": reply.cache_write_tokens,
            "cache_read_input_tokens": reply.cache_read_tokens,
        },
    }


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
