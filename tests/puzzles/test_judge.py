# SPDX-License-Identifier: GPL-2.0-or-later
"""Scores: what counts as a step and as a preemption, and which of two is better."""

from __future__ import annotations

import pytest

import sim
from puzzles.judging.judge import judge
from puzzles.judging.score import Score
from puzzles.levels import build_machine, game_pack
from puzzles.notation import expand, parse_schedule
from sim.debugger import Session, letters

SPIN = """\
#include "oomrace.h"
int flag = 1;
void wait_for(void)
{
	while (READ_ONCE(flag))
		cpu_relax();
}
void set(void)
{
	flag = 1;
	flag = 0;
}
"""


def played(machine: sim.Machine, schedule: str) -> Session:
    session = Session(machine)
    for move in expand(parse_schedule(schedule)):
        session.step(letters(machine).index(move.thread))
    return session


@pytest.mark.parametrize(
    ("id_", "schedule", "steps", "preemptions"),
    [
        ("tour/7", "A13", 13, 0),
        ("tour/4", "R25", 25, 0),
        ("in-place/1", "A6 R22 A3", 31, 1),
        ("in-place/1", "A6 R19 A3", 28, 2),
        ("in-place/2", "A6 R14 A3", 23, 1),
        ("in-place/3", "A7 R14 A12", 33, 1),
    ],
)
def test_known_wins_and_their_scores(id_: str, schedule: str, steps: int, preemptions: int) -> None:
    level = game_pack().level(id_)
    machine = build_machine(level)
    session = played(machine, schedule)
    judged = judge(machine, session.now)
    assert judged.won
    assert judged.outcome is level.goal.outcome
    assert judged.score == Score(steps, preemptions)


def test_a_run_that_goes_on_is_open() -> None:
    machine = build_machine(game_pack().level("in-place/1"))
    judged = judge(machine, played(machine, "A1 R1 A1").now)
    assert (judged.outcome, judged.won, judged.score) == (sim.Outcome.OPEN, False, Score(3, 2))


def test_the_first_move_and_a_change_from_a_blocked_thread_are_free() -> None:
    machine = build_machine(game_pack().level("in-place/1"))
    assert judge(machine, played(machine, "R1").now).score.preemptions == 0
    assert judge(machine, played(machine, "A1 R22").now).score.preemptions == 1
    assert judge(machine, played(machine, "A1 R22 A1").now).score.preemptions == 1
    assert judge(machine, played(machine, "A1 R21 A1").now).score.preemptions == 2


@pytest.mark.parametrize("outcome", [sim.Outcome.SPIN, sim.Outcome.LIVELOCK])
def test_a_circle_is_an_outcome_where_it_is_the_goal(outcome: sim.Outcome) -> None:
    program = sim.compile(SPIN)
    threads = (sim.Thread("A", "waiter", "wait_for()"), sim.Thread("R", "setter", "set()", cpu=1))
    spinning = sim.Machine(program, threads, goal=sim.Goal(sim.Outcome.SPIN))
    judged = judge(spinning, played(spinning, "A1").now)
    assert (judged.outcome, judged.won) == (sim.Outcome.SPIN, True)
    plain = sim.Machine(program, threads, goal=sim.Goal(sim.Outcome.FINISHED))
    assert judge(plain, played(plain, "A1").now).outcome is sim.Outcome.OPEN
    alone = sim.Machine(program, threads[:1], goal=sim.Goal(outcome))
    judged = judge(alone, played(alone, "A1").now)
    assert (judged.outcome, judged.won) == (sim.Outcome.LIVELOCK, True)


def test_fewer_preemptions_beat_fewer_steps() -> None:
    assert Score(31, 1).better(Score(28, 2))
    assert not Score(28, 2).better(Score(31, 1))
    assert Score(28, 1).better(Score(31, 1))
    assert not Score(28, 1).better(Score(28, 1))
    assert Score(99_999, 99).better(None)


def test_a_score_in_words() -> None:
    assert str(Score(1, 1)) == "1 preemption, 1 step"
    assert str(Score(31, 0)) == "0 preemptions, 31 steps"
