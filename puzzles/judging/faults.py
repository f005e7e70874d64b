# SPDX-License-Identifier: GPL-2.0-or-later
"""A fault of the model in words: the same wherever it leaves something undecided."""

from __future__ import annotations

from puzzles.schedules import schedule_line
from sim import Machine
from sim.explore import ModelFault, Solution


def fault_text(machine: Machine, fault: ModelFault) -> str:
    """The schedule, the place with its function, and the reason of a fault, in a clause."""
    if fault.schedule is None:
        return f"the model faults on some schedule: {fault.reason}"
    after = f" after {schedule_line(machine, fault.schedule)}" if fault.schedule else ""
    where = f"{fault.span.file}:{fault.span.line}" if fault.span.line else ""
    place = ", ".join(filter(None, (where, f"in {fault.function}" if fault.function else "")))
    return f"the model faults{after}: {f'{place}: ' if place else ''}{fault.reason}"


def why_undecided(machine: Machine, solution: Solution) -> str:
    """What stopped a search, or the fault for which nothing is decided; "" where neither is so."""
    return fault_text(machine, solution.fault) if solution.fault else solution.bound


def fault_report(machine: Machine, fault: ModelFault) -> dict[str, object]:
    """A fault as plain values for JSON; what is not known is null."""
    return {
        "schedule": None if fault.schedule is None else schedule_line(machine, fault.schedule),
        "file": fault.span.file if fault.span.line else None,
        "line": fault.span.line or None,
        "function": fault.function or None,
        "reason": fault.reason,
    }
