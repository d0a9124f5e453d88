# Two commands matter: `make report` and `make test`. Both make .venv/ themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: report test check format lock wheelhouse bench clean

report: .venv/runtime
	$(BIN)/xuke demo
	$(BIN)/xuke run

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/nbstripout --keep-id notebooks/*.ipynb

# Everything is measured beside its peers, for an hour or more, and written to benchmarks/results.md.
# The province's size takes another: see benchmarks/scale.py.
bench: .venv/dev
	failed=; for name in figures findings explore import pages run scale spark; do \
	  $(BIN)/python benchmarks/$$name.py || failed="$$failed $$name"; done; \
	test -z "$$failed" || { echo "failed:$$failed"; exit 1; }

# Versions are resolved once for Python 3.11-3.13 on Linux and Windows; no index address is written.
lock: .venv/dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 --constraint requirements.lock \
	  pyproject.toml --extra dev -o requirements-dev.lock

# For a machine without a package index, of the same system and Python: what is locked, and what
# builds this package. See "Without a package index" in README.md.
wheelhouse: .venv/python
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheelhouse \
	  --only-binary=:all: --require-hashes -r requirements.lock
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheelhouse \
	  --only-binary=:all: hatchling editables

.venv/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/runtime: .venv/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv
