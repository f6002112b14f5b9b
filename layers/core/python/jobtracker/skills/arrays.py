"""A file of arrays: a line of JSON that says what follows, then the sections, packed.

The head is ``{"format": 1, "version": ..., "notes": {...}, "sections": [{"name", "kind", "shape", "bytes", "sha256"},
...]}``. ``kind`` and ``shape`` are numpy's, in little-endian order; ``bytes`` is a section's length as packed by zlib,
and ``sha256`` is of what it holds unpacked. ``version`` changes with what the sections hold.
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from math import prod
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

FORMAT = 1
Array = NDArray[Any]


class BrokenArraysError(ValueError):
    """A file of arrays is not what its head says."""


class Section(BaseModel):
    """An array."""

    name: str
    kind: Literal["|u1", "|i1", "<u2", "<f2", "<f4"]
    shape: list[Annotated[int, Field(ge=0)]]
    bytes: Annotated[int, Field(gt=0)]
    sha256: str


class Head(BaseModel):
    """What the file says of itself. ``notes`` is what its maker wants known."""

    format: int
    version: str
    notes: dict[str, str]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a file holds, by name. The arrays cannot be written to."""

    version: str
    notes: Mapping[str, str]
    named: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        """An array. BrokenArraysError where there is none of the name."""
        if name not in self.named:
            raise BrokenArraysError(f"there is no array {name}")
        return self.named[name]


def read(file: Traversable) -> Arrays:
    """All arrays of a file. BrokenArraysError where it is not what its head says."""
    line, _, body = file.read_bytes().partition(b"\n")
    try:
        head = Head.model_validate_json(line)
    except ValidationError as error:
        raise BrokenArraysError("the head cannot be read") from error
    if head.format != FORMAT:
        raise BrokenArraysError(f"the file is of format {head.format}, and {FORMAT} is known")
    found, at = {}, 0
    for section in head.sections:
        found[section.name] = _array(body[at : at + section.bytes], section)
        at += section.bytes
    return Arrays(head.version, head.notes, found)


def packed(arrays: Mapping[str, Array], notes: Mapping[str, str]) -> bytes:
    """The file that holds these; the same arrays and notes give the same version."""
    whole = hashlib.sha256(repr(sorted(notes.items())).encode())
    listed, bodies = [], []
    for name, array in arrays.items():
        little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        plain = little.tobytes()
        digest = hashlib.sha256(plain).hexdigest()
        bodies.append(zlib.compress(plain, 9))
        section = {"name": name, "kind": little.dtype.str, "shape": list(array.shape)}
        listed.append(Section.model_validate({**section, "bytes": len(bodies[-1]), "sha256": digest}))
        whole.update(repr((name, little.dtype.str, array.shape, digest)).encode())
    head = Head(format=FORMAT, version=whole.hexdigest()[:12], notes=dict(notes), sections=listed)
    return b"".join([head.model_dump_json().encode(), b"\n", *bodies])


def _array(body: bytes, section: Section) -> Array:
    try:
        plain = zlib.decompress(body)
    except zlib.error as error:
        raise BrokenArraysError(f"array {section.name} cannot be unpacked") from error
    if hashlib.sha256(plain).hexdigest() != section.sha256:
        raise BrokenArraysError(f"array {section.name} is not what the head says")
    kind = np.dtype(section.kind)
    if len(plain) != prod(section.shape) * kind.itemsize:
        raise BrokenArraysError(f"array {section.name} is not of its shape")
    return np.frombuffer(plain, dtype=kind).reshape(section.shape)
