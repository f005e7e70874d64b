# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial orders: the runs in which threads do not race, for each goes as far as it can before the next one moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from sim.classes import frozen
from sim.debugger.moment import Moment, extend, first_moment, obstacle, over, reached
from sim.machine.key import state_key
from sim.machine.machine import Machine

MAX_SERIAL_STEPS: Final = 10_000
"""Moves after which a serial run is left as it stands."""


@frozen
class SerialRun:
    """A serial run: the threads by index in the order of their turns, and the moment that it comes to."""

    order: tuple[int, ...]
    end: Moment

    @property
    def schedule(self) -> tuple[int, ...]:
        """The moves of the run."""
        return tuple(moment.move for moment in self.end.line() if moment.move is not None)


def serial_runs(machine: Machine) -> Iterator[SerialRun]:
    """The serial run of each order of the machine's threads.

    In its turn a thread runs until it has ended, is blocked or held, or comes back to a state of this turn, and its
    stores have reached memory. After the last turn those that can move again have another one, in the same order, until
    the run is over or a round has changed nothing. Raises CompileError as Machine.boot.
    """
    boot = first_moment(machine)
    for order in permutations(range(len(machine.threads))):
        yield SerialRun(order, _run(machine, boot, order))


def serial_wins(machine: Machine) -> Iterator[SerialRun]:
    """The serial runs that reach the outcome and condition of the machine's goal."""
    return (run for run in serial_runs(machine) if reached(machine, run.end))


def _run(machine: Machine, now: Moment, order: tuple[int, ...]) -> Moment:
    before = None
    while _goes_on(machine, now) and before != (before := state_key(machine.program, now.state)):
        for thread in order:
            now = _turn(machine, now, thread)
    return now


def _turn(machine: Machine, now: Moment, thread: int) -> Moment:
    """A thread goes on until neither it nor its store buffer can."""
    seen = set()
    while _goes_on(machine, now):
        seen.add(state_key(machine.program, now.state))
        if not obstacle(machine, now, thread):
            now = extend(machine, now, thread)
            if state_key(machine.program, now.state) not in seen:
                continue
        if not machine.tso or obstacle(machine, now, ~thread):
            break
        now = extend(machine, now, ~thread)
    return now


def _goes_on(machine: Machine, now: Moment) -> bool:
    return not over(machine, now) and now.steps < MAX_SERIAL_STEPS
