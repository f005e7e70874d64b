# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer against SPIN: states, transitions, ended and winning states, outcomes, verdicts, all to the digit."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from cattrs import structure

from sim.explore import state_graph
from sim.promela.model import promela
from tests.long import sample
from tests.sim.test_explore import philosophers
from tests.spin.checker import PRESENT, Counted, checked, counted, expected, number
from tests.spin.machines import MACHINES, RARITIES
from tests.spin.measure import STORED

EACH = pytest.mark.parametrize("name", MACHINES)
ALWAYS = (*RARITIES, "in-place/7", "seqcount/4")  # of the levels: an allocation that fails, a limit that counts
WITH_SPIN = pytest.mark.skipif(not PRESENT, reason="spin or gcc is missing; the stored figures stand in for it")


@cache
def stored() -> dict[str, Counted]:
    return structure(json.loads(STORED.read_text("utf-8")), dict[str, Counted])


@EACH
def test_ours_are_the_figures_that_spin_gave(name: str) -> None:
    assert name in stored(), "measure it: python -m tests.spin.measure"
    assert expected(state_graph(MACHINES[name]())) == stored()[name]


@WITH_SPIN
@pytest.mark.parametrize("name", [*ALWAYS, *sample((name for name in MACHINES if name not in ALWAYS), 8)])
def test_spin_counts_what_we_count(name: str, tmp_path: Path) -> None:
    graph = state_graph(MACHINES[name]())
    assert counted(graph, tmp_path) == expected(graph)


def test_what_is_stored_is_of_all_sorts() -> None:
    figures = stored().values()
    outcomes = {outcome for counts in figures for outcome in counts.outcomes}
    assert outcomes >= {
        "oom-premature",
        "oom-genuine",
        "bug",
        "fault",
        "deadlock",
        "rule-broken",
        "page-forbidden",
        "page",
        "finished",
    }
    assert {counts.goal for counts in figures} == {True, False}


@WITH_SPIN
def test_without_the_judge_transitions_are_the_published_ones(tmp_path: Path) -> None:
    said = checked(promela(state_graph(philosophers(6))), tmp_path, ["COUNT"], 2969)
    assert (number(r"(\d+) states, stored", said), number(r"(\d+) transitions", said)) == (2969, 11875)


@WITH_SPIN
def test_the_head_of_the_file_says_how_to_check_it(tmp_path: Path) -> None:
    text = promela(state_graph(MACHINES["in-place/1"]()))
    (tmp_path / "FILE").write_text(text, "utf-8")
    commands = re.findall(r"^ \*     (.+)$", text, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["spin", "gcc", "./pan"]
    done = subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "458 states, stored" in done.stdout
    assert "assertion violated  !(goal_reached)" in done.stdout


@WITH_SPIN
@pytest.mark.parametrize("share", [4, 2])
def test_states_that_the_explorer_missed_are_noticed(share: int, tmp_path: Path) -> None:
    whole = state_graph(MACHINES["in-place/1"]())
    graph = evolve(whole, packed=whole.packed[: len(whole.packed) // share])
    said = checked(promela(graph), tmp_path, [], len(whole.packed))
    assert number(r"(\d+) states, stored", said) > len(graph.packed)
    assert "violated 0" in said


def test_no_title_ends_the_comment_and_labels_say_where_they_are() -> None:
    text = promela(state_graph(philosophers(2)), "a title */ that ends the comment")
    assert text.startswith("/*\n * a title * / that ends the comment\n")
    assert "/* mutex_lock fork1, philosopher0:5 */" in text
