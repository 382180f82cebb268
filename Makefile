# make demo: see it work. make test: pass the tests. make run: scrape config.yaml's sources.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo run test scorecard docs lint format lock clean

demo: $(VENV)/.ready
	$(BIN)/navnenyt demo

run: $(VENV)/.ready
	$(BIN)/navnenyt run

# Both cores at once. The tests start hundreds of processes, so compiled modules are kept whatever the environment says.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

test: $(VENV)/.ready-dev
	$(PYTEST) -m "not scorecard" --cov --cov-report=term --cov-fail-under=90

# The tests that take more than a moment, those that tell a row of the scorecard, and its table.
scorecard: $(VENV)/.ready-dev
	$(PYTEST) -m "scorecard or row"

# The pages and pictures of docs/ that are made: the cookbook with its plots.
docs: $(VENV)/.ready-dev
	$(BIN)/python docs/cookbook.py

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Pin the newest releases again, with their hashes and without any address.
lock:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group dev -o requirements-dev.lock
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate --no-strip-extras

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*
