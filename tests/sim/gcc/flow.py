# SPDX-License-Identifier: GPL-2.0-or-later
"""Random control flow. Loops are bounded by counters of their own, and jumps never pass an initialiser."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from tests.sim.gcc.expressions import condition, integer
from tests.sim.gcc.integers import BIT_AND, INT, PRODUCT, Value, binary, joined, small
from tests.sim.gcc.intrinsics import intrinsic
from tests.sim.gcc.places import Variable, Writer
from tests.sim.gcc.pointers import argument
from tests.sim.gcc.statements import (
    Lines,
    assignment,
    call,
    copy,
    declaration,
    discarded,
    move,
    step,
    update,
    with_effect,
)

_CASES = (("0", 0), ("1", 1), ("2", 2), ("1 + 2", 3), ("-1", -1), ("COLD", 0), ("WARM", 1), ("0x2", 2))
_TURNS = 3


def block(w: Writer, most: int) -> Lines:
    """Statements one level deeper, each seeing what those before it declared."""
    return indented(body(evolve(w, depth=w.depth + 1, taken=frozenset()), 1, most)[0])


def body(w: Writer, least: int, most: int) -> tuple[Lines, Writer]:
    """The statements of one block, and the scope at its end."""
    lines: Lines = []
    for _ in range(w.number(least, most)):
        written, w = declaration(w) if w.number(0, 4) == 0 else (_statement(w), w)
        lines += written
        w.meter.cost += w.turns
    return lines, w


def indented(lines: Lines) -> Lines:
    """The lines one tab further in; labels stay at the margin."""
    return [line if _is_label(line) else f"\t{line}" for line in lines]


def _is_label(line: str) -> bool:
    return not line or (line.endswith(":") and " " not in line.strip())


def _statement(w: Writer) -> Lines:
    simple: tuple[Callable[[Writer], Lines], ...] = (
        assignment, assignment, update, update, step, copy, move, call, call, _leave, discarded, intrinsic,
    )  # fmt: skip
    nested = (_choice, _choice, _bare_choice, _for, _while, _do, _endless, _switch, _retry, _skip)
    deeper = w.depth < 3 and w.turns < _TURNS**2
    return w.pick((*simple, *nested) if deeper else simple)(w)


def _leave(w: Writer) -> Lines:
    ways = list(w.exits)
    if not ways or w.number(0, 2) == 0:
        result = argument(w, w.returns) if w.returns else ""
        ways += [] if result is None else [f"return {result};" if result else "return;"]
    return [f"if ({condition(w).text})", f"\t{w.pick(ways)}"] if ways and w.depth else []


def _choice(w: Writer) -> Lines:
    lines = [f"if ({_test(w)}) {{", *block(w, 2)]
    if w.number(0, 2) == 0:
        lines += [f"}} else if ({_test(w)}) {{", *block(w, 2)]
    if w.number(0, 1):
        lines += ["} else {", *block(w, 2)]
    return [*lines, "}"]


def _test(w: Writer) -> str:
    if w.number(0, 4):
        return condition(w, 2).text
    return f"({with_effect(w)}) {w.choose('<', '>=', '==', '!=')} {w.number(0, 9)}"


def _bare_choice(w: Writer) -> Lines:
    """if and else without braces: an else belongs to the nearest if."""
    inner = evolve(w, depth=w.depth + 1)
    lines = [f"if ({condition(w).text})", *_bare(inner)]
    return [*lines, "else", *_bare(inner)] if w.number(0, 1) else lines


def _bare(w: Writer) -> Lines:
    forms = (assignment, update, step, _bare_choice) if w.depth < 4 else (assignment, step)
    return indented(w.pick(forms)(w) or [";"])


def _loop(w: Writer, counter: str) -> tuple[Writer, Lines]:
    """The scope of a loop's body, and the label behind the loop that its body may jump to."""
    label = f"done{w.meter.label()}"
    exits = ("break;", "continue;", *(e for e in w.exits if e.startswith("goto")), f"goto {label};")
    inner = evolve(w.having(counter, Variable(INT, writable=False)), turns=w.turns * _TURNS, exits=exits)
    return inner, [f"{label}:", "\t;"]


def _for(w: Writer) -> Lines:
    counter = w.choose("i", "j")
    inner, end = _loop(w, counter)
    head = w.choose(
        f"for (int {counter} = 0; {counter} < {_TURNS}; {counter}++)",
        f"for (int {counter} = {_TURNS}; {counter}; --{counter})",
        f"for (int {counter} = 1, most = {_TURNS * 2}; {counter} < most; {counter} += 2)",
    )
    return [f"{head} {{", *block(inner, 3), "}", *end]


def _while(w: Writer) -> Lines:
    inner, end = _loop(w, "left_over")
    test = w.choose("left_over--", "left_over-- > 0", f"left_over-- && {condition(w).at(BIT_AND)}")
    loop = [f"while ({test}) {{", *block(inner, 3), "}"]
    return ["{", f"\tint left_over = {_TURNS};", "", *indented(loop), "}", *end]


def _do(w: Writer) -> Lines:
    inner, end = _loop(w, "turn")
    loop = ["do {", *block(inner, 3), f"}} while (++turn < {_TURNS});"]
    return ["{", "\tint turn = 0;", "", *indented(loop), "}", *end]


def _endless(w: Writer) -> Lines:
    inner, end = _loop(w, "round")
    loop = ["for (;;) {", f"\tif (round++ == {_TURNS})", "\t\tbreak;", *block(inner, 3), "}"]
    return ["{", "\tint round = 0;", "", *indented(loop), "}", *end]


def _skip(w: Writer) -> Lines:
    label = f"skipped{w.meter.label()}"
    return [f"if ({condition(w).text})", f"\tgoto {label};", "{", *block(w, 3), "}", f"{label}:", "\t;"]


def _switch(w: Writer) -> Lines:
    value = integer(w, 1)
    tested = w.choose(
        joined("&", value, Value("3", INT, 3, 3)),
        binary("%", value, Value("3", INT, 3, 3)).text,
        small(value).at(PRODUCT),
    )
    inner = evolve(w, exits=(*(e for e in w.exits if e != "break;"), "break;"))
    lines = [f"switch ({tested}) {{"]
    for label in _labels(w):
        lines += [f"{label}: {{", *block(inner, 2), *(["\tbreak;"] if w.number(0, 2) else []), "}"]
    return [*lines, "}"]


def _labels(w: Writer) -> list[str]:
    drawn = {value: text for text, value in (w.pick(_CASES) for _ in range(w.number(0, 3)))}
    labels = [f"case {text}" for text in drawn.values()]
    if w.number(0, 1):
        labels.insert(w.number(0, len(labels)), "default")
    return labels


def _retry(w: Writer) -> Lines:
    label = f"again{w.meter.label()}"
    inner = evolve(w.having("tries", Variable(INT, writable=False)), turns=w.turns * _TURNS)
    return [
        *("{", "\tint tries = 0;", "", f"{label}:", "\ttries++;", "\t{"),
        *indented(block(inner, 3)),
        *("\t}", f"\tif (tries < {_TURNS})", f"\t\tgoto {label};", "}"),
    ]
