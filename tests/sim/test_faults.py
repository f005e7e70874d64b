# SPDX-License-Identifier: GPL-2.0-or-later
"""What C leaves undefined and what kernel C forbids at run time stops the machine with a fault that names the line.

In the programs below the comment /*!*/ stands on the line that the fault must name.
"""

from __future__ import annotations

import pytest

import sim
from sim.machine.events import Ended
from tests.sim.programs import finish, machine, pending, play, threads, values

# Each: the lines of run() after a first step `x = 1;`, and words of the sentence.
ARITHMETIC = {
    "addition": ("int l = 2147483647;\nl = l + 1; /*!*/", "signed overflow: 2147483648 does not fit into int"),
    "subtraction": ("int l = -2147483647;\nl = l - 2; /*!*/", "signed overflow: -2147483649"),
    "multiplication": ("int l = 65536;\nl = l * l; /*!*/", "signed overflow: 4294967296"),
    "negation": ("int l = -2147483647;\nl = l - 1;\nl = -l; /*!*/", "signed overflow: 2147483648"),
    "increment": ("int l = 2147483647;\nl++; /*!*/", "signed overflow"),
    "decrement": ("int l = -2147483647 - 1;\n--l; /*!*/", "signed overflow"),
    "compound": ("int l = 2147483647;\nl += 1; /*!*/", "signed overflow"),
    "long": ("long l = 9223372036854775807;\nl = l + 1; /*!*/", "does not fit into long"),
    "quotient": ("int l = -2147483647 - 1;\nl = l / -1; /*!*/", "signed overflow: 2147483648"),
    "remainder": ("int l = -2147483647 - 1;\nl = l % -1; /*!*/", "signed overflow"),
    "division by zero": ("int l = 0;\nl = 3 / l; /*!*/", "division by zero"),
    "remainder by zero": ("unsigned long l = 0;\nl = 3 % l; /*!*/", "division by zero"),
    "shift by the width": ("int l = 32;\nl = 1 << l; /*!*/", "shift by 32 of a value of 32 bits"),
    "shift by the width of a long": ("unsigned long l = 64;\nl = 1ul >> l; /*!*/", "shift by 64 of a value of 64 bits"),
    "shift by less than nothing": ("int l = -1;\nl = 8 >> l; /*!*/", "shift by -1"),
    "shift of a negative": ("int l = -1;\nl = l << 1; /*!*/", "left shift of -1"),
    "shift into the sign": ("int l = 1;\nl = l << 31; /*!*/", "overflows int"),
}

POINTERS = {
    "index past the end": ("int l[3] = { 0 }, i = 3;\nl[i] = 1; /*!*/", "index 3 is outside of an array of 3"),
    "index below": ("int l[3] = { 0 }, i = -1;\nx = l[i]; /*!*/", "index -1 is outside of an array of 3"),
    "index of a global": ("int i = 4;\nx = table[i]; /*!*/", "index 4 is outside of an array of 4"),
    "index in a row": ("int i = 2;\nx = rows[0][i]; /*!*/", "index 2 is outside of an array of 2"),
    "pointer beyond the end": ("int *p = table;\np = p + 5; /*!*/", "a pointer leaves its array"),
    "pointer before the start": ("int *p = table;\np--; /*!*/", "a pointer leaves its array"),
    "pointer beyond a local array": ("int l[2] = { 0 }, *p = l;\np += 3; /*!*/", "a pointer leaves its array"),
    "moving the null pointer": ("int *p = NULL;\np++; /*!*/", "arithmetic on a null pointer"),
    "distance of two arrays": (
        "int *p = table, *q = &rows[0][0];\nx = p - q; /*!*/", "a distance between pointers into different arrays",
    ),
}  # fmt: skip

UNSET = {
    "local": ("int l;\nx = l; /*!*/", "l is read before it has a value"),
    "local in a condition": ("bool l;\nif (l) /*!*/\nx = 2;", "l is read before it has a value"),
    "local in an update": ("int l;\nl++; /*!*/", "l is read before it has a value"),
    "argument": ("int l;\ntake(l); /*!*/", "l is read before it has a value"),
    "pointer": ("int *l;\nx = *l; /*!*/", "l is read before it has a value"),
    "member": ("struct pair l;\nl.a = 1;\nx = l.b; /*!*/", "read before it has a value"),
    "element": ("int l[2], i = 1;\nl[0] = 1;\nx = l[i]; /*!*/", "read before it has a value"),
    "struct stored": ("struct pair l;\nl.a = 1;\npair = l; /*!*/", "read before it has a value"),
    "through a pointer": ("int l, *p = &l;\nx = *p; /*!*/", "read before it has a value"),
    "second turn of a loop": (
        "for (int i = 0; i < 2; i++) {\nint l;\nif (i)\nx = l; /*!*/\nl = 4;\n}", "l is read before it has a value",
    ),
    "value that was never returned": ("x = nothing();", "nothing ends without returning a value"),
}  # fmt: skip

