"""``make dev``: the page served by Vite from its sources, so that a browser shows each saved change at once."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator

from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import HOST, Options

_FIRST_PORT, _PORTS = 5173, 20
_PATIENCE = 60.0


@contextlib.contextmanager
def serve(options: Options) -> Iterator[str]:
    """Serve the page's sources while the context lasts; its calls go to the running cloud. Gives the address.

    Raises LocalCloudError when Vite does not come up, with the last line it said.
    """
    port = _free_port()
    log = options.folder / "live_page.log"
    with log.open("w") as output:
        vite = subprocess.Popen(
            ["node_modules/.bin/vite", "--host", HOST, "--port", str(port), "--strictPort", "--clearScreen", "false"],
            cwd=options.root / "frontend",
            env=os.environ | {"JOBTRACKER_PAGE": options.page, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(vite, port)
        yield f"http://{HOST}:{port}"
    except LocalCloudError as problem:
        said = log.read_text().strip().splitlines()
        raise LocalCloudError(f"{problem} {said[-1] if said else ''}".strip()) from problem
    finally:
        vite.terminate()
        vite.wait(timeout=10)


def _wait(vite: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while not _answers(port):
        if vite.poll() is not None:
            raise LocalCloudError("The page's development server stopped.")
        if time.monotonic() > until:
            raise LocalCloudError(f"The page's development server did not answer within {_PATIENCE:.0f} s.")
        time.sleep(0.1)


def _free_port() -> int:
    """The first free port from Vite's usual one on."""
    free = (port for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS) if not _answers(port))
    port = next(free, None)
    if port is None:
        raise LocalCloudError(
            f"The ports {_FIRST_PORT} to {_FIRST_PORT + _PORTS - 1} are all in use: free one of them."
        )
    return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
