# SPDX-License-Identifier: GPL-2.0-or-later
# make play [ARGS=...]   the game; `make play ARGS=--help` lists what it can do
# make test [ARGS=...]   all tests, long campaigns by a sample; `make test ARGS="tests/sim -k numa"` some of them
# make test-long         the rest of the campaigns: SPIN on every level, more programs under gcc, more replays
# make fuzz [TIMES=...]  the tests with dice in them, for as long as you like
# make check             format, lint, types, borders between the packages, proofs of the levels
# make precommit         format, lint, types, borders, and the tests nearest to what has changed since main, which
#                        tests/nearest.py picks: seconds, for every commit
# make bench             speed of the simulator
# make picture           draw the README's picture again
# Each makes .venv by itself; PYTHON=python3.13 picks the interpreter for it.

TIMES ?= 100
BIN := .venv/bin
export PYTHON

# Bytecode is kept whatever the environment says: the tests start the program, and each worker imports it.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

.PHONY: play test test-long fuzz lint check precommit bench picture always

play: .venv/.play
	@$(BIN)/oomrace $(ARGS)

# Three workers for two cores: tests of terminals wait more than they work. Each begins with a row of files of its own,
# which share what they set up. COVERAGE=1 also measures which lines run, for python -m tests.covered.
test: .venv/.dev
	$(PYTEST) -n 3 --dist worksteal $(if $(COVERAGE),--cov --cov-report=) $(ARGS)

test-long: .venv/.dev
	$(PYTEST) -n 2 --dist worksteal -m long $(ARGS)

fuzz: .venv/.dev
	OOMRACE_FUZZ=$(TIMES) $(PYTEST) -n 3 -m fuzz $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint
	$(BIN)/oomrace check -j 2

precommit: lint
	$(BIN)/python -m tests.nearest

bench: .venv/.dev
	$(BIN)/python -m pytest tests/bench --benchmark-enable --benchmark-only $(ARGS)

picture: .venv/.play
	$(BIN)/python docs/picture.py

# The script looks each time: a Python that has gone, or a checkout that has moved, shows in no file's age.
.venv/.play .venv/.dev: always
	@.ci/environment $(patsubst .%,%,$(@F))
