# SPDX-License-Identifier: GPL-2.0-or-later
"""What is not kernel C is an error that says what is wrong, where, and what to write instead.

The texts are in mistakes.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import sim
from sim.kernelc.model.source import MAX_DIAGNOSTICS
from sim.kernelc.text.preprocess import MAX_CHARACTERS, MAX_INCLUDES
from tests.sim.mistakes import CASES


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
    text = (
        "float a;\nint f(void) { return b; }\nvoid g(void)\n{\n\tint c;\n\tc = d;\n\tsizeof(c);\n}\nint e = 1, e = 2;\n"
    )
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
    "macros in a condition": "".join(f"#define X{i} X{i + 1}\n" for i in range(99)) + "#define X99 1\n#if X0\n#endif",
    "macros that double": "".join(f"#define X{i} (X{i + 1} + X{i + 1})\n" for i in range(40)) + "#if X0\n#endif",
    "structs": "struct s0 { int a; };" + "".join(f"struct s{i + 1} {{ struct s{i} a; }};" for i in range(1000)),
    "typedefs of pointers": "typedef int t0;" + "".join(f"typedef t{i} *t{i + 1};" for i in range(1000)),
    "statements": "int x; void f(void) {" + "x = 1;" * 20_001 + "}",
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
        found: object = problem.diagnostics and str(problem)
    else:
        found = isinstance(program, sim.Program)
    assert found


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
