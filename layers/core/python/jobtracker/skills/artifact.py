"""The taxonomy's file: a line of JSON that says what follows, then packed sections of JSON, read when they are needed.

The head is ``{"format": 1, "version": ..., "sources": {...}, "sections": [{"name", "bytes", "sha256"}, ...]}``.
``bytes`` is a section's length as packed by zlib, and ``sha256`` is of what it holds unpacked, so that it stays the
same whichever zlib packed it. ``python -m tools.taxonomy`` writes the file.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

FORMAT = 1


class BrokenTaxonomyError(ValueError):
    """The taxonomy's file is not what its head says."""


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
        """What a section holds. BrokenTaxonomyError where it is not there, cannot be unpacked or is another."""
        at = self.start
        for section in self.head.sections:
            if section.name == name:
                return _unpacked(self._read(at, section.bytes), section)
            at += section.bytes
        raise BrokenTaxonomyError(f"the taxonomy has no section {name}")

    def _read(self, start: int, length: int) -> bytes:
        with self.file.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)


def bundled() -> Artifact:
    """The file that comes with the package. BrokenTaxonomyError where its head cannot be read."""
    return read(resources.files("jobtracker.skills").joinpath("data", "taxonomy.bin"))


def read(file: Traversable) -> Artifact:
    """A file of this form. BrokenTaxonomyError for any other."""
    with file.open("rb") as stream:
        line = stream.readline()
    try:
        head = Head.model_validate_json(line)
    except ValidationError as error:
        raise BrokenTaxonomyError("the taxonomy's head cannot be read") from error
    if head.format != FORMAT:
        raise BrokenTaxonomyError(f"the taxonomy is of format {head.format}, and {FORMAT} is known")
    return Artifact(file, head, len(line))


def packed(sections: dict[str, object], sources: dict[str, str]) -> bytes:
    """The file that holds these sections; the same sections give the same version."""
    whole = hashlib.sha256()
    listed, bodies = [], []
    for name, content in sections.items():
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        bodies.append(zlib.compress(plain, 9))
        listed.append(Section(name=name, bytes=len(bodies[-1]), sha256=hashlib.sha256(plain).hexdigest()))
        whole.update(plain)
    head = Head(format=FORMAT, version=whole.hexdigest()[:12], sources=sources, sections=listed)
    return b"".join([head.model_dump_json().encode(), b"\n", *bodies])


def _unpacked(body: bytes, section: Section) -> object:
    try:
        plain = zlib.decompress(body)
    except zlib.error as error:
        raise BrokenTaxonomyError(f"section {section.name} of the taxonomy cannot be unpacked") from error
    if hashlib.sha256(plain).hexdigest() != section.sha256:
        raise BrokenTaxonomyError(f"section {section.name} of the taxonomy is not what its head says")
    content: object = json.loads(plain)
    return content
