# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings: a level with some of its machine changed, and what that takes in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from puzzles.levels import Level
from sim import Program
from sim.numa import Topology, node_of_cpu


@frozen
class Alteration:
    """One change of a level: what it is, in words, and what makes it. `apply` may raise ValueError."""

    text: str
    apply: Callable[[], Level]


Axis: TypeAlias = Callable[[Level, Program], Iterator[Alteration]]
"""All single changes of one kind that a level's machine can have; the level is built, and fits its program."""


@frozen
class Setting:
    """A level with changes, by the names of their axes and in words."""

    level: Level
    axes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def with_boot(level: Level, boot: Mapping[str, int | str | None]) -> Level:
    """A level with other boot values; None takes one away."""
    values = {**level.boot, **boot}
    return evolve(level, boot={lvalue: value for lvalue, value in values.items() if value is not None})


def with_machine(level: Level, machine: Topology) -> Level:
    """A level on other nodes: each thread is on the node of its CPU."""
    threads = tuple(evolve(thread, node=node_of_cpu(machine, thread.cpu)) for thread in level.threads)
    return evolve(level, machine=machine, threads=threads)