LOCALS = {
    "returned": ("x = *give();", "a pointer to a local of give outlives its function"),
    "returned in a struct": ("struct holder h = hold();\nx = *h.at;", "a pointer to a local of hold outlives"),
    "left with the caller": ("int *l;\nleave(&l);\nx = *l;", "a pointer to a local of leave outlives its function"),
}

LOOPS = {
    "for": ("for (;;) /*!*/\n;", "an endless loop in run"),
    "while": ("while (true) /*!*/\ncpu_relax();", "an endless loop in run"),
    "do": ("do {\n} while (1); /*!*/", "an endless loop in run"),
    "goto": ("again: goto again; /*!*/", "an endless loop in run"),
    "in a function": ("spin();", "an endless loop in spin"),
}

PRELUDE = """struct pair { int a; int b; };
struct holder { int *at; };
struct pair pair;
int x;
int table[4];
int rows[2][2];
static void take(int a) { a++; }
static int nothing(void) { x = 2;
} %s
static int *give(void) { int l = 3;
return &l; %s
}
static struct holder hold(void) { int l = 3; struct holder h; h.at = &l;
return h; %s
}
static void leave(int **out) { int l = 3; *out = &l;
} %s
static void spin(void) {
for (;;) %s
;
}
void run(void)
{
x = 1;
"""
SPOTS = ("nothing", "give", "hold", "leave", "spin")
PRIVATE = {
    f"{group}: {name}": case
    for group, cases in {
        "arithmetic": ARITHMETIC,
        "pointer": POINTERS,
        "unset": UNSET,
        "local": LOCALS,
        "loop": LOOPS,
    }.items()
    for name, case in cases.items()
}


def program(body: str) -> str:
    """The prelude and run(); a body without the mark moves it into the function of the prelude that it calls."""
    called = next((spot for spot in SPOTS if f"{spot}(" in body and "/*!*/" not in body), "")
    return PRELUDE % tuple("/*!*/" if spot == called else "" for spot in SPOTS) + body + "\n}\n"


def marked_line(text: str) -> int:
    """The line on which the mark stands."""
    return text[: text.index("/*!*/")].count("\n") + 1


@pytest.mark.parametrize("name", PRIVATE)
def test_private_work_that_c_leaves_undefined_faults_and_names_the_line(name: str) -> None:
    body, sentence = PRIVATE[name]
    text = program(body)
    ran = finish(machine(text))
    assert ran.outcome == "fault"
    assert sentence in ran.state.ending.sentence
    assert (ran.state.ending.span.file, ran.state.ending.span.line) == ("kernel.c", marked_line(text))
    assert ran.state.ending.thread == 0
    assert ran.steps[-1].events[-1] == Ended(ran.state.ending)


def test_the_store_before_a_private_fault_has_happened() -> None:
    one = machine("int x; void run(void) { int l = 0; x = 7; l = 1 / l; }")
    ran = finish(one)
    assert (ran.outcome, ran.operations, values(one, ran.state)["x"]) == ("fault", ["write x = 7"], 7)


WRAPS = {
    "unsigned addition": ("unsigned int l = 4294967295; x = l + 1 == 0;", 1),
    "unsigned subtraction": ("unsigned int l = 0; x = l - 1 == 4294967295;", 1),
    "unsigned long multiplication": ("unsigned long l = 1ul << 63; x = l * 2 == 0;", 1),
    "unsigned shift": ("unsigned int l = 3; x = l << 31 == 1u << 31;", 1),
    "conversion to int": ("unsigned int l = 4294967295; x = (int)l;", -1),
    "conversion to bool": ("int l = 256; x = (bool)l;", 1),
    "negative remainder": ("int l = -7; x = l % 3;", -1),
    "negative quotient": ("int l = -7; x = l / 2;", -3),
    "negative shift to the right": ("int l = -7; x = l >> 1;", -4),
    "pointer one past the end": ("int l[2] = { 0 }, *p = l; p += 2; x = p - l;", 2),
    "unset local overwritten": ("int l; l = 4; x = l;", 4),
    "unset local copied along": ("struct pair { int a; int b; } l, k; l.a = 5; k = l; x = k.a;", 5),
}


