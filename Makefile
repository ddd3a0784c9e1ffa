# Everything a contributor runs. The first run makes .venv from pyproject.toml and constraints.txt;
# later runs call no installer and need no network. Nothing outside this folder is changed.
#
#   PYTHON=/path/to/python3.12 make test     choose the interpreter

SHELL := /bin/sh

PY  := .venv/bin/python
PIP := $(PY) -m pip install --quiet -c constraints.txt

# The caller's settings must not lead an installer, or a test, out of this folder.
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0
export HYPOTHESIS_STORAGE_DIRECTORY := .hypothesis
unexport PYTHONPATH PYTHONHOME PYTHONPYCACHEPREFIX

# Directories too: their time changes when a file is removed.
SOURCES := $(shell find callflow -name __pycache__ -prune -o -print 2>/dev/null)

.PHONY: help demo test lint format unit coverage wheel-test bench diagrams notebooks pages docs wheel constraints clean
.DEFAULT_GOAL := help

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1|\2/p' Makefile | \
	  while IFS='|' read -r name text; do printf '%-20s%s\n' "$$name" "$$text"; done

demo: .venv/.stamp  ## simulate the example of the README
	@$(PY) -m callflow simulate examples/callback.yaml

# One recipe, so that the order holds under `make -j` too: the first that fails ends it.
test: .venv/.stamp .venv-wheel/.stamp  ## lint, types, floors of imports, tests, the built wheel
	@if [ -n "$$CI" ]; then $(PY) tools/kinds.py install; fi
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory wheel-test
	@$(PY) tools/kinds.py report

lint: .venv/.stamp  ## ruff, mypy --strict, import-linter
	$(PY) -m ruff check
	@# The table's rows may be longer than other lines, up to 170 columns.
	@if [ -e callflow/choreography.py ]; then \
	  $(PY) -m ruff check --quiet --isolated --select E501 --line-length 170 callflow/choreography.py; fi
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as main; main()'

format: .venv/.stamp  ## repair what ruff can repair
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

unit: .venv/.stamp  ## the tests alone
	$(PY) -m pytest -n auto --dist worksteal

# Apart, because following every line takes as long again as a good part of the tests.
coverage: .venv/.stamp  ## the tests, and which lines they reach
	$(PY) -m pytest -n auto --cov --cov-report=term

# The wheel that users get, in an environment with its dependencies only, where the sources are not.
wheel-test: .venv-wheel/.installed  ## try the built wheel
	@root=$$(pwd) && away=$$(mktemp -d) && trap 'rm -rf "$$away"' EXIT && cd "$$away" && \
	  "$$root/.venv-wheel/bin/python" -I "$$root/tests/wheel/try_wheel.py" "$$root/examples"

bench: .venv/.stamp  ## measure (never part of the tests)
	@if [ -d benchmarks ]; then \
	  $(PY) -m pytest -o addopts=--import-mode=importlib --benchmark-only benchmarks; \
	else echo 'no benchmarks/ in this checkout'; fi

diagrams: .venv/.stamp  ## draw diagrams/ anew from table and situations
	@$(PY) tools/diagrams.py

pages: .venv/.stamp  ## write the pages of docs/ that are made from code
	@$(PY) tools/pages.py

docs: .venv/.stamp  ## build the site into build/site; a warning is an error
	$(PY) -m sphinx -q -E -W --keep-going docs build/site

notebooks: .venv/.stamp  ## execute notebooks/*.py into the .ipynb beside them
	@$(PY) tools/notebooks.py

wheel: .venv/.stamp  ## build dist/*.whl
	$(PY) -m hatchling build -t wheel -d dist

constraints:  ## pin the newest versions of everything into constraints.txt
	@python=$$(sh tools/find_python.sh) && fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
	  "$$python" -m venv "$$fresh" && "$$fresh/bin/python" -m pip install --quiet hatchling && \
	  "$$fresh/bin/python" -m pip install --quiet --no-build-isolation -e '.[dev]' && \
	  "$$fresh/bin/python" -m pip freeze --exclude-editable > "$$fresh/frozen.txt" && \
	  grep -E '^[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+$$' "$$fresh/frozen.txt" > constraints.txt

clean:  ## remove environments, caches and builds
	rm -rf .venv .venv-wheel dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache .benchmarks .coverage .coverage.* htmlcov
	find callflow tests tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- environments: each stamp is touched last, so a broken set-up is begun anew ------------------

.venv/.stamp: pyproject.toml constraints.txt
	@python=$$(sh tools/find_python.sh) && \
	  echo "setting up .venv with $$python (once; this needs a package index)" && \
	  "$$python" -m venv --clear .venv
	@# The build backend first: with it in place the project is built without fetching it again.
	@$(PIP) hatchling
	@$(PIP) --no-build-isolation -e '.[dev]'
	@touch $@

.venv-wheel/.stamp: pyproject.toml constraints.txt
	@python=$$(sh tools/find_python.sh) && \
	  echo "setting up .venv-wheel with $$python (once; this needs a package index)" && \
	  "$$python" -m venv --clear .venv-wheel
	@.venv-wheel/bin/python -c 'import tomllib; \
	  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
	  > .venv-wheel/dependencies.txt
	@.venv-wheel/bin/python -m pip install --quiet -c constraints.txt -r .venv-wheel/dependencies.txt
	@touch $@

.venv-wheel/.installed: .venv/.stamp .venv-wheel/.stamp pyproject.toml README.md LICENSE $(SOURCES)
	@rm -rf .venv-wheel/dist
	@$(PY) -m hatchling build -t wheel -d .venv-wheel/dist
	@.venv-wheel/bin/python -m pip install --quiet --no-deps --no-index --force-reinstall \
	  .venv-wheel/dist/*.whl
	@touch $@
