"""``make run`` and ``make dev`` as a person at a terminal uses them: start, look, stop."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from jobtracker_local import live_page, process
from jobtracker_local.options import Options


def test_a_run_that_is_told_to_stop_leaves_nothing_running(options: Options) -> None:
    kept = Options.of(options.root).assembly
    if kept.exists():
        shutil.copytree(kept, options.assembly)
    ports = ["--port", str(options.page_port), "--cloud-port", str(options.port)]
    running = subprocess.Popen(
        [Path(sys.executable).with_name("jobtracker"), "run", *ports],
        env=os.environ | {"JOBTRACKER_FOLDER": str(options.folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr
    try:
        said = ""
        for line in running.stderr:
            said += line
            if "Ctrl-C" in line:
                break
        assert "Ctrl-C stops everything" in said, said
        assert httpx.get(f"{options.page}/api/v1/health").status_code == 200
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
    finally:
        running.kill()
    assert process.running(options) is None


def test_the_page_follows_its_sources(options: Options) -> None:
    options.folder.mkdir(parents=True)
    with live_page.serve(options) as first, live_page.serve(options) as second:
        assert first != second
        for address in (first, second):
            page = httpx.get(address)
            assert page.status_code == 200
            # Vite's client is what brings changes into the browser.
            assert "/@vite/client" in page.text
    for address in (first, second):
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)
