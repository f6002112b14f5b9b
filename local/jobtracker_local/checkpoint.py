"""Saving the emulator's memory while it runs, so that ``kill -9`` loses seconds and not everything.

The emulator saves only when it is stopped politely. This module is the only one that touches its private
functions; tests/unit/local/test_cloud_checkpoint.py fails when an upgrade changes them.
"""

import logging
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ministack import app as emulator
from ministack.core import lambda_runtime, persistence

from jobtracker_local.checkpoint_file import Checkpoint, write

log = logging.getLogger(__name__)

_STAGING = "staging"
_ATTEMPTS = 3
_EVENTS_PER_STREAM = 1000
_STREAMS_PER_GROUP = 20
_SHORTEST, _LONGEST = 1.0, 10.0


def interval(cost: float) -> float:
    """Seconds until the next checkpoint: saving stops the emulator, so it may take a twentieth of its time,
    but nobody should lose more than ten seconds unless saving itself takes seconds."""
    return max(min(max(_SHORTEST, 20 * cost), _LONGEST), 4 * cost)


def save(folder: Path) -> Checkpoint:
    """Read and write everything at once."""
    return write_down(folder, *read_all())


def read_all() -> tuple[dict[str, Any], bool]:
    """A copy of every loaded service's state, and whether that is all of them.

    Runs on the event loop, where no request changes anything meanwhile.
    """
    trim_logs()
    readers: dict[str, Callable[[], Any]] = emulator._build_persistence_save_dict()  # noqa: SLF001
    states, complete = {}, True
    for name, read in readers.items():
        try:
            states[name] = _read(read)
        except RuntimeError:
            log.warning("checkpoint: %s kept changing, its last state stays", name)
            complete = False
    return {name: state for name, state in states.items() if state is not None}, complete


def write_down(folder: Path, states: dict[str, Any], complete: bool = True) -> Checkpoint:
    """Write the copies; may run on a thread, so that requests are answered meanwhile.

    All files are written beside the old ones first and renamed together, so that a kill in the middle
    leaves one consistent state and not half of two.
    """
    started = time.perf_counter()
    at = time.time()
    staging = folder / _STAGING
    staging.mkdir(parents=True, exist_ok=True)
    for leftover in staging.iterdir():
        leftover.unlink()
    persistence.STATE_DIR = str(staging)
    try:
        for name, state in states.items():
            persistence.save_state(name, state)
    finally:
        persistence.STATE_DIR = str(folder)
    # save_state logs what goes wrong and returns: only the file proves that it worked.
    written = [name for name in states if (staging / f"{name}.json").exists()]
    for name in written:
        (staging / f"{name}.json").replace(folder / f"{name}.json")
    whole = complete and len(written) == len(states)
    done = Checkpoint(at, time.perf_counter() - started, len(written), whole)
    write(folder, done)
    return done


def _read(read: Callable[[], Any]) -> Any:
    # Functions and queues run on threads of the emulator: a dictionary may change while it is copied.
    for _ in range(_ATTEMPTS - 1):
        with suppress(RuntimeError):
            return read()
    return read()


def trim_logs() -> None:
    """Keep the newest log lines only: the emulator keeps all, and each checkpoint would carry them."""
    logs = sys.modules.get("ministack.services.cloudwatch_logs")
    if logs is None:
        return
    for _, group in list(logs._log_groups.all_items()):  # noqa: SLF001
        streams = group["streams"]
        for name in list(streams)[:-_STREAMS_PER_GROUP]:
            del streams[name]
        for stream in streams.values():
            if len(stream["events"]) > _EVENTS_PER_STREAM:
                stream["events"] = stream["events"][-_EVENTS_PER_STREAM:]


def restart_workers() -> None:
    """End the warm function processes; the next call starts new ones that read the code anew."""
    lambda_runtime.reset()
