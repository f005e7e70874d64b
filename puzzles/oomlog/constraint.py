# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel thinks has limited an allocation: constrained_alloc() of each era (kernel-history.md 15.1).

The allocation's zonelist holds every node with memory. All requests of the models are hardwall ones: the cpuset refuses
a zone just when its node is not in mems_allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from puzzles.oomlog.eras import ByVersion, row
from puzzles.oomlog.facts import Facts, Request
from sim.numa import Version


class Constraint(Enum):
    """The kernel's names."""

    NONE = "CONSTRAINT_NONE"
    CPUSET = "CONSTRAINT_CPUSET"
    MEMORY_POLICY = "CONSTRAINT_MEMORY_POLICY"


def constraint(version: Version, facts: Facts) -> Constraint:
    """The verdict of constrained_alloc(). The fault path has no zonelist to ask it about."""
    return Constraint.NONE if facts.request is Request.UNKNOWN else row(_RULES, version)(facts)


def _unasked(_: Facts) -> Constraint:
    return Constraint.NONE


def _by_zonelist(facts: Facts) -> Constraint:
    """Before 2.6.33 the request's mask was not looked at."""
    return _by_cpuset(facts, (node.number for node in facts.nodes))


def _by_nodemask(facts: Facts) -> Constraint:
    memory = {node.number for node in facts.nodes}
    mask = memory if facts.nodemask is None else facts.nodemask
    return _by_cpuset(facts, mask & memory) if mask >= memory else Constraint.MEMORY_POLICY


def _by_cpuset(facts: Facts, listed: Iterable[int]) -> Constraint:
    return Constraint.NONE if facts.mems.issuperset(listed) else Constraint.CPUSET


_RULES: Final[ByVersion[Callable[[Facts], Constraint]]] = (
    ((2, 6, 12), _unasked),
    ((2, 6, 24), _by_zonelist),
    ((2, 6, 33), _by_nodemask),
)
