"""``make dev``: the running cloud follows the checkout while a person edits it."""

import threading
from pathlib import Path

from watchfiles import PythonFilter, watch

from jobtracker_local import cloud, synth
from jobtracker_local.deploy import Progress
from jobtracker_local.errors import LocalCloudError

_WATCHED = ("functions", "layers", "infra")


def follow(running: cloud.Cloud, progress: Progress, stop: threading.Event | None = None) -> None:
    """Deploy what each saved change needs, until ``stop`` is set or Ctrl-C.

    Function code runs straight from the checkout, so for most changes new workers are enough; only what the
    template is made of costs a new assembly. A change that does not work is said and waited out.
    """
    root = running.options.root
    folders = [root / name for name in _WATCHED if (root / name).is_dir()]
    for changes in watch(*folders, watch_filter=PythonFilter(), stop_event=stop, debounce=300):
        names = sorted({Path(path).relative_to(root).as_posix() for _, path in changes})
        progress(f"changed: {', '.join(names[:3])}{' ...' if len(names) > 3 else ''}")
        try:
            if not synth.is_current(running.options):
                cloud.up(progress, running.options)
            else:
                running.restart_workers()
                progress("functions restart with the new code")
        except LocalCloudError as problem:
            progress(str(problem))
