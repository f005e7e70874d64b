# SPDX-License-Identifier: GPL-2.0-or-later
"""What a state in which the OOM killer was called says of the request, the task and the memory.

Nothing here knows a kernel file: the request's mask is the `nodemask` of the innermost frame that has one, or of its
alloc_context; the task's is `current->mems_allowed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from puzzles.oomlog.zones import zones
from sim import Machine, State
from sim.debugger import EvaluationError, backtrace, evaluate, frame_locals
from sim.nodelist import parse_nodelist

FIRST_PID = 101
"""The pid of a machine's first thread; the others follow. A model has no process numbers, but the formats need them."""

_FAULT_PATH = "pagefault_out_of_memory"
_USER_SPACE = "userspace.h"
_COMM = 15  # the kernel keeps no more of a task's name
_MASKS = (("nodemask", "nodemask"), ("ac", "ac->nodemask"), ("ac", "ac.nodemask"))
_CPUSET = re.compile(r"(\w.*)\.tasks\[\d+\]")
_SET = re.compile(r"\{([\d,-]*)\}")


class Request(Enum):
    """What the page was for: a fault's own page, a page of the page cache; UNKNOWN where the fault path lost it."""

    FAULT = "fault"
    FILE = "file"
    UNKNOWN = "unknown"


@frozen
class Node:
    """A node with memory. Everything in pages."""

    number: int
    pages: int
    free: int
    reclaimable: int
    min: int
    low: int
    high: int

    @property
    def exhausted(self) -> bool:
        """Whether it is at or below its min mark with nothing left to reclaim."""
        return self.free <= self.min and not self.reclaimable


@frozen
class Facts:
    """What the report of an OOM kill is made of.

    `calls` are the functions that the task was in, innermost first; `nodemask` the nodes of the request's mask, None
    without one; `mems` the task's mems_allowed; `cpuset` the name of its cpuset, "/" where it is in none.
    """

    comm: str
    cpu: int
    pid: int
    calls: tuple[str, ...]
    request: Request
    nodemask: frozenset[int] | None
    mems: frozenset[int]
    cpuset: str
    nodes: tuple[Node, ...]


def read_facts(machine: Machine, state: State) -> Facts:
    """The facts of a state whose ending is an OOM."""
    index = state.ending.thread
    thread = machine.threads[index]
    nodes = tuple(_nodes(machine, state))
    calls = _calls(machine, state, index)
    return Facts(
        comm=thread.name[:_COMM],
        cpu=thread.cpu,
        pid=FIRST_PID + index,
        calls=calls,
        request=_request(calls),
        nodemask=_nodemask(machine, state, index),
        mems=_mems(machine, state, index, nodes),
        cpuset=_cpuset(machine, state, thread.current),
        nodes=nodes,
    )


def _nodes(machine: Machine, state: State) -> Iterator[Node]:
    for zone in zones(machine):
        names = ("node", "pages", "free", "reclaimable")
        number, pages, free, reclaimable = (machine.word(state, zone[name]) for name in names)
        marks = [machine.word(state, zone["watermark"] + i) for i in range(3)]
        yield Node(number, pages, free, reclaimable, *marks)


def _calls(machine: Machine, state: State, thread: int) -> tuple[str, ...]:
    frames = reversed(backtrace(machine, state, thread))
    return tuple(one.function for one in frames if one.span.file != _USER_SPACE)


def _request(calls: tuple[str, ...]) -> Request:
    if _FAULT_PATH in calls[:1]:
        return Request.UNKNOWN
    return Request.FAULT if any("fault" in call for call in calls) else Request.FILE


def _nodemask(machine: Machine, state: State, thread: int) -> frozenset[int] | None:
    for depth in reversed(range(len(state.threads[thread].frames))):
        known = {one.name for one in frame_locals(machine, state, thread, depth)}
        for local, pointer in _MASKS:
            value = _value(machine, state, pointer, thread, depth) if local in known else None
            if value == "NULL":
                return None
            found = _mask(machine, state, f"*{pointer}", thread, depth) if value else None
            if found is not None:
                return found
    return None


def _mems(machine: Machine, state: State, thread: int, nodes: tuple[Node, ...]) -> frozenset[int]:
    """A machine without cpusets allows each task all nodes with memory."""
    found = _mask(machine, state, "current->mems_allowed", thread, -1)
    return frozenset(node.number for node in nodes) if found is None else found


def _mask(machine: Machine, state: State, source: str, thread: int, depth: int) -> frozenset[int] | None:
    found = _SET.fullmatch(_value(machine, state, source, thread, depth) or "")
    return parse_nodelist(found[1]) if found else None


def _value(machine: Machine, state: State, source: str, thread: int, depth: int) -> str | None:
    try:
        return evaluate(machine, state, source, thread, depth)
    except EvaluationError:
        return None


def _cpuset(machine: Machine, state: State, task: str) -> str:
    for lvalue, value in machine.words(state):
        found = _CPUSET.fullmatch(lvalue)
        if found and task and value == f"&{task}":
            return found[1]
    return "/"
