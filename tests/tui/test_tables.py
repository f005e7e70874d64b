# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables over enums have a row for each member: whoever adds one is told by name which tables lack it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from enum import Enum, IntFlag
from types import ModuleType

import pytest

import puzzles
import sim
import tui
from sim.machine.state import Outcome

PARTIAL = {
    "sim.operations.atomics.ATOMICS": "has its own check at import",
    "sim.operations.locks.TRANSITIONS": "has its own check at import",
    "sim.promela.steps.FLAGS": "follows from RESULTS",
}
"""Tables that leave members out on purpose."""


def modules() -> Iterator[ModuleType]:
    for package in (sim, puzzles, tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def over(table: object) -> type[Enum] | None:
    """The enum that a table is about; None for what is no such table."""
    if not isinstance(table, Mapping) or not table:
        return None
    first, *others = {type(key) for key in table}
    return first if not others and issubclass(first, Enum) else None


def tables() -> Iterator[tuple[str, Mapping[Enum, object]]]:
    """Each table with its name, in the module that assigns it and not where it is imported."""
    for module in modules():
        for name, value in vars(module).items():
            if over(value) is not None and re.search(rf"^{name}\b.* = ", inspect.getsource(module), re.MULTILINE):
                yield f"{module.__name__}.{name}", value


def missing(table: Mapping[Enum, object]) -> list[str]:
    enum = over(table)
    assert enum is not None
    return [f"{enum.__name__}.{member.name}" for member in enum if member not in table]


TABLES = dict(tables())


@pytest.mark.parametrize("name", sorted(set(TABLES) - set(PARTIAL)))
def test_a_table_has_a_row_for_each_member(name: str) -> None:
    assert missing(TABLES[name]) == [], f"{name} has no row for them"


def test_there_are_tables_and_those_left_out_are_partial() -> None:
    assert {"sim.machine.state._WORDS", "sim.machine.state.RESULTS"} <= set(TABLES)
    assert all(missing(TABLES[name]) for name in PARTIAL), "a table of PARTIAL is whole, or has gone"


def test_a_row_that_is_missing_is_told_by_name() -> None:
    class Sign(IntFlag):
        RED = 1
        GREEN = 2

    assert missing({Sign.RED: "stop"}) == ["Sign.GREEN"]
    assert missing({outcome: 0 for outcome in Outcome if outcome is not Outcome.SPIN}) == ["Outcome.SPIN"]
