"""Following the checkout: what each saved change sets off."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtracker_local import synth, watch
from jobtracker_local.cloud import Cloud
from jobtracker_local.model import Deployment, Restored
from jobtracker_local.options import Options


class Follower:
    """``follow`` on a thread, with what it said."""

    def __init__(self, root: Path) -> None:
        self.said: list[str] = []
        self.stop = threading.Event()
        running = Cloud(Options.of(root, port=1, page_port=2), Deployment(), Restored())
        self.thread = threading.Thread(target=watch.follow, args=(running, self.said.append, self.stop))

    def hears(self, word: str, after: Path, text: str) -> bool:
        """Whether it says the word once the file is saved with the text."""
        for _ in range(50):
            after.write_text(text)
            time.sleep(0.1)
            if any(word in line for line in self.said):
                return True
        return False


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    for name in ("functions/api", "infra", ".jobtracker/assembly"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "functions" / "api" / "handler.py").write_text("1")
    options = Options.of(tmp_path)
    (options.assembly / "manifest.json").write_text("{}")
    known = {"read": [], "hash": synth.sources_hash(tmp_path, [])}
    (options.assembly / "sources.json").write_text(json.dumps(known))
    made = Follower(tmp_path)
    made.thread.start()
    yield made
    made.stop.set()
    made.thread.join(timeout=10)


def test_a_changed_function_needs_new_workers_only(follower: Follower, tmp_path: Path) -> None:
    assert follower.hears("restart with the new code", tmp_path / "functions" / "api" / "handler.py", "2")
    assert "functions/api/handler.py" in follower.said[0]


def test_a_change_that_does_not_work_is_said_and_waited_out(
    follower: Follower, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert follower.hears("Node.js is missing", tmp_path / "infra" / "app.py", "made = 2")
    assert follower.thread.is_alive()
