# SPDX-License-Identifier: GPL-2.0-or-later
"""Trials: a machine without some of its statements, searched again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field

from sim.classes import frozen
from sim.debugger.moment import extend, first_moment, reached
from sim.debugger.serial import SerialRun, serial_runs
from sim.explore.limits import Halted, Limits
from sim.explore.pareto import Best
from sim.explore.search import Verdict, explore
from sim.explore.solve import Solution, improved, reach
from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.model.source import CompileError
from sim.kernelc.model.types import size
from sim.kernelc.without import without
from sim.machine.machine import Machine
from sim.machine.state import Outcome


class Bearing(Enum):
    """What a trial says of the statements that it leaves out."""

    BEARS = "bears"
    UNDECIDED = "undecided"
    SAFE = "still safe without it"
    PART = "a part of the machine"


@frozen
class Trial:
    """What was found of a machine without some statements.

    `why` says why they are a part of the machine, or what stopped the search.
    """

    bearing: Bearing
    race: Race | None = None
    why: str = ""


@frozen
class Race:
    """What the statements prevent: the machine that is left without them, and how it reaches the outcome.

    `cuts` are all that was changed, with what had to go as well.
    """

    machine: Machine = field(repr=False, eq=False)
    solution: Solution
    cuts: Cuts = field(repr=False, eq=False)
    limits: Limits | None = field(default=None, repr=False, eq=False)

    def best(self) -> Best:
        """The schedule with the fewest preemptions, and of those with the fewest steps, as far as the limits allow."""
        assert self.machine.goal is not None
        assert self.solution.witness is not None
        better = improved(self.machine, self.machine.goal.outcome, self.solution, self.limits)
        if better.best:
            return better.best[0]
        moment = first_moment(self.machine)
        for move in self.solution.witness:
            moment = extend(self.machine, moment, move)
        return Best(moment.preemptions, moment.steps, self.solution.witness)


_End: TypeAlias = tuple[Outcome, tuple[int, ...]]


@frozen(eq=False, slots=False)
class Whole:
    """The whole machine, and how its serial runs end: a trial is held against that.

    `words` are the lvalues whose final values show that a machine did its work.
    """

    machine: Machine
    words: Sequence[str] = ()
    limits: Limits | None = None

    @property
    def _outcome(self) -> Outcome:
        assert self.machine.goal is not None
        return self.machine.goal.outcome

    def attempt(self, cuts: Cuts) -> Trial:
        """Try the machine without some statements."""
        try:
            machine = self.without(cuts)
        except CompileError as problem:
            return Trial(Bearing.PART, why=problem.diagnostics[0].message)
        try:
            return self._searched(machine, cuts)
        except Halted as halt:
            return Trial(Bearing.UNDECIDED, why=str(halt))

    def without(self, cuts: Cuts) -> Machine:
        """The machine without some statements. Raises CompileError where what is left does not compile."""
        machine = evolve(self.machine, program=without(self.machine.program, cuts))
        machine.boot()
        return machine

    def _searched(self, machine: Machine, cuts: Cuts) -> Trial:
        if why := self._out_of_work(machine):
            return Trial(Bearing.PART, why=why)
        answer = reach(machine, self._outcome, self.limits)
        if answer.verdict is Verdict.UNREACHABLE:
            return Trial(Bearing.SAFE)
        if answer.fault is not None:
            return Trial(Bearing.PART, why=f"a schedule faults: {answer.fault.reason}")
        if answer.verdict is Verdict.UNDECIDED:
            return Trial(Bearing.UNDECIDED, why=answer.bound)
        return self._faulting(machine) or Trial(Bearing.BEARS, Race(machine, answer, cuts, self.limits))

    def _faulting(self, machine: Machine) -> Trial | None:
        search = explore(machine, Outcome.FAULT, self.limits)
        if search.verdict is Verdict.UNREACHABLE:
            return None
        if search.verdict is Verdict.UNDECIDED:
            return Trial(Bearing.UNDECIDED, why=search.bound)
        return Trial(Bearing.PART, why="a schedule faults")

    def _out_of_work(self, machine: Machine) -> str:
        """Why a machine does not do the work of the whole one; "" where it does.

        An order in which the whole one reaches the outcome, too, says nothing against the machine.
        """
        runs = tuple(serial_runs(machine))
        if any(reached(machine, run.end) and run.order not in self._won for run in runs):
            return "one thread after the other reaches the outcome"
        if all(self._end(machine, run) != self._ends[run.order] for run in runs):
            return "one thread after the other does not end as before"
        return ""

    @cached_property
    def _runs(self) -> tuple[SerialRun, ...]:
        return tuple(serial_runs(self.machine))

    @cached_property
    def _won(self) -> frozenset[tuple[int, ...]]:
        return frozenset(run.order for run in self._runs if reached(self.machine, run.end))

    @cached_property
    def _ends(self) -> Mapping[tuple[int, ...], _End]:
        return {run.order: self._end(self.machine, run) for run in self._runs}

    @cached_property
    def _addresses(self) -> tuple[int, ...]:
        places = (self.machine.program.place(lvalue) for lvalue in self.words)
        words = (address + offset for address, kind in places for offset in range(size(kind)))
        return tuple(address for address in words if self.machine.program.cells[address])

    def _end(self, machine: Machine, run: SerialRun) -> _End:
        return run.end.outcome, tuple(machine.word(run.end.state, address) for address in self._addresses)
