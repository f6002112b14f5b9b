#!/usr/bin/env bash
# Makes .venv with the locked dependencies. Needs nothing but a Python of a supported version.
set -euo pipefail
python="${1:-python3}"
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 2; }

command -v "$python" >/dev/null || die "No $python found. Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3 ..."
"$python" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))' ||
  die "$("$python" --version) is not supported. Name a Python from 3.11 to 3.14: make PYTHON=/path/to/python3 ..."
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  minor=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
  die "This Python has no venv. Run: sudo apt-get install -y python${minor}-venv"
fi
mkdir -p .venv 2>/dev/null && [ -w .venv ] || die "Cannot write to $(pwd). Work in a folder of your own."
if [ ! -x .venv/bin/uv ]; then
  say "• Making the Python environment in .venv"
  wanted=$(sed -n '/^name = "uv"$/{n;s/^version = "\(.*\)"$/\1/p;q}' uv.lock)
  "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==${wanted}"
fi
say "• Installing the locked Python dependencies"
# The machine's own certificates, so that it also works behind a company's proxy.
.venv/bin/uv sync --system-certs --locked --quiet
touch .venv/.ready
