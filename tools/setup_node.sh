#!/usr/bin/env bash
# Installs the page's locked dependencies.
set -euo pipefail
die() { printf '%s\n' "$*" >&2; exit 2; }

command -v node >/dev/null || die "Node.js is missing. Install Node 20 or later (Debian: sudo apt-get install -y nodejs npm)."
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || die "Node $(node --version) is too old. Install Node 20 or later."
printf '• Installing the locked page dependencies\n'
npm --prefix frontend ci --no-audit --no-fund --loglevel=error
touch frontend/node_modules/.ready
