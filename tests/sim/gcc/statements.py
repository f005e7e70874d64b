# SPDX-License-Identifier: GPL-2.0-or-later
"""Random simple statements and declarations. At most one side effect happens between two sequence points."""

from __future__ import annotations

from tests.sim.gcc.expressions import MOST_COST, integer
from tests.sim.gcc.integers import KINDS, SMALL, TERNARY, Kind, Value, operands, whole
from tests.sim.gcc.places import (
    Array,
    Function,
    Pointer,
    Struct,
    Type,
    Variable,
    Writer,
    declared,
    integer_place,
    place,
    walkers,
)
from tests.sim.gcc.pointers import address, argument, arguments, initialiser, walk_to

Lines = list[str]
_LOCALS = ("a", "b", "c", "left", "right", "global0", "global1")
_OPERATORS = ("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>")


def declaration(w: Writer) -> tuple[Lines, Writer]:
    """A local variable with its initialiser, and the scope after it."""
    name = w.choose(*_LOCALS)
    if name in w.taken:
        return [], w
    kind = _local_type(w)
    hidden = w.without(name)
    value = with_effect(hidden) if isinstance(kind, Kind) else initialiser(hidden, kind)
    if value is None:
        return [], w
    fixed = isinstance(kind, Kind) and w.number(0, 4) == 0
    spelled = w.spelled(kind) if isinstance(kind, Kind) else kind
    text = f"{'const ' if fixed else ''}{declared(spelled, w.parenthesised(name))} = {value};"
    return [text], w.having(name, Variable(kind, writable=not fixed))


def _local_type(w: Writer) -> Type:
    kind = w.pick(KINDS)
    structs = [v.type for v in w.variables.values() if isinstance(v.type, Struct)]
    pointers = [v.type for v in w.variables.values() if isinstance(v.type, Pointer) and not v.type.steps]
    form = w.number(0, 9)
    if form == 4:
        return Array(kind, 3)
    if form == 5:
        return Array(Array(kind, 2), 2)
    if form == 6:
        return Pointer(kind)
    if form == 7 and pointers:
        return Pointer(w.pick(pointers))
    if form < 4 or not structs:
        return kind
    struct = w.pick(structs)
    return struct if form == 8 else Pointer(struct)


def with_effect(w: Writer) -> str:
    """A value, perhaps with one side effect: no other access of the expression touches what it changes."""
    form = w.number(0, 6)
    lvalue = integer_place(w, writable=True)
    if lvalue and form == 0 and not lvalue[1].signed:
        return w.choose("{}++", "{}--", "++{}", "--{}", "!{}++", "-{}--", "~ --{}").format(lvalue[0])
    if lvalue and form == 1:
        return f"{lvalue[0]} = {integer(w, 1).text}"
    if form == 2:
        made = _impure_call(w, Kind)
        if made:
            return made[0]
    made = _impure_call(w, Struct) if form == 3 else None
    return f"{made[0]}.high" if made else integer(w).text


def _impure_call(w: Writer, returns: type[Type] | None) -> tuple[str, Function] | None:
    fitting = [f for f in w.functions if not f.pure and w.turns * f.cost <= MOST_COST]
    if returns is not None:
        fitting = [f for f in fitting if isinstance(f.returns, returns)]
    if not fitting:
        return None
    function = w.pick(fitting)
    given = arguments(w, function)
    if given is None:
        return None
    w.meter.cost += w.turns * function.cost
    return f"{function.name}({given})", function


def assignment(w: Writer) -> Lines:
    """A value stored by name, through a pointer, or with WRITE_ONCE."""
    lvalue = integer_place(w, writable=True)
    if not lvalue:
        return []
    text, kind = lvalue
    form = w.number(0, 7)
    if form == 0:
        return [f"WRITE_ONCE({text}, {integer(w, 2).text});"]
    pointer = address(w, kind) if form == 1 else None
    return [f"{f'*{pointer}' if pointer else text} = {integer(w, 3).text};"]


