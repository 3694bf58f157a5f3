# The commands of the house. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.14 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20,22

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage bench lint format lock openapi synth costs package reset clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) node_modules/.package-lock.json ## install what the other commands need (they do it by themselves)

$(STAMP): requirements.lock requirements-uv.lock
	@if [ -z "$(PYTHON)" ]; then echo "ShareStack needs Python 3.11 or newer; none was found. Install it, or name it: make PYTHON=/path/to/python3 ..." >&2; exit 1; fi
	@echo "Installing Python packages into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

node_modules/.package-lock.json: package-lock.json
	@if ! command -v node >/dev/null; then echo "ShareStack needs Node.js 20 or newer (for the AWS CDK); 'node' was not found on the PATH." >&2; exit 1; fi
	@echo "Installing the AWS CDK command line ..."
	@npm ci --silent --no-progress
	@touch $@

run: setup ## the whole system at http://127.0.0.1:8000 (PORT, ADMIN_EMAIL, ADMIN_PASSWORD, DATABASE_URL, PACKAGED=1, DEMO=0)
	@DEMO=$${DEMO-1} exec $(BIN)/python -m infra.local

test: setup ## every test, in parallel
	@$(BIN)/python -m pytest -n auto --dist loadgroup

coverage: setup ## every test, and what they run of functions/ and shared/ (bars: 90 % of lines, 80 % of branches)
	@$(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report=json:build/coverage.json
	@$(BIN)/python -m tests.coverage_bars build/coverage.json

bench: setup ## measure: ONLY="init warm routes gateway drain", EVENTS=100000; tables, and JSON in build/bench
	@$(BIN)/python -m tests.benchmarks --events $(or $(EVENTS),100000) $(ONLY)

lint: setup ## formatting, types, import rules, security rules and the infrastructure tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit -q -r functions shared infra -c pyproject.toml
	@$(BIN)/python -m pytest tests/infra

format: $(STAMP) ## format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(STAMP) ## resolve the lock files anew (needs a package index)
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements.lock
	@echo uv | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements-uv.lock
	@$(BIN)/python -m infra.packaging.lock

openapi: setup ## write the merged OpenAPI document (functions/operations/openapi.json)
	@$(BIN)/python -m infra.openapi

synth: setup ## CloudFormation templates of every environment, into cdk.out
	@for environment in dev staging prod; do npx --no-install cdk synth --quiet -c environment=$$environment -o cdk.out/$$environment || exit 1; done

package: $(STAMP) ## every function and layer for AWS, into build/packages (TARGET=here: for this machine)
	@$(BIN)/python -m infra.packaging $(if $(filter here,$(TARGET)),--here)

costs: setup ## what a month costs, computed from the templates (docs/operations/costs.md)
	@$(BIN)/python -m infra.costs

reset: ## forget all local data
	@rm -rf .local

clean: reset ## also forget what was installed and built
	@rm -rf $(VENV) node_modules cdk.out build
