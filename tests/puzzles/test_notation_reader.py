# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import pytest

from puzzles.notation import (
    LEVEL,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_STEPS,
    RESULT,
    Comment,
    Digest,
    Line,
    LineItem,
    Move,
    ReplayError,
    Variation,
    read_replay,
)
from puzzles.notation.limits import MAX_COMMENT, MAX_HEADER_NAME, MAX_HEADER_VALUE, MAX_HEADERS

FORMAT = '[Format "1"]\n'

EXAMPLE = """\
[Format "1"]
[Level "in-place/1"]
[Result "oom-premature"] [Steps "26"] [Preemptions "1"]

A8 #a41f { node 1 was passed while
the policy still said 0 }
R5 R1 ( A2 { too early: node 0 is still allowed } ) R6
A3 #77c0
"""


def read_items(moves: str) -> tuple[LineItem, ...]:
    return read_replay((FORMAT + moves).encode()).line.items


def refusal(text: str | bytes) -> ReplayError:
    with pytest.raises(ReplayError) as caught:
        read_replay(text.encode() if isinstance(text, str) else text)
    return caught.value


def test_example_is_read_into_one_tree() -> None:
    replay = read_replay(EXAMPLE.encode())
    assert replay.header(LEVEL) == "in-place/1"
    assert replay.header(RESULT) == "oom-premature"
    assert replay.line.items == (
        Move("A", 8),
        Digest("a41f"),
        Comment("node 1 was passed while the policy still said 0"),
        Move("R", 5),
        Move("R", 1),
        Variation(Line((Move("A", 2), Comment("too early: node 0 is still allowed")))),
        Move("R", 6),
        Move("A", 3),
        Digest("77c0"),
    )


@pytest.mark.parametrize(
    "moves",
    [
        "A8 R14 ~A #a41f",
        "a8r14~a#A41F",
        "A8R14 ~A1 #a41f",
        "aaaa A4\n\nR7r07\t~a\n#a41F",
        "A 8 R\n14 ~ A #a41f",
    ],
)
def test_moves_are_read_whatever_their_layout(moves: str) -> None:
    assert read_items(moves) == (Move("A", 8), Move("R", 14), Move("A", drain=True), Digest("a41f"))


def test_a_drain_may_have_a_count_and_is_not_joined_with_steps() -> None:
    assert read_items("A2~A3~AA") == (Move("A", 2), Move("A", 4, drain=True), Move("A", 1))


def test_runs_are_joined_only_where_nothing_stands_between() -> None:
    assert read_items("A2 A3") == (Move("A", 5),)
    assert read_items("A2 #0000 A3") == (Move("A", 2), Digest("0000"), Move("A", 3))
    assert read_items("A2 {why} A3") == (Move("A", 2), Comment("why"), Move("A", 3))
    assert read_items("A2 { } A3") == (Move("A", 5),), "an empty comment says nothing"


@pytest.mark.parametrize("moves", ["R6 (A1) R2", "R5 R1 (A1) R2", "RRRRRR(A)RR"])
def test_a_variation_splits_the_last_step_off_its_run(moves: str) -> None:
    assert read_items(moves) == (Move("R", 5), Move("R", 1), Variation(Line((Move("A"),))), Move("R", 2))


def test_what_stands_between_move_and_variation_stays_there() -> None:
    variation = Variation(Line((Move("A"),)))
    assert read_items("R6 #0000 (A) {then} (A)") == (
        Move("R", 5),
        Move("R", 1),
        Digest("0000"),
        variation,
        Comment("then"),
        variation,
    )


def test_variations_nest() -> None:
    inner = Variation(Line((Move("B"),)))
    assert read_items("A (R2 (B)) A") == (
        Move("A"),
        Variation(Line((Move("R"), Move("R"), inner))),
        Move("A"),
    )


def test_headers_may_share_a_line_and_format_may_come_late() -> None:
    replay = read_replay(b'[ Level  "in-place/1" ][format "1"][Player "you"] A1')
    assert replay.headers == (("Level", "in-place/1"), ("Player", "you"))


