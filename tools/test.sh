#!/usr/bin/env bash
# Every check and every test, quick ones first; the first failure ends the run.
set -euo pipefail
step() { printf '\n── %s\n' "$*"; }
bin=.venv/bin
# Many processes import the same modules: what is compiled once need not be compiled in each of them.
unset PYTHONDONTWRITEBYTECODE

step "Format and style (ruff)"; $bin/ruff format --check . ; $bin/ruff check .
step "Import directions (import-linter)"; $bin/lint-imports
step "Types (mypy --strict), and beside them the page's types and tests (tsc, Vitest)"
mkdir -p build
{ npm --prefix frontend run --silent typecheck && npm --prefix frontend test --silent; } >build/page-tests.log 2>&1 &
page=$!
trap 'kill $page 2>/dev/null || true' EXIT
$bin/mypy
wait $page || { cat build/page-tests.log; exit 1; }
tail -n 6 build/page-tests.log
trap - EXIT
bash tools/setup_browser.sh
bash tools/setup_ocr.sh
step "Unit, contract and infrastructure tests"; $bin/pytest -q -n 2 --dist loadgroup tests/unit tests/contract tests/infra
step "Integration and end-to-end tests"; $bin/pytest -q tests/integration tests/e2e
