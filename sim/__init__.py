# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated machine: kernel C, threads, NUMA. No levels, no screen, no files, no clock."""

from sim.kernelc.model.source import CompileError, Diagnostic, Span
from sim.kernelc.program import Program
from sim.kernelc.program import compile_program as compile  # noqa: A004
from sim.machine.machine import Machine
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
    "Span",
    "State",
    "Thread",
    "compile",
]
