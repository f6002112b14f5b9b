"""An artifact: a set of files published under a name, of which one version is current."""

import hashlib
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

# How artifacts are laid out in a bucket: raise it when a reader of before could not find its way.
LAYOUT: Final = 2


class ConflictError(RuntimeError):
    """Somebody else published in between: read the current manifest again and start over."""


class DamagedError(RuntimeError):
    """A file is missing or is not what its manifest says."""


class ArtifactFile(BaseModel):
    """Checksum and size of one file. Files of the same content are one object, whichever version they belong to."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int


class Retired(BaseModel):
    """An object that no file of the current version is any more: since when, and since which publication."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    number: int


class Manifest(BaseModel):
    """What is current under ``name``: its files by path.

    ``number`` counts publications. ``retired`` are objects of earlier versions that stay for a while, by their
    checksum. ``etag`` is that of the stored manifest itself and is not part of it.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    version: str
    layout: int = 1
    number: int = 1
    files: dict[str, ArtifactFile]
    retired: dict[str, Retired] = {}
    metadata: dict[str, str] = {}
    created_at: datetime
    etag: str | None = Field(default=None, exclude=True)

    @property
    def ours(self) -> bool:
        """Whether its files lie where this code looks for them; else it can be replaced and not read."""
        return self.layout == LAYOUT

    @property
    def key(self) -> str:
        """Where the manifest itself lies."""
        return manifest_key(self.name)

    @property
    def prefix(self) -> str:
        """The folder in which the files of this very version are laid out on a disk."""
        together = "\n".join(f"{path} {file.sha256}" for path, file in sorted(self.files.items()))
        return f"{self.name}/{self.version}/{hashlib.sha256(together.encode()).hexdigest()[:12]}"

    def object_key(self, path: str) -> str:
        """Where the content of a file lies."""
        return object_key(self.name, self.files[path].sha256)


def manifest_key(name: str) -> str:
    """Where the manifest of the artifact ``name`` lies."""
    return f"{name}/manifest.json"


def object_key(name: str, sha256: str) -> str:
    """Where a content of the artifact ``name`` lies."""
    return f"{name}/objects/{sha256[:2]}/{sha256}"
