# SPDX-License-Identifier: GPL-2.0-or-later
"""What a state in which the OOM killer was called says of the request, the task and the memory."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from puzzles.oomlog.tasks import cpuset_name, mems_allowed, request_mask
from puzzles.zones import NodeMemory, memory_of_nodes
from sim import Machine, State
from sim.debugger import backtrace

FIRST_PID = 101
"""The pid of a machine's first thread; the others follow. A model has no process numbers, but the formats need them."""

_FAULT_PATH = "pagefault_out_of_memory"
_KERNEL_MEMORY = "kmalloc"
_USER_SPACE = "userspace.h"
_COMM = 15  # the kernel keeps no more of a task's name


class Request(Enum):
    """What the page was for.

    A fault's own page, a page of the page cache, memory of the kernel itself; UNKNOWN where the fault path lost it.
    """

    FAULT = "fault"
    FILE = "file"
    KERNEL = "kernel"
    UNKNOWN = "unknown"


@frozen
class Facts:
    """What the report of an OOM kill is made of.

    `calls` are the functions that the task was in, innermost first; `nodemask` the nodes of the request's mask, None
    without one; `mems` the task's mems_allowed, all nodes with memory where it has none; `cpuset` the name of its
    cpuset, "/" where it is in none.
    """

    comm: str
    cpu: int
    pid: int
    calls: tuple[str, ...]
    request: Request
    nodemask: frozenset[int] | None
    mems: frozenset[int]
    cpuset: str
    nodes: tuple[NodeMemory, ...]


def read_facts(machine: Machine, state: State) -> Facts:
    """The facts of a state whose ending is an OOM."""
    index = state.ending.thread
    thread = machine.threads[index]
    nodes = memory_of_nodes(machine, state)
    mems = mems_allowed(machine, state, index)
    calls = _calls(machine, state, index)
    return Facts(
        comm=thread.name[:_COMM],
        cpu=thread.cpu,
        pid=FIRST_PID + index,
        calls=calls,
        request=_request(calls),
        nodemask=request_mask(machine, state, index),
        mems=frozenset(node.number for node in nodes) if mems is None else mems,
        cpuset=cpuset_name(machine, state, index) or "/",
        nodes=nodes,
    )


def _calls(machine: Machine, state: State, thread: int) -> tuple[str, ...]:
    frames = reversed(backtrace(machine, state, thread))
    return tuple(frame.function for frame in frames if frame.span.file != _USER_SPACE)


def _request(calls: tuple[str, ...]) -> Request:
    if _FAULT_PATH in calls[:1]:
        return Request.UNKNOWN
    if _KERNEL_MEMORY in calls:
        return Request.KERNEL
    return Request.FAULT if any("fault" in call for call in calls) else Request.FILE
