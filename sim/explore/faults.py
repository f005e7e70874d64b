# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of the model: where one can be reached, nothing that was not found is known to be unreachable."""

from __future__ import annotations

from collections.abc import Collection

from sim.classes import frozen
from sim.explore.limits import Limits
from sim.explore.search import explore
from sim.kernelc.model.source import NOWHERE, Span
from sim.kernelc.program import Program
from sim.machine.machine import Machine
from sim.machine.state import Outcome


@frozen
class ModelFault:
    """A fault of the model: a shortest schedule to it, moves in order, the reason in words, the place and its function.

    Where the search for the schedule was stopped that is None, and the reason says so; `function` is "" where the place
    is in none.
    """

    schedule: tuple[int, ...] | None
    reason: str
    span: Span = NOWHERE
    function: str = ""


def doubt(machine: Machine, goal: Outcome | None, met: Collection[Outcome], limits: Limits | None) -> ModelFault | None:
    """The fault for which a goal that was not found stays undecided; None where none is among the outcomes met.

    What would come after the fault is not known, and may be the goal.
    """
    if goal in (None, Outcome.FAULT) or Outcome.FAULT not in met:
        return None
    search = explore(machine, Outcome.FAULT, limits)
    if search.witness is None:
        return ModelFault(None, f"the search for it was stopped: {search.bound}")
    return fault_after(machine, search.witness)


def fault_after(machine: Machine, schedule: tuple[int, ...]) -> ModelFault:
    """The fault in which a schedule ends."""
    state = machine.boot()
    for move in schedule:
        state = machine.step(state, move).state
    ending = state.ending
    return ModelFault(schedule, ending.sentence, ending.span, _function(machine.program, ending.span))


def _function(program: Program, span: Span) -> str:
    """The function that a place is in; "" where it is in none."""
    for function in program.functions:
        begin, end = (function.span.line, function.span.column), (function.end.line, function.end.column)
        if function.span.file == span.file and begin <= (span.line, span.column) <= end:
            return function.name
    return ""
