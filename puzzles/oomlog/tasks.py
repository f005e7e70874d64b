# SPDX-License-Identifier: GPL-2.0-or-later
"""What a task and its request may use: masks of nodes, read from the words of a state, and the cpuset's name.

Nothing here knows a kernel file: the request's mask is the `nodemask` of the innermost frame that has one, or of its
alloc_context; the task's is `current->mems_allowed`; its cpuset is the struct whose `tasks` point to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from sim import Machine, Program, State
from sim.debugger import word_at
from sim.kernelc.lower.functions import variables_at
from sim.kernelc.model.types import Array, Member, Pointer, Struct, Type, is_mask, leaves
from sim.machine.names import objects
from sim.machine.state import FRAME, STACK
from sim.nodelist import mask_nodes

TypedAddress: TypeAlias = tuple[int, Type]
"""The address of an object, global or in a frame, and its type."""

_MASK: Final = "nodemask"
_CONTEXT: Final = "ac"
_TASK: Final = "task_struct"


def request_mask(machine: Machine, state: State, thread: int) -> frozenset[int] | None:
    """The nodes that a thread's request is bound to; None without a mask."""
    for depth in reversed(range(len(state.threads[thread].frames))):
        for pointer in _mask_pointers(machine, state, thread, depth):
            address = word_at(machine, state, thread, pointer[0])
            if address == 0:
                return None
            mask = _mask(machine, state, thread, _target(address, pointer[1]))
            if mask is not None:
                return mask
    return None


def mems_allowed(machine: Machine, state: State, thread: int) -> frozenset[int] | None:
    """The nodes that a thread's task may use; None for a thread without a task, or a task without a mask."""
    task = machine.automata[thread].thread.current, machine.program.scope.find_tag(_TASK)
    return _mask(machine, state, thread, _member(task, "mems_allowed")) if task[0] else None


def cpuset_name(machine: Machine, state: State, thread: int) -> str:
    """The name of the object whose `tasks` point to a thread's task; "" without one."""
    task = machine.automata[thread].thread.current
    names = (
        name
        for name, tasks in _cpusets(machine.program)
        if any(word_at(machine, state, thread, word) == task for word in tasks)
    )
    return next(names, "") if task else ""


def _cpusets(program: Program) -> Iterator[tuple[str, list[int]]]:
    """Each object with an array `tasks` of pointers: its name, and their addresses."""
    for address, kind, name in objects(program):
        tasks = _member((address, kind), "tasks")
        if tasks is not None and isinstance(tasks[1], Array) and isinstance(tasks[1].element, Pointer):
            yield name, [tasks[0] + offset for offset, _, _ in leaves(tasks[1])]


def _mask_pointers(machine: Machine, state: State, thread: int, depth: int) -> Iterator[TypedAddress]:
    """The pointers to a mask that a frame has: its own, then that of its alloc_context."""
    frame = state.threads[thread].frames[depth]
    function = machine.program.functions[frame.function]
    variables = {
        variable.name: (STACK + depth * FRAME + variable.slot, variable.type)
        for variable in variables_at(function, function.code[frame.pc].span)
    }
    context = variables.get(_CONTEXT)
    if context is not None and isinstance(context[1], Pointer):
        context = _target(word_at(machine, state, thread, context[0]), context[1])
    for pointer in (variables.get(_MASK), _member(context, "nodemask")):
        if pointer is not None and isinstance(pointer[1], Pointer):
            yield pointer


def _target(address: int | None, kind: Type) -> TypedAddress | None:
    """The object that a pointer of this type and value points to."""
    return (address, kind.target) if address and isinstance(kind, Pointer) else None


def _member(object_: tuple[int, Type | None] | None, name: str) -> TypedAddress | None:
    if object_ is None or not isinstance(object_[1], Struct):
        return None
    member: Member | None = (object_[1].layout.members or {}).get(name)
    return (object_[0] + member.offset, member.type) if member else None


def _mask(machine: Machine, state: State, thread: int, mask: TypedAddress | None) -> frozenset[int] | None:
    """The nodes of a mask; None for what is none, or has no value."""
    if mask is None or not is_mask(mask[1]):
        return None
    words = [word_at(machine, state, thread, mask[0] + offset) for offset, _, _ in leaves(mask[1])]
    values = [word for word in words if word is not None]
    return mask_nodes(values) if len(values) == len(words) else None
