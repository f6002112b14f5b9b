"""Builds the dependency layers: ``python -m infra.assets``.

What goes in is exactly what ``uv.lock`` locks, with its hashes, for Lambda's machine and Python; no Docker, and no
other network than the package index. A layer that is already built from the same lines is not built again.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from filelock import FileLock

from infra import archive, prune
from infra.catalogue import AWS_SERVICES, LAYERS, Layer
from infra.config import ROOT
from infra.manifest import BuiltLayer, Manifest, lock_hash

_PYTHON = "3.13"
_PLATFORM = "aarch64-manylinux_2_28"
# Part of every layer's name: raise it when the way of building changes what comes out.
_RECIPE = "1"
# Locked packages without a wheel. All of it is plain Python, so building it here is building it there.
_SOURCE_ONLY = ("jstyleson", "sgmllib3k")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


class BuildError(RuntimeError):
    """A tool that builds the layers failed."""


def _run(*command: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | (environment or {})
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command[:4])} failed:\n{done.stderr.strip()}")
    return done.stdout


def _uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        raise BuildError("uv is missing: it is in the project's dev group")
    return found


@cache
def _exported(groups: tuple[str, ...]) -> str:
    options = [part for group in groups for part in ("--only-group", group)]
    return _run(_uv(), "export", "--frozen", "--no-annotate", "--no-header", "--no-emit-project", *options)


def locked(groups: tuple[str, ...]) -> dict[str, list[str]]:
    """What the lock file holds for some groups: requirement blocks with hashes, by package name."""
    text = _exported(groups)
    blocks: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=\S)", text.strip()):
        if found := _PINNED.match(block):
            blocks.setdefault(found.group(1).lower(), []).append(block)
    return blocks


def requirements(layer: Layer) -> dict[str, list[str]]:
    """What a layer adds to those beneath it."""
    wanted = locked(layer.groups)
    for name in layer.beneath:
        for package in locked(LAYERS[name].groups):
            wanted.pop(package, None)
    return wanted


def build(folder: Path, names: tuple[str, ...] = tuple(LAYERS)) -> Manifest:
    """Build the named layers and leave a manifest beside them. Who comes while another builds waits for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "layers.lock"):
        return _build(folder, names)


def _build(folder: Path, names: tuple[str, ...]) -> Manifest:
    layers = {name: _layer(folder, name, LAYERS[name]) for name in names}
    manifest = Manifest(made_from=lock_hash(), layers=layers, folder=folder)
    manifest.write(folder)
    current = {Path(layer.file).stem for layer in layers.values()}
    for old in (folder / "layers").iterdir():
        if old.stem not in current:
            old.unlink()
    return manifest


def _layer(folder: Path, name: str, layer: Layer) -> BuiltLayer:
    lines = requirements(layer)
    interpreter = _interpreter() if layer.bytecode else None
    recipe = "\n".join(
        [
            _RECIPE,
            _PYTHON,
            _PLATFORM,
            str(bool(interpreter)),
            *AWS_SERVICES,
            *(b for k in sorted(lines) for b in lines[k]),
        ]
    )
    recipe += "".join(
        hashlib.sha256((ROOT / "infra" / name).read_bytes()).hexdigest() for name in ("prune.py", "elf.py")
    )
    key = hashlib.sha256(recipe.encode()).hexdigest()[:16]
    note = folder / "layers" / f"{name}-{key}.json"
    target = note.with_suffix(".zip")
    if note.exists() and target.exists():
        return BuiltLayer.model_validate_json(note.read_text())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "python"
        _install(lines, root)
        packages = _versions(root)
        prune.prune(root)
        if interpreter:
            _compile(interpreter, root)
        files = {f"python/{file.relative_to(root).as_posix()}": file for file in root.rglob("*") if file.is_file()}
        size = sum(file.stat().st_size for file in files.values())
        archive.write(target, files)
    built = BuiltLayer(file=target.relative_to(folder).as_posix(), unzipped_bytes=size, packages=packages)
    note.write_text(built.model_dump_json(indent=2))
    sys.stderr.write(f"built {name}: {size / 2**20:.0f} MB in {time.monotonic() - began:.0f} s\n")
    return built


def _install(lines: dict[str, list[str]], root: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(block for name in sorted(lines) for block in lines[name]) + "\n")
        file.flush()
        source = [part for name in _SOURCE_ONLY if name in lines for part in ("--no-binary", name)]
        _run(
            _uv(),
            "pip",
            "install",
            "--quiet",
            "--system-certs",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            *source,
            "--python-platform",
            _PLATFORM,
            "--python-version",
            _PYTHON,
            "--link-mode",
            "copy",
            "--target",
            str(root),
            "--requirements",
            file.name,
        )


def _versions(root: Path) -> dict[str, str]:
    found = (folder.name.removesuffix(".dist-info").rsplit("-", 1) for folder in root.glob("*.dist-info"))
    return {name.replace("_", "-").lower(): version for name, version in sorted(found)}


def _interpreter() -> str | None:
    """An interpreter of the runtime's own minor version, if this machine has one: only its bytecode is any use."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for found in (shutil.which(f"python{_PYTHON}"), *sorted(kept.glob(f"{_PYTHON}.*/bin/python{_PYTHON}"))):
        # A version manager's shim may be on the path and yet have nothing behind it.
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return str(found)
    return None


def _compile(interpreter: str, root: Path) -> None:
    # Unchecked, because the archive's dates mean nothing; with the paths that the files will have on Lambda.
    _run(
        interpreter,
        "-m",
        "compileall",
        "-q",
        "-j",
        "2",
        "--invalidation-mode",
        "unchecked-hash",
        "-s",
        str(root),
        "-p",
        "/opt/python",
        str(root),
        environment={"PYTHONHASHSEED": "0"},
    )


def main() -> None:
    """Build all layers and print their sizes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--asset-dir", type=Path, default=ROOT / "build", help="where the layers go")
    given = options.parse_args()
    manifest = build(given.asset_dir)
    sizes = {name: round(layer.unzipped_bytes / 2**20, 1) for name, layer in manifest.layers.items()}
    sys.stdout.write(json.dumps(sizes, indent=2) + "\n")


if __name__ == "__main__":
    main()