def test_escapes_are_undone_and_other_backslashes_kept() -> None:
    replay = read_replay(rb'[Format "1"][Title "a \"b\" c:\\d \n"] { if (x) { y; \} c:\\d \n }')
    assert replay.header("Title") == r'a "b" c:\d \n'
    assert replay.line.items == (Comment(r"if (x) { y; } c:\d \n"),)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_line_end_and_a_byte_order_mark_are_accepted(end: str, mark: bytes) -> None:
    assert read_replay(mark + EXAMPLE.replace("\n", end).encode()) == read_replay(EXAMPLE.encode())


def test_a_replay_without_moves_is_one() -> None:
    assert read_replay(FORMAT.encode()).line == Line()


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("", 1, 1, 'the header [Format "1"] is missing'),
        ("hello", 1, 1, 'the header [Format "1"] is missing'),
        ('[Level "x"]\nA8', 2, 1, 'the header [Format "1"] is missing'),
        ('\n [Format "2"]', 2, 2, "only format 1 can be read here"),
        ('[Format "1"]\n[A "1"]\n[a "2"]', 3, 1, "the header a stands twice"),
        ('[Format "1"] [Level "in-pl', 1, 14, "this header is malformed or cut"),
        ('[Format "1"] [Level "in\n"]', 1, 14, "this header is malformed or cut"),
        ('[Format "1"] [Level in-place]', 1, 14, "this header is malformed or cut"),
        ('[Format "1"] [Level "a\\', 1, 14, "this header is malformed or cut"),
        ('[Format "1"] [1st "a"]', 1, 14, "a header's name is a letter"),
        ('[Format "1"] [Level "a\tb"]', 1, 14, "the value of Level holds a tab"),
        (FORMAT + 'A8 [Level "x"]', 2, 4, "headers stand before the moves"),
        (FORMAT + "A8 { cut", 2, 4, "this comment is never closed"),
        (FORMAT + "A8 { cut \\}", 2, 4, "this comment is never closed"),
        (FORMAT + "A8 { cut \\", 2, 4, "this comment is never closed"),
        (FORMAT + "A8 } R1", 2, 4, "this } closes no comment"),
        (FORMAT + "A8 ] R1", 2, 4, "this ] closes no header"),
        (FORMAT + "A8\nR1 (R1 (A1)", 3, 4, "this variation is never closed"),
        (FORMAT + "A8 ) R1", 2, 4, "this ) closes no variation"),
        (FORMAT + "A8 ( ) R1", 2, 6, "a variation needs a move inside"),
        (FORMAT + "A8 ({note}) R1", 2, 11, "a variation needs a move inside"),
        (FORMAT + "{note} (A1)", 2, 8, "a variation needs a move before it"),
        (FORMAT + "A8 ((A1))", 2, 5, "a variation needs a move before it"),
        (FORMAT + "A8 #a41", 2, 4, "a digest is # and exactly four"),
        (FORMAT + "A8 #a41fA8", 2, 4, "a digest is # and exactly four"),
        (FORMAT + "~8", 2, 1, "a drain is ~ and a thread's letter"),
        (FORMAT + "8A", 2, 1, "a number needs a thread's letter"),
        (FORMAT + "A8 2. R1", 2, 4, "a number needs a thread's letter"),
        (FORMAT + "A8 R0", 2, 4, "a move has at least one step"),
        (FORMAT + "A8 \u0414", 2, 4, "'\u0414' (U+0414) means nothing here"),
        (FORMAT + "A8\u00a0\u200b", 2, 4, "U+200B means nothing here"),
        (FORMAT + "A8 {a\x1b[2J}", 2, 6, "U+001B is a control character"),
        (FORMAT + "A8 {a\u202eb}", 2, 6, "U+202E is a control character"),
        ("\x00\x01\x02", 1, 1, "U+0000 is a control character"),
    ],
)
def test_a_refusal_says_where_and_what(text: str, line: int, column: int, problem: str) -> None:
    error = refusal(text)
    assert (error.line, error.column) == (line, column)
    assert error.problem.startswith(problem)
    assert ": " in error.problem, "says what to do"
    assert str(error) == f"line {line}, column {column}: {error.problem}"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_refusals_see_through_line_ends_and_byte_order_mark(end: str) -> None:
    error = refusal(f'\ufeff[Format "1"]{end}{end}A8 !')
    assert (error.line, error.column) == (3, 4)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (FORMAT.encode() + "A8 {\u00e9".encode() + b"\xff}", 2, 6),
        (b"\xef\xbb\xbf[Format \xe9", 1, 9),
        ("A8".encode("utf-16"), 1, 1),
        (b"\r\n\r\n\x80", 3, 1),
    ],
)
def test_what_is_not_utf8_is_refused_where_it_begins(data: bytes, line: int, column: int) -> None:
    error = refusal(data)
    assert (error.line, error.column) == (line, column)
    assert "save the file as UTF-8" in error.problem


