# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs and claims are worth: one table for screen, line mode, run and verify."""

from __future__ import annotations

import pytest
from attrs import evolve

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Answer, Settled
from puzzles.judging.referee import rule_claim, rule_run
from puzzles.levels import build_machine, game_pack
from puzzles.schedules import move_numbers
from sim.debugger import extend, first_moment

LEVEL = game_pack().level("in-place/1")
MACHINE = build_machine(LEVEL)
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


@pytest.mark.parametrize("schedule", ["A6 R22", "A6 R22 A3"])
def test_what_a_run_is_worth_does_not_depend_on_what_the_author_says(schedule: str) -> None:
    rulings = []
    for goal in (LEVEL.goal, evolve(LEVEL.goal, safe=True)):
        machine = build_machine(evolve(LEVEL, goal=goal))
        moment = first_moment(machine)
        for move in move_numbers(machine, schedule):
            moment = extend(machine, moment, move)
        rulings.append(rule_run(machine, moment, changed=False, shown=False))
    assert rulings[0] == rulings[1]


@pytest.mark.parametrize(
    ("settled", "ask", "bears", "changed", "worth", "why"),
    [
        (RIGHT, Ask.DECIDE, True, False, (True, True, True), ""),
        (RIGHT, Ask.DECIDE, None, False, (True, False, False), "no win: the claim does not say because of which line"),
        (RIGHT, Ask.DECIDE, False, False, (True, False, False), "no win: that is not because of what the claim names"),
        (RIGHT, Ask.DECIDE, True, True, (True, False, False), CHANGED),
        (RIGHT, Ask.DECIDE, None, True, (True, False, False), CHANGED),
        (RIGHT, Ask.FORCE, True, False, (True, False, False), "not scored: this level asks to reach the goal"),
        (WRONG, Ask.DECIDE, True, False, (False, False, False), "the claim is wrong"),
        (UNDECIDED, Ask.DECIDE, True, False, (False, False, False), "the claim is not settled"),
    ],
)
def test_claims(
    settled: Settled, ask: Ask, bears: bool | None, changed: bool, worth: tuple[bool, bool, bool], why: str
) -> None:
    ruling = rule_claim(ask, settled, bears=bears, changed=changed)
    assert (ruling.reached, ruling.scored, ruling.won) == worth
    assert ruling.why_not == why
