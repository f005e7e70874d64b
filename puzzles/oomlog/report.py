# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log's report of an OOM kill, in the words of the level's era (kernel-history.md 15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePath

from puzzles.levels import Level
from puzzles.oomlog.constraint import Constraint, constraint
from puzzles.oomlog.eras import CPUSET, HEADER, NEWEST, PROCESS, SUMMARY, TRACE, VERDICT, gfp_text, row, version_of
from puzzles.oomlog.facts import Facts, read_facts
from puzzles.oomlog.memory import mem_info
from sim import OOMS, Machine, State
from sim.nodelist import format_nodelist
from sim.numa import Version, version_text


def report(level: Level, machine: Machine, state: State) -> tuple[str, ...]:
    """The lines of the report, without time stamps; none where the run did not end in the OOM killer.

    What a model has no notion of is left out: addresses, registers, the hardware, per-CPU lists, blocks of free
    pages, huge pages, swap, broken memory (the line "pages hwpoisoned"), the table of tasks. The victim is the task
    that failed.
    """
    if state.outcome not in OOMS:
        return ()
    version = version_of(level, machine)
    release = version_text(version) if version else PurePath(machine.program.name).stem
    return report_lines(version or NEWEST, release, read_facts(machine, state))


def oom_constraint(level: Level, machine: Machine, state: State) -> Constraint:
    """What constrained_alloc() of the level's era says of a state whose ending is an OOM, printed or not."""
    return constraint(version_of(level, machine) or NEWEST, read_facts(machine, state))


def report_lines(version: Version, release: str, facts: Facts) -> tuple[str, ...]:
    """The report of these facts in the words of a version; `release` is what the kernel calls itself."""
    words = _words(version, release, facts)
    lines = [
        *_told((row(HEADER, version), row(CPUSET, version), row(PROCESS, version)), words),
        *_trace(version, facts),
        *mem_info(version, facts),
        *_told((row(SUMMARY, version), *row(VERDICT, version)), words),
    ]
    return tuple(lines)


def _told(templates: Collection[str], words: dict[str, str]) -> Iterator[str]:
    return (template.format(**words) for template in templates if template)


def _words(version: Version, release: str, facts: Facts) -> dict[str, str]:
    verdict = constraint(version, facts)
    mems = format_nodelist(facts.mems)
    nodemask = "(null)" if facts.nodemask is None else format_nodelist(facts.nodemask)
    bound = verdict is Constraint.MEMORY_POLICY
    return {
        "comm": facts.comm,
        "cpu": str(facts.cpu),
        "pid": str(facts.pid),
        "release": release,
        "gfp": gfp_text(version, facts),
        "nodemask": nodemask,
        "either_mask": mems if facts.nodemask is None else nodemask,
        "mems": mems,
        "cpuset": facts.cpuset,
        "constraint": verdict.value,
        "message": "No available memory (MPOL_BIND)" if bound else "Out of memory",
    }


def _trace(version: Version, facts: Facts) -> Iterator[str]:
    first, last = row(TRACE, version)
    yield "Call Trace:"
    yield from filter(None, (first, " out_of_memory", *(f" {call}" for call in facts.calls), last))
