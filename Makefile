# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PORT ?= 8000
PLAN ?=
PYTHON ?= python3
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE = 1

.DEFAULT_GOAL := help
.PHONY: help install build demo dev test test-long check format pictures bench lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/installed: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Xiaoan needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: .venv/installed  ## install what is locked into .venv

build: install  ## bundle the front end, compile the catalogues
	@$(BIN)/python hatch_build.py

demo: build  ## an invented district on http://127.0.0.1:8000 (PORT=8123, PLAN=file of the official text)
	@$(BIN)/xiaoan demo --port $(PORT) $(if $(PLAN),--plan "$(PLAN)")

dev: build  ## the demo district with a reloading server
	@XIAOAN_DEBUG=1 $(BIN)/xiaoan demo --port $(PORT) --reload $(if $(PLAN),--plan "$(PLAN)")

test: build  ## the whole suite: SQLite always, PostgreSQL and browser where present
	@$(BIN)/python tools/run_tests.py

test-long: build  ## hazards at length: 200 random lives, everybody asks for everything, every pair of moves races
	@XIAOAN_LONG=1 $(BIN)/python -m pytest -q src/xiaoan/hazards/tests/test_state_machine.py src/xiaoan/hazards/tests/test_lifecycle.py tests/trial/test_hazard_races.py

check: build  ## linters, types, import contracts
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/lint-imports && $(BIN)/mypy

format: install  ## let the formatter have its way
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

pictures: build  ## screenshots of every page, both shells and languages, into pictures/; Lighthouse on phone pages
	@$(BIN)/python tools/take_pictures.py
	@$(BIN)/python tools/judge_pages.py

bench: build  ## ratios of what an act and a page cost
	@$(BIN)/python -m pytest -q bench -s -p no:cacheprovider

lock:  ## renew the hashed locks (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/base.txt
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --all-extras pyproject.toml -o requirements/dev.txt

clean:  ## forget everything that was built or recorded here
	rm -rf .venv var dist pictures frontend/node_modules src/xiaoan/foundation/ui/static/ui
