# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed expressions to instructions, in the fixed order of evaluation: left to right, address before value."""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernelc.lower.builder import Builder
from sim.kernelc.lower.intrinsic_code import emit_intrinsic
from sim.kernelc.meaning.conversions import place_is_free
from sim.kernelc.meaning.free import free_value, local_slot, operation
from sim.kernelc.model import values
from sim.kernelc.model.code import (
    Branch,
    CallFunction,
    Compute,
    Copy,
    Distance,
    Load,
    MovePointer,
    Store,
    Target,
)
from sim.kernelc.model.nodes import (
    Address,
    Assign,
    Binary,
    Call,
    Conditional,
    Const,
    Convert,
    Deref,
    Element,
    Expr,
    Field,
    Intrinsic,
    Local,
    Logical,
    Object,
    Part,
    Place,
    PointerDistance,
    PointerMove,
    Read,
    Unary,
    Update,
)
from sim.kernelc.model.source import Span
from sim.kernelc.model.types import INT, Integer, Pointer, Struct, Type, Void, leaves, plain, size
from sim.kernelc.model.values import Value

_NOTHING = values.constant(0)


def effect(build: Builder, node: Expr) -> None:
    """Do what an expression statement does; its value is not wanted."""
    if isinstance(node, Convert) and isinstance(node.type, Void):
        node = node.operand
    if isinstance(node, Read) and isinstance(node.type, Struct):
        _to_slots(build, node)
    elif isinstance(node, Assign):
        _assign(build, node, wanted=False)
    elif isinstance(node, Update):
        _update(build, node, wanted=False)
    else:
        lower(build, node)


def lower(build: Builder, node: Expr) -> Value:
    """Emit what the expression needs; the result computes its value from the frame."""
    if node.free:
        return free_value(node)
    match node:
        case Read():
            return _read(build, node)
        case Address():
            return address(build, node.place)
        case Unary():
            return values.unary(node.operator, lower(build, node.operand), _integer(node.type), node.span)
        case Convert():
            return values.convert(lower(build, node.operand), node.type)
        case Binary():
            left, right = _in_order(build, (node.left, node.right))
            return operation(node, left, right)
        case Logical():
            return _logical(build, node)
        case Conditional():
            return _conditional(build, node)
        case PointerMove():
            return _move(build, node)
        case PointerDistance():
            return _distance(build, node)
        case Assign():
            return _assign(build, node, wanted=True)
        case Update():
            return _update(build, node, wanted=True)
        case Call():
            results = call(build, node)
            return build.held(results[0], node.span) if results else _NOTHING
        case Field():
            return build.held(_to_slots(build, node)[0], node.span)
        case Intrinsic():
            return emit_intrinsic(build, node, _in_order(build, node.arguments))
        case Const():
            return values.constant(node.value)


def address(build: Builder, place: Place) -> Value:
    """Emit what the address of a place needs; the result computes it."""
    match place:
        case Local():
            return values.frame_address(place.variable.slot)
        case Object():
            return values.constant(place.address)
        case Part():
            return values.offset(address(build, place.base), place.offset)
        case Deref():
            return lower(build, place.pointer)
        case Element():
            base = address(build, place.base)
            if not place.index.free:
                base = build.captured(base, place.span)
            return values.scaled(base, lower(build, place.index), place.count, place.stride, place.span)


def branch(build: Builder, node: Expr, then: Target, otherwise: Target) -> None:
    """Go on at one of two targets; && and || read their right side only if needed."""
    if isinstance(node, Logical) and not node.free:
        middle = Target()
        outcome = (middle, otherwise) if node.operator == "&&" else (then, middle)
        branch(build, node.left, *outcome)
        build.place(middle)
        branch(build, node.right, then, otherwise)
    else:
        build.emit(Branch(node.span, lower(build, node), then, otherwise))


def _in_order(build: Builder, nodes: Sequence[Expr]) -> list[Value]:
    """The values of expressions that are evaluated one after the other."""
    lowered = []
    for position, node in enumerate(nodes):
        value = lower(build, node)
        if not all(later.free for later in nodes[position + 1 :]):
            value = build.captured(value, node.span)
        lowered.append(value)
    return lowered


