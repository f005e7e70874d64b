# SPDX-License-Identifier: GPL-2.0-or-later
"""C4: a rejected declaration is told once; what uses it is no mistake, and other mistakes are told all the same."""

from __future__ import annotations

import pytest

import sim

# Each: declarations at file level, statements of a function that use them, and all that there is to say.
DECLARATIONS = {
    "qualifier": ("volatile int x;", "x = 1; x++; if (x) x = -x;", ["volatile"]),
    "unknown type": ("u32 y;", "y = 2; y += y * 3; while (y - 1) y = (y) - 1;", ["unknown type u32"]),
    "unknown types by pointer": ("gfp_t *p, t[2], n;", "*p = 1; p = &n; t[1] = p[0]; p++;", ["unknown type gfp_t"]),
    "float": ("float f;", "f = 1; f = f * 2 + (int)f;", ["float"]),
    "register": ("register int x;", "x = 1;", ["register"]),
    "attribute": ("__attribute__((weak)) int x;", "x = 1;", ["__attribute__"]),
    "array": ("int n; int a[n], b[0], c[2][n];", "a[9] = b[1] + c[1][7];", ["n is not", "array of 0", "n is not"]),
    "array without length": ("int a[];", "a[0] = 1;", ["incomplete type"]),
    "initialiser": ("int x = nosuch; int y = f();", "x = y;", ["unknown name nosuch", "unknown function f"]),
    "second declaration": ("int x; struct s { int a; }; struct s x;", "x.a = 1; x = 2;", ["already declared"]),
    "function pointer": ("void (*f)(void);", "f(); f = 0;", ["function pointers"]),
    "typedef of a function": ("typedef int fn(void); fn *f;", "f();", ["function pointers"]),
    "typedef": ("typedef float f32; f32 x, *p;", "f32 y = x; y = (f32)3 - *p; x = (f32)(y) - 1;", ["float"]),
    "typedef with a qualifier": ("typedef volatile int t; t x;", "x = (t) - 1;", ["volatile"]),
    "typedef of nothing": ("typedef u8 *t; t x; t y[3];", "*x = 1; y[5] = x;", ["unknown type u8"]),
    "union": ("union u { int a; } x;", "x.a = 1;", ["union"]),
    "member": ("struct s { int a; u32 b, *c; } v;", "v.a = v.b; v.b++; *v.c = 1; v.c = &v.b;", ["unknown type u32"]),
    "bit-field": ("struct s { int a : 3; int b; } v;", "v.a = v.b;", ["a plain name"]),
    "anonymous member": ("struct s { struct { int a; }; int b; } v;", "v.a = v.b;", ["a plain name"]),
    "member function": ("struct s { int (*f)(void); int b; } v;", "v.b = v.f();", ["function pointers"]),
    "two members": ("struct s { int a; long a; } v;", "v.a = 1;", ["two members a"]),
    "open member": ("struct s { int a[]; int b; } v;", "v.a[1] = v.b;", ["a member of type"]),
    "empty struct": ("struct s { } v; struct s w;", "v.a = 1; w.b = v.a; w = v;", ["takes 0 words"]),
    "large struct": ("struct s { int a[3000], b[3000]; } v;", "v.a[1] = v.b[2];", ["takes 6002 words"]),
    "second struct": ("struct s { int a; }; struct s { int b; } v;", "v.a = v.b;", ["already defined"]),
    "enumerator": ("enum { A = 99999999999, B, C = 2 }; int t[B];", "t[A] = B + C;", ["does not fit"]),
    "enumerator of nothing": ("enum e { A = nosuch, B } x;", "x = A; x = B;", ["unknown name nosuch"]),
    "enum": ("enum e x;", "x = 1;", ["unknown enum e"]),
    "return type": ("u32 f(int a) { return a; }", "f(1); f(2) + 1;", ["unknown type u32"]),
    "array returned": ("int f(void)[2] { return 1; }", "f(); f()[0] = 1;", ["a function returning"]),
    "parameter": ("int f(u32 a, int b) { return a + b; }", "f(1, 2);", ["unknown type u32"]),
    "function as parameter": ("int f(int g(void), int b) { return g() + b; }", "f(1, 2);", ["function pointers"]),
    "lock as parameter": ("int f(struct mutex m, int b) { return b; }", "f(1, 2);", ["a parameter of type"]),
    "variadic": ("int f(int a, ...) { return 0; }", "f(1); f(1, 2, 3);", ["variadic"]),
    "function without a prototype": ("int f { return 0; }", "f();", ["no parameters"]),
    "other declaration": ("int f(int a); long f(int a, int b) { return a; }", "f(1); f(1, 2);", ["differently"]),
    "named constant": ("#define E\n#define F 1 +\n", "E; E + 1; F; F - E;", ["without a value", "not a constant"]),
    "named constant of nothing": ("#define E nothing\n#define F (E + 1)\n", "E; F; E;", ["unknown name nothing"]),
    "function pointers in all shapes": (
        "int (*f)(int), (*w[3])(int); typedef int (fn)(int), (*at)(int); fn *o; at k;",
        "f(1); (*f)(2); w[0](1); (*w[1])(2); (*o)(1); k(1); (*k)(1);",
        ["function pointers"] * 4,
    ),
    "parameter in parentheses": ("int f(u32 (a), int (b), int (c)(void)) { return (a) + b - c(); }", "f(1, 2, 0);",
                                 ["unknown type u32", "function pointers"]),
    "parameter without a name": ("int f(int (void), int b) { return b; }", "f(0, 1);", ["function pointers"]),
    "incomplete parameter": ("void f(struct s v) { v.a = 1; }", "f(0);", ["a parameter of incomplete type"]),
    "typedef in parentheses": ("typedef unsigned char (t); t x;", "x = (t) - 1;", ["unsigned char is not"]),
    "function without a type": ("f(void) { return 1; }", "f(); f() + 1;", ["f has no type"]),
    "attributes": ("struct __attribute__((packed)) s { int a __attribute__((aligned(8))); } v;", "v.a = 1;",
                   ["__attribute__", "__attribute__"]),
    "enum twice": ("enum e x; enum e { A }; enum e y; enum f z; struct f *p;", "x = A; y = x; z = 1; p->a = z;",
                   ["unknown enum e", "unknown enum f"]),
    "static inline volatile": ("static volatile unsigned int x;", "x = 3 / x;", ["volatile"]),
}  # fmt: skip

