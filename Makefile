# Two commands set up everything: `make demo` and `make test`. `make env` only builds .venv/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: env demo test lint types unit docs wheel-check bench clean

env: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt $(wildcard tests/plugin/*/pyproject.toml)
	$(PYTHON) -c 'import sys; sys.exit("kinerja needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade "pip>=25.1"
	$(PIP) install --constraint constraints.txt --editable ".[xlsx]" --group test --group lint --group docs
	$(PIP) install --constraint constraints.txt --no-deps ./tests/plugin/kinerja-contoh
	touch $@

demo: env
	$(BIN)/python examples/demo.py

test: lint types unit docs wheel-check
	@echo "make test: all checks passed"

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: env
	$(BIN)/mypy

unit: env
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

docs: env
	$(BIN)/mkdocs build --strict

# The wheel alone in an empty environment, with only its run-time dependencies.
wheel-check: env
	PYTHON="$(PYTHON)" PIP_CONSTRAINT="$(abspath constraints.txt)" $(BIN)/python tests/wheel/check_wheel.py

bench: env
	$(PYTHON) -m venv .bench-venv
	.bench-venv/bin/python -m pip --disable-pip-version-check --quiet install --upgrade "pip>=25.1"
	.bench-venv/bin/python -m pip --disable-pip-version-check --quiet install --editable . --group bench
	.bench-venv/bin/python benchmarks/import_cost.py
	.bench-venv/bin/python benchmarks/one_record.py

clean:
	rm -rf $(VENV) .bench-venv build dist site demo-output .coverage .coverage.*
