# SPDX-License-Identifier: GPL-2.0-or-later
"""Each outcome can be reached, and the page about replays lists it: it is more than a name that a level can ask for."""

from __future__ import annotations

import re
from typing import Final

import pytest

from puzzles.levels import build_machine
from sim import Outcome
from sim.explore import reach
from sim.machine.witness import objection
from tests.puzzles.meanings import DATA, level_of

REACHED: Final = {
    Outcome.OOM_PREMATURE: "oom",
    Outcome.OOM_GENUINE: "genuine",
    Outcome.BUG: "atomics",
    Outcome.FAULT: "faults",
    Outcome.DEADLOCK: "locks",
    Outcome.LIVELOCK: "livelock",
    Outcome.SPIN: "spin",
    Outcome.PAGE_FORBIDDEN: "page",
    Outcome.ENOMEM: "oom",
    Outcome.PAGE: "oom",
    Outcome.FINISHED: "order",
    Outcome.RULE_BROKEN: "rules",
}
"""A level of tests/data/meanings on which each can be reached."""

PAGE: Final = (DATA.parents[1] / "docs" / "replay.md").read_text("utf-8")
ENDS: Final = [outcome for outcome in Outcome if outcome is not Outcome.OPEN]


@pytest.mark.parametrize("outcome", ENDS)
def test_each_outcome_is_reached_on_a_level(outcome: Outcome) -> None:
    assert outcome in REACHED, f"{outcome.value} is reached on no level of tests/data/meanings that REACHED names"
    machine = build_machine(level_of(REACHED[outcome]))
    witness = reach(machine, outcome).witness
    assert witness is not None, (
        f"no schedule of the level {REACHED[outcome]!r} in tests/data/meanings ends so: {outcome.value}"
    )
    assert objection(machine, outcome, witness) == ""


def test_the_page_about_replays_lists_every_outcome() -> None:
    """Once among the values of a header, once with when it is reached; `safe` is a claim."""
    (header,) = re.findall(r"^\| `Result` \| (.*) \|$", PAGE, re.MULTILINE)
    section = PAGE.partition("\n## Outcomes\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    values = sorted(outcome.value for outcome in Outcome)
    assert sorted(re.findall("`([^`]+)`", header)) == sorted([*values, "safe"])
    assert sorted(name for cell in cells for name in re.findall("`([^`]+)`", cell)) == values
