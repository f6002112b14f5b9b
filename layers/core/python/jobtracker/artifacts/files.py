"""Describing and laying out files on disk, and artifacts in a plain local directory."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from jobtracker.artifacts import retention
from jobtracker.artifacts.model import (
    LAYOUT,
    ArtifactFile,
    ConflictError,
    DamagedError,
    Manifest,
    manifest_key,
    object_key,
)


def describe(
    name: str,
    files: Path,
    *,
    version: str,
    metadata: dict[str, str],
    follows: Manifest | None = None,
    kept: Iterable[str] = (),
) -> Manifest:
    """The manifest of all files below the directory ``files``, and of those ``kept`` of the version it follows.

    What is kept is taken as it stands in the earlier manifest, and need not lie on this disk.
    """
    unchanged = {path: follows.files[path] for path in kept} if follows is not None else {}
    found = {
        path.relative_to(files).as_posix(): path
        for path in sorted(files.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }
    new = {
        path: ArtifactFile(sha256=_sha256(file), size=file.stat().st_size)
        for path, file in found.items()
        if path not in unchanged
    }
    together, number, now = unchanged | new, 1 + (0 if follows is None else follows.number), datetime.now(UTC)
    return Manifest(
        name=name,
        version=version,
        layout=LAYOUT,
        number=number,
        files=dict(sorted(together.items())),
        retired=retention.retired(follows if follows is not None and follows.ours else None, together, number, now),
        metadata=metadata,
        created_at=now,
    )


def missing_objects(manifest: Manifest, follows: Manifest | None) -> dict[str, str]:
    """The contents that ``follows`` did not have, by their checksum with the path of one file that has it."""
    held = set() if follows is None or not follows.ours else {file.sha256 for file in follows.files.values()}
    return {file.sha256: path for path, file in manifest.files.items() if file.sha256 not in held}


def lay_out(manifest: Manifest, paths: Iterable[str], to: Path, take: Callable[[str, Path], None]) -> Path:
    """Have the files ``paths`` of a version in its own folder below ``to``, and return that folder.

    A content that lies there already, for this version or another, is neither taken again nor stored twice: folders
    of versions hold links. ``take(path, target)`` brings a content that does not; it is verified, once.

    Raises:
        DamagedError: a content is not what the manifest says.
    """
    folder, objects = to / manifest.prefix, to / manifest.name / "objects"
    folder.mkdir(parents=True, exist_ok=True)
    objects.mkdir(parents=True, exist_ok=True)
    for path in paths:
        file, target = manifest.files[path], folder / path
        if _is_whole(target, file):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        held = objects / file.sha256
        if _is_whole(held, file) and _linked(held, target):
            continue
        staged = objects / f".{uuid4().hex}"
        try:
            take(path, staged)
            _verify(staged, file, path)
            link(staged, target)
            staged.replace(held)
        finally:
            staged.unlink(missing_ok=True)
    return folder


def link(held: Path, target: Path) -> None:
    """Give a file a second name, in one step; copies it where the disk knows no links."""
    staged = target.parent / f".{uuid4().hex}"
    try:
        os.link(held, staged)
    except OSError:
        shutil.copyfile(held, staged)
    staged.replace(target)
    # Replacing a name by another one of the same file does nothing at all, not even remove it.
    staged.unlink(missing_ok=True)


def _linked(held: Path, target: Path) -> bool:
    """Whether the link could be made: another process on this machine may just have swept the content away."""
    try:
        link(held, target)
    except FileNotFoundError:
        return False
    return True


def sweep(to: Path, name: str, kept: Iterable[Path]) -> None:
    """Remove the folders of versions other than ``kept`` below ``to``, and contents that none of those has."""
    stay = set(kept)
    for folder in (to / name).glob("*/*"):
        if folder.is_dir() and folder.parent.name != "objects" and folder not in stay:
            shutil.rmtree(folder, ignore_errors=True)
    for held in (to / name / "objects").glob("*"):
        with suppress(FileNotFoundError):
            if held.stat().st_nlink == 1 and not held.name.startswith("."):
                held.unlink()


def local_current(root: Path, name: str) -> Manifest | None:
    """The current manifest of an artifact that lies in a plain directory, laid out as in a bucket."""
    path = root / manifest_key(name)
    if not path.is_file():
        return None
    data = path.read_bytes()
    return Manifest.model_validate_json(data).model_copy(update={"etag": _etag(data)})


def local_files(root: Path, manifest: Manifest, to: Path) -> Path:
    """The folder below ``to`` that holds the files of a local artifact, verified."""

    def take(path: str, target: Path) -> None:
        source = root / manifest.object_key(path)
        if not source.is_file():
            raise DamagedError(f"{path} of {manifest.name} is missing")
        shutil.copyfile(source, target)

    folder = lay_out(manifest, manifest.files, to, take)
    sweep(to, manifest.name, [folder])
    return folder


def local_publish(
    root: Path,
    name: str,
    files: Path,
    *,
    version: str,
    metadata: dict[str, str],
    follows: Manifest | None,
) -> Manifest:
    """Publish into a plain directory; the same call as the store's ``publish``, for use without a cloud."""
    current = local_current(root, name)
    if (current.etag if current else None) != (follows.etag if follows else None):
        raise ConflictError(name)
    manifest = describe(name, files, version=version, metadata=metadata, follows=follows)
    for sha256, path in missing_objects(manifest, follows).items():
        target = root / object_key(name, sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = target.parent / f".{uuid4().hex}"
        shutil.copyfile(files / path, staged)
        staged.replace(target)
    data = manifest.model_dump_json().encode()
    written = root / name / f".{uuid4().hex}.json"
    written.write_bytes(data)
    written.replace(root / manifest.key)
    for key in retention.outdated(manifest, _stored(root, name).items(), datetime.now(UTC)):
        (root / key).unlink(missing_ok=True)
    return manifest.model_copy(update={"etag": _etag(data)})


def _stored(root: Path, name: str) -> Mapping[str, datetime]:
    return {
        path.relative_to(root).as_posix(): datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for path in (root / name).rglob("*")
        if path.is_file()
    }


def _is_whole(path: Path, file: ArtifactFile) -> bool:
    # Verified when it came: a cut file is what a crash leaves behind, and its size tells.
    return path.is_file() and path.stat().st_size == file.size


def _verify(path: Path, file: ArtifactFile, name: str) -> None:
    if not path.is_file() or path.stat().st_size != file.size or _sha256(path) != file.sha256:
        raise DamagedError(f"{name} is not what its manifest says")


def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
