# Two commands set up everything: `make demo` and `make test`. `make env` only builds .venv/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .bench-venv
PEERS := .peers-venv
AGENCIES := kertapati cakranegara bangko rakumpit bukittinggi
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: env demo test lint types unit docs examples wheel-check policy-mutants peers bench bench-quick clean
.PHONY: $(AGENCIES) notebooks

env: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt $(wildcard tests/plugin/*/pyproject.toml)
	$(PYTHON) -c 'import sys; sys.exit("kinerja needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade "pip>=25.1"
	$(PIP) install --constraint constraints.txt --editable ".[xlsx]" --group test --group lint --group docs --group notebooks
	$(PIP) install --constraint constraints.txt --no-deps ./tests/plugin/kinerja-contoh
	touch $@

demo: env
	$(BIN)/python examples/demo.py

test: lint types unit docs examples wheel-check
	@echo "make test: all checks passed"

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: env
	$(BIN)/mypy

unit: env
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal --ignore tests/examples
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

docs: env
	$(BIN)/mkdocs build --strict

# The notebooks and every agency's example, each in a folder that is thrown away, and what is tested of them.
examples: env notebooks
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/examples
	$(BIN)/python examples/semua.py

# One agency's example, with results to look at; each README says where they are.
kertapati: env
	sh examples/kertapati/malam.sh

cakranegara: env
	rm -rf examples/hasil/$@ && mkdir -p examples/hasil
	$(BIN)/python examples/cakranegara/jalankan.py examples/hasil/$@

bangko: env
	rm -rf examples/hasil/$@ && mkdir -p examples/hasil
	$(BIN)/python examples/bangko/jalankan.py examples/hasil/$@

# The report ends with 1 where something has to be looked at.
rakumpit: env
	mkdir -p examples/hasil
	$(BIN)/python examples/rakumpit/laporan.py examples/hasil/$@ || [ $$? -eq 1 ]

bukittinggi: env
	PATH="$(abspath $(BIN)):$$PATH" sh examples/bukittinggi/jalankan.sh

# The notebooks, executed: one page each.
notebooks: env
	rm -rf examples/hasil/$@ && mkdir -p examples/hasil
	$(BIN)/python examples/notebooks/jalankan.py examples/hasil/$@

# The wheel alone in an empty environment, with only its run-time dependencies.
wheel-check: env
	PYTHON="$(PYTHON)" PIP_CONSTRAINT="$(abspath constraints.txt)" $(BIN)/python tests/wheel/check_wheel.py

# Faults put into shipped policies, one at a time: how many do their examples catch?
policy-mutants: env
	$(BIN)/python tests/mutants/run.py

# Every measurement, or those on columns with fewer rows (under a minute). A wrong answer fails; the rest still runs.
bench: $(BENCH)/.ready
	rm -f benchmarks/results/latest.json
	status=0; for script in import_cost one_record columns panel proving weights_data weightings; do \
		$(BENCH)/bin/python benchmarks/$$script.py || status=1; done; exit $$status

bench-quick: $(BENCH)/.ready
	rm -f benchmarks/results/latest.json
	status=0; for script in columns panel weights_data weightings; do \
		$(BENCH)/bin/python benchmarks/$$script.py --quick || status=1; done; exit $$status

# Agreement with other libraries, and their known errors.
peers: $(PEERS)/.ready
	$(PEERS)/bin/python -m pytest -q tests/peers

$(PEERS)/.ready: pyproject.toml
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet install --upgrade "pip>=25.1"
	$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet install --editable . --group peers "pytest>=8.3" "hypothesis>=6.120"
	touch $@

# The peers live apart from what the tests run with.
$(BENCH)/.ready: pyproject.toml
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --upgrade "pip>=25.1"
	$(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --editable . --group bench
	touch $@

clean:
	rm -rf $(VENV) $(BENCH) $(PEERS) build dist site demo-output .coverage .coverage.*
