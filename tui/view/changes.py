# SPDX-License-Identifier: GPL-2.0-or-later
"""What a question of a level changes, in words."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels import Level, Question
from sim.numa import Topology, node_of_cpu
from tui.view.limits import limit_text

_MEMORY = {"sc": "memory without store buffers", "tso": "memory with store buffers"}


def change_texts(level: Level, question: Question) -> Iterator[str]:
    """What a question changes in a level."""
    if question.kernel:
        yield f"kernel {question.kernel}"
    for lvalue, value in question.sets.items():
        before = f" (was {_quoted(level.boot[lvalue])})" if lvalue in level.boot else ""
        yield f"{lvalue} = {_quoted(value)}{before}"
    machine = question.machine or level.machine
    for letter, cpu in question.cpu.items():
        yield f"{letter} on CPU {cpu} (node {node_of_cpu(machine, cpu)})"
    yield from (f"{letter} runs {run}" for letter, run in question.run.items())
    if question.machine:
        yield _machine_text(question.machine)
    if question.limits is not None:
        yield "; ".join(map(limit_text, question.limits)) or "without limits"
    if question.rules is not None:
        yield f"runs {' and '.join(question.rules.words) or 'without a rule'}"
    if question.memory:
        yield _MEMORY[question.memory]


def _quoted(value: int | str) -> str:
    return str(value) or "nothing"


def _machine_text(machine: Topology) -> str:
    nodes = (f"node {number} with {node.free} of {node.pages} pages free" for number, node in enumerate(machine.nodes))
    rows = "; ".join(" ".join(map(str, row)) for row in machine.distance)
    return ", ".join(nodes) + (f", distances {rows}" if rows else "")
