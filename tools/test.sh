#!/usr/bin/env bash
# Every check and every test, quick ones first; the first failure ends the run.
set -euo pipefail
step() { printf '\n── %s\n' "$*"; }
bin=.venv/bin
# Many processes import the same modules: what is compiled once need not be compiled in each of them.
unset PYTHONDONTWRITEBYTECODE

step "Format and style (ruff)"; $bin/ruff format --check . ; $bin/ruff check .
step "Import directions (import-linter)"; $bin/lint-imports
step "Types (mypy --strict)"; $bin/mypy
step "Types of the page (tsc)"; npm --prefix frontend run --silent typecheck
step "Tests of the page (Vitest)"; npm --prefix frontend test --silent
bash tools/setup_browser.sh
bash tools/setup_ocr.sh
step "Unit, contract and infrastructure tests"; $bin/pytest -q -n 2 --dist loadgroup tests/unit tests/contract tests/infra
step "Integration and end-to-end tests"; $bin/pytest -q tests/integration tests/e2e
