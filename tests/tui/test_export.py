# SPDX-License-Identifier: GPL-2.0-or-later
"""A level exported from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.levels import game_pack
from tests.long import sample
from tests.tui.program import call


@pytest.mark.parametrize("level", sample((level.id for level in game_pack().levels), 8))
def test_every_level_is_exported_with_a_process_for_each_thread(level: str) -> None:
    done = call("export", level, "--format", "promela")
    assert done.exit_code == 0
    assert done.stdout.startswith(f'/*\n * {level} "')
    for thread in game_pack().level(level).threads:
        assert done.stdout.count(f"active proctype {thread.letter}()") == 1
    assert done.stdout.endswith("#endif\n")


def test_what_was_changed_is_told_and_in_the_model(tmp_path: Path) -> None:
    kernel = tmp_path / "mine.c"
    kernel.write_text(game_pack().level("in-place/1").source.text, "utf-8")
    done = call("export", "in-place/1", "--format", "promela", "--set", "new_mems=0-1", "--kernel", str(kernel))
    assert done.stdout.startswith('/*\n * in-place/1 "Between two reads", new_mems=0-1, mine.c\n')
    assert "= 3" in done.stdout.partition("active proctype R")[2]


def test_a_level_with_too_many_states_is_refused() -> None:
    done = call("export", "in-place/1", "--format", "promela", "--max-states", "100")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "in-place/1: more than 100 states; allow more with --max-states" in done.stderr


def test_another_format_is_bad_input() -> None:
    done = call("export", "in-place/1", "--format", "dot")
    assert done.exit_code == 2
    assert "promela" in done.stderr
