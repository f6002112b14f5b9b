"""An artifact kept on a warm worker's disk: of another version only the contents that are new are downloaded."""

import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from jobtracker.artifacts import store
from jobtracker.artifacts.files import sweep
from jobtracker.artifacts.model import Manifest

CHECK_SECONDS = 5.0
# The version before is kept: somebody on this machine may be opening it just now.
KEPT_VERSIONS = 2

Wanted = Callable[[str], bool]


def readable(manifest: Manifest) -> bool:
    """Any artifact whose files lie where we look for them can be read."""
    return manifest.ours


def everything(_path: str) -> bool:
    """All files of an artifact are wanted."""
    return True


@dataclass(frozen=True, slots=True)
class Cached:
    """An artifact on disk; ``path`` is the folder of the files that were asked for so far."""

    manifest: Manifest
    path: Path
    bucket: str
    directory: Path
    _here: set[str] = field(default_factory=set)

    def bring(self, paths: Iterable[str]) -> None:
        """Have these files on disk too."""
        missing = [path for path in paths if path not in self._here]
        if missing:
            store.download(self.bucket, self.manifest, self.directory, missing)
            self._here.update(missing)

    def file(self, path: str) -> Path:
        """One file, downloaded if it is not here yet."""
        if not (self.path / path).exists():
            self._here.discard(path)
        self.bring([path])
        return self.path / path


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
    wanted: Wanted = everything,
    accepts: Callable[[Manifest], bool] = readable,
    every: float = CHECK_SECONDS,
    now: Callable[[], float] = time.monotonic,
) -> Cached | None:
    """The current version of an artifact on local disk, or None when nothing was published yet.

    Asks the bucket at most once in ``every`` seconds, and downloads the ``wanted`` files only: what is new of them.
    What ``accepts`` turns down counts as not published: it is of a shape that this code cannot read.
    """
    directory = (to or default_directory()) / bucket
    key = (bucket, name, directory)
    with _lock:
        entry = _entries.get(key)
        if entry is None or now() - entry.checked >= every or not _present(entry.cached):
            entry = _entries[key] = _Entry(now(), _checked(bucket, name, directory, entry, accepts))
        if entry.cached is not None:
            entry.cached.bring(filter(wanted, entry.cached.manifest.files))
        return entry.cached


def forget() -> None:
    """Forget what was cached in memory; files on disk stay."""
    with _lock:
        _entries.clear()


def _checked(
    bucket: str, name: str, directory: Path, entry: _Entry | None, accepts: Callable[[Manifest], bool]
) -> Cached | None:
    manifest = store.current(bucket, name)
    known = entry.cached if entry is not None and _present(entry.cached) else None
    if manifest is None or not accepts(manifest):
        return None
    if known is not None and known.manifest.etag == manifest.etag:
        return known
    cached = Cached(manifest, directory / manifest.prefix, bucket, directory)
    cached.path.mkdir(parents=True, exist_ok=True)
    _forget_old(cached)
    return cached


def _present(cached: Cached | None) -> bool:
    return cached is None or cached.path.is_dir()


def _forget_old(cached: Cached) -> None:
    folders = [path for path in (cached.directory / cached.manifest.name).glob("*/*") if path.is_dir()]
    versions = [path for path in folders if path.parent.name != "objects" and path != cached.path]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    sweep(cached.directory, cached.manifest.name, [cached.path, *versions][:KEPT_VERSIONS])
