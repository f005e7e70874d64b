# SPDX-License-Identifier: GPL-2.0-or-later
"""What is not kernel C is an error that says what is wrong, where, and what to write instead.

In the texts below « and » enclose what the error must underline; they are taken out before compiling.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import sim
from sim.kernelc.preprocess import MAX_CHARACTERS, MAX_INCLUDES
from sim.kernelc.source import MAX_DIAGNOSTICS

# Each: text, words of the message, words of the advice.
NAMES = {
    "name": ("int x; void run(void) { x = «y»; }", "unknown name y", "declare it"),
    "function": ("void run(void) { «f()»; }", "unknown function f", "define it"),
    "type": ("«gfp_t» n;", "unknown type gfp_t", "define it"),
    "enum": ("«enum e» x;", "unknown enum e", "define it first"),
    "member": ("struct s { int a; }; struct s v; void run(void) { «v.b» = 1; }", "no member b", "its members are: a"),
    "member of a struct without definition": ("struct s *p; void run(void) { «p->a» = 1; }", "no member a", "none"),
    "label": ("void run(void) { «goto nowhere;» }", "no label nowhere in run", "correct the name"),
    "built-in of gcc": ("int x; void run(void) { x = «__builtin_expect(1, 1)»; }", "unknown function", "define it"),
    "declared, never defined": ("void h(void); void run(void) { «h()»; }", "declared but not defined", "define it"),
    "designator": ("struct s { int a; } v = { «.b = 2» };", "no member b", "its members are: a"),
}

FORBIDDEN = {
    "recursion": ("void run(void) { «run()»; }", "recursion: run calls run", "write a loop"),
    "function pointer": ("void «(*f)(void)»;", "function pointers", "call functions by name"),
    "function pointer as parameter": ("void f(void «(*g)(void)») { }", "function pointers", "call functions by name"),
    "function as a value": ("void run(void) { «run»; }", "run is a function", "no function pointers"),
    "call through a pointer": ("void run(void) { «(*run)()»; }", "not a name", "no function pointers"),
    "typedef of a function": ("typedef int «fn(void)»;", "function pointers", "call functions by name"),
    "union": ("«union u { int a; }»;", "union", "use a struct"),
    "bit-field": ("struct s { «int a : 3;» };", "a plain name", "no bit-fields"),
    "anonymous member": ("struct s { «struct { int a; };» };", "a plain name", "no anonymous members"),
    "empty struct": ("«struct s { }»;", "takes 0 words", "holds 1 to"),
    "float": ("«float» f;", "float is not a type", "there are bool, int"),
    "double": ("«double» f;", "double is not a type", "there are bool, int"),
    "floating literal": ("int x = «1.5»;", "not an integer", "decimal, octal or hexadecimal"),
    "char": ("«char» c;", "char is not a type", "there are bool, int"),
    "short": ("«short» s;", "short is not a type", "there are bool, int"),
    "long long": ("«long long» l;", "long long is not a type", "there are bool, int"),
    "static local": ("void run(void) { «static» int x; }", "a local that is static", "a global of the file"),
    "register": ("«register int x;»", "register", "leave it out"),
    "volatile": ("«volatile» int x;", "volatile", "every access happens anyway"),
    "restrict": ("int *«restrict» p;", "restrict", "every access happens anyway"),
    "attribute": ("«__attribute__((noreturn))» void f(void);", "attributes", "leave it out"),
    "sizeof": ("int x; void run(void) { x = «sizeof(int)»; }", "sizeof", "counts elements, not bytes"),
    "comma": ("int x, y; void run(void) { «x = 1, y = 2»; }", "comma", "write two statements"),
    "string": ('void run(void) { «"text"»; }', "string", "no strings"),
    "character": ("int x; void run(void) { x = «'ab'»; }", "not a plain character", "one ASCII character"),
    "compound literal": ("struct s { int a; } v; void run(void) { v = «(struct s) { 1 }»; }", "literal", "a variable"),
    "statement expression": ("int x; void run(void) { x = («{ 1; }»); }", "compound statement", "become functions"),
    "assembler": ('void run(void) { «asm("nop")»; }', "asm", "an intrinsic"),
    "generic": ("int x; void run(void) { x = «_Generic(1, int: 2)»; }", "generic", "the call you mean"),
    "offsetof": ("int x; void run(void) { x = «offsetof(struct s, a)»; }", "offsetof", "name the member"),
    "condition without a middle": ("int x; void run(void) { «x ?: 1»; }", "without a middle", "use if"),
    "variadic function": ("int f(int a, «...») { return 0; }", "variadic", "name every parameter"),
    "nested function": ("void run(void) { «void g(void) { }» }", "function definition", "at file level"),
    "typedef in a function": ("void run(void) { «typedef int t;» }", "type definition", "at file level"),
    "statement outside of functions": ("int x; «x = 1;»", "expression statement", "inside functions"),
    "cast of a pointer": ("int *p; void run(void) { p = «(int *)5»; }", "a cast from int", "only integers"),
    "cast to a number": ("int *p; long x; void run(void) { x = «(long)p»; }", "a cast from int *", "only integers"),
    "lock as a value": ("struct mutex m; int x; void run(void) { x = «m»; }", "no value", "lock functions"),
    "copy of a lock": ("struct s { spinlock_t l; } v, w; void run(void) { v = «w»; }", "no value", "lock functions"),
    "local lock": ("void run(void) { struct mutex «m»; }", "a local of type", "at file level"),
    "lock in a local": ("struct s { spinlock_t l; }; void run(void) { struct s «v»; }", "a local of", "at file level"),
    "lock as parameter": ("void f(«struct mutex m») { }", "a parameter of type", "pass its address"),
    "lock returned": ("struct s { spinlock_t l; }; struct s «f»(void);", "a function returning", "plain struct"),
    "array returned": ("int «f»(void)[2];", "a function returning", "plain struct"),
    "name of the header": ("«struct mutex { int a; }»;", "belongs to oomrace.h", "another name"),
}

CONST = {
    "object": ("const int c; void run(void) { «c» = 1; }", "c is const", "never change after boot"),
    "increment": ("const int c; void run(void) { «c»++; }", "c is const", "never change after boot"),
    "member": ("struct s { const int n; } v; void run(void) { «v.n» = 1; }", "v.n is const", "never change"),
    "member of a const struct": ("const struct s { int n; } v; void run(void) { «v.n» = 1; }", "const", "never change"),
    "element": ("const int t[2]; void run(void) { «t[0]» = 1; }", "t[0] is const", "never change"),
    "struct with a const member": ("struct s { const int n; } v, w; void run(void) { «v» = w; }", "const", "never"),
    "through a pointer": ("int x; void run(void) { const int *p = &x; «*p» = 1; }", "*p is const", "never change"),
    "write once": ("const int c; void run(void) { «WRITE_ONCE(c, 1)»; }", "const", "never change"),
    "exchange": ("const int c; void run(void) { «cmpxchg(&c, 1, 2)»; }", "const", "never change"),
    "dropped by a global": ("const int c; int *p = &«c»;", "would drop const", "make the target const"),
    "dropped by a local": ("const int c; void run(void) { int *p = &«c»; }", "would drop const", "make the target"),
    "dropped by a call": ("const int c; void f(int *p) { } void run(void) { f(&«c»); }", "drop const", "make the target"),
    "dropped by return": ("int *f(const int *p) { return «p»; }", "would drop const", "make the target const"),
}

TYPES = {
    "pointer types": ("int x; long *p = &«x»;", "int * is not long *", "keep their type"),
    "struct pointers": ("struct a { int x; } v; struct b { int x; } *p = &«v»;", "is not struct b *", "keep their type"),
    "void pointer": ("void *v; int x; void run(void) { v = &«x»; }", "is not void *", "keep their type"),
    "comparison": ("int *p; long *q; void run(void) { if («p == q») ; }", "is not", "keep their type"),
    "integer for a pointer": ("int *p = «5»;", "int is not int *", "a value of type int *"),
    "pointer for an integer": ("int *p, x; void run(void) { x = «p»; }", "int * is not int", "a value of type int"),
    "null for an integer": ("int x; void run(void) { x = «NULL»; }", "is not int", "a value of type int"),
    "struct for an integer": ("struct s { int a; } v; int y; void run(void) { y = «v»; }", "is not int", "of type int"),
    "integer for a struct": ("struct s { int a; } v; void run(void) { v = «1»; }", "is not struct s", "give a"),
    "struct as a condition": ("struct s { int a; } v; void run(void) { if («v») ; }", "neither true nor false", "member"),
    "arithmetic on a struct": ("struct s { int a; } v; void run(void) { «v += 1»; }", "cannot be computed", "members"),
    "pointer times": ("int *p; void run(void) { «p * 2»; }", "int * * int", "move by integers"),
    "pointer plus pointer": ("int *p; void run(void) { «p + p»; }", "int * + int *", "move by integers"),
    "minus pointer": ("int *p; void run(void) { -«p»; }", "not an integer", "computes with integers"),
    "switch on a pointer": ("int *p; void run(void) { «switch (p) { case 1: ; }» }", "a switch on", "an integer"),
    "star on a number": ("int x; void run(void) { «*x»; }", "points to nothing", "dereference a pointer"),
    "arrow on a number": ("int x; void run(void) { «x->a»; }", "not a pointer", "use ."),
    "dot on a pointer": ("struct s { int a; } *p; void run(void) { «p.a»; }", "has no members", "use ->"),
    "index on a number": ("int x; void run(void) { «x[0]»; }", "cannot be indexed", "index an array"),
    "index of a pointer": ("int t[2], *p; void run(void) { «t[p]»; }", "an index of type int *", "with an integer"),
    "call of a number": ("int x; void run(void) { «x()»; }", "x is not a function", "define it"),
    "address of a value": ("int x; void run(void) { «&(x + 1)»; }", "has no address", "variable or member"),
    "assignment to a value": ("int x; void run(void) { «(x + 1)»++; }", "not an object", "name a variable"),
    "assignment to an array": ("int a[2]; void run(void) { «a» = 0; }", "cannot be assigned", "its elements"),
    "too few arguments": ("void f(int a) { } void run(void) { «f()»; }", "takes 1 arguments, not 0", "match them"),
    "too many arguments": ("void f(int a) { } void run(void) { «f(1, 2)»; }", "takes 1 arguments, not 2", "match them"),
    "arguments of an intrinsic": ("void run(void) { «mutex_lock()»; }", "takes 1 arguments, not 0", "oomrace.h"),
    "wrong lock": ("spinlock_t s; void run(void) { mutex_lock(&«s»); }", "is not struct mutex *", "keep their type"),
    "atomic on an int": ("int x; void run(void) { atomic_inc(&«x»); }", "is not atomic_t *", "keep their type"),
    "mark without a zone": ("void run(void) { page_allocated(«NULL»); }", "needs a struct zone", "include its header"),
    "current without a task": ("void run(void) { «current»; }", "needs a struct task_struct", "include its header"),
    "sides of a condition": ("int x; void f(void) { } void run(void) { «x ? 1 : f()»; }", "int or void", "one type"),
    "void as a value": ("void f(void) { } void run(void) { int x = «f()»; }", "void is not int", "of type int"),
    "missing return value": ("int f(void) { «return;» }", "returns a value of type int", "match the function's type"),
    "needless return value": ("void f(void) { «return 1;» }", "returns no value", "match the function's type"),
    "wrong return value": ("int *f(void) { return «1»; }", "int is not int *", "of type int *"),
}  # fmt: skip

DECLARATIONS = {
    "global, other type": ("int x; long «x»;", "already declared", "another name"),
    "global, two values": ("int x = 1; int «x» = 2;", "already defined", "another name"),
    "function, other type": ("int f(void); long «f»(void);", "declared differently", "make both alike"),
    "function, two bodies": ("void f(void) { } void «f»(void) { }", "already defined", "another name"),
    "function and variable": ("int run; void «run»(void) { }", "declared differently", "make both alike"),
    "struct": ("struct s { int a; }; «struct s { int b; }»;", "already defined", "another name"),
    "enum": ("enum e { A }; enum «e» { B };", "already defined", "another name"),
    "enumerator": ("enum e { A, «A» };", "already declared", "another name"),
    "typedef": ("typedef int t; typedef long «t»;", "already declared", "another name"),
    "local": ("void run(void) { int a; int «a»; }", "already declared", "another name"),
    "local and parameter": ("void run(int a) { int «a»; }", "already declared", "another name"),
    "parameters": ("void f(int a, int «a») { }", "already declared", "another name"),
    "members": ("struct s { int a; int «a»; };", "two members a", "rename one"),
    "unnamed parameter": ("void f(«int») { }", "without a name", "name it"),
    "label": ("void run(void) { l: ; «l»: ; }", "stands here twice", "rename one"),
    "incomplete global": ("struct s «v»;", "incomplete type", "define its type"),
    "incomplete local": ("void run(void) { struct s «v»; }", "a local of type struct s", "define its type"),
    "incomplete member": ("struct s { struct s «a»; };", "a member of type struct s", "must be complete"),
    "void object": ("void «x»;", "incomplete type void", "define its type"),
    "initialiser not constant": ("int x; int y = «x»;", "not constant", "constants"),
    "initialiser calls": ("int f(void) { return 1; } int x = «f()»;", "not constant", "constants"),
    "too many elements": ("int a[2] = { 1, 2, «3» };", "element 2 of int[2]", "elements 0 to 1"),
    "designated element": ("int a[2] = { «[2] = 1» };", "element 2 of int[2]", "elements 0 to 1"),
    "too many members": ("struct s { int a; } v = { 1, «2» };", "only 1 members", "remove"),
    "two values for a word": ("int x = «{ 1, 2 }»;", "2 values for one word", "give one"),
}

STATEMENTS = {
    "break": ("void run(void) { «break;» }", "outside of a loop or switch", "remove it"),
    "continue": ("void run(void) { «continue;» }", "outside of a loop", "remove it"),
    "continue in a switch": ("int x; void run(void) { switch (x) { case 1: «continue;» } }", "outside", "remove it"),
    "duplicate case": ("int x; void run(void) { switch (x) { case 1: case «1»: ; } }", "stands here twice", "remove"),
    "duplicate case by value": ("int x; void run(void) { switch (x) { case 1: case «2 - 1»: ; } }", "twice", "remove"),
    "two defaults": ("int x; void run(void) { switch (x) { default: «default: ;» } }", "a second default", "has one"),
    "case not constant": ("int x; void run(void) { switch (x) { case «x»: ; } }", "not an integer constant", "numbers"),
    "case outside of a switch": ("void run(void) { «case 1: ;» }", "case", "directly inside a switch"),
    "not C": ("int x; void run(void) { x «=» ; }", "cannot read", "not a statement"),
}

CONSTANTS = {
    "division": ("int x; void run(void) { x = «1 / 0»; }", "division by zero", "correct the constant"),
    "shift": ("int x; void run(void) { x = «1 << 32»; }", "shift by 32", "correct the constant"),
    "overflow": ("int x; void run(void) { x = «2147483647 + 1»; }", "signed overflow", "correct the constant"),
    "octal": ("int x = «09»;", "not an integer", "decimal, octal or hexadecimal"),
    "suffix": ("int x = «1lll»;", "not an integer", "decimal, octal or hexadecimal"),
    "too large": ("int x = «99999999999999999999»;", "does not fit into long", "integer"),
    "enumerator": ("enum { «A = 99999999999» };", "does not fit into int", "enumerators are ints"),
    "array of 0": ("int a[«0»];", "an array of 0", "1 to"),
    "array of less": ("int a[«-1»];", "an array of -1", "1 to"),
    "huge array": ("int a[«1000000000»];", "an array of 1000000000", "1 to"),
    "array of arrays": ("int a[«70»][70];", "an array of 70", "1 to"),
    "array by a variable": ("int n; int a[«n»];", "not an integer constant", "numbers"),
    "array without length": ("int «a[]»;", "incomplete type int[]", "define its type"),
    "local array without length": ("void run(void) { int «a[]»; }", "no length", "give its length"),
    "array of open arrays": ("int «a[5000]»[];", "an array of int[]", "with its length"),
    "index too large": ("int a[2]; void run(void) { «a[2]» = 1; }", "index 2 is outside", "use 0 to 1"),
    "index below": ("int a[2]; void run(void) { «a[-1]» = 1; }", "index -1 is outside", "use 0 to 1"),
    "large struct": ("«struct s { int a[3000]; int b[3000]; }»;", "takes 6002 words", "holds 1 to"),
    "many globals": ("int a[3999], b[3999], c[3999], d[3999], «e»[3999];", "globals take more", "smaller"),
    "many locals": ("void run(void) { int a[3000]; int «b»[3000]; }", "locals of run", "smaller"),
}

DIRECTIVES = {
    "function-like macro": ("«#define F(x) x»\n", "only named constants", "or a function"),
    "define without a name": ("«#define»\n", "only named constants", "#define NAME"),
    "undef": ("«#undef X»\n", "#undef is not part", "use #include"),
    "pragma": ("int x;\n  «# pragma once»\n", "#pragma is not part", "use #include"),
    "system header": ("«#include <linux/mm.h>»\n", "cannot include", 'write #include "name.h"'),
    "missing header": ('int x;\n«#include "nosuch.h"»\n', 'no header "nosuch.h"', "oomrace.h"),
    "header above": ('«#include "../secret.h"»\n', 'no header "../secret.h"', "there are"),
    "absolute header": ('«#include "/etc/passwd"»\n', "no header", "there are"),
    "header by a name": ("#define H 1\n«#include H»\n", "cannot include H", 'write #include "name.h"'),
    "if without end": ("int x;\n«#if 1»\nint y;\n", "no #endif", "add #endif"),
    "else without if": ("«#else»\n", "#else without #if", "remove it"),
    "endif without if": ("#if 1\n#endif\n«#endif»\n", "#endif without #if", "remove it"),
    "elif without if": ("«#elif 1»\n", "#elif without #if", "remove it"),
    "if without condition": ("«#if»\n#endif\n", "it ends too early", "use #defined names"),
    "unknown name in if": ("«#if UNKNOWN»\n#endif\n", "UNKNOWN is not defined", "use #defined names"),
    "open bracket in if": ("«#if (1»\n#endif\n", "a ) is missing", "use #defined names"),
    "junk in if": ("«#if 1 $»\n#endif\n", "unexpected $", "use #defined names"),
    "macro, other value": ("#define A 1\n«#define A 2»\n", "already defined as 1", "first defined at kernel.c:1:1"),
    "macro without a value": ("#define E\nint x = «E»;", "without a value", "give it one"),
    "macro of an unknown name": ("«#define E nothing»\nint x = E;", "unknown name nothing", "declare it"),
    "macro of a variable": ("int y;\n#define E y\nint x = «E»;", "E is not a constant", "known at compile time"),
    "macro that falls apart": ("#define E 1 + 2\nint x = «E» * 2;", "E is not a constant", "in parentheses"),
    "macro that falls apart in if": ("#define E 1 + 2\n«#if E * 2 == 6»\n#endif\n", "needs parentheses", "use"),
    "macro of itself": ("«#define E (E + 1)»\nint x = E;", "or by itself", "a number"),
    "macros in a circle": ("«#define A B»\n#define B A\nint x = A;", "or by itself", "a number"),
    "continued line": ("int a; «\\»\nint b;", "a continued line", "plain lines"),
    "comment without end": ("int a; «/*» no end\nint b;", "no end", "write */"),
    "NUL": ("int a;\nint «\0»b;", "a NUL character", "plain lines"),
}  # fmt: skip

CASES = {
    f"{group}: {name}": case
    for group, cases in {
        "unknown": NAMES,
        "forbidden": FORBIDDEN,
        "const": CONST,
        "type": TYPES,
        "declaration": DECLARATIONS,
        "statement": STATEMENTS,
        "constant": CONSTANTS,
        "directive": DIRECTIVES,
    }.items()
    for name, case in cases.items()
}


def diagnostics(text: str, headers: Mapping[str, str] | None = None) -> tuple[sim.Diagnostic, ...]:
    """The errors of a text that must not compile."""
    with pytest.raises(sim.CompileError) as problem:
        sim.compile(text, headers)
    return problem.value.diagnostics


def underlined(diagnostic: sim.Diagnostic) -> str:
    """What stands above the ^^^^ when the error is printed."""
    _, excerpt, marks, *_ = str(diagnostic).split("\n")
    start = marks.index("^")
    return excerpt[start : len(marks)]


@pytest.mark.parametrize("name", CASES)
def test_each_mistake_is_told_with_its_place_and_a_way_out(name: str) -> None:
    marked, message, advice = CASES[name]
    before, text, _ = (part for part in marked.replace("»", "«").split("«"))
    (first, *_) = diagnostics(marked.replace("«", "").replace("»", ""))
    assert (first.span.file, first.span.line) == ("kernel.c", before.count("\n") + 1)
    assert first.span.column == len(before) - (before.rfind("\n") + 1) + 1
    assert underlined(first).replace("\0", " ") == text.split("\n")[0].replace("\0", " ")
    assert message in first.message
    assert advice in first.advice


@pytest.mark.parametrize("name", CASES)
def test_an_error_prints_as_place_message_line_and_advice(name: str) -> None:
    for diagnostic in diagnostics(CASES[name][0].replace("«", "").replace("»", "")):
        place, _, marks, advice = str(diagnostic).split("\n")
        assert place == f"{diagnostic.span}: {diagnostic.message}"
        assert set(marks.strip()) == {"^"}
        assert advice.strip() == diagnostic.advice != ""


def test_several_errors_are_told_in_one_go() -> None:
    text = "float a;\nint f(void) { return b; }\nvoid g(void)\n{\n\tint c;\n\tc = d;\n\tsizeof(c);\n}\nint e = 1, e = 2;\n"
    found = [(one.span.line, one.message) for one in diagnostics(text)]
    assert sorted(found) == [
        (1, "float is not a type of kernel C"),
        (2, "unknown name b"),
        (6, "unknown name d"),
        (7, "sizeof expression is not part of kernel C"),
        (9, "e is already defined"),
    ]


def test_several_mistakes_of_grammar_are_told_in_one_go() -> None:
    found = diagnostics("int a\nint b = ;\nvoid f(void) { return }\n")
    assert len({one.span.line for one in found}) == 3


def test_several_mistakes_of_the_preprocessor_are_told_in_one_go() -> None:
    found = diagnostics('#include "a.h"\n#undef X\n#endif\n')
    assert [one.span.line for one in found] == [1, 2, 3]


def test_an_error_in_a_header_names_the_header() -> None:
    (only,) = diagnostics('#include "a.h"\nint y;', {"a.h": "\nint x = z;\n"})
    assert (only.span.file, only.span.line, underlined(only)) == ("a.h", 2, "z")


def test_tabs_before_the_mistake_do_not_move_the_underline() -> None:
    (only,) = diagnostics("void f(void)\n{\n\tint x;\t\tx = yy;\n}\n")
    assert underlined(only) == "yy"


def test_windows_line_ends_are_taken() -> None:
    (only,) = diagnostics("int x;\r\nint y = z;\r\n")
    assert (only.span.line, underlined(only)) == (2, "z")


def test_mutual_recursion_names_the_circle() -> None:
    (only,) = diagnostics("void g(void); void f(void) { g(); } void h(void) { f(); } void g(void) { h(); }")
    assert only.message.startswith("recursion: ")
    assert set(only.message.removeprefix("recursion: ").split(" calls ")) == {"f", "g", "h"}


def test_there_is_an_end_to_the_errors() -> None:
    assert len(diagnostics("void f(void) {" + "x;" * 1000 + "}")) == MAX_DIAGNOSTICS
    assert len(diagnostics("#undef X\n" * 1000)) == MAX_DIAGNOSTICS


DEEP = 10_000
BOTTOMLESS = {
    "parentheses": "int x = " + "(" * DEEP + "1" + ")" * DEEP + ";",
    "open parentheses": "int x = " + "(" * DEEP,
    "blocks": "void f(void) " + "{" * DEEP + "}" * DEEP,
    "operators": "int x = 1" + " + 1" * DEEP + ";",
    "minus": "int x = " + "- " * DEEP + "1;",
    "pointers": "int " + "*" * DEEP + "p;",
    "dimensions": "int a" + "[1]" * DEEP + ";",
    "else if": "void f(void) { " + "if (1) ; else " * DEEP + "; }",
    "macro": "#define X " + "(" * DEEP + "1" + ")" * DEEP + "\nint x = X;",
    "macros": "".join(f"#define X{i} X{i + 1}\n" for i in range(DEEP)) + f"#define X{DEEP} 1\nint x = X0;",
    "condition": "#if " + "(" * DEEP + "1" + ")" * DEEP + "\n#endif",
    "macros in a condition": "".join(f"#define X{i} X{i + 1}\n" for i in range(1000)) + "#define X1000 1\n#if X0\n#endif",
    "macros that double": "".join(f"#define X{i} (X{i + 1} + X{i + 1})\n" for i in range(40)) + "#if X0\n#endif",
    "structs": "struct s0 { int a; };" + "".join(f"struct s{i + 1} {{ struct s{i} a; }};" for i in range(1000)),
    "typedefs of pointers": "typedef int t0;" + "".join(f"typedef t{i} *t{i + 1};" for i in range(1000)),
    "statements": "int x; void f(void) {" + "x = 1;" * 30_000 + "}",
    "copies": "struct s { int a[1000]; } a, b; void f(void) {" + "a = b;" * 100 + "}",
    "typedef typedef": "typedef " * DEEP,
    "comments without end": "/* " * DEEP,
    "blanks": "int x;" + " " * 100_000 + "y",
    "blanks in a directive": "#" + " " * 100_000 + "x" + " " * 100_000 + "y",
    "conditionals": "#if 1\n" * DEEP,
    "large number": "int x = " + "9" * DEEP + ";",
    "large number in a condition": "#if " + "9" * DEEP + "\n#endif",
    "growing number in a condition": "#if 4611686018427387904 * 4611686018427387904\n#endif",
    "far shift in a condition": "#if 1 << 64\n#endif",
    "large file": "int x;\n" * (MAX_CHARACTERS // 7 + 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BOTTOMLESS)
def test_what_is_too_deep_or_too_long_is_an_error_and_not_a_crash(name: str) -> None:
    for one in diagnostics(BOTTOMLESS[name]):
        assert one.message
        assert len(str(one)) < 1000


def test_headers_that_include_each_other_end() -> None:
    headers = {"a.h": '#include "b.h"\n#include "b.h"\n', "b.h": '#include "a.h"\n#include "a.h"\n'}
    assert diagnostics('#include "a.h"\n', headers)


def test_there_is_an_end_to_includes() -> None:
    found = diagnostics('#include "a.h"\n' * (MAX_INCLUDES + 1), {"a.h": ""})
    assert f"more than {MAX_INCLUDES} includes" in found[0].message


def test_expressions_of_a_level_are_bounded_too() -> None:
    program = sim.compile("int x; void run(void) { x = 1; }")
    deep = "(" * DEEP + "x" + ")" * DEEP
    thread = sim.Thread("A", "a", "run()")
    for ask in (
        lambda: program.place(deep),
        lambda: sim.Machine(program, (thread,), boot_values={deep: 1}),
        lambda: sim.Machine(program, (thread,), boot_values={"x": deep}),
        lambda: sim.Machine(program, (thread,), goal=sim.Goal(sim.Outcome.PAGE, deep)),
        lambda: sim.Machine(program, (sim.Thread("A", "a", deep),)),
    ):
        with pytest.raises(sim.CompileError):
            ask()


def test_an_empty_file_is_an_empty_program() -> None:
    for text in ("", "\n\n", "/* nothing */", ";"):
        program = sim.compile(text)
        assert (program.functions, program.globals) == ((), ())


WORDS = (
    "int", "x", "y", "f", "p", "(", ")", "{", "}", "[", "]", ";", "=", "+", "*", "&", "-", ",", "1", "0x7f", "struct",
    "s", ".", "->", "if", "else", "while", "for", "goto", "return", "switch", "case", ":", "const", "void", "enum",
    "typedef", "#define", "#if", "#endif", "#include", '"a.h"', "\n", "static", "!", "?", "union", "NULL", "unsigned",
    "mutex_lock", "nodemask_t", "current", "<<", "++", "sizeof", "/*", "*/", "'", '"', "\\", "\0", "é", "\t",
)  # fmt: skip


def compiles_or_tells(text: str) -> None:
    try:
        program = sim.compile(text, {"a.h": "int x;\n"})
    except sim.CompileError as problem:
        assert problem.diagnostics
        assert str(problem)
    else:
        assert isinstance(program, sim.Program)


@given(st.text(max_size=200))
@example("\ud800")
@example("int \u2028 x;")
def test_any_text_is_a_program_or_an_error(text: str) -> None:
    compiles_or_tells(text)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_of_c_are_a_program_or_an_error(words: list[str]) -> None:
    compiles_or_tells(" ".join(words))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_program_or_an_error(data: bytes) -> None:
    compiles_or_tells(data.decode("latin-1"))


@given(st.data())
def test_a_program_with_a_piece_cut_out_is_a_program_or_an_error(data: st.DataObject) -> None:
    texts = [case[0].replace("«", "").replace("»", "") for case in CASES.values()]
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text)))
    compiles_or_tells(text[:start] + text[data.draw(st.integers(start, len(text))) :])