def _integer(kind: Type) -> Integer:
    return kind if isinstance(kind, Integer) else INT


def _read(build: Builder, node: Read) -> Value:
    if place_is_free(node.place):
        index, name = local_slot(node.place)
        return values.slot(index, node.span, name)
    return load(build, address(build, node.place), node.type, node.span)


def load(build: Builder, where: Value, kind: Type, span: Span) -> Value:
    """Read one word at an address into a temporary."""
    index = build.temporary()
    build.emit(Load(span, index, where, kind))
    return build.held(index, span)


def _logical(build: Builder, node: Logical) -> Value:
    true, false, end = Target(), Target(), Target()
    index = build.temporary()
    branch(build, node, true, false)
    build.place(true)
    build.emit(Compute(node.span, index, values.constant(1)))
    build.jump(end, node.span)
    build.place(false)
    build.emit(Compute(node.span, index, _NOTHING))
    build.place(end)
    return build.held(index, node.span)


def _conditional(build: Builder, node: Conditional) -> Value:
    slots = _conditional_slots(build, node)
    return build.held(slots[0], node.span) if slots else _NOTHING


def _conditional_slots(build: Builder, node: Conditional) -> list[int]:
    true, false, end = Target(), Target(), Target()
    slots = [build.temporary() for _ in ([] if isinstance(node.type, Void) else leaves(node.type))]
    branch(build, node.test, true, false)
    for target, side in ((true, node.then), (false, node.otherwise)):
        build.place(target)
        _into_slots(build, side, slots)
        build.jump(end, node.span)
    build.place(end)
    return slots


def _into_slots(build: Builder, node: Expr, slots: list[int]) -> None:
    if isinstance(node.type, Struct):
        for target, source in zip(slots, _to_slots(build, node), strict=True):
            build.emit(Copy(node.span, target, source))
    else:
        value = lower(build, node)
        for target in slots:
            build.emit(Compute(node.span, target, value))


def _to_slots(build: Builder, node: Expr) -> list[int]:
    """The words of a struct's value, read in ascending order into slots."""
    offsets = leaves(node.type)
    match node:
        case Read() if place_is_free(node.place):
            first, _ = local_slot(node.place)
            return [first + offset for offset, _, _ in offsets]
        case Read():
            where = build.captured(address(build, node.place), node.span)
            slots = []
            for offset, _, kind in offsets:
                slots.append(build.temporary())
                build.emit(Load(node.span, slots[-1], values.offset(where, offset), kind))
            return slots
        case Call():
            return call(build, node)
        case Field():
            whole = zip(leaves(node.value.type), _to_slots(build, node.value), strict=True)
            within = range(node.offset, node.offset + size(node.type))
            return [slot for (offset, _, _), slot in whole if offset in within]
        case Conditional():
            return _conditional_slots(build, node)
        case Assign():
            return copy_struct(build, node.place, node.value, node.span)
        case _:
            raise AssertionError(f"{node} is no struct")


def copy_struct(build: Builder, target: Place, source: Expr, span: Span) -> list[int]:
    """Copy a struct word by word, ascending: one read and one write each. The slots that hold the words."""
    local = place_is_free(target)
    first = local_slot(target)[0] if local else 0
    where = _NOTHING if local else build.captured(address(build, target), span)
    direct = isinstance(source, Read) and not place_is_free(source.place)
    origin = build.captured(address(build, source.place), span) if direct and isinstance(source, Read) else _NOTHING
    slots = [] if direct else _to_slots(build, source)
    for position, (offset, _, kind) in enumerate(leaves(plain(target.type))):
        if direct:
            slots.append(first + offset if local else build.temporary())
            build.emit(Load(source.span, slots[-1], values.offset(origin, offset), kind))
        slot = slots[position]
        if not local:
            value = values.slot(slot, span, "a word of this struct")
            build.emit(Store(span, values.offset(where, offset), value, kind, target.span))
        elif not direct:
            build.emit(Copy(span, first + offset, slot))
    return slots


