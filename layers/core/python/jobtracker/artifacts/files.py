"""Describing and checking files on disk, and artifacts in a plain local directory."""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from jobtracker.artifacts import retention
from jobtracker.artifacts.model import ArtifactFile, ConflictError, DamagedError, Manifest, manifest_key


def describe(name: str, files: Path, *, version: str, metadata: dict[str, str]) -> Manifest:
    """The manifest of all files below the directory ``files``."""
    found = {
        path.relative_to(files).as_posix(): ArtifactFile(sha256=_sha256(path), size=path.stat().st_size)
        for path in sorted(files.rglob("*"))
        if path.is_file()
    }
    together = hashlib.sha256("\n".join(f"{path} {file.sha256}" for path, file in found.items()).encode())
    return Manifest(
        name=name,
        version=version,
        prefix=f"{name}/{version}/{together.hexdigest()[:12]}",
        files=found,
        metadata=metadata,
        created_at=datetime.now(UTC),
    )


def verify(directory: Path, manifest: Manifest) -> None:
    """Raise DamagedError unless every file of the manifest lies in ``directory`` with its size and checksum."""
    for name, file in manifest.files.items():
        path = directory / name
        if not path.is_file() or path.stat().st_size != file.size or _sha256(path) != file.sha256:
            raise DamagedError(f"{manifest.prefix}/{name} is not what its manifest says")


def local_current(root: Path, name: str) -> Manifest | None:
    """The current manifest of an artifact that lies in a plain directory, laid out as in a bucket."""
    path = root / manifest_key(name)
    if not path.is_file():
        return None
    data = path.read_bytes()
    return Manifest.model_validate_json(data).model_copy(update={"etag": _etag(data)})


def local_files(root: Path, manifest: Manifest) -> Path:
    """The directory of a local artifact's files, verified."""
    directory = root / manifest.prefix
    verify(directory, manifest)
    return directory


def local_publish(
    root: Path,
    name: str,
    files: Path,
    *,
    version: str,
    metadata: dict[str, str],
    expected_etag: str | None,
) -> Manifest:
    """Publish into a plain directory; the same call as the store's ``publish``, for use without a cloud."""
    current = local_current(root, name)
    if (current.etag if current else None) != expected_etag:
        raise ConflictError(name)
    manifest = describe(name, files, version=version, metadata=metadata)
    target = root / manifest.prefix
    if not target.exists():
        staged = root / name / f".{uuid4().hex}"
        shutil.copytree(files, staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(target)
    data = manifest.model_dump_json().encode()
    written = root / name / f".{uuid4().hex}.json"
    written.write_bytes(data)
    written.replace(root / manifest.key)
    _prune(root, manifest)
    return manifest.model_copy(update={"etag": _etag(data)})


def _prune(root: Path, manifest: Manifest) -> None:
    """Remove outdated versions from a plain directory."""
    versions = {
        path.relative_to(root).as_posix(): datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for path in (root / manifest.name).glob("*/*")
        if path.is_dir() and not path.parent.name.startswith(".")
    }
    for prefix in retention.outdated(versions, manifest.prefix, datetime.now(UTC)):
        shutil.rmtree(root / prefix, ignore_errors=True)


def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
