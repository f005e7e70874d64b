# SPDX-License-Identifier: GPL-2.0-or-later
"""What `oomrace.h` declares for gcc: locks, atomics, barriers, marks. The machine does them, so they have no source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import assert_never

from sim.classes import frozen
from sim.kernelc.meaning.conversions import PLACES, converted, truth, value_of
from sim.kernelc.model.nodes import Assign, Deref, Expr, Intrinsic, Part, Place
from sim.kernelc.model.source import CompileError, Span, error
from sim.kernelc.model.types import (
    BOOL,
    INT,
    VOID,
    Integer,
    Layout,
    Lock,
    Member,
    Pointer,
    Struct,
    Type,
    constant,
    plain,
)
from sim.operations.atomics import ATOMICS, Yields
from sim.operations.kinds import Family, OperationKind
from sim.operations.locks import LOCK_KINDS
from sim.operations.marks import MarkKind

ATOMIC = Struct("atomic_t", Layout({"counter": Member("counter", INT, 0)}, 1))
LOCK_TYPES: Mapping[str, Type] = {
    "atomic_t": ATOMIC,
    **{lock.spelling: Lock(lock) for lock in LOCK_KINDS if not lock.tag},
}
LOCK_TAGS: Mapping[str, Type] = {lock.tag: Lock(lock) for lock in LOCK_KINDS if lock.tag}


class Argument(Enum):
    """An argument that is converted to no type of its own: a truth value, or a zone as the program declares it."""

    TRUTH = auto()
    ZONE = auto()


@frozen
class Form:
    """How an intrinsic is called: what its arguments become, and the type of its value."""

    takes: tuple[Pointer | Argument, ...]
    returns: Type = VOID


def _value_type(yields: Yields) -> Type:
    match yields:
        case Yields.NOTHING:
            return VOID
        case Yields.COUNTER:
            return INT
        case Yields.WHETHER_ZERO:
            return BOOL
        case _:
            assert_never(yields)


RELAXING = frozenset(("cpu_relax", "cond_resched", "yield"))
BARRIERS = tuple(kind for kind in OperationKind if kind.family is Family.BARRIER)
MARKS = {mark.value: mark for mark in MarkKind}
FORMS: dict[str, Form] = {
    **{use.kind.call: Form((Pointer(Lock(lock)),)) for lock in LOCK_KINDS for use in lock.transitions},
    **{kind.call: Form((Pointer(ATOMIC),), _value_type(atomic.yields)) for kind, atomic in ATOMICS.items()},
    **{kind.call: Form(()) for kind in BARRIERS},
    **{name: Form(()) for name in (*RELAXING, *MARKS)},
    OperationKind.OUT_OF_MEMORY.call: Form(()),
    "numa_node_id": Form((), INT),
    "BUG_ON": Form((Argument.TRUTH,)),
    MarkKind.PAGE_ALLOCATED.value: Form((Argument.ZONE,)),
}
_BY_PLACE = ("READ_ONCE", "WRITE_ONCE", "atomic_read", "atomic_set", "cmpxchg")
NAMES = frozenset(FORMS) | frozenset(_BY_PLACE)


def current(task: Type | None, span: Span) -> Expr:
    """The task that runs on this CPU: a constant of the thread. Raises CompileError without a struct task_struct."""
    if task is None:
        raise error(span, "current needs a struct task_struct", "declare it, or include its header")
    return Intrinsic(Pointer(task), span, "current", ())


def call(name: str, arguments: Sequence[Expr | Place], span: Span, zone: Type | None) -> Expr:
    """The typed call of an intrinsic. Raises CompileError when the arguments do not fit."""
    if name in _BY_PLACE:
        return _by_place(name, arguments, span)
    form = FORMS[name]
    if len(arguments) != len(form.takes):
        raise error(span, f"{name} takes {len(form.takes)} arguments, not {len(arguments)}", "see oomrace.h")
    values = tuple(_argument(a, target, zone) for a, target in zip(arguments, form.takes, strict=True))
    return Intrinsic(form.returns, span, name, values)


def _argument(argument: Expr | Place, target: Pointer | Argument, zone: Type | None) -> Expr:
    node = value_of(argument)
    match target:
        case Pointer():
            return converted(node, target)
        case Argument.TRUTH:
            return truth(node)
        case Argument.ZONE:
            if zone is None:
                raise error(node.span, "page_allocated needs a struct zone", "declare it, or include its header")
            return converted(node, Pointer(constant(zone)))
        case _:
            assert_never(target)


def _by_place(name: str, arguments: Sequence[Expr | Place], span: Span) -> Expr:
    wanted = {"READ_ONCE": 1, "atomic_read": 1, "cmpxchg": 3}.get(name, 2)
    if len(arguments) != wanted:
        raise error(span, f"{name} takes {wanted} arguments, not {len(arguments)}", "see oomrace.h")
    if name == "READ_ONCE":
        return value_of(_place(arguments[0], span))
    if name == "WRITE_ONCE":
        return _store(_place(arguments[0], span), value_of(arguments[1]), span)
    if name == "cmpxchg":
        return _cmpxchg(*(value_of(argument) for argument in arguments), span=span)
    counter = _counter(value_of(arguments[0]))
    if name == "atomic_read":
        return value_of(counter)
    return _store(counter, value_of(arguments[1]), span)


def _place(argument: Expr | Place, span: Span) -> Place:
    if not isinstance(argument, PLACES):
        raise error(span, "a value, where an object is needed", "name a variable, member or element")
    return argument


def _counter(pointer: Expr) -> Place:
    pointer = converted(pointer, Pointer(ATOMIC))
    return Part(INT, pointer.span, Deref(ATOMIC, pointer.span, pointer, pointer.free), 0, pointer.free)


def _store(target: Place, new: Expr, span: Span) -> Expr:
    if target.type.const:
        raise _is_const(span)
    if not isinstance(target.type, Integer | Pointer):
        raise error(span, f"{target.type} cannot be written at once", "write its members")
    return Assign(plain(target.type), span, target, converted(new, target.type))


def _cmpxchg(pointer: Expr, old: Expr, new: Expr, *, span: Span) -> Expr:
    if not isinstance(pointer.type, Pointer) or not isinstance(pointer.type.target, Integer | Pointer):
        raise error(span, f"cmpxchg on {pointer.type}", "give the address of a word")
    kind = pointer.type.target
    if kind.const:
        raise _is_const(span)
    return Intrinsic(plain(kind), span, "cmpxchg", (pointer, converted(old, kind), converted(new, kind)))


def _is_const(span: Span) -> CompileError:
    return error(span, "this writes something const", "const objects never change after boot")
