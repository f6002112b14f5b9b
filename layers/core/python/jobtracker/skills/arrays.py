"""Arrays that come with the package: a file as ``artifact`` has it, whose section "arrays" gives each one's form.

That form is ``{name: {"kind": ..., "shape": [...]}}``, kind and shape as numpy has them, in little-endian order; the
bytes of an array are the section of its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from math import prod
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from jobtracker.skills import artifact
from jobtracker.skills.artifact import BrokenArtifactError

Array = NDArray[Any]


class Form(BaseModel):
    """What an array is of."""

    kind: Literal["|u1", "|i1", "<u2", "<f2", "<f4"]
    shape: list[Annotated[int, Field(ge=0)]]


_forms: TypeAdapter[dict[str, Form]] = TypeAdapter(dict[str, Form])


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a file holds, by name. The arrays cannot be written to."""

    version: str
    sources: Mapping[str, str]
    named: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        """An array. BrokenArtifactError where there is none of the name."""
        if name not in self.named:
            raise BrokenArtifactError(f"there is no array {name}")
        return self.named[name]


def read(file: Traversable) -> Arrays:
    """All arrays of a file. BrokenArtifactError where it is not what its head says."""
    held = artifact.read(file)
    try:
        forms = _forms.validate_python(held.section("arrays"))
    except ValidationError as error:
        raise BrokenArtifactError(f"the forms of {file.name}'s arrays cannot be read") from error
    found = {name: _array(name, held.content(name), form) for name, form in forms.items()}
    return Arrays(held.head.version, held.head.sources, found)


def packed(arrays: Mapping[str, Array], sources: Mapping[str, str]) -> bytes:
    """The file that holds these; the same arrays give the same version."""
    little = {name: np.ascontiguousarray(one, dtype=one.dtype.newbyteorder("<")) for name, one in arrays.items()}
    forms = {name: {"kind": one.dtype.str, "shape": list(one.shape)} for name, one in little.items()}
    _forms.validate_python(forms)
    return artifact.packed({"arrays": forms} | {name: one.tobytes() for name, one in little.items()}, dict(sources))


def _array(name: str, plain: bytes, form: Form) -> Array:
    kind = np.dtype(form.kind)
    if len(plain) != prod(form.shape) * kind.itemsize:
        raise BrokenArtifactError(f"array {name} is not of its shape")
    return np.frombuffer(plain, dtype=kind).reshape(form.shape)