def discarded(w: Writer) -> Lines:
    """A value that nobody asks for: `a * b;` is one where a is no type."""
    factors = [place(w, lambda kind: isinstance(kind, Kind) and not kind.signed) for _ in range(2)]
    if None in factors or w.number(0, 3) == 0:
        return [f"{integer(w).text};"]
    left, right = (lvalue[0] for lvalue in factors if lvalue)
    return [f"{left} * {w.parenthesised(right)};"]


def update(w: Writer) -> Lines:
    """place op= value; where the old value may be too large, it is first made small."""
    lvalue = integer_place(w, writable=True)
    if not lvalue:
        return []
    text, kind = lvalue
    operator = w.choose(*_OPERATORS)
    operand = integer(w, 1)
    direct = _compound(operator, whole(text, kind), operand)
    if direct:
        return [direct]
    mask = operator == "<<"
    reduced = Value("*slot", kind, 0 if mask else 1 - SMALL, 255 if mask else SMALL - 1)
    compound = _compound(operator, reduced, operand)
    assert compound, f"{operator} is not safe on {reduced}"
    reduction = "*slot &= 255;" if mask else f"*slot %= {SMALL};"
    return ["{", f"\t{kind.name} *const slot = &{text};", "", f"\t{reduction}", f"\t{compound}", "}"]


def _compound(operator: str, target: Value, operand: Value) -> str | None:
    left, right = operands(operator, target, operand)
    return f"{target.text} {operator}= {right.at(TERNARY)};" if left == target else None


def step(w: Writer) -> Lines:
    """++ or --, guarded where it could overflow."""
    lvalue = integer_place(w, writable=True)
    if not lvalue:
        return []
    text, kind = lvalue
    form = w.choose("{}++;", "++{};", "{}--;", "--{};").format(text)
    if not kind.signed:
        return [form]
    return [f"if ({text} {'<' if '++' in form else '>'} {w.number(-SMALL, SMALL)})", f"\t{form}"]


def copy(w: Writer) -> Lines:
    """One struct assigned to another, or the struct that a call returns to a variable."""
    target = place(w, lambda kind: isinstance(kind, Struct), writable=True)
    if target is None:
        return []
    made = _impure_call(w, Struct) if target[0] in w.variables and w.number(0, 1) else None
    if made and made[1].returns == target[1]:
        return [f"{target[0]} = {made[0]};"]
    source = argument(w, target[1])
    return [f"{target[0]} = {source};"] if source else []


def move(w: Writer) -> Lines:
    """A pointer set to another object, or a walking pointer moved along its array."""
    walking = walkers(w)
    if walking and w.number(0, 1):
        return _walk(w, *w.pick(walking))
    holder = place(w, lambda kind: isinstance(kind, Pointer) and not kind.steps, writable=True)
    if holder is None or not isinstance(holder[1], Pointer):
        return []
    target = address(w, holder[1].target, shared=True)
    return [f"{holder[0]} = {target};"] if target else []


def _walk(w: Writer, name: str, kind: Pointer) -> Lines:
    array = w.variables[kind.steps].type
    assert isinstance(array, Array)
    form = w.number(0, 4)
    if form == 0:
        return [f"{name} = {walk_to(w, kind)};"]
    value = integer(w.without(name), 1).text
    sign, test = ("+", f"< {kind.steps} + {array.count - 1}") if form < 3 else ("-", f"> {kind.steps}")
    once = sign * 2
    moved = w.choose(f"{name}{once};", f"{once}{name};", f"{name} {sign}= 1;")
    target = w.choose(f"{name}{once}", f"{once}{name}", f"({name} {sign}= 1)")
    return [f"if ({name} {test})", f"\t{w.choose(moved, f'*{target} = {value};')}"]


def call(w: Writer) -> Lines:
    """A call for its effect, its value dropped or kept in a variable."""
    made = _impure_call(w, None)
    if made is None:
        return []
    text, function = made
    kept = [n for n, v in w.variables.items() if v.writable and v.type == function.returns]
    if kept and w.number(0, 1):
        return [f"{w.pick(kept)} = {text};"]
    return [f"{text};"]
