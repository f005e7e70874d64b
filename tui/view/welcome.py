# SPDX-License-Identifier: GPL-2.0-or-later
"""The opening page in words: who one is, the machine of a level, what the goal is, the first keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from puzzles.levels import Level
from tui.view.words import either

WHO: Final = (
    (
        "You are the scheduler of a small NUMA machine. Its threads run the kernel C that you see: after a few small"
        " pieces Linux as it was at some time since 2005. Before each step you choose which thread takes it."
    ),
    (
        "In most levels there are two. A is a task that needs a page of memory. R is the administrator, who changes"
        " meanwhile which nodes that task may use. A reads what R writes, time and again and mostly without a lock."
    ),
)
GOAL: Final = (
    (
        "The goal stands above each level. Most ask for a premature OOM: the kernel kills the task for want of memory,"
        " although at every instant a node that it could use had some. If no order can force it, say because of which"
        " line."
    ),
)
DISTANCES: Final = "Distances are those to node 0, 1 and so on: 10 is a node's own memory."


@frozen
class DrawnNode:
    """A node as it is drawn: its number, its CPUs in words, its pages by count, and its distances to all nodes."""

    number: int
    cpus: str
    free: int
    pages: int
    distances: str


def drawn_nodes(level: Level) -> tuple[DrawnNode, ...]:
    """The nodes of a level's machine as it boots."""
    rows = zip(level.machine.nodes, level.machine.matrix, strict=True)
    return tuple(
        DrawnNode(number, _cpus(level, node.cpus), node.free, node.pages, " ".join(map(str, distances)))
        for number, (node, distances) in enumerate(rows)
    )


def _cpus(level: Level, cpus: Sequence[int]) -> str:
    threads = {thread.cpu: f" runs {thread.letter}" for thread in level.threads}
    return ", ".join(f"CPU {cpu}{threads.get(cpu, '')}" for cpu in cpus) or "no CPU"


def machine_heading(level: Level) -> str:
    """What stands above the drawing."""
    return f"The machine of {level.id}, {level.title}"


def first_keys(level: Level, back: str, help_: str) -> tuple[tuple[str, str], ...]:
    """The three keys to begin with, and what they do; two of them are those of the commands back and help."""
    letters = [thread.letter for thread in level.threads]
    step = either([letter.lower() for letter in letters]), f"thread {either(letters)} takes one step"
    return step, (back, "takes the last step back"), (help_, "lists all keys")
