"""Zip files that are the same bytes for the same content, on every machine and day."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SKIPPED = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def python_files(folder: Path, prefix: str) -> dict[str, Path]:
    """The files of a source folder by their name in the archive; caches are left out."""
    return {
        f"{prefix}/{file.relative_to(folder).as_posix()}": file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not _SKIPPED.intersection(file.parts)
    }


def write(target: Path, files: Mapping[str, Path], *, level: int = 6) -> Path:
    """Write the archive, in a fixed order with fixed dates and modes. An archive never appears half written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            mode = 0o755 if name.endswith(".so") or ".so." in name else 0o644
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name].read_bytes())
    draft.replace(target)
    return target


def digest(files: Mapping[str, Path]) -> str:
    """A hash over names and contents."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(name.encode() + b"\0" + hashlib.sha256(files[name].read_bytes()).digest())
    return found.hexdigest()[:16]
