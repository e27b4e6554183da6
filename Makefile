# `make` alone prints what there is. The two that matter: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python -m django
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
export DJANGO_SETTINGS_MODULE := bofast.config.settings

.DEFAULT_GOAL := help
.PHONY: help demo test setup check fix messages compile-messages documents lock bench clean

help: ## print this
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 20

demo: .venv/runtime.stamp ## set everything up and serve a living municipality on http://127.0.0.1:8000
	@$(BIN)/bofast demo

test: .venv/dev.stamp ## set up what the tests need and run all of them
	@$(BIN)/python scripts/test.py

setup: .venv/dev.stamp ## the virtual environment with everything for development

check: .venv/dev.stamp ## format, lint, types, rooms, migrations; no tests
	@$(BIN)/python scripts/test.py --checks-only

fix: .venv/dev.stamp ## format, and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: .venv/dev.stamp ## gather the texts to translate (needs gettext), then compile them
	cd src/bofast && ../../$(MANAGE) makemessages --all --no-wrap --add-location file --ignore 'tests/*'
	$(MAKE) compile-messages

compile-messages: .venv/dev.stamp ## make the .mo files, which are committed, out of the .po files
	@$(BIN)/python scripts/messages.py

documents: .venv/dev.stamp ## write docs/rules.md and docs/record-of-processing.md out of the program's tables
	@$(BIN)/python scripts/documents.py

lock: ## resolve the dependencies anew, with hashes (needs uv)
	$(LOCK) --upgrade pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) --upgrade pyproject.toml --extra dev --output-file requirements/dev.txt
	$(LOCK) --upgrade --group build --output-file requirements/build.txt

bench: .venv/runtime.stamp ## print how long the main jobs take here
	@$(BIN)/bofast bench

clean: ## remove the virtual environment and everything made; the data in ./var stays
	rm -rf .venv build dist src/*.egg-info test-results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/runtime.stamp: requirements/runtime.txt requirements/build.txt pyproject.toml
	@$(PYTHON) scripts/setup.py runtime build

.venv/dev.stamp: requirements/dev.txt pyproject.toml
	@$(PYTHON) scripts/setup.py dev
