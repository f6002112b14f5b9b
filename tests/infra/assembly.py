"""One deployment as its templates say, synthesized without the network: stub layers stand in for built ones."""

import json
import os
import subprocess
import sys
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from infra.catalogue import LAYERS
from infra.config import ROOT
from infra.manifest import BuiltLayer, Manifest, lock_hash

Json = dict[str, Any]


def write_stub_layers(folder: Path) -> None:
    """A build folder as ``python -m infra.assets`` leaves it, with layers that hold nothing."""
    layers = {}
    for name in LAYERS:
        file = folder / "layers" / f"{name}.zip"
        file.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(zipfile.ZipInfo("python/README"), name)
        layers[name] = BuiltLayer(file=f"layers/{name}.zip", unzipped_bytes=1, packages={})
    Manifest(made_from=lock_hash(), layers=layers).write(folder)


class Assembly(BaseModel):
    """The templates of one deployment."""

    model_config = ConfigDict(frozen=True, ignored_types=(cached_property,))

    folder: Path
    prefix: str
    templates: dict[str, Json]

    @property
    def files(self) -> list[Path]:
        """The template files."""
        return sorted(self.folder.glob("*.template.json"))

    @cached_property
    def resources(self) -> dict[str, Json]:
        """All resources by stack and logical id."""
        return {
            f"{stack}/{logical}": resource
            for stack, template in self.templates.items()
            for logical, resource in template["Resources"].items()
        }

    def of(self, kind: str) -> dict[str, Json]:
        """The properties of all resources of one type."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def functions(self) -> dict[str, Json]:
        """The functions' properties by folder name."""
        return {
            properties["Handler"].split(".")[1]: properties for properties in self.of("AWS::Lambda::Function").values()
        }

    def queue(self, reference: Json) -> tuple[str, Json]:
        """The queue that an ARN refers to."""
        logical = reference["Fn::GetAtt"][0]
        name = next(name for name in self.of("AWS::SQS::Queue") if name.endswith(f"/{logical}"))
        return name, self.of("AWS::SQS::Queue")[name]


def synthesize(folder: Path, **context: str) -> Assembly:
    """One deployment, made by the very command that CDK runs."""
    layers = folder / "build"
    write_stub_layers(layers)
    environment = os.environ | {
        "CDK_OUTDIR": str(folder / "out"),
        "CDK_CONTEXT_JSON": json.dumps(context | {"asset_dir": str(layers)}),
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    templates = {
        file.name.removesuffix(".template.json").rsplit("-", 1)[1]: json.loads(file.read_text())
        for file in sorted((folder / "out").glob("*.template.json"))
    }
    prefix = next((folder / "out").glob("*-service.template.json")).name.removesuffix("-service.template.json")
    return Assembly(folder=folder / "out", prefix=prefix, templates=templates)