def _assign(build: Builder, node: Assign, *, wanted: bool) -> Value:
    if isinstance(node.type, Struct):
        copy_struct(build, node.place, node.value, node.span)
        return _NOTHING
    if place_is_free(node.place):
        index, name = local_slot(node.place)
        build.emit(Compute(node.span, index, lower(build, node.value)))
        return values.slot(index, node.span, name)
    where = address(build, node.place)
    if not node.value.free:
        where = build.captured(where, node.span)
    value = lower(build, node.value)
    if wanted:
        value = build.captured(value, node.span)
    build.emit(Store(node.span, where, value, plain(node.place.type), node.place.span))
    return value


def _update(build: Builder, node: Update, *, wanted: bool) -> Value:
    node.old.slot, node.operand_slot.slot = build.temporary(), build.temporary()
    local = place_is_free(node.place)
    where = _NOTHING if local else address(build, node.place)
    if not node.operand.free:
        where = build.captured(where, node.span)
    if not isinstance(node.operand, Const):
        build.emit(Compute(node.span, node.operand_slot.slot, lower(build, node.operand)))
    kind = plain(node.place.type)
    if local:
        index, name = local_slot(node.place)
        build.emit(Compute(node.span, node.old.slot, values.slot(index, node.span, name)))
        build.emit(Compute(node.span, index, lower(build, node.change)))
        result = values.slot(index, node.span, name)
    else:
        build.emit(Load(node.place.span, node.old.slot, where, kind))
        result = lower(build, node.change)
        if wanted:
            result = build.captured(result, node.span)
        build.emit(Store(node.span, where, result, kind, node.place.span))
    return build.held(node.old.slot, node.span) if node.postfix else result


def _move(build: Builder, node: PointerMove) -> Value:
    pointer, offset = _in_order(build, (node.pointer, node.offset))
    if node.negative:
        offset = values.unary("-", offset, INT, node.span)
    index = build.temporary()
    assert isinstance(node.type, Pointer)
    build.emit(MovePointer(node.span, index, pointer, offset, node.stride, str(plain(node.type.target))))
    return build.held(index, node.span)


def _distance(build: Builder, node: PointerDistance) -> Value:
    left, right = _in_order(build, (node.left, node.right))
    index = build.temporary()
    assert isinstance(node.left.type, Pointer)
    build.emit(Distance(node.span, index, left, right, node.stride, str(plain(node.left.type.target))))
    return build.held(index, node.span)


def _kept_slots(build: Builder, node: Expr) -> list[int]:
    """The words of a struct's value, where later changes of variables do not reach them."""
    slots = _to_slots(build, node)
    for position, source in enumerate(slots):
        if source not in build.temporaries:
            slots[position] = build.temporary()
            build.emit(Copy(node.span, slots[position], source))
    return slots


def call(build: Builder, node: Call) -> list[int]:
    """Call a function of the program; the slots that receive the words it returns."""
    arguments: list[tuple[int, Value]] = []
    slot = 1
    for position, argument in enumerate(node.arguments):
        last = all(later.free for later in node.arguments[position + 1 :])
        if isinstance(argument.type, Struct):
            sources = _to_slots(build, argument) if last else _kept_slots(build, argument)
            for (offset, _, _), source in zip(leaves(argument.type), sources, strict=True):
                arguments.append((slot + offset, values.slot(source, argument.span, "a word of this struct")))
        else:
            value = lower(build, argument)
            arguments.append((slot, value if last else build.captured(value, argument.span)))
        slot += size(argument.type)
    words = [] if isinstance(node.type, Void) else leaves(node.type)
    results = tuple(build.temporary() for _ in words)
    build.emit(CallFunction(node.span, node.function, tuple(arguments), results))
    return list(results)


def return_values(build: Builder, node: Expr) -> tuple[Value, ...]:
    """The words that a return statement hands back."""
    if isinstance(node.type, Struct):
        return tuple(values.slot(s, node.span, "a word of this struct") for s in _to_slots(build, node))
    return (lower(build, node),)
