# SPDX-License-Identifier: GPL-2.0-or-later
"""Intrinsics to instructions."""

from __future__ import annotations

from sim.kernelc.lower.builder import Builder
from sim.kernelc.meaning.intrinsics import BARRIERS, LOCKS, MARKS, RELAXING
from sim.kernelc.model import values
from sim.kernelc.model.code import Barrier, Bug, Exchange, LockOperation, Mark, OutOfMemory, ThreadConstant
from sim.kernelc.model.nodes import Intrinsic
from sim.kernelc.model.types import Pointer
from sim.kernelc.model.values import Value

_NOTHING = values.known(0)


def emit_intrinsic(build: Builder, node: Intrinsic, arguments: list[Value]) -> Value:
    """Emit a call of an intrinsic whose arguments are lowered; the result computes its value."""
    name, span = node.name, node.span
    if name in RELAXING:
        return _NOTHING
    if name in MARKS:
        build.emit(Mark(span, name, arguments[0] if arguments else None))
    elif name in BARRIERS:
        build.emit(Barrier(span, name))
    elif name in LOCKS:
        build.emit(LockOperation(span, name, arguments[0]))
        if name == "down_write":
            build.emit(LockOperation(span, name, arguments[0], queued=True))
    elif name == "out_of_memory":
        build.emit(OutOfMemory(span))
    elif name == "BUG_ON":
        build.emit(Bug(span, arguments[0]))
    else:
        return _with_result(build, node, arguments)
    return _NOTHING


def _with_result(build: Builder, node: Intrinsic, arguments: list[Value]) -> Value:
    index = build.temporary()
    if node.name in ("current", "numa_node_id"):
        build.emit(ThreadConstant(node.span, index, node.name))
    else:
        pointer = isinstance(node.type, Pointer)
        build.emit(Exchange(node.span, node.name, index, arguments[0], tuple(arguments[1:]), pointer))
    return build.held(index, node.span)
