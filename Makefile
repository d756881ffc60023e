# Commands for Kring. `make help` lists them; the longer ones are Python files in tests/tools and `manage.py` commands.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help serve dev test test-full lint bench migrations messages requirements licences setup-system clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/.run ## start the site with its worker on http://127.0.0.1:8000 (PORT= for another port)
	@$(BIN)/python manage.py serve --port $(PORT)

dev: $(VENV)/.dev ## the same for work on the code: reloads by itself, with the debug toolbar
	@DEBUG=1 $(BIN)/python manage.py serve --port $(PORT) --reload

test: setup-system $(VENV)/.dev ## all tests: SQLite, PostgreSQL, browser (ARGS= goes to pytest)
	@$(BIN)/python -m tests.tools.suite $(ARGS)

test-full: setup-system $(VENV)/.dev ## the same with the full counts of the long-running properties
	@KRING_FULL=1 $(BIN)/python -m tests.tools.suite $(ARGS)

lint: $(VENV)/.dev ## style, types, import direction, migrations and translations
	@$(BIN)/python -m tests.tools.lint

bench: setup-system $(VENV)/.dev ## measure speed against a bare Django view
	@$(BIN)/python -m tests.bench $(ARGS)

migrations: $(VENV)/.dev ## write migrations with the oldest Wagtail we support (ARGS= goes to makemigrations)
	@$(BIN)/python -m tests.tools.migrations $(ARGS)

messages: $(VENV)/.dev ## collect the texts to translate and compile the translations
	@$(BIN)/python manage.py messages

requirements: $(VENV)/.dev ## pin the newest allowed packages in requirements*.txt
	@$(BIN)/python -m tests.tools.requirements

licences: $(VENV)/.run ## write docs/licences.md
	@$(BIN)/python manage.py licences

setup-system: ## name and install the system packages that tests need (Debian, as root)
	@$(PYTHON) tests/tools/system.py

clean: ## remove what can be made again; the data in var/ stays
	rm -rf $(VENV) .venv-* build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# The files .run and .dev say which pinned packages are in the virtual environment. Without pip it was never finished:
# Debian's Python makes half of one when python3-venv is missing.
$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kring needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages …"
	@$(BIN)/pip install -qq --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/pip install -qq --require-hashes -r requirements-dev.txt
	@touch $@
