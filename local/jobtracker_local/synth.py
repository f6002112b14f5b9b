"""Synthesizing the CDK application, and knowing when the last assembly is still good."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

# Everything the assembly is made of. Function code counts because an asset's name is its content's hash.
_SOURCES = ("infra", "functions", "layers", "cdk.json", "uv.lock")
_SUFFIXES = {".py", ".json", ".toml", ".lock", ".txt", ".gz", ".js", ".yaml", ".yml"}
_STAMP = "sources.sha256"
_PATIENCE = 300


def sources_hash(root: Path) -> str:
    """One hash over all that the assembly depends on."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in _files(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        start = root / name
        if start.is_file():
            yield start
        elif start.is_dir():
            for file in sorted(start.rglob("*")):
                if file.suffix in _SUFFIXES and "__pycache__" not in file.parts and file.is_file():
                    yield file


def is_current(options: Options, wanted: str) -> bool:
    """Whether the last assembly was made from these sources."""
    stamp = options.assembly / _STAMP
    return (options.assembly / "manifest.json").exists() and stamp.exists() and stamp.read_text() == wanted


def synthesize(options: Options) -> bool:
    """Make the assembly unless the last one is still good. True when it was made anew."""
    wanted = sources_hash(options.root)
    if is_current(options, wanted):
        return False
    if shutil.which("node") is None:
        raise LocalCloudError(
            "Node.js is missing: the AWS CDK needs it to make the template. Install Node 20 or later."
        )
    draft = options.folder / "assembly.new"
    shutil.rmtree(draft, ignore_errors=True)
    environment = os.environ | {
        "CDK_OUTDIR": str(draft),
        "CDK_CONTEXT_JSON": json.dumps(_context(options.root)),
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "infra.app"],
            cwd=options.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise LocalCloudError(f"Making the template took longer than {_PATIENCE} seconds.") from late
    output = options.folder / "synth.log"
    output.write_text(done.stdout + done.stderr)
    if done.returncode or not (draft / "manifest.json").exists():
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["no output"]
        raise LocalCloudError(f"Making the template failed: {lines[-1].strip()} (all of it: {output})")
    (draft / _STAMP).write_text(wanted)
    shutil.rmtree(options.assembly, ignore_errors=True)
    draft.rename(options.assembly)
    return True


def _context(root: Path) -> dict[str, Any]:
    """What ``cdk synth -c local=true`` would pass: the project's own context and ours."""
    settings = root / "cdk.json"
    own: dict[str, Any] = json.loads(settings.read_text()).get("context", {}) if settings.exists() else {}
    return own | {"local": "true"}
