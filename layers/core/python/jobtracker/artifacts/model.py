"""An artifact: a directory of files published under a name, of which one version is current."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class ConflictError(RuntimeError):
    """Somebody else published in between: read the current manifest again and start over."""


class DamagedError(RuntimeError):
    """A file is missing or is not what its manifest says."""


class ArtifactFile(BaseModel):
    """Checksum and size of one file."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int


class Manifest(BaseModel):
    """What is current under ``name``. ``files`` are paths below ``prefix``.

    ``prefix`` ends in a hash of the files, so that two builds of one version never overwrite each other's files.
    ``etag`` is that of the stored manifest itself and is not part of it.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    version: str
    prefix: str
    files: dict[str, ArtifactFile]
    metadata: dict[str, str] = {}
    created_at: datetime
    etag: str | None = Field(default=None, exclude=True)

    @property
    def key(self) -> str:
        """Where the manifest itself lies."""
        return manifest_key(self.name)


def manifest_key(name: str) -> str:
    """Where the manifest of the artifact ``name`` lies."""
    return f"{name}/manifest.json"