@pytest.mark.parametrize("name", WRAPS)
def test_what_c_defines_does_not_fault(name: str) -> None:
    body, expected = WRAPS[name]
    one = machine(f"int x; void run(void) {{ {body} }}")
    ran = finish(one)
    assert (ran.outcome, values(one, ran.state)["x"]) == ("finished", expected)


WILD = {
    "read of null": ("int *l = NULL; x = *l;", "a null pointer"),
    "write to null": ("int *l = NULL; *l = 1;", "a null pointer"),
    "member of null": ("struct s *l = NULL; x = l->b;", "a null pointer"),
    "element of a member of null": ("struct s *l = NULL; int i = 2; x = l->c[i];", "a null pointer"),
    "write to an element of null": ("struct s *l = NULL; int i = 2; l->c[i] = 5;", "a null pointer"),
    "address of an element of null": ("struct s *l = NULL; int i = 2, *p = &l->c[i]; *p = 5;", "a null pointer"),
    "struct at null": ("struct s *l = NULL, k; k = *l;", "a null pointer"),
    "exchange at null": ("int *l = NULL; cmpxchg(l, 0, 1);", "a null pointer"),
    "atomic at null": ("atomic_t *l = NULL; atomic_inc(l);", "a null pointer"),
    "mutex at null": ("struct mutex *l = NULL; mutex_lock(l);", "a null pointer"),
    "semaphore at null": ("struct rw_semaphore *l = NULL; down_write(l);", "a null pointer"),
    "element past the end": ("int *l = &t[3]; l++; x = *l;", "a pointer outside of any object"),
    "write past the end": ("int *l = t; *(l + 4) = 1;", "a pointer outside of any object"),
    "struct past the end": ("struct s *l = list; l += 2; x = l->b;", "a pointer outside of any object"),
}


@pytest.mark.parametrize("name", WILD)
def test_a_wild_access_is_shown_as_pending_and_faults_when_stepped(name: str) -> None:
    body, where = WILD[name]
    one = machine(f"struct s {{ int a; int b; int c[4]; }} list[2]; int t[4]; int x;\nvoid run(void) {{\n{body}\n}}")
    state = one.boot()
    assert state.outcome is sim.Outcome.OPEN
    assert pending(one, state) == "wild"
    ran = finish(one)
    assert (ran.operations, ran.outcome) == (["wild"], "fault")
    assert ran.state.ending.sentence == f"access through {where}"
    assert ran.state.ending.span.line == 3
    assert values(one, ran.state) == values(one, state)


SHARED_LOCALS = {
    "pointer": "int l = 1; p = &l; /*!*/",
    "pointer in a struct": "int l = 1; struct holder k; k.at = &l;\nh = k; /*!*/",
    "write once": "int l = 1;\nWRITE_ONCE(p, &l); /*!*/",
    "exchange": "int l = 1;\ncmpxchg(&p, NULL, &l); /*!*/",
}


@pytest.mark.parametrize("name", SHARED_LOCALS)
def test_a_pointer_to_a_local_cannot_be_stored_in_shared_memory(name: str) -> None:
    text = f"struct holder {{ int *at; }} h; int *p;\nvoid run(void)\n{{\n{SHARED_LOCALS[name]}\n}}\n"
    one = machine(text)
    ran = finish(one)
    assert ran.outcome == "fault"
    assert ran.state.ending.sentence == "a pointer to a local is stored in shared memory"
    assert ran.state.ending.span.line == marked_line(text)
    assert set(values(one, ran.state).values()) == {"NULL"}


def test_a_pointer_to_a_callers_local_may_be_returned_and_used() -> None:
    one = machine("int x; static int *same(int *p) { return p; } void run(void) { int l = 3; *same(&l) += 1; x = l; }")
    assert finish(one).operations == ["write x = 4"]


