# SPDX-License-Identifier: GPL-2.0-or-later
"""Small programs of kernel C made at random: three threads over a few shared words, with locks, marks and rebinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sim
from tests.sim.programs import LETTERS

Choose = Callable[[Sequence[str]], str]

HEAD = """
struct zone { int free; };
struct zone zones[2] = { { 1 }, { 1 } };
struct pair { int a; int b; } pair, other = { 1, 2 };
int x, y = 1, z = 2;
int table[2];
int *p = &x;
struct mutex m;
struct rw_semaphore r;
static bool exhausted(void)
{
	return (x & 1 || !zones[0].free) && (y & 1 || !zones[1].free);
}
static int next(int v)
{
	return (v + 1) & 3;
}
"""

# Only A allocates and only B rebinds, so that what counts as one instant is never in doubt.
COMMON = (
    "x = (x + 1) & 3;", "y = x;", "z = next(y);", "l = x + y;", "x = l & 3;", "*p = l & 1;", "p = l & 1 ? &y : &z;",
    "pair = other;", "other.b = x;", "table[x & 1] = y;", "y = table[l & 1];", "cmpxchg(&x, 0, 2);", "smp_mb();",
    "zones[0].free = 0;", "zones[0].free = 1;", "zones[1].free = x & 1;", "zones[1].free = 0;",
    "if (x < y) { # } else { # }", "if (x && y || z) { # }", "for (int i = 0; i < 2; i++) { # # }",
    "switch (x) { case 0: # break; case 1: # default: # }", "do { # } while (l++ < 1);", "l = next(l); #",
    "mutex_lock(&m); # # mutex_unlock(&m);", "down_read(&r); # up_read(&r);", "down_write(&r); # # up_write(&r);",
    "mutex_lock(&m); down_write(&r); # up_write(&r); mutex_unlock(&m);",
    "down_read(&r); mutex_lock(&m); # mutex_unlock(&m); up_read(&r);",
)  # fmt: skip
OWN = (
    ("smp_rmb();", "allocation_begin(); #", "if (x != z) out_of_memory();", "page_allocated(&zones[l & 1]);"),
    ("rebind_begin(); # # rebind_end();", "rebind_begin(); x = 1; y = 0; # rebind_end();"),
    ("BUG_ON(x == 3);", "allocation_failed();", "y = 4 / (x - 3);", "p = l ? p : NULL;"),
)


def kernel(choose: Choose, statements: int = 4) -> str:
    """The text of a program with the thread functions a(), b() and c()."""
    parts = [HEAD]
    for name, own in zip("abc", OWN, strict=True):
        start = "allocation_begin();" if name == "a" else ""
        body = " ".join(_statement(choose, (*COMMON, *own, *own), depth=1) for _ in range(statements))
        parts.append(f"void {name}(void)\n{{\n\tint l = 0;\n\t{start}\n\t{body}\n\tsmp_rmb();\n}}\n")
    return "".join(parts)


def _statement(choose: Choose, shapes: Sequence[str], depth: int) -> str:
    shape = choose(shapes)
    if "down" in shape or "lock" in shape:
        shapes = [one for one in shapes if "down" not in one and "lock" not in one]
    while "#" in shape:
        inner = _statement(choose, shapes, depth - 1) if depth else choose(("x = 1;", "y = 0;", "z = l;"))
        shape = shape.replace("#", inner, 1)
    return shape


def build(text: str, order: str = "ABC") -> sim.Machine:
    """The machine of such a program; its threads stand in this order."""
    threads = [
        sim.Thread(letter, letter, f"{letter.lower()}()", cpu=LETTERS.index(letter), exhausted="exhausted()")
        for letter in order
    ]
    return sim.Machine(sim.compile(text), tuple(threads), allowed="zone == &zones[0]")


def moves(one: sim.Machine, choose: Choose, most: int = 60) -> str:
    """A schedule by letter: each move is chosen among the threads that can take it, until the run is over."""
    state, chosen = one.boot(), ""
    while len(chosen) < most and state.outcome is sim.Outcome.OPEN:
        letter = choose([thread.letter for i, thread in enumerate(one.threads) if one.enabled(state, i)])
        state = one.step(state, [thread.letter for thread in one.threads].index(letter)).state
        chosen += letter
    return chosen
