# SPDX-License-Identifier: GPL-2.0-or-later
"""Intrinsics to instructions."""

from __future__ import annotations

from typing import assert_never

from sim.kernelc.lower.builder import Builder
from sim.kernelc.meaning.intrinsics import MARKS, RELAXING
from sim.kernelc.model import values
from sim.kernelc.model.code import Barrier, Bug, Exchange, LockOperation, Mark, OutOfMemory, ThreadConstant
from sim.kernelc.model.nodes import Intrinsic
from sim.kernelc.model.types import Pointer
from sim.kernelc.model.values import Value
from sim.operations.kinds import BY_VALUE, Family, OperationKind
from sim.operations.locks import TRANSITIONS

_NOTHING = values.constant(0)


def emit_intrinsic(build: Builder, node: Intrinsic, arguments: list[Value]) -> Value:
    """Emit a call of an intrinsic whose arguments are lowered; the result computes its value."""
    name, span = node.name, node.span
    if name in RELAXING:
        return _NOTHING
    if name in ("current", "numa_node_id"):
        index = build.temporary()
        build.emit(ThreadConstant(span, index, name))
        return build.held(index, span)
    if name in MARKS:
        build.emit(Mark(span, MARKS[name], arguments[0] if arguments else None))
    elif name == "BUG_ON":
        build.emit(Bug(span, arguments[0]))
    else:
        return _operation(build, node, BY_VALUE[name], arguments)
    return _NOTHING


def _operation(build: Builder, node: Intrinsic, kind: OperationKind, arguments: list[Value]) -> Value:
    match kind.family:
        case Family.LOCK:
            _lock_operation(build, node, kind, arguments[0])
        case Family.BARRIER:
            build.emit(Barrier(node.span, kind))
        case Family.OUT_OF_MEMORY:
            build.emit(OutOfMemory(node.span))
        case Family.CMPXCHG | Family.ATOMIC:
            return _exchange(build, node, kind, arguments)
        case Family.READ | Family.WRITE | Family.WILD:
            raise ValueError(f"{kind} is no intrinsic")
        case _:
            assert_never(kind.family)
    return _NOTHING


def _lock_operation(build: Builder, node: Intrinsic, kind: OperationKind, lock: Value) -> None:
    """The operation, and behind it what its thread does where it did not get the lock."""
    for transition in TRANSITIONS[kind].chain():
        build.emit(LockOperation(node.span, transition.kind, lock))


def _exchange(build: Builder, node: Intrinsic, kind: OperationKind, arguments: list[Value]) -> Value:
    index = build.temporary()
    pointer = isinstance(node.type, Pointer)
    build.emit(Exchange(node.span, kind, index, arguments[0], tuple(arguments[1:]), pointer))
    return build.held(index, node.span)
