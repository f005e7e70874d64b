# SPDX-License-Identifier: GPL-2.0-or-later
"""Objects of generated programs: their types, and random paths from a variable to a word of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeAlias, TypeVar

from attrs import define, evolve, field, frozen

from tests.sim.gcc.integers import BOOL, ENUM, INT, LONG, PRODUCT, UNARY, UNSIGNED, UNSIGNED_LONG, Kind, Value, whole

T = TypeVar("T")


@frozen
class Pointer:
    """A pointer that is never NULL and never dangles; `steps` if it walks over the global of that name."""

    target: Type
    steps: str = ""


@frozen
class Array:
    """`count` elements."""

    element: Type
    count: int


@define(eq=False)
class Struct:
    """A struct; its members are filled in after it, for one may point to the struct itself."""

    tag: str
    members: dict[str, Type] = field(factory=dict)


Type: TypeAlias = Kind | Pointer | Array | Struct
Wanted: TypeAlias = Callable[[Type], bool]


@frozen
class Variable:
    """A name in scope. `shared` objects outlive every function; a local pointer may lead to a local."""

    type: Type
    shared: bool = False
    writable: bool = True


@frozen
class Function:
    """A function that may be called: pure if it neither reads nor writes what others can see."""

    name: str
    returns: Type | None
    parameters: tuple[Type, ...]
    pure: bool
    cost: int


# Many are names of locals, parameters and members as well, which hide them or do not.
TYPEDEFS: Mapping[str, Kind] = {
    "a": INT, "b": UNSIGNED, "c": BOOL, "left": LONG, "right": UNSIGNED_LONG, "x": INT, "y": LONG, "i": UNSIGNED,
    "low": INT, "u": UNSIGNED, "node": UNSIGNED_LONG, "s64": LONG, "size_t": UNSIGNED_LONG, "shade": ENUM,
}  # fmt: skip


@define
class Meter:
    """What one function costs at most, in statements, and the number of its labels."""

    cost: int = 0
    labels: int = 0

    def label(self) -> int:
        """A number for a new label."""
        self.labels += 1
        return self.labels


@frozen
class Writer:
    """Where the generator stands.

    In scope are `variables`; `taken` names cannot be declared again in this block; `hidden` ones are no typedef
    names here. `turns` is the product of the turns of all loops around, `exits` the jumps that lead out of here.
    """

    random: Random
    variables: Mapping[str, Variable]
    functions: tuple[Function, ...] = ()
    meter: Meter = field(factory=Meter)
    turns: int = 1
    depth: int = 0
    taken: frozenset[str] = frozenset()
    exits: tuple[str, ...] = ()
    returns: Type | None = None
    hidden: frozenset[str] = frozenset()

    def number(self, low: int, high: int) -> int:
        """A number from low to high."""
        return self.random.randint(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return self.random.choice(options)

    def choose(self, *options: str) -> str:
        """One of the texts."""
        return self.random.choice(options)

    def having(self, name: str, variable: Variable) -> Writer:
        """The same place with one more name in scope."""
        variables = {**self.variables, name: variable}
        return evolve(self, variables=variables, taken=self.taken | {name}, hidden=self.hidden | {name})

    def without(self, name: str) -> Writer:
        """The same place while a declaration hides an outer name."""
        variables = {n: v for n, v in self.variables.items() if n != name}
        return evolve(self, variables=variables, hidden=self.hidden | {name})

    def spelled(self, kind: Kind) -> Kind:
        """The same type by a typedef name that is in scope here, or as it is."""
        names = [name for name, named in TYPEDEFS.items() if named == kind and name not in self.hidden]
        return evolve(kind, name=self.pick(names)) if names and self.number(0, 1) else kind

    def parenthesised(self, text: str) -> str:
        """The text, now and then in parentheses that it does not need."""
        return f"({text})" if self.number(0, 3) == 0 else text


def declared(kind: Type, name: str) -> str:
    """The declaration of a name, without its end."""
    if isinstance(kind, Array):
        return declared(kind.element, f"{name}[{kind.count}]")
    if isinstance(kind, Pointer):
        return declared(kind.target, f"*{name}")
    return f"{kind.name if isinstance(kind, Kind) else f'struct {kind.tag}'} {name}"


def reaches(kind: Type, wanted: Wanted, hops: int) -> bool:
    """Whether an object of this type leads to a wanted one over at most `hops` pointers."""
    if wanted(kind):
        return True
    if isinstance(kind, Array):
        return reaches(kind.element, wanted, hops)
    if isinstance(kind, Pointer):
        return hops > 0 and reaches(kind.target, wanted, hops - 1)
    return isinstance(kind, Struct) and any(reaches(m, wanted, hops) for m in kind.members.values())


def place(w: Writer, wanted: Wanted, *, writable: bool = False, shared: bool = False) -> tuple[str, Type] | None:
    """A random path to an object of a wanted type, or None. It has no side effect.

    A `shared` one outlives every function: it is found from a global.
    """
    hops = w.number(0, 2)
    fitting = [
        name
        for name, v in w.variables.items()
        if reaches(v.type, wanted, hops) and (v.writable or not writable) and (v.shared or not shared)
    ]
    if not fitting:
        return None
    own = [name for name in fitting if not w.variables[name].shared]
    name = w.pick(own if own and w.number(0, 1) else fitting)
    return _descend(w, name, w.variables[name].type, wanted, hops)


def integer_place(w: Writer, *, writable: bool = False) -> tuple[str, Kind] | None:
    """A random path to an integer, or None."""
    lvalue = place(w, lambda kind: isinstance(kind, Kind), writable=writable)
    return (lvalue[0], lvalue[1]) if lvalue and isinstance(lvalue[1], Kind) else None


def walkers(w: Writer) -> list[tuple[str, Pointer]]:
    """The pointers in scope that walk over an array."""
    return [(n, v.type) for n, v in w.variables.items() if isinstance(v.type, Pointer) and v.type.steps]


def _descend(w: Writer, text: str, kind: Type, wanted: Wanted, hops: int) -> tuple[str, Type]:
    while not wanted(kind):
        if isinstance(kind, Array):
            text, kind = f"{text}[{index(w, kind.count)}]", kind.element
        elif isinstance(kind, Struct):
            name = _member(w, kind, wanted, hops)
            text, kind = f"{text}.{name}", kind.members[name]
        elif isinstance(kind, Pointer):
            hops -= 1
            text, kind = _follow(w, text, kind.target, wanted, hops)
    return text, kind


def _follow(w: Writer, text: str, target: Type, wanted: Wanted, hops: int) -> tuple[str, Type]:
    if isinstance(target, Struct) and not wanted(target) and w.number(0, 4):
        name = _member(w, target, wanted, hops)
        return f"{text}->{name}", target.members[name]
    return f"(*{text})" if w.number(0, 2) else f"{text}[0]", target


def _member(w: Writer, kind: Struct, wanted: Wanted, hops: int) -> str:
    return w.pick([name for name, m in kind.members.items() if reaches(m, wanted, hops)])


def index(w: Writer, count: int) -> str:
    """An index below count: a number, or a variable brought into range."""
    plain = [(name, v.type) for name, v in w.variables.items() if isinstance(v.type, Kind)]
    if not plain or w.number(0, 2) == 0:
        return str(w.number(0, count - 1))
    name, kind = w.pick(plain)
    return within(whole(name, kind), count)


def within(value: Value, count: int) -> str:
    """The text of a value brought from 0 to count - 1."""
    if value.low >= 0 and value.high < count:
        return value.text
    if value.low >= 0:
        return f"{value.at(PRODUCT)} % {count}"
    if count & (count - 1) == 0:
        return f"{value.at(UNARY)} & {count - 1}"
    return f"(unsigned int){value.at(UNARY)} % {count}"
