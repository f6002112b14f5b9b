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

from pydantic import BaseModel

from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

_STAMP = "sources.json"
_PATIENCE = 300


class _Stamp(BaseModel):
    """What an assembly was made of: the files its making read, one hash over them, and what it was told."""

    read: list[str]
    hash: str
    allowed_hosts: str = ""


def sources_hash(root: Path, read: list[str]) -> str:
    """One hash over all that the assembly depends on.

    That is the infra folder, the locked dependencies, the modules that were read last time, and which
    functions there are. Function code is not part of it: it runs straight from the checkout.
    """
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in sorted({*_always(root), *(root / name for name in read)}):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"gone")
    for handler in sorted((root / "functions").glob("*/handler.py")):
        digest.update(handler.parent.name.encode() + b"\0")
    return digest.hexdigest()


def _always(root: Path) -> Iterator[Path]:
    for name in ("cdk.json", "uv.lock"):
        if (root / name).is_file():
            yield root / name
    for file in (root / "infra").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def is_current(options: Options) -> bool:
    """Whether the last assembly was made from what the checkout holds now."""
    try:
        stamp = _Stamp.model_validate_json((options.assembly / _STAMP).read_text())
    except (OSError, ValueError):
        return False
    made = (options.assembly / "manifest.json").exists()
    told = stamp.allowed_hosts == options.allowed_hosts
    return made and told and stamp.hash == sources_hash(options.root, stamp.read)


def synthesize(options: Options) -> bool:
    """Make the assembly unless the last one is still good. True when it was made anew."""
    if is_current(options):
        return False
    if shutil.which("node") is None:
        raise LocalCloudError(
            "Node.js is missing: the AWS CDK needs it to make the template. Install Node 20 or later."
        )
    draft, note = options.folder / "assembly.new", options.folder / "synth.json"
    shutil.rmtree(draft, ignore_errors=True)
    # Hashed before and after: what changed meanwhile is not in the assembly, so it must not count as made.
    before = sources_hash(options.root, [])
    environment = os.environ | {
        "CDK_OUTDIR": str(draft),
        "CDK_CONTEXT_JSON": json.dumps(_context(options)),
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jobtracker_local.synth_run", str(note)],
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
    read: list[str] = json.loads(note.read_text())
    if sources_hash(options.root, []) == before:
        stamp = _Stamp(read=read, hash=sources_hash(options.root, read), allowed_hosts=options.allowed_hosts)
        (draft / _STAMP).write_text(stamp.model_dump_json())
    shutil.rmtree(options.assembly, ignore_errors=True)
    draft.rename(options.assembly)
    return True


def _context(options: Options) -> dict[str, Any]:
    """What ``cdk synth -c local=true`` would pass: the project's own context and ours."""
    settings = options.root / "cdk.json"
    own: dict[str, Any] = json.loads(settings.read_text()).get("context", {}) if settings.exists() else {}
    return own | {"local": "true"} | ({"allowed_hosts": options.allowed_hosts} if options.allowed_hosts else {})
