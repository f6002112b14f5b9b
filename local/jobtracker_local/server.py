"""The local cloud's one process: the emulated AWS on one port, the page's origin on another.

``process.py`` runs it as ``python -m jobtracker_local.server <root> <folder> <port> <page port>`` in a bare
environment: the functions inherit it, and what their template forgot must be missing here as on AWS.
"""

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as emulator

from jobtracker_local import checkpoint, durable
from jobtracker_local.checkpoint_file import Checkpoint, mark_stopped
from jobtracker_local.model import ServerFile
from jobtracker_local.options import HOST, Options
from jobtracker_local.page import Application, Page, Receive, Scope, Send

log = logging.getLogger("jobtracker_local")

CONTROL = "/_jobtracker/"
# Queues and schedules change a little after the last request: one more checkpoint when all is quiet.
_SETTLE = 2
_AT_LEAST_EVERY = 60.0


class Server:
    """The emulator with what we add to it: checkpoints and a few control calls."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._touched = True
        self._quiet = 0
        self._cost = 0.0
        self._saving = asyncio.Lock()
        self.stopping = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request to the emulator, or answer it when it is one of ours."""
        if scope["type"] == "http":
            path: str = scope["path"]
            if path.startswith(CONTROL):
                await self._control(scope["method"], path.removeprefix(CONTROL), dict(scope["headers"]), send)
                return
            self._touched = True
        elif scope["type"] == "lifespan":
            send = _after_start(send)
        await emulator.app(scope, receive, send)

    async def _control(self, method: str, name: str, headers: dict[bytes, bytes], send: Send) -> None:
        # Web pages of other sites cannot send this header without asking, and asking is refused.
        allowed = headers.get(b"x-jobtracker") == b"local"
        status = 404
        answer: dict[str, Any] = {}
        if allowed and (method, name) == ("GET", "status"):
            status, answer = 200, {"pid": os.getpid(), "busy": durable.busy()}
        elif allowed and (method, name) == ("POST", "checkpoint"):
            done = await self.save()
            status, answer = 200, {"at": done.at, "cost": done.cost, "complete": done.complete}
        elif allowed and (method, name) == ("POST", "restart-workers"):
            await asyncio.to_thread(checkpoint.restart_workers)
            status = 200
        body = json.dumps(answer).encode()
        kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def save(self) -> Checkpoint:
        """Save now: copied on the event loop, written on a thread."""
        async with self._saving:
            started = time.perf_counter()
            states, complete = checkpoint.read_all()
            done = await asyncio.to_thread(checkpoint.write_down, self._options.state, states, complete)
            self._cost = time.perf_counter() - started
            return done

    async def keep_saving(self) -> None:
        """Save whenever something happened, at a rhythm that follows what saving costs."""
        last = time.monotonic()
        while not self.stopping.is_set():
            try:
                await asyncio.wait_for(self.stopping.wait(), checkpoint.interval(self._cost))
            except TimeoutError:
                self._quiet = 0 if self._touched else self._quiet + 1
                if self._quiet > _SETTLE and time.monotonic() - last < _AT_LEAST_EVERY:
                    continue
                self._touched = False
                try:
                    done = await self.save()
                except OSError as problem:
                    log.error("checkpoint failed: %s", problem)  # noqa: TRY400 - a full disk needs no stack trace
                    continue
                self._touched = self._touched or not done.complete
                last = time.monotonic()


def _after_start(send: Send) -> Send:
    """Go on with interrupted deliveries as soon as the emulator has restored its services."""

    async def sending(message: dict[str, Any]) -> None:
        await send(message)
        if message["type"] == "lifespan.startup.complete":
            durable.redeliver()

    return sending


async def run(options: Options) -> None:
    """Serve until a signal comes, then save and return."""
    server = Server(options)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, server.stopping.set)
    file = ServerFile(pid=os.getpid(), port=options.port, page_port=options.page_port, started_at=time.time())
    options.server_file.write_text(file.model_dump_json())
    saving = asyncio.create_task(server.keep_saving())
    # The page stops first: what it passes on must still find the emulator.
    page_stopped = asyncio.Event()

    async def serve_page() -> None:
        try:
            await _serve(Page(options, server), options.page_port, server.stopping.wait)
        finally:
            server.stopping.set()
            page_stopped.set()

    async def until_quiet() -> None:
        # The emulator saves once more when it shuts down: a checkpoint must not be under way then.
        await page_stopped.wait()
        await saving

    page = asyncio.create_task(serve_page())
    await _serve(server, options.port, until_quiet)
    server.stopping.set()
    await saving
    # Serving ended with the emulator's own shutdown, which saved everything once more.
    mark_stopped(options.state)
    await asyncio.to_thread(checkpoint.restart_workers)
    await page


async def _serve(application: Application, port: int, until: Callable[[], Awaitable[Any]]) -> None:
    config = Config()
    config.bind = [f"{HOST}:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.loglevel = "WARNING"
    await serve(cast("Any", application), config, shutdown_trigger=until)


def main() -> None:
    """Start from the command line that ``process.py`` makes."""
    root, folder, port, page_port = sys.argv[1:5]
    options = Options(Path(root), Path(folder), int(port), int(page_port))
    logging.getLogger("hypercorn.access").setLevel(logging.WARNING)
    code = 0
    durable.install()
    try:
        asyncio.run(run(options))
    except OSError:
        log.exception("the server could not go on")
        code = 1
    finally:
        options.server_file.unlink(missing_ok=True)
        shutil.rmtree(options.scratch, ignore_errors=True)
        logging.shutdown()
    # The emulator's pollers are threads that never end by themselves.
    os._exit(code)


if __name__ == "__main__":
    main()
