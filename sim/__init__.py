# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated machine: kernel C, threads, NUMA. No levels, no screen, no files, no clock.

Compile a program, step it by hand, and search all its schedules:

    >>> import sim
    >>> from sim.explore import explore
    >>> program = sim.compile("int sum; void add(void) { sum++; }")
    >>> threads = (sim.Thread("A", "first", "add()", cpu=0), sim.Thread("B", "second", "add()", cpu=1))
    >>> lost = sim.Goal(sim.Outcome.FINISHED, "sum == 1")
    >>> machine = sim.Machine(program, threads, goal=lost)
    >>> state = machine.boot()  # a value; each thread rests before its first read of sum
    >>> for thread in (0, 1, 0, 1):  # A reads, B reads, A writes, B writes
    ...     state, events = machine.step(state, thread).state, machine.step(state, thread).events
    >>> events[0].old, events[0].new, machine.words(state), state.outcome.value
    (1, 1, [('sum', 1)], 'finished')
    >>> search = explore(machine, lost.outcome)
    >>> search.verdict.value, search.witness
    ('reachable', (0, 1, 0, 1))

Read on in `sim.kernelc` (the passes from text to program), `sim.machine.advance` (the step function, on which all else
stands), `sim.explore.product` (how all schedules are walked) and `sim.debugger` (what is said of a state).
"""

from sim.kernelc.model.source import CompileError, Diagnostic, Span
from sim.kernelc.program import Program
from sim.kernelc.program import compile_program as compile  # noqa: A004
from sim.machine.machine import Machine
from sim.machine.rules import Rules
from sim.machine.setup import Goal, Limit, Thread
from sim.machine.state import CIRCLES, OOMS, Outcome, State

__all__ = [
    "CIRCLES",
    "OOMS",
    "CompileError",
    "Diagnostic",
    "Goal",
    "Limit",
    "Machine",
    "Outcome",
    "Program",
    "Rules",
    "Span",
    "State",
    "Thread",
    "compile",
]
