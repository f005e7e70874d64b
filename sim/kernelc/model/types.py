# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of kernel C and their layout in words.

Every scalar takes one word, whatever its width. An array is followed by room for one more element that belongs to
nobody, so that a pointer one past its end reaches nothing else.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, field

from sim.classes import define, frozen
from sim.operations.lock_kind import LockKind


@frozen
class Void:
    """No value."""

    const: bool = False

    def __str__(self) -> str:
        return "void"


@frozen
class Integer:
    """An integer type of `bits` bits; `bool` has one. `names` are the constants of an enum, for display."""

    name: str
    bits: int
    signed: bool
    const: bool = False
    names: tuple[tuple[int, str], ...] = field(default=(), eq=False, repr=False)

    def __str__(self) -> str:
        return self.name

    @property
    def low(self) -> int:
        """The least value."""
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def high(self) -> int:
        """The greatest value."""
        return (1 << (self.bits - 1)) - 1 if self.signed else (1 << self.bits) - 1

    def wrap(self, value: int) -> int:
        """The value as this type holds it, by C's conversion rule (gcc's, where C leaves it open)."""
        if self.bits == 1:
            return int(value != 0)
        value &= (1 << self.bits) - 1
        return value - (1 << self.bits) if self.signed and value >> (self.bits - 1) else value


BOOL = Integer("bool", 1, signed=False)
INT = Integer("int", 32, signed=True)
UNSIGNED = Integer("unsigned int", 32, signed=False)
LONG = Integer("long", 64, signed=True)
UNSIGNED_LONG = Integer("unsigned long", 64, signed=False)
VOID = Void()


@frozen
class Lock:
    """A lock: one word that only lock operations touch."""

    kind: LockKind
    const: bool = False

    def __str__(self) -> str:
        return self.kind.spelling


@frozen
class Pointer:
    """A pointer to `target`, whose own `const` says whether it may be written through."""

    target: Type
    const: bool = False

    def __str__(self) -> str:
        return f"{'const ' if self.target.const else ''}{self.target} *"


@frozen
class Array:
    """`count` elements of one type."""

    element: Type
    count: int
    const: bool = False

    def __str__(self) -> str:
        return f"{self.element}[{self.count if self.count >= 0 else ''}]"


@frozen
class Member:
    """A member of a struct, `offset` words after its start."""

    name: str
    type: Type
    offset: int


@define(eq=False)
class Layout:
    """The members of a struct, filled in when its definition is read; `members` is None until then.

    `nesting` counts the types that stand inside each other; `rejected` says that the definition was, so that there may
    be other members.
    """

    members: dict[str, Member] | None = None
    size: int = 0
    nesting: int = 1
    rejected: bool = False


@frozen
class Struct:
    """A struct, known by its tag or, without one, by the typedef that names it."""

    name: str
    layout: Layout = field(repr=False)
    const: bool = False

    def __str__(self) -> str:
        return self.name


@frozen
class Rejected:
    """The type of what a rejected declaration declares: its uses are not looked at, for there is no more to say."""

    const: bool = False

    def __str__(self) -> str:
        return "a rejected type"


Type: TypeAlias = Void | Integer | Lock | Pointer | Array | Struct | Rejected

VOID_POINTER = Pointer(VOID)
REJECTED = Rejected()


def is_rejected(kind: Type) -> bool:
    """Whether this is a rejected type, or points to one or is an array of it."""
    while isinstance(kind, Pointer | Array):
        kind = kind.target if isinstance(kind, Pointer) else kind.element
    return isinstance(kind, Rejected)


def constant(kind: Type) -> Type:
    """The same type, const; of an array the elements are."""
    if isinstance(kind, Array):
        return evolve(kind, element=constant(kind.element), const=True)
    return kind if kind.const else evolve(kind, const=True)


def plain(kind: Type) -> Type:
    """The same type without its outermost const: the type of a value."""
    return evolve(kind, const=False) if kind.const else kind


def size(kind: Type) -> int:
    """Words that an object of this type spans, the room behind arrays included."""
    if isinstance(kind, Array):
        return (kind.count + 1) * size(kind.element)
    return kind.layout.size if isinstance(kind, Struct) else 1


def is_complete(kind: Type) -> bool:
    """Whether objects of this type can exist."""
    if isinstance(kind, Array):
        return is_complete(kind.element)
    if isinstance(kind, Struct):
        return kind.layout.members is not None
    return not isinstance(kind, Void)


def holds_lock(kind: Type) -> bool:
    """Whether this is a lock or has one in it, so that no object of this type is copied."""
    return any(isinstance(leaf, Lock) for _, _, leaf in leaves(kind))


def is_scalar(kind: Type) -> bool:
    """Whether a value of this type is one word that C can compute with."""
    return isinstance(kind, Integer | Pointer)


def leaves(kind: Type) -> list[tuple[int, str, Type]]:
    """The words of an object: (offset, path as C would write it after the object's name, scalar type)."""
    if isinstance(kind, Array):
        step = size(kind.element)
        inner = leaves(kind.element)
        return [(i * step + o, f"[{i}]{path}", t) for i in range(kind.count) for o, path, t in inner]
    if isinstance(kind, Struct):
        scalars = []
        for member in (kind.layout.members or {}).values():
            outer = constant(member.type) if kind.const else member.type
            scalars += [(member.offset + o, f".{member.name}{path}", t) for o, path, t in leaves(outer)]
        return scalars
    return [(0, "", kind)]


def is_mask(kind: Type) -> bool:
    """Whether this is the kernel's nodemask_t: a struct of one array of unsigned long."""
    return isinstance(kind, Struct) and kind.name == "nodemask_t"


def promote(kind: Integer) -> Integer:
    """Integer promotion: what is narrower than int becomes int, an enum its underlying type."""
    return INT if kind.bits < INT.bits else Integer(_BASIC[kind.bits, kind.signed], kind.bits, kind.signed)


_BASIC = {(t.bits, t.signed): t.name for t in (INT, UNSIGNED, LONG, UNSIGNED_LONG)}


def common(left: Integer, right: Integer) -> Integer:
    """The usual arithmetic conversions of C11 6.3.1.8 for the integer types of kernel C."""
    left, right = promote(left), promote(right)
    if left.bits != right.bits:
        return left if left.bits > right.bits else right
    return right if left.signed else left
