# make demo   sets up all, makes a record of the sample reports, prints what was said and where to go next
# make test   sets up all, runs everything that CI runs
# make help   the rest

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url pyproject.toml
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test test-long lint types layers unit wheel lock benchmark model clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# One stamp for each set of locked requirements: nothing is installed twice. uv is used where there is one: it is faster.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer; try: make $@ PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing $(1) (once; about a minute) …"
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	 else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
endef

$(VENV)/run.done: requirements/run.txt pyproject.toml
	$(call install,requirements/run.txt)

$(VENV)/dev.done: requirements/dev.txt pyproject.toml
	$(call install,requirements/dev.txt)
	@touch $(VENV)/run.done

$(VENV)/benchmark.done: requirements/benchmark.txt $(VENV)/dev.done
	$(call install,requirements/benchmark.txt)

$(VENV)/training.done: requirements/training.txt $(VENV)/dev.done
	$(call install,requirements/training.txt)

demo: $(VENV)/run.done ## make a record of the sample reports and look at it
	@rm -f demo.db demo.db-shm demo.db-wal
	@echo; echo "$$ onrecord add examples/reports"
	@$(BIN)/onrecord add examples/reports --record demo.db
	@echo; echo "$$ onrecord statements --speaker Vorrin --about Tamorra"
	@$(BIN)/onrecord statements --record demo.db --speaker Vorrin --about Tamorra
	@echo; echo "$$ onrecord actors --limit 8"
	@$(BIN)/onrecord actors --record demo.db --limit 8
	@echo; echo "The record is demo.db. Go on with:"
	@echo "  $(BIN)/onrecord statements --record demo.db --speaker Tamorra        everything that one side said"
	@echo "  $(BIN)/onrecord show --record demo.db ID                             the sentence and its report, for any id above"
	@echo "  $(BIN)/onrecord show --record demo.db ID --dropped                   what of a page was left out, and why"
	@echo "  $(BIN)/onrecord add FOLDER                                           your own pages, into record.db"
	@echo "  README.md                                                        the rest"

test: lint types layers unit wheel ## everything that CI runs

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.done
	$(BIN)/mypy

layers: $(VENV)/dev.done
	$(BIN)/lint-imports

unit: $(VENV)/dev.done
	$(BIN)/pytest -m "not long" --cov --cov-report=term:skip-covered --cov-fail-under=95

test-long: $(VENV)/dev.done ## minutes, not seconds: ten kills of a running add, all articles, deep fuzzing
	$(BIN)/pytest -m long

wheel: $(VENV)/dev.done
	rm -rf dist build/wheel
	$(BIN)/hatchling build -t wheel
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/run.txt
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	cd build && wheel/bin/python -I ../tests/wheel/check_wheel.py ../examples/reports

lock: ## make the hash-locked requirements anew from pyproject.toml (needs uv)
	$(COMPILE) --group build -o requirements/run.txt
	$(COMPILE) --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --group build --group dev --group benchmark -c requirements/dev.txt -o requirements/benchmark.txt
	$(COMPILE) --group build --group dev --group training -c requirements/dev.txt -o requirements/training.txt

benchmark: $(VENV)/benchmark.done ## speed and memory of extract beside bare spaCy, in one run
	$(BIN)/python -m benchmarks.speed --data $(DATA)/polnear/dev.jsonl

model: $(VENV)/training.done ## train the model anew from DATA and write it into the package (hours)
	$(BIN)/python -m training.attribution.build --data $(DATA)/polnear

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist demo.db* .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
