# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import pytest

from puzzles.notation import Comment, Digest, Line, Move, Replay, Variation, read_replay, write_replay
from puzzles.notation.limits import MAX_COMMENT, MAX_DEPTH
from puzzles.notation.writer import WIDTH

CANONICAL = """\
[Format "1"]
[Level "in-place/1"]
[Steps "26"]
[Player "x \\"y\\" c:\\\\z"]

A8 #a41f { node 1 was passed while the policy still said 0 } R5 R1 ( A2 { too
early: node 0 is still allowed } ) ( ~A A1 ( ~R3 ) ) R6 A3 #77c0
"""


def body(*items: Move | Digest | Comment | Variation) -> list[str]:
    return write_replay(Replay(line=Line(items))).splitlines()[2:]


def test_canonical_text_is_written_as_it_was_read() -> None:
    assert write_replay(read_replay(CANONICAL.encode())) == CANONICAL


def test_an_empty_replay_is_its_format() -> None:
    assert write_replay(Replay()) == '[Format "1"]\n'


def test_format_stands_first_and_other_headers_keep_their_order() -> None:
    text = write_replay(read_replay(b'[Zebra "1"][Level "x"][Format "1"][Apple "2"]'))
    assert text.splitlines() == ['[Format "1"]', '[Zebra "1"]', '[Level "x"]', '[Apple "2"]']


def test_a_run_is_written_split_where_a_variation_turns_away() -> None:
    assert body(Move("R", 6), Variation(Line((Move("A", 2),))), Move("R", 6)) == ["R5 R1 ( A2 ) R6"]


def test_a_count_of_one_is_written_for_steps_only() -> None:
    assert body(Move("A"), Move("A", drain=True), Move("R", 2, drain=True)) == ["A1 ~A ~R2"]


def test_comments_are_wrapped_between_words() -> None:
    lines = body(Move("A"), Comment("word " * 40), Move("R"))
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(lines).split() == ["A1", "{", *["word"] * 40, "}", "R1"]


def test_a_word_wider_than_the_page_stays_whole() -> None:
    assert body(Move("A"), Comment("w" * 100), Move("R")) == ["A1", "{ " + "w" * 100 + " }", "R1"]


def test_brace_and_backslash_in_a_comment_come_back() -> None:
    line = Line((Comment("while (1) { \\} } \\"),))
    text = write_replay(Replay(line=line))
    assert text.endswith("{ while (1) { \\\\\\} \\} \\\\ }\n")
    assert read_replay(text.encode()).line == line


def test_the_deepest_nesting_comes_back() -> None:
    line = Line((Move("A"),))
    for _ in range(MAX_DEPTH):
        line = Line((Move("A"), Variation(line)))
    assert read_replay(write_replay(Replay(line=line)).encode()).line == line


def test_a_replay_that_no_reader_would_take_is_not_written() -> None:
    comments = [Comment("w" * MAX_COMMENT)] * 300
    with pytest.raises(ValueError, match="larger than 1,048,576 bytes"):
        write_replay(Replay(line=Line(comments)))
