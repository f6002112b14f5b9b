"""An artifact kept on a warm worker's disk, downloaded anew only when another version became current."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from jobtracker.artifacts import store
from jobtracker.artifacts.model import DamagedError, Manifest

CHECK_SECONDS = 5.0
# The version before is kept: somebody on this machine may be opening it just now.
KEPT_VERSIONS = 2


@dataclass(frozen=True, slots=True)
class Cached:
    """An artifact on disk."""

    manifest: Manifest
    path: Path


@dataclass(slots=True)
class _Entry:
    checked: float
    cached: Cached | None


_entries: dict[tuple[str, str, Path], _Entry] = {}
_lock = Lock()


def default_directory() -> Path:
    """Where workers keep artifacts: on Lambda below /tmp, the one writable place."""
    return Path(tempfile.gettempdir()) / "jobtracker-artifacts"


def cache(
    bucket: str,
    name: str,
    to: Path | None = None,
    *,
    every: float = CHECK_SECONDS,
    now: Callable[[], float] = time.monotonic,
) -> Cached | None:
    """The current version of an artifact on local disk, or None when nothing was published yet.

    Asks the bucket at most once in ``every`` seconds, and downloads only when the manifest's ETag changed.
    """
    directory = (to or default_directory()) / bucket
    key = (bucket, name, directory)
    with _lock:
        entry = _entries.get(key)
        if entry is not None and now() - entry.checked < every and _present(entry.cached):
            return entry.cached
        manifest = store.current(bucket, name)
        known = entry.cached if entry is not None and _present(entry.cached) else None
        if manifest is None:
            cached = None
        elif known is not None and known.manifest.etag == manifest.etag:
            cached = known
        else:
            cached = Cached(manifest, _download(bucket, manifest, directory))
            _forget_old(cached, directory)
        _entries[key] = _Entry(now(), cached)
        return cached


def forget() -> None:
    """Forget what was cached in memory; files on disk stay."""
    with _lock:
        _entries.clear()


def _present(cached: Cached | None) -> bool:
    return cached is None or cached.path.is_dir()


def _download(bucket: str, manifest: Manifest, directory: Path) -> Path:
    try:
        return store.download(bucket, manifest, directory)
    except DamagedError:
        # What lay on disk may have been cut short; what is in the bucket decides.
        shutil.rmtree(directory / manifest.prefix, ignore_errors=True)
        return store.download(bucket, manifest, directory)


def _forget_old(cached: Cached, directory: Path) -> None:
    versions = [path for path in (directory / cached.manifest.name).glob("*/*") if path.is_dir()]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    kept = [cached.path, *(path for path in versions if path != cached.path)][:KEPT_VERSIONS]
    for path in versions:
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)
