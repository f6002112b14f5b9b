"""Which dependency layers are built, and whether they are those that the lock file asks for."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from infra.config import ROOT

NAME = "layers.json"


class AssetsMissingError(RuntimeError):
    """The layers are not built, or they were built from another lock file."""


def lock_hash() -> str:
    """What the layers are a function of: the lock file and the modules that build them."""
    here = Path(__file__).parent
    found = hashlib.sha256()
    for file in (ROOT / "uv.lock", *(here / name for name in ("assets.py", "prune.py", "elf.py", "catalogue.py"))):
        found.update(file.read_bytes())
    return found.hexdigest()


class BuiltLayer(BaseModel):
    """One built layer."""

    model_config = ConfigDict(frozen=True)

    file: str
    unzipped_bytes: int
    packages: dict[str, str]


class Manifest(BaseModel):
    """What ``python -m infra.assets`` left in the build folder."""

    model_config = ConfigDict(frozen=True)

    made_from: str
    layers: dict[str, BuiltLayer]
    folder: Path = Path()

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a build folder. Raises AssetsMissingError unless it fits the lock file."""
        try:
            found = cls.model_validate_json((folder / NAME).read_text())
        except (OSError, ValueError) as problem:
            raise AssetsMissingError(f"no dependency layers in {folder}: run python -m infra.assets") from problem
        if found.made_from != lock_hash():
            raise AssetsMissingError(f"the layers in {folder} are of another lock file: run python -m infra.assets")
        return found.model_copy(update={"folder": folder})

    def write(self, folder: Path) -> None:
        """Leave the manifest in a build folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(self.model_dump_json(indent=2, exclude={"folder"}))

    def file(self, layer: str) -> Path:
        """The archive of one layer."""
        return self.folder / self.layers[layer].file