LOCALS = {
    "qualifier": ("volatile int x = 1; x++; x = (x) - 1;", ["volatile"]),
    "static": ("static int x = 1; x++;", ["static"]),
    "unknown type": ("u32 x = 1, *p = &x; x++; *p = x;", ["unknown type u32"]),
    "lock": ("struct mutex m; mutex_lock(&m);", ["a local of type"]),
    "array": ("int n = 1, a[n]; a[0] = a[8];", ["not an integer constant"]),
    "array without length": ("int a[]; a[0] = 1;", ["no length"]),
    "initialiser": ("int x = nosuch; x++; x.y = 1;", ["unknown name nosuch", "no members"]),
    "typedef": ("typedef int t; t x = (t) - 1; x++;", ["type definition"]),
    "function": ("void g(void) { } g();", ["function definition"]),
    "second declaration": ("int x; long x; x = 1;", ["already declared"]),
    "in a loop": ("for (u32 i = 0; i < 3; i++) i += nosuch;", ["unknown type u32"]),
    "label in what is passed over": ("u32 x; if (x) { again: x = 1; } goto again;", ["unknown type u32"]),
    "mistake below": ("u32 x; while (x) { nosuch = 1; } switch (x) { case 1: no = 1; }", ["u32", "nosuch", "name no"]),
    "case": ("u32 x; switch (1) { case 1: x = 1; break; case 1: case nosuch: x = 2; }", ["u32", "twice", "nosuch"]),
}  # fmt: skip


def messages(text: str) -> list[str]:
    with pytest.raises(sim.CompileError) as problem:
        sim.compile(text)
    return [one.message for one in problem.value.diagnostics]


def assert_told(text: str, expected: list[str]) -> None:
    told = messages(text)
    assert len(told) == len(expected), told
    for message, part in zip(told, expected, strict=True):
        assert part in message


@pytest.mark.parametrize("name", DECLARATIONS)
def test_uses_of_a_rejected_declaration_are_no_mistakes(name: str) -> None:
    declarations, uses, expected = DECLARATIONS[name]
    assert_told(f"{declarations}\nvoid run(void) {{ {uses} }}\nvoid again(void) {{ {uses} }}", expected)


@pytest.mark.parametrize("name", DECLARATIONS)
def test_other_mistakes_are_told_all_the_same(name: str) -> None:
    declarations, uses, expected = DECLARATIONS[name]
    assert_told(f"{declarations}\nvoid run(void) {{ {uses} }}\nvoid g(void) {{ h(); }}", [*expected, "function h"])


@pytest.mark.parametrize("name", LOCALS)
def test_uses_of_a_rejected_local_are_no_mistakes(name: str) -> None:
    statements, expected = LOCALS[name]
    assert_told(f"void run(void) {{ {statements} }}", expected)


def test_a_level_may_ask_for_a_wrong_constant_again_and_again() -> None:
    program = sim.compile("#define E nothing\nint x; void run(void) { x = 1; }")
    for _ in range(2):
        with pytest.raises(sim.CompileError, match="unknown name nothing"):
            program.expression("E + 1", "goal")
