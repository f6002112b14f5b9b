"""Saving the emulator's memory while it runs, so that ``kill -9`` loses seconds and not everything.

The emulator saves only when it is stopped politely. This module is the only one that touches its private
functions; tests/unit/local/test_cloud_checkpoint.py fails when an upgrade changes them.
"""

import logging
import sys
import time
from collections.abc import Callable
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
    """Save every loaded service. Runs on the event loop, where no request changes the state meanwhile.

    All files are written beside the old ones first and renamed together, so that a kill in the middle
    leaves one consistent state and not half of two.
    """
    started = time.perf_counter()
    trim_logs()
    staging = folder / _STAGING
    staging.mkdir(parents=True, exist_ok=True)
    for leftover in staging.iterdir():
        leftover.unlink()
    complete, written = True, []
    states: dict[str, Callable[[], Any]] = emulator._build_persistence_save_dict()  # noqa: SLF001
    persistence.STATE_DIR = str(staging)
    try:
        for name, read in states.items():
            state = _read(name, read)
            if state is None:
                continue
            persistence.save_state(name, state)
            # save_state logs what goes wrong and returns: only the file proves that it worked.
            if (staging / f"{name}.json").exists():
                written.append(name)
            else:
                complete = False
    finally:
        persistence.STATE_DIR = str(folder)
    for name in written:
        (staging / f"{name}.json").replace(folder / f"{name}.json")
    done = Checkpoint(time.time(), time.perf_counter() - started, len(written), complete)
    write(folder, done)
    return done


def _read(name: str, read: Callable[[], Any]) -> Any:
    # Functions and queues run on threads of the emulator: a dictionary may change while it is copied.
    for attempt in range(_ATTEMPTS):
        try:
            return read()
        except RuntimeError:
            if attempt == _ATTEMPTS - 1:
                log.warning("checkpoint: %s kept changing, its last state stays", name)
    return None


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
