# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer tells on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from sim import explore
from tests.tui.program import call


@pytest.mark.parametrize("level", ["tour/7", "tour/4", "in-place/1", "in-place/2", "in-place/3"])
def test_every_schedule_that_is_told_wins_as_told(level: str) -> None:
    report = json.loads(call("solve", level, "--json").stdout)
    assert report["verdict"] == "reachable"
    assert report["bound"] is None
    assert {"preemptions", "steps", "schedule"} <= set(report["pareto"][0])
    for best in report["pareto"]:
        run = json.loads(call("run", level, best["schedule"], "--json").stdout)
        assert (run["won"], run["steps"], run["preemptions"]) == (True, best["steps"], best["preemptions"])
    assert report["steps"] == min(best["steps"] for best in report["pareto"])


def test_an_outcome_that_cannot_be_is_unreachable_after_all_schedules() -> None:
    done = call("solve", "in-place/1", "--goal", "deadlock")
    assert done.exit_code == 0
    assert done.stdout.startswith("deadlock: unreachable; all schedules were tried: 458 states, 819 transitions")


def test_a_what_if_is_solved_like_a_level() -> None:
    done = call("solve", "in-place/1", "--set", "task.mempolicy=NULL")
    assert done.exit_code == 0
    assert done.stdout.startswith("premature OOM: unreachable")


def test_a_bound_is_named_and_the_verdict_stays_open() -> None:
    done = call("solve", "in-place/1", "--max-states", "50", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["verdict"], report["bound"]) == (1, "undecided", "more than 50 states")
    assert report["witness"] is None


@pytest.mark.parametrize(("size", "told"), [("90k", "92160 bytes"), ("100000", "100000 bytes"), ("20 GB", None)])
def test_a_bound_on_memory(size: str, told: str | None) -> None:
    report = json.loads(call("solve", "in-place/4", "--max-memory", size, "--json").stdout)
    if told is None:
        assert (report["verdict"], report["bound"]) == ("unreachable", None)
        assert 10 << 20 < report["memory"] < 20 << 30
    else:
        assert (report["verdict"], report["bound"]) == ("undecided", f"more than {told} of memory")


@pytest.mark.parametrize("size", ["", "0", "lots", "1X", "-1M"])
def test_an_amount_of_memory_that_is_none(size: str) -> None:
    done = call("solve", "in-place/1", "--max-memory", size)
    assert done.exit_code == 2
    assert "is no amount of memory; write 512M or 1G" in done.stderr


def test_an_outcome_that_does_not_exist() -> None:
    done = call("solve", "in-place/1", "--goal", "oom")
    assert done.exit_code == 2
    assert "no outcome 'oom'; there are oom-premature, oom-genuine" in done.stderr


def test_odds_are_counted() -> None:
    done = call("odds", "tour/7")
    assert done.stdout == "schedules: 1, winning: 1\na random scheduler wins 1 in 1\n"
    report = json.loads(call("odds", "in-place/1", "--json").stdout)
    assert 0 < report["wins"] < report["schedules"]
    assert 0 < report["low"] == report["high"] < 1


def test_odds_of_what_cannot_be_won() -> None:
    assert "never wins" in call("odds", "in-place/1", "--set", "task.mempolicy=NULL").stdout


def test_hints_from_a_point_of_a_run() -> None:
    lines = call("hint", "in-place/1", "A6").stdout.splitlines()
    assert [line[:9] for line in lines] == ["hint 1/4:", "hint 2/4:", "hint 3/4:", "hint 4/4:"]
    assert lines[3] == "hint 4/4: r22 begins the best way from here: 1 preemption, 25 steps: R22 A3"


def test_hints_after_the_loss_name_the_step() -> None:
    lines = call("hint", "in-place/1", "A7").stdout.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("the goal went out of reach at step 7")


def test_hints_after_what_is_not_possible() -> None:
    done = call("hint", "in-place/1", "R99")
    assert done.exit_code == 1
    assert "stopped after step 25: R has finished" in done.stderr


def test_a_schedule_that_does_not_hold_when_it_is_played_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    right = explore.reach

    def wrong(*asked: Any) -> explore.Solution:
        found = right(*asked)
        assert found.witness
        return evolve(found, witness=found.witness[:-1])

    monkeypatch.setattr(explore, "reach", wrong)
    done = call("solve", "in-place/1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the explorer is wrong, please report it: A" in done.stderr
    assert "is no witness: it ends as: still running, not as: premature OOM" in done.stderr
