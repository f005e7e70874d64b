# SPDX-License-Identifier: GPL-2.0-or-later
# make play [ARGS=...]   the game; `make play ARGS=--help` lists what it can do
# make test [ARGS=...]   all tests; `make test ARGS="tests/sim -k numa"` some of them
# make check             format, lint, types, borders between the packages, proofs of the levels
# make bench             speed of the simulator
# make picture           draw the README's picture again
# Each makes .venv by itself; PYTHON=python3.13 picks the interpreter for it.

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: play test check bench picture

play: .venv/.play
	@$(BIN)/oomrace $(ARGS)

test: .venv/.dev
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/oomrace check

bench: .venv/.dev
	$(BIN)/python -m pytest tests/bench --benchmark-enable --benchmark-only $(ARGS)

picture: .venv/.play
	$(BIN)/python docs/picture.py

.venv/.play: pyproject.toml
	@echo "setting up .venv for the game (once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "oomrace needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# Dependency groups need pip 25.1; the one that venv brings may be older.
.venv/.dev: .venv/.play
	@echo "adding the tools for tests and checks (once)"
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@
