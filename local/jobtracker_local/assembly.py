"""Reading a CDK cloud assembly: its stacks, in the order they deploy, and their assets."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import ACCOUNT, REGION


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class _Artifact(_Model):
    type: str
    properties: dict[str, Any] = Field(default_factory=dict)
    dependencies: list[str] = Field(default_factory=list)


class _Manifest(_Model):
    artifacts: dict[str, _Artifact]


class _FileSource(_Model):
    path: str = ""
    packaging: str = "file"


class _FileDestination(_Model):
    bucket: str = Field(alias="bucketName")
    key: str = Field(alias="objectKey")


class _FileAsset(_Model):
    source: _FileSource
    destinations: dict[str, _FileDestination]


class _AssetManifest(_Model):
    files: dict[str, _FileAsset] = Field(default_factory=dict)


@dataclass(frozen=True)
class Asset:
    """One file or folder that a stack's template refers to."""

    path: Path
    zipped: bool
    bucket: str
    key: str


@dataclass(frozen=True)
class StackPlan:
    """One stack of the assembly."""

    name: str
    template: str
    assets: tuple[Asset, ...]
    parameters: tuple[str, ...]

    @property
    def body(self) -> dict[str, Any]:
        """The parsed template."""
        parsed: dict[str, Any] = json.loads(self.template)
        return parsed


def read(folder: Path) -> list[StackPlan]:
    """The stacks of an assembly, each after those it depends on."""
    try:
        manifest = _Manifest.model_validate_json((folder / "manifest.json").read_text())
    except (OSError, ValidationError) as problem:
        raise LocalCloudError(f"The synthesized assembly in {folder} cannot be read: {problem}") from problem
    found: list[str] = []

    def visit(name: str) -> None:
        if name in found or name not in manifest.artifacts:
            return
        for dependency in manifest.artifacts[name].dependencies:
            visit(dependency)
        found.append(name)

    for name in manifest.artifacts:
        visit(name)
    return [
        _plan(folder, name, manifest.artifacts[name])
        for name in found
        if manifest.artifacts[name].type == "aws:cloudformation:stack"
    ]


def _plan(folder: Path, name: str, artifact: _Artifact) -> StackPlan:
    template = (folder / artifact.properties["templateFile"]).read_text()
    listed = folder / f"{name}.assets.json"
    assets = _AssetManifest.model_validate_json(listed.read_text()) if listed.exists() else _AssetManifest()
    return StackPlan(
        name=artifact.properties.get("stackName", name),
        template=template,
        assets=tuple(_assets(folder, assets)),
        parameters=tuple(json.loads(template).get("Parameters", {})),
    )


def _assets(folder: Path, manifest: _AssetManifest) -> list[Asset]:
    return [
        Asset(
            path=folder / asset.source.path,
            zipped=asset.source.packaging == "zip",
            bucket=_fill(destination.bucket),
            key=_fill(destination.key),
        )
        for asset in manifest.files.values()
        if asset.source.path
        for destination in asset.destinations.values()
    ]


def _fill(text: str) -> str:
    for name, value in (("AccountId", ACCOUNT), ("Region", REGION), ("Partition", "aws")):
        text = text.replace("${AWS::" + name + "}", value)
    return text
