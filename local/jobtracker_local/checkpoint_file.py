"""The note beside a saved state: when it was saved, at what cost, and whether at a polite stop."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_NAME = "checkpoint.json"


@dataclass(frozen=True)
class Checkpoint:
    """One saved state."""

    at: float
    cost: float
    services: int
    complete: bool
    graceful: bool = False


def write(folder: Path, done: Checkpoint) -> None:
    """Replace the note."""
    draft = folder / f"{_NAME}.tmp"
    draft.write_text(json.dumps(asdict(done)))
    draft.replace(folder / _NAME)


def last(folder: Path) -> Checkpoint | None:
    """The folder's last checkpoint, None when nothing was ever saved there."""
    try:
        return Checkpoint(**json.loads((folder / _NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def mark_stopped(folder: Path) -> None:
    """Note that the emulator itself has just saved everything (it does when it is stopped politely)."""
    write(folder, Checkpoint(time.time(), 0.0, 0, complete=True, graceful=True))
