"""The functions' code as CDK assets: the product's own source, and the dependency layers built beforehand."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import archive
from infra.catalogue import FUNCTIONS, MODELS
from infra.config import ROOT, Config
from infra.manifest import Manifest

PACKAGE = ROOT / "layers" / "core" / "python" / "jobtracker"
FOLDERS = ROOT / "functions"


def function_files(name: str) -> dict[str, Path]:
    """The source files of one function: its folder, those it shares, and ``functions`` itself."""
    files = {"functions/__init__.py": FOLDERS / "__init__.py"}
    for folder in (name, *FUNCTIONS[name].folders):
        files |= archive.python_files(FOLDERS / folder, f"functions/{folder}")
    return files


def package_files(layers: Sequence[str] = ()) -> dict[str, Path]:
    """The ``jobtracker`` package, laid out as a layer; of its models those that go with one of these ``layers``."""
    left_out = {f"python/jobtracker/{file}" for layer, files in MODELS.items() if layer not in layers for file in files}
    files = archive.python_files(PACKAGE, "python/jobtracker")
    return {name: file for name, file in files.items() if name not in left_out}


def _zipped(folder: Path, label: str, files: dict[str, Path]) -> str:
    target = folder / "code" / f"{label}-{archive.digest(files)}.zip"
    return str(target if target.exists() else archive.write(target, files))


class Bundles(Construct):
    """Code and layers for the functions of one stack.

    In local mode there are no layers: the functions run in the checkout's own environment, so one small archive
    of the source serves them all.
    """

    def __init__(self, scope: Construct, construct_id: str, *, config: Config) -> None:
        super().__init__(scope, construct_id)
        self._config = config
        self._made: dict[str, lambda_.LayerVersion] = {}
        self._local_code = cache(self._make_local_code)
        self._manifest = None if config.local else Manifest.read(config.asset_dir)

    def code(self, name: str) -> lambda_.Code:
        """The function's own code; its asset keeps the path, so a handler has one name everywhere."""
        if self._config.local:
            return self._local_code()
        return lambda_.Code.from_asset(_zipped(self._config.asset_dir, name, function_files(name)))

    def layers(self, name: str) -> Sequence[lambda_.ILayerVersion]:
        """The product's package, then the dependencies that the function needs."""
        if self._manifest is None:
            return []
        needed = FUNCTIONS[name].layers
        models = [layer for layer in needed if layer in MODELS]
        return [self._layer("_".join(["code", *models]), models), *(self._layer(layer) for layer in needed)]

    def _make_local_code(self) -> lambda_.Code:
        files = archive.python_files(FOLDERS, "functions") | archive.python_files(PACKAGE, "jobtracker")
        return lambda_.Code.from_asset(_zipped(self._config.asset_dir, "local", files))

    def _layer(self, layer: str, models: Sequence[str] | None = None) -> lambda_.LayerVersion:
        """A layer of dependencies, or with ``models`` the product's package that has these."""
        if layer not in self._made:
            assert self._manifest is not None  # noqa: S101 - only ``layers`` calls this, after it looked
            file = (
                _zipped(self._config.asset_dir, "package", package_files(models))
                if models is not None
                else str(self._manifest.file(layer))
            )
            self._made[layer] = lambda_.LayerVersion(
                self,
                "".join(word.capitalize() for word in layer.split("_")),
                code=lambda_.Code.from_asset(file),
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[lambda_.Architecture.ARM_64],
                description=f"jobtracker: {layer}",
            )
        return self._made[layer]
