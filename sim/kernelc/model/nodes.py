# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed expressions: what the checker hands to the lowering.

`free` says that evaluating the expression needs no instruction: no access that may be visible, no side effect.
"""

from __future__ import annotations

from typing import TypeAlias

from sim.classes import define, frozen
from sim.kernelc.model.source import Span
from sim.kernelc.model.types import Type


@define(eq=False)
class Variable:
    """A parameter or local variable; `slot` is its place in the frame, `taken` that its address is used."""

    name: str
    type: Type
    slot: int
    span: Span
    scope_end: Span
    taken: bool = False


@frozen
class Const:
    """A value known at compile time; of a pointer, the address."""

    type: Type
    span: Span
    value: int
    free: bool = True


@frozen
class Local:
    """A local object."""

    type: Type
    span: Span
    variable: Variable
    free: bool = True


@frozen
class Object:
    """A global object at a known address."""

    type: Type
    span: Span
    address: int
    free: bool = True


@frozen
class Deref:
    """What a pointer points to."""

    type: Type
    span: Span
    pointer: Expr
    free: bool


@frozen
class Part:
    """A member, or an element with a known index, of an object."""

    type: Type
    span: Span
    base: Place
    offset: int
    free: bool


@frozen
class Element:
    """An element of an array object, the index computed and checked at run time."""

    type: Type
    span: Span
    base: Place
    index: Expr
    count: int
    stride: int
    free: bool = False


Place: TypeAlias = Local | Object | Deref | Part | Element


@frozen
class Read:
    """The value of an object."""

    type: Type
    span: Span
    place: Place
    free: bool


@frozen
class Address:
    """The address of an object, or of an array's first element."""

    type: Type
    span: Span
    place: Place
    free: bool


@frozen
class Unary:
    """One of - ~ ! on a value."""

    type: Type
    span: Span
    operator: str
    operand: Expr
    free: bool


@frozen
class Binary:
    """Arithmetic, shift, bitwise or comparison; both operands have been converted already."""

    type: Type
    span: Span
    operator: str
    left: Expr
    right: Expr
    free: bool


@frozen
class Logical:
    """&& or ||: the right side only if needed."""

    type: Type
    span: Span
    operator: str
    left: Expr
    right: Expr
    free: bool


@frozen
class Conditional:
    """c ? a : b."""

    type: Type
    span: Span
    test: Expr
    then: Expr
    otherwise: Expr
    free: bool


@frozen
class Convert:
    """A conversion to another scalar type."""

    type: Type
    span: Span
    operand: Expr
    free: bool


@frozen
class PointerMove:
    """Pointer plus or minus an integer, kept inside its array; `stride` words per element."""

    type: Type
    span: Span
    pointer: Expr
    offset: Expr
    negative: bool
    stride: int
    free: bool = False


@frozen
class PointerDistance:
    """The elements between two pointers into one array."""

    type: Type
    span: Span
    left: Expr
    right: Expr
    stride: int
    free: bool = False


@frozen
class Assign:
    """place = value; the value of the expression is what was stored."""

    type: Type
    span: Span
    place: Place
    value: Expr
    free: bool = False


@frozen
class Update:
    """place op= value, and ++ and --: one read, one write. `change` computes the new value from `old`."""

    type: Type
    span: Span
    place: Place
    old: Variable
    operand: Expr
    operand_slot: Variable
    change: Expr
    postfix: bool
    free: bool = False


@frozen
class Call:
    """A call of a function of the program, by index."""

    type: Type
    span: Span
    function: int
    arguments: tuple[Expr, ...]
    free: bool = False


@frozen
class Field:
    """A member of a struct that is a value, not an object: what a call returned."""

    type: Type
    span: Span
    value: Expr
    offset: int
    free: bool = False


@frozen
class Intrinsic:
    """A call of something that the machine itself does: locks, atomics, barriers, marks."""

    type: Type
    span: Span
    name: str
    arguments: tuple[Expr, ...]
    free: bool = False


Expr: TypeAlias = (
    Const | Read | Address | Unary | Binary | Logical | Conditional | Convert
    | PointerMove | PointerDistance | Assign | Update | Call | Field | Intrinsic
)  # fmt: skip