LOCKS = "struct mutex m; spinlock_t s; struct rw_semaphore r; int x;\n"
MISUSE = {
    "mutex not held": ("mutex_unlock(&m); /*!*/", "m is not held by this thread"),
    "spinlock not held": ("spin_unlock(&s); /*!*/", "s is not held by this thread"),
    "semaphore not read": ("up_read(&r); /*!*/", "r is not held for reading by this thread"),
    "semaphore not written": ("up_write(&r); /*!*/", "r is not held for writing by this thread"),
    "semaphore read, not written": ("down_read(&r);\nup_write(&r); /*!*/", "r is not held for writing by this thread"),
    "semaphore written, not read": ("down_write(&r);\nup_read(&r); /*!*/", "r is not held for reading by this thread"),
    "unlocked twice": ("mutex_lock(&m);\nmutex_unlock(&m);\nmutex_unlock(&m); /*!*/", "m is not held by this thread"),
    "mutex twice": ("mutex_lock(&m);\nmutex_lock(&m); /*!*/", "m is taken twice by this thread"),
    "spinlock twice": ("spin_lock(&s);\nspin_lock(&s); /*!*/", "s is taken twice by this thread"),
    "semaphore read twice": ("down_read(&r);\ndown_read(&r); /*!*/", "r is taken twice by this thread"),
    "semaphore written twice": ("down_write(&r);\ndown_write(&r); /*!*/", "r is taken twice by this thread"),
    "semaphore read while written": ("down_write(&r);\ndown_read(&r); /*!*/", "r is taken twice by this thread"),
    "semaphore written while read": ("down_read(&r);\ndown_write(&r); /*!*/", "r is taken twice by this thread"),
    "mutex kept": ("mutex_lock(&m);\nx = 1;\n} /*!*/", "run returned and still holds m"),
    "semaphore kept": ("down_read(&r);\n} /*!*/", "run returned and still holds r"),
    "two kept": ("mutex_lock(&m);\nspin_lock(&s);\n} /*!*/", "run returned and still holds m, s"),
}


@pytest.mark.parametrize("name", MISUSE)
def test_misuse_of_a_lock_faults_and_names_lock_and_line(name: str) -> None:
    body, sentence = MISUSE[name]
    text = f"{LOCKS}void run(void)\n{{\n{body}\n"
    text += "" if "} /*!*/" in body else "}\n"
    ran = finish(machine(text))
    assert (ran.outcome, ran.state.ending.sentence) == ("fault", sentence)
    assert ran.state.ending.span.line == marked_line(text)


def test_unlocking_what_another_thread_holds_faults() -> None:
    text = (
        LOCKS + "void hold(void) { mutex_lock(&m); x = 1; mutex_unlock(&m); }\nvoid steal(void) { mutex_unlock(&m); }"
    )
    ran = play(machine(text, "hold()", "steal()"), "A B")
    assert (ran.outcome, ran.state.ending.thread) == ("fault", 1)
    assert (ran.state.ending.sentence, ran.state.ending.span.line) == ("m is not held by this thread", 3)


def test_bug_on_ends_the_run_as_a_bug() -> None:
    ran = finish(machine("int x;\nvoid run(void) {\nx = 1;\nBUG_ON(x != 1);\nx = 2;\nBUG_ON(x == 2);\nx = 3; }"))
    assert (ran.outcome, ran.operations[-1]) == ("bug", "read x")
    assert (ran.state.ending.span.line, ran.state.ending.thread) == (6, 0)


def test_nothing_moves_after_a_fault() -> None:
    text = "int x; void bad(void) { int *l = NULL; *l = 1; } void good(void) { x = 1; }"
    one = machine(text, "bad()", "good()")
    state = play(one, "A").state
    assert not one.enabled(state, 0)
    assert not one.enabled(state, 1)
    with pytest.raises(ValueError, match="thread B cannot move"):
        one.step(state, 1)


def test_a_fault_before_the_first_operation_is_an_error_of_the_level() -> None:
    one = machine("int x;\nvoid run(void)\n{\nint l = 0;\nl = 1 / l;\nx = l;\n}")
    with pytest.raises(sim.CompileError, match=r"thread A: run.*kernel\.c:5:5: division by zero"):
        one.boot()


@pytest.mark.parametrize("call", ["bad()", "unset()", "writes()", "locks()", "stuck()"])
def test_a_predicate_that_faults_or_changes_something_is_an_error_of_the_level(call: str) -> None:
    text = (
        "int x; struct mutex m; static bool bad(void) { int *l = NULL; return *l; }"
        "static bool unset(void) { bool l; return l; } static bool writes(void) { x = 1; return true; }"
        "static bool locks(void) { mutex_lock(&m); return true; } static bool stuck(void) { for (;;) ; }"
        "void run(void) { x = 1; }"
    )
    with pytest.raises(sim.CompileError, match="thread A: exhausted"):
        sim.Machine(sim.compile(text), threads("run()", exhausted=call))


def test_a_predicate_that_faults_later_ends_the_run_as_a_fault() -> None:
    text = (
        "int t[2]; int i; static bool full(void) { return t[i]; }\n"
        "void run(void) { allocation_begin(); i = 1; i = 2; i = 0; }"
    )
    ran = finish(sim.Machine(sim.compile(text), threads("run()", exhausted="full()")))
    assert (ran.outcome, ran.operations) == ("fault", ["write i = 1", "write i = 2"])
    assert ran.state.ending.sentence == "a predicate of the level: index 2 is outside of an array of 2"
