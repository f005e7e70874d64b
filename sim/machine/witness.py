# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a witness by playing it. It knows nothing of the explorer, so that neither can be wrong for the other."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from sim.machine.key import state_key
from sim.machine.machine import Machine
from sim.machine.setup import Goal
from sim.machine.state import CIRCLES, Outcome, State


def objection(
    machine: Machine, outcome: Outcome, schedule: Sequence[int], preemptions: int | None = None, turn: int | None = None
) -> str:
    """Why a schedule, moves in order from boot, is no witness of an outcome; "" where it is one.

    The condition of the machine's goal counts where the outcome is its own. Where the outcome is a circle, the last
    steps, all of one thread, must lead back to a state that was left before them; where `turn` is given, just so many
    steps. `preemptions` is how often the schedule is said to preempt.
    """
    if machine.goal is None or machine.goal.outcome is not outcome:
        machine = evolve(machine, goal=Goal(outcome))
    states, counted, last = [machine.boot()], 0, None
    for step, move in enumerate(schedule, 1):
        now = states[-1]
        if move not in machine.moves or not machine.enabled(now, move):
            return f"step {step} of it, move {move}, is not possible"
        if move >= 0:
            counted += last not in (None, move) and machine.enabled(now, last or 0)
            last = move
        states.append(machine.step(now, move).state)
    if preemptions not in (None, counted):
        return f"it preempts {counted} times, not {preemptions}"
    if outcome in CIRCLES:
        wrong = _no_circle(machine, outcome, schedule, states, turn)
    else:
        end = states[-1].outcome
        wrong = "" if end is outcome else f"it ends as: {end.words}, not as: {outcome.words}"
    return wrong or ("" if machine.condition_holds(states[-1]) else "the condition of the goal is not true at its end")


def _no_circle(
    machine: Machine, outcome: Outcome, schedule: Sequence[int], states: Sequence[State], turn: int | None
) -> str:
    """Why the last steps of a schedule go round no circle."""
    length = _turn(machine, schedule, states)
    if length is None or turn not in (None, length):
        return f"its last steps, of one thread, do not lead back{f' after {turn}' if turn else ''}"
    others = [move for move in machine.moves if move != schedule[-1]]
    idle = not any(machine.enabled(state, move) for state in states[-length:] for move in others)
    return "" if idle or outcome is Outcome.SPIN else "another thread could move on that circle"


def _turn(machine: Machine, schedule: Sequence[int], states: Sequence[State]) -> int | None:
    """The fewest last steps, all of one thread, that lead back to where they began."""
    end = state_key(machine.program, states[-1])
    for length, move in enumerate(reversed(schedule), 1):
        if move < 0 or move != schedule[-1]:
            return None
        if state_key(machine.program, states[-1 - length]) == end:
            return length
    return None
