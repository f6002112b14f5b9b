"""Building the frontend when it changed, so that one command is enough on a fresh checkout."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from jobtracker_local.deploy import Progress
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

_LEFT_OUT = {"node_modules", "dist", "coverage", "test-results", "playwright-report", ".vite"}
_PATIENCE = 600


def build(options: Options, progress: Progress) -> bool:
    """Install the frontend's packages and build it, unless the last build is still good. True when built."""
    folder = options.root / "frontend"
    if not (folder / "package.json").exists():
        return False
    packages, sources = _hash([folder / "package.json", folder / "package-lock.json"]), _hash(_files(folder))
    note = options.folder / "website.json"
    known = _known(note)
    built = (options.website / "index.html").exists()
    if built and known.get("sources") == sources:
        return False
    npm = shutil.which("npm")
    if npm is None:
        if built:
            progress("npm is missing: the page is shown as it was built last")
            return False
        raise LocalCloudError("npm is missing: it is needed to build the page. Install Node 20 or later.")
    if not (folder / "node_modules").is_dir() or known.get("packages") != packages:
        progress("installing the page's packages")
        install = "ci" if (folder / "package-lock.json").exists() else "install"
        _npm(npm, [install, "--no-audit", "--no-fund"], folder, options)
    progress("building the page")
    _npm(npm, ["run", "build"], folder, options)
    note.write_text(json.dumps({"packages": packages, "sources": sources}))
    return True


def _npm(npm: str, arguments: list[str], folder: Path, options: Options) -> None:
    output = options.folder / "website.log"
    try:
        done = subprocess.run(
            [npm, *arguments],
            cwd=folder,
            env=os.environ | {"CI": "1", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise LocalCloudError(f"npm {arguments[0]} took longer than {_PATIENCE // 60} minutes.") from late
    output.write_text(done.stdout + done.stderr)
    if done.returncode:
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if "rror" in line]
        reason = said[0] if said else f"exit code {done.returncode}"
        raise LocalCloudError(f"npm {' '.join(arguments)} failed: {reason} (all of it: {output})")


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in _LEFT_OUT:
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".tsbuildinfo"):
            yield entry


def _hash(files: "Iterator[Path] | list[Path]") -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _known(note: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(note.read_text())
    except (OSError, ValueError):
        return {}
    return found
