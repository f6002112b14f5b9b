"""What is made beforehand and comes with the package: a line of JSON that says what follows, then packed sections.

The taxonomy is such a file, and so are the weights of what reads spans. A section holds JSON or bytes, and is read when
it is needed.

The head is ``{"format": 1, "version": ..., "sources": {...}, "sections": [{"name", "bytes", "sha256"}, ...]}``.
``bytes`` is a section's length as packed by zlib, and ``sha256`` is of what it holds unpacked, so that it stays the
same whichever zlib packed it.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

FORMAT = 1


class BrokenArtifactError(ValueError):
    """The file is not what its head says."""


class Section(BaseModel):
    """A part of the file."""

    name: str
    bytes: Annotated[int, Field(gt=0)]
    sha256: str


class Head(BaseModel):
    """What the file says of itself. ``version`` changes with what it holds; ``sources`` has the versions of these."""

    format: int
    version: str
    sources: dict[str, str]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Artifact:
    """The file with its head read."""

    file: Traversable
    head: Head
    start: int

    def section(self, name: str) -> object:
        """What a section of JSON holds. BrokenArtifactError where it is not there, cannot be unpacked or is another."""
        content: object = json.loads(self.content(name))
        return content

    def content(self, name: str) -> bytes:
        """The bytes of a section. BrokenArtifactError where it is not there, cannot be unpacked or is another."""
        at = self.start
        for section in self.head.sections:
            if section.name == name:
                return self._unpacked(self._read(at, section.bytes), section)
            at += section.bytes
        raise BrokenArtifactError(f"{self.file.name} has no section {name}")

    def _unpacked(self, body: bytes, section: Section) -> bytes:
        try:
            plain = zlib.decompress(body)
        except zlib.error as error:
            raise BrokenArtifactError(f"section {section.name} of {self.file.name} cannot be unpacked") from error
        if hashlib.sha256(plain).hexdigest() != section.sha256:
            raise BrokenArtifactError(f"section {section.name} of {self.file.name} is not what its head says")
        return plain

    def _read(self, start: int, length: int) -> bytes:
        with self.file.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)


def bundled(name: str = "taxonomy.bin") -> Artifact:
    """A file that comes with the package. BrokenArtifactError where its head cannot be read."""
    return read(resources.files("jobtracker.skills").joinpath("data", name))


def read(file: Traversable) -> Artifact:
    """A file of this form. BrokenArtifactError for any other."""
    with file.open("rb") as stream:
        line = stream.readline()
    try:
        head = Head.model_validate_json(line)
    except ValidationError as error:
        raise BrokenArtifactError(f"the head of {file.name} cannot be read") from error
    if head.format != FORMAT:
        raise BrokenArtifactError(f"{file.name} is of format {head.format}, and {FORMAT} is known")
    return Artifact(file, head, len(line))


def packed(sections: Mapping[str, object], sources: dict[str, str]) -> bytes:
    """The file that holds these sections, bytes as they are and all else as JSON.

    The same sections give the same version.
    """
    whole = hashlib.sha256()
    listed, bodies = [], []
    for name, content in sections.items():
        plain = (
            content
            if isinstance(content, bytes)
            else json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        )
        bodies.append(zlib.compress(plain, 9))
        listed.append(Section(name=name, bytes=len(bodies[-1]), sha256=hashlib.sha256(plain).hexdigest()))
        whole.update(plain)
    head = Head(format=FORMAT, version=whole.hexdigest()[:12], sources=sources, sections=listed)
    return b"".join([head.model_dump_json().encode(), b"\n", *bodies])