def test_size_is_bounded() -> None:
    blank = FORMAT.encode().ljust(MAX_BYTES)
    assert read_replay(blank).line == Line()
    assert refusal(blank + b" ").problem.startswith("the file is larger than 1,048,576 bytes")
    assert refusal(b"(" * 50_000_000).problem.startswith("the file is larger than 1,048,576 bytes")


def test_nesting_is_bounded() -> None:
    deepest = FORMAT + "A1(" * MAX_DEPTH + "A1" + ")" * MAX_DEPTH
    assert read_replay(deepest.encode()).line.depth == MAX_DEPTH
    error = refusal(FORMAT + "A1(" * 20_000)
    assert error.problem.startswith(f"variations stand more than {MAX_DEPTH} deep")
    assert (error.line, error.column) == (2, 3 * (MAX_DEPTH + 1))


def test_bare_parentheses_are_refused_at_the_first() -> None:
    assert (refusal(FORMAT + "(" * 20_000).line, refusal(FORMAT + "(" * 20_000).column) == (2, 1)
    assert (refusal(FORMAT + ")" * 20_000).line, refusal(FORMAT + ")" * 20_000).column) == (2, 1)


def test_steps_are_bounded_over_all_variations() -> None:
    most = FORMAT + f"A{MAX_STEPS - 2} (R1) R1"
    assert read_replay(most.encode()).line.steps == MAX_STEPS
    error = refusal(most + "\nA")
    assert error.problem.startswith("with this move there are more than 100,000 steps")
    assert (error.line, error.column) == (3, 1)


@pytest.mark.parametrize("count", [str(MAX_STEPS + 1), "9" * 500_000])
def test_no_count_is_too_long_to_refuse(count: str) -> None:
    assert refusal(FORMAT + "A" + count).problem.startswith("with this move there are more than 100,000 steps")


def test_leading_zeros_do_not_count() -> None:
    assert read_items("A" + "0" * 500_000 + "8") == (Move("A", 8),)


def test_headers_are_bounded() -> None:
    most = FORMAT + "".join(f'[H{number} ""]\n' for number in range(MAX_HEADERS - 1))
    assert len(read_replay(most.encode()).headers) == MAX_HEADERS - 1
    error = refusal(most + '[More ""]')
    assert (error.line, error.problem) == (MAX_HEADERS + 1, "there are more than 64 headers: delete some.")


def test_header_names_and_values_are_bounded() -> None:
    name, value = "N" * MAX_HEADER_NAME, "v" * MAX_HEADER_VALUE
    assert read_replay(f'{FORMAT}[{name} "{value}"]'.encode()).header(name) == value
    assert "at most 32 characters" in refusal(f'{FORMAT}[{name}N "{value}"]').problem
    assert "more than 512 characters" in refusal(f'{FORMAT}[{name} "{value}v"]').problem


def test_comments_are_bounded_after_folding_white_space() -> None:
    words = "w" * MAX_COMMENT
    assert read_items("{" + " " * 9_000 + words + "}") == (Comment(words),)
    assert "the comment has 4,001 characters" in refusal(FORMAT + "{" + words + "w}").problem


@pytest.mark.parametrize(
    ("unit", "items"),
    [("{}", 0), ("#0000 ", 174_760), ("{a}", 349_521), (" ", 0), ("A A\n", 1)],
)
def test_a_full_file_of_one_harmless_thing_is_read(unit: str, items: int) -> None:
    most = MAX_STEPS // 2 if "A" in unit else MAX_BYTES
    assert len(read_items(unit * min(most, (MAX_BYTES - len(FORMAT)) // len(unit)))) == items


@pytest.mark.parametrize(
    "unit",
    ["{", "#", "A(R)", "A(R", "A R", "~A", "~ ", "[", '[a"', '[a "\\"', "{\\}", "\\", "8"],
)
def test_a_full_file_of_one_harmful_thing_is_refused(unit: str) -> None:
    assert refusal(FORMAT + unit * ((MAX_BYTES - len(FORMAT)) // len(unit))).line == 2
