# SPDX-License-Identifier: GPL-2.0-or-later
"""Random values of any type: pointers that stay valid, structs, arguments and initialisers."""

from __future__ import annotations

from tests.sim.gcc.expressions import condition, integer
from tests.sim.gcc.integers import OR, Kind
from tests.sim.gcc.places import Array, Function, Pointer, Struct, Type, Writer, place, within


def address(w: Writer, target: Type, *, shared: bool = False) -> str | None:
    """A pointer to an object of a type, fit to stand behind any operator."""
    form = w.number(0, 5)
    if form == 0:
        first, second = _address_of(w, target, shared=shared), _address_of(w, target, shared=shared)
        return first and second and f"({condition(w).at(OR)} ? {first} : {second})"
    if form == 1:
        holder = place(w, lambda kind: isinstance(kind, Pointer) and kind.target == target, shared=shared)
        if holder:
            return holder[0]
    if form == 2:
        row = place(w, lambda kind: isinstance(kind, Array) and kind.element == target, writable=True, shared=shared)
        if row:
            return w.choose(row[0], f"({row[0]} + 1)", f"({w.number(0, 1)} + {row[0]})")
    return _address_of(w, target, shared=shared)


def _address_of(w: Writer, target: Type, *, shared: bool) -> str | None:
    lvalue = place(w, lambda kind: kind == target, writable=True, shared=shared)
    return lvalue and f"&{lvalue[0]}"


def walk_to(w: Writer, kind: Pointer) -> str:
    """Some element of the array that a pointer walks over."""
    array = w.variables[kind.steps].type
    assert isinstance(array, Array)
    step = within(integer(w, 1), array.count)
    return w.choose(f"&{kind.steps}[{step}]", f"{kind.steps} + ({step})", f"&*({kind.steps} + ({step}))")


def argument(w: Writer, kind: Type) -> str | None:
    """A value for a parameter, or None if nothing in scope serves."""
    if isinstance(kind, Kind):
        return integer(w, 1).text
    if isinstance(kind, Pointer):
        return address(w, kind.target)
    lvalue = place(w, lambda other: other == kind)
    return lvalue and lvalue[0]


def arguments(w: Writer, function: Function) -> str | None:
    """The arguments of a call, or None if it cannot be made here."""
    given = [argument(w, kind) for kind in function.parameters]
    return ", ".join(text for text in given if text is not None) if None not in given else None


def initialiser(w: Writer, kind: Type) -> str | None:
    """An initialiser for a local variable, or None if nothing in scope serves."""
    if isinstance(kind, Array):
        first, last = initialiser(w, kind.element), initialiser(w, kind.element)
        return f"{{ [{w.number(0, kind.count - 2)}] = {first}, {last} }}"
    if isinstance(kind, Struct) and w.number(0, 1):
        return _designated(w, kind)
    return argument(w, kind)


def _designated(w: Writer, kind: Struct) -> str | None:
    parts = []
    for name, member in kind.members.items():
        if isinstance(member, Pointer):
            value = address(w, member.target, shared=True)
            if value is None:
                return None
            parts.append(f".{name} = {value}")
        elif w.number(0, 1):
            parts.append(f".{name} = {initialiser(w, member)}")
    return f"{{ {', '.join(parts) or '0'} }}"
