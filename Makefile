# Every verb is one line that works on a fresh machine; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAGE ?= dev
# The CDK runs on Node 20 too, and says at length that it would rather not.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 1

.PHONY: help setup run dev test lint format typecheck imports unit frontend-test e2e bench ocr seed synth deploy destroy docs clean

help: ## List the verbs
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/^([a-z0-9-]+):.*## /\1|/' | while IFS='|' read -r verb text; do printf '  make %-13s %s\n' "$$verb" "$$text"; done

setup: ## Install what is needed, from the lock files
	@$(MAKE) -s --no-print-directory -j2 .venv/.ready frontend/node_modules/.ready

.venv/.ready: pyproject.toml uv.lock tools/setup_python.sh
	@bash tools/setup_python.sh "$(PYTHON)"

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json tools/setup_node.sh
	@bash tools/setup_node.sh

run: .venv/.ready ## Start the local cloud and do the main job: collect, read a resume, rank, say why
	@$(BIN)/jobtracker run $(ARGS)

dev: setup ## The same with functions and page reloaded on change
	@$(BIN)/jobtracker run --reload

test: setup ## Run every check and every test
	@bash tools/test.sh

lint: .venv/.ready ## Check format and style
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

format: .venv/.ready ## Rewrite the code in the project's format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

typecheck: setup ## Check the types of Python and TypeScript
	@$(BIN)/mypy && npm --prefix frontend run --silent typecheck

imports: .venv/.ready ## Check that rooms import only from floors below
	@$(BIN)/lint-imports

unit: .venv/.ready ## Run the quick Python tests
	@bash tools/setup_ocr.sh && $(BIN)/pytest -q -n 2 tests/unit tests/contract

frontend-test: setup ## Run the page's own tests
	@npm --prefix frontend test

e2e: setup ## Drive the page in real Chromium
	@bash tools/setup_browser.sh && $(BIN)/pytest -q tests/e2e

bench: .venv/.ready ## Measure the main job, matching, imports and packages
	@for name in main_job matching imports packages; do $(BIN)/python -m benchmarks.$$name || exit 1; done

ocr: ## Install tesseract, which reads scans and photos of resumes, where this user may
	@bash tools/setup_ocr.sh

seed: .venv/.ready ## Collect the bundled sample postings into a running local cloud
	@$(BIN)/jobtracker collect sample

synth: .venv/.ready ## Make the CloudFormation templates for STAGE
	@$(BIN)/python -m infra.assets && CDK_OUTDIR=cdk.out CDK_CONTEXT_JSON='{"stage":"$(STAGE)"}' $(BIN)/python -m infra.app && echo "templates: cdk.out/"

deploy: setup ## Deploy STAGE to the AWS account you are signed in to
	@$(BIN)/python -m infra.assets && npm --prefix frontend run --silent build && PATH="$(CURDIR)/$(BIN):$$PATH" npx --yes aws-cdk@2 deploy --all -c stage=$(STAGE) && $(BIN)/python -m infra.website --stage $(STAGE)

destroy: .venv/.ready ## Remove STAGE from the AWS account you are signed in to
	@$(BIN)/python -m infra.assets && $(BIN)/python -m infra.emptying --stage $(STAGE) && PATH="$(CURDIR)/$(BIN):$$PATH" npx --yes aws-cdk@2 destroy --all -c stage=$(STAGE)

docs: .venv/.ready ## Write the generated documents anew
	@$(BIN)/python -m tools.openapi

clean: ## Stop the local cloud and remove everything that was built (data in .jobtracker too)
	@if [ -x $(BIN)/jobtracker ]; then $(BIN)/jobtracker down || true; fi
	@rm -rf .venv .jobtracker build cdk.out frontend/node_modules frontend/dist
