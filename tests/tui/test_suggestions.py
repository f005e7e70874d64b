# SPDX-License-Identifier: GPL-2.0-or-later
"""What is typed wrong is answered with what to type instead."""

from __future__ import annotations

import pytest

from tests.tui.playing import new_game
from tui.actions.commands import CommandError, execute
from tui.actions.variant import varied


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A0", "A0: a move has at least one step"),
        ("A3 R0 A", "R0: a move has at least one step"),
        ("A 3", "right behind its thread: A3"),
        ("a g", "the command goes first: g a"),
        ("r continue", "the command goes first: continue r"),
        ("sourc", "source or sources"),
        ("prnit free", "did you mean print?"),
        ("qqqq", "unknown command 'qqqq'; try help"),
        ("print A free", "unknown name free: it is no word of the kernel and no local of do_page_fault"),
        ("set task.mems_allowed=0,7", "this machine has no node 7; it has nodes 0-1"),
    ],
)
def test_a_wrong_line_is_answered_with_what_to_type(line: str, told: str) -> None:
    with pytest.raises(CommandError) as problem:
        execute(new_game("in-place/1"), line)
    assert told in str(problem.value)


def test_of_two_changes_of_a_word_the_later_one_is_kept() -> None:
    game = varied(varied(new_game("in-place/1"), "task.mems_allowed=0-1"), "new_mems=0")
    assert varied(game, "task.mems_allowed = 1").sets == ("new_mems=0", "task.mems_allowed = 1")
