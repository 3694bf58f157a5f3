# The commands of the house. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.14 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# A company's own certificate authority is known to the system, and to neither uv's nor Node's own list of roots. (Node
# looks there from 22.19 on; older ones read NODE_EXTRA_CA_CERTS.)
export UV_SYSTEM_CERTS ?= true
export NODE_USE_SYSTEM_CA ?= 1

.DEFAULT_GOAL := help
.PHONY: help python preflight preflight-run setup web-packages run test test-python test-web test-browser context coverage bench lint format lock openapi synth costs package reset clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

PYTHON_WANTED := ShareStack needs Python 3.11 or newer; none was found. Install it, or name it: make PYTHON=/path/to/python3 ...

python:
	@if [ -z "$(PYTHON)" ] && [ ! -x $(BIN)/python ]; then echo "$(PYTHON_WANTED)" >&2; exit 1; fi

preflight: python # what would fail later is told before anything is installed
	@$(or $(PYTHON),$(BIN)/python) -m infra.local.host.preflight

preflight-run: python
	@$(or $(PYTHON),$(BIN)/python) -m infra.local.host.preflight run

setup: preflight $(STAMP) node_modules/.package-lock.json ## install what the other commands need (they do it by themselves)

$(STAMP): requirements.lock requirements-uv.lock | python
	@if [ -z "$(PYTHON)" ]; then echo "$(PYTHON_WANTED)" >&2; exit 1; fi
	@echo "Installing Python packages into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

node_modules/.package-lock.json: package-lock.json | preflight
	@echo "Installing the AWS CDK command line ..."
	@npm ci --silent --no-progress
	@touch $@

web-packages: $(STAMP)
	@$(BIN)/python -m infra.web_build install

run: preflight-run setup ## the whole system at http://127.0.0.1:8000 (PORT, WEB=dev, WEB=0, DEMO=0, PACKAGED=1, DATABASE_URL, ADMIN_EMAIL, ADMIN_PASSWORD)
	@DEMO=$${DEMO-1} WEB=$${WEB-1} exec $(BIN)/python -m infra.local

test: test-python $(if $(CONTEXT),,test-web test-browser) ## every test, in parallel (CONTEXT="catalog media": theirs only; CONTEXT=catalog+: and of its importers)

test-python: setup
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(addprefix --context=,$(CONTEXT))

test-web: web-packages ## the tests of the pages alone, with their coverage bars, and sizes of what is built
	@cd web && npm run --silent coverage
	@$(BIN)/python -m infra.web_build
	@cd web && npm run --silent budgets

test-browser: setup web-packages ## the pages in a browser, against the whole system (SPEC=journeys/buying: some of web/e2e)
	@$(BIN)/python -m infra.web_build
	@$(BIN)/python -m infra.web_build install-browser-tests
	@cd web/e2e && npm test --silent -- $(SPEC)

context: $(STAMP) ## a new bounded context: NAME=messages
	@$(BIN)/python -m infra.new_context $(NAME)

coverage: setup ## every test, and what they run of functions/ and shared/ (bars: 90 % of lines, 80 % of branches)
	@$(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report=json:build/coverage.json
	@$(BIN)/python -m tests.coverage_bars build/coverage.json

bench: setup ## measure: ONLY="init warm routes gateway drain", EVENTS=5000, SCALE=tiny; tables, and JSON in build/bench
	@$(BIN)/python -m tests.benchmarks $(if $(SCALE),--scale $(SCALE)) $(if $(EVENTS),--events $(EVENTS)) $(ONLY)

lint: setup web-packages ## formatting, types, import rules, security rules, and the templates of every environment
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit -q -r functions shared infra simulators demo -c pyproject.toml
	@$(BIN)/python -m infra.web_build install-browser-tests
	@cd web && npm run --silent types && npm run --silent check && npm run --silent lint
	@$(BIN)/python -m infra.lint_templates

format: $(STAMP) web-packages ## format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@cd web && npm run --silent format

lock: $(STAMP) ## resolve the lock files anew (needs a package index)
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements.lock
	@echo uv | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements-uv.lock
	@$(BIN)/python -m infra.packaging.lock

openapi: setup ## write the merged OpenAPI document (build/openapi.json)
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
	@rm -rf $(VENV) node_modules web/node_modules cdk.out build
