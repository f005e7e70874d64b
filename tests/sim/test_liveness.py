# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys of states: private words that nobody can read again do not count, all others do."""

from __future__ import annotations

import pytest

import sim
from sim.kernelc.model.code import Function
from sim.machine.key import state_key
from tests.sim.programs import machine, pending, play


def alike(text: str, first: str, second: str) -> tuple[bool, bool]:
    """Whether two schedules of a() and b() lead to equal states, and to states of equal keys."""
    one = machine(text, "a()", "b()")
    left, right = play(one, first).state, play(one, second).state
    assert pending(one, left) == pending(one, right)
    return left == right, state_key(one.program, left) == state_key(one.program, right)


CHANGE = "int x, y, z; void b(void) { x = 1; x = 0; }"
# Each: a(), and how many steps of it; b() runs before or around the first, so that a() reads 0 or 1.
DEAD = {
    "local read for the last time": ("int l = x; y = 3; z = 4;", 2),
    "local overwritten before it is read": ("int l = x; y = 3; l = 5; z = l;", 2),
    "temporary of a statement": ("if (x) ; y = 3;", 1),
    "temporary of a loop": ("for (int i = 0; i < 2; i++) { if (x == 7) break; y = i; }", 1),
    "argument that is not read": ("take(x); z = 4;", 1),
    "callers local, dead after the call": ("int l = x; take(5); z = 4;", 1),
    "member overwritten": ("struct pair { int a; int b; } l; l.a = x; l.b = 2; y = 3; l.a = 4; z = l.a + l.b;", 2),
}
LIVE = {
    "local read later": ("int l = x; y = 3; z = l;", 2),
    "local read on one way": ("int l = x; y = 3; if (y == 9) z = l;", 2),
    "local read in the next turn": ("int l = 0; for (int i = 0; i < 2; i++) { if (i) y = l; l = x; z = 3; }", 2),
    "local behind a pointer": ("int l = x, *p = &l; y = 3; z = *p;", 2),
    "value of this statement": ("y = x + z;", 1),
    "callers local, read after the call": ("int l = x; take(5); z = l;", 1),
    "argument read later": ("give(x);", 1),
    "element": ("int l[2] = { 0 }; l[1] = x; y = 3; z = l[y & 1];", 2),
    "struct copied later": ("struct pair { int a; int b; } l = { 0 }, k; l.b = x; y = 3; k = l; z = k.b;", 2),
}
FUNCTIONS = "void take(int n) { y = 3; z = 2; } void give(int n) { y = 3; z = n; }"


@pytest.mark.parametrize("name", DEAD)
def test_words_that_cannot_be_read_again_do_not_count(name: str) -> None:
    body, steps = DEAD[name]
    text = f"{CHANGE} {FUNCTIONS} void a(void) {{ {body} }}"
    assert alike(text, "BB" + "A" * steps, "BAB" + "A" * (steps - 1)) == (False, True)


@pytest.mark.parametrize("name", LIVE)
def test_words_that_can_be_read_again_count(name: str) -> None:
    body, steps = LIVE[name]
    text = f"{CHANGE} {FUNCTIONS} void a(void) {{ {body} }}"
    assert alike(text, "BB" + "A" * steps, "BAB" + "A" * (steps - 1)) == (False, False)


def test_what_is_not_private_always_counts() -> None:
    text = (
        "int x; bool full(void) { return x == 1; } void a(void) { allocation_begin(); smp_mb(); smp_mb(); }"
        "void b(void) { x = 1; x = 0; }"
    )
    program = sim.compile(text)
    one = sim.Machine(program, (sim.Thread("A", "a", "a()", exhausted="full()"), sim.Thread("B", "b", "b()", cpu=1)))
    premature, genuine = play(one, "BBA").state, play(one, "BAB").state
    assert premature.memory == genuine.memory
    assert state_key(program, premature) != state_key(program, genuine)


def test_what_a_rebind_hides_counts() -> None:
    text = "int x, y; void a(void) { x = 5; } void b(void) { rebind_begin(); x = 1; x = 1; y = 2; rebind_end(); }"
    one = machine(text, "a()", "b()")
    hides_5, hides_0 = play(one, "A BB").state, play(one, "B A B").state
    assert (hides_5.memory, hides_5.threads[1].frames) == (hides_0.memory, hides_0.threads[1].frames)
    assert state_key(one.program, hides_5) != state_key(one.program, hides_0)
    assert state_key(one.program, play(one, "B", hides_5).state) == state_key(
        one.program, play(one, "B", hides_0).state
    )


def names(function: Function, pc: int) -> set[str]:
    """The named locals that can be read again when the function rests before an instruction."""
    return {variable.name for variable in function.variables if variable.slot in function.live[pc]}


def test_live_locals_before_each_operation() -> None:
    text = """
int x;
int run(int p, int q)
{
	int a = p + q, b = 2, c;
	x = 1;
	c = a;
	x = 2;
	while (b--)
		x = c;
	x = 3;
	return p;
}
"""
    one = sim.Machine(sim.compile(text), (sim.Thread("A", "a", "run(1, 2)"),))
    state = one.boot()
    found = []
    while state.outcome is sim.Outcome.OPEN:
        (frame,) = state.threads[0].frames
        found.append(names(one.program.functions[frame.function], frame.pc))
        state = one.step(state, 0).state
    assert found == [{"p", "a", "b"}, {"p", "b", "c"}, {"p", "b", "c"}, {"p", "b", "c"}, {"p"}]


def test_an_endless_wait_comes_back_to_the_same_key() -> None:
    one = machine("bool go; void run(void) { int n = 0; while (!go) { n = !n; cpu_relax(); } }")
    states = [one.boot(), *(step.state for step in play(one, "AAAA").steps)]
    keys = [state_key(one.program, state) for state in states]
    assert len(set(keys)) == 2
    assert (keys[0], keys[1]) == (keys[2], keys[3])
    waiting = machine("bool go; void run(void) { bool seen; do { seen = go; } while (!seen); }")
    assert len({state_key(waiting.program, step.state) for step in play(waiting, "AAAA").steps}) == 1
