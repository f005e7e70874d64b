# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs and claims are worth: one table for screen, line mode, run and verify."""

from __future__ import annotations

import pytest
from attrs import evolve

from puzzles.judging.claims import Answer, Settled
from puzzles.judging.referee import rule_claim, rule_run
from puzzles.levels import build_machine, game_pack
from puzzles.schedules import move_numbers
from sim.debugger import extend, first_moment

LEVEL = game_pack().level("in-place/1")
MACHINE = build_machine(LEVEL)
SAFE = evolve(LEVEL.goal, safe=True)
CHANGED, SHOWN = "not scored: the level was changed", "no win: this schedule was shown to you"
RIGHT, WRONG = Settled(Answer.RIGHT, 5, 6), Settled(Answer.WRONG, 5, 6, (0,))
UNDECIDED = Settled(Answer.UNDECIDED, 5, 6, bound="more than 5 states")


@pytest.mark.parametrize(
    ("schedule", "changed", "shown", "worth", "why"),
    [
        ("A6 R22 A3", False, False, (True, True, True), ""),
        ("A6 R22 A3", False, True, (True, True, False), SHOWN),
        ("A6 R22 A3", True, False, (True, False, False), CHANGED),
        ("A6 R22 A3", True, True, (True, False, False), CHANGED),
        ("A6 R22", False, False, (False, False, False), "the goal is not reached"),
        ("A6 R22", False, True, (False, False, False), "the goal is not reached"),
    ],
)
def test_runs(schedule: str, changed: bool, shown: bool, worth: tuple[bool, bool, bool], why: str) -> None:
    moment = first_moment(MACHINE)
    for move in move_numbers(MACHINE, schedule):
        moment = extend(MACHINE, moment, move)
    ruling = rule_run(MACHINE, moment, changed=changed, shown=shown)
    assert (ruling.reached, ruling.scored, ruling.won) == worth
    assert ruling.why_not == why


def test_no_run_wins_where_a_proof_is_asked_for() -> None:
    ruling = rule_run(build_machine(evolve(LEVEL, goal=SAFE)), first_moment(MACHINE), changed=False, shown=False)
    assert (ruling.reached, ruling.won) == (False, False)
    assert ruling.why_not == "one schedule of many: it proves nothing"


@pytest.mark.parametrize(
    ("settled", "safe", "changed", "worth", "why"),
    [
        (RIGHT, True, False, (True, True, True), ""),
        (RIGHT, True, True, (True, False, False), CHANGED),
        (RIGHT, False, False, (True, False, False), "not scored: the goal of this level is to break it"),
        (WRONG, True, False, (False, False, False), "the claim is wrong"),
        (UNDECIDED, True, False, (False, False, False), "the claim is not settled"),
    ],
)
def test_claims(settled: Settled, safe: bool, changed: bool, worth: tuple[bool, bool, bool], why: str) -> None:
    ruling = rule_claim(SAFE if safe else LEVEL.goal, settled, changed=changed)
    assert (ruling.reached, ruling.scored, ruling.won) == worth
    assert ruling.why_not == why
