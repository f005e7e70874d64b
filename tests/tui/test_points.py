# SPDX-License-Identifier: GPL-2.0-or-later
"""Breakpoints and watchpoints are values: they stay set when a level is begun again, with what-ifs too."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.debugger import Breakpoint, Watchpoint, breakpoint_at, parse_breakpoint, parse_watchpoint
from tests.tui.playing import new_game, playing
from tests.tui.program import call
from tui.actions.commands import answered
from tui.actions.variant import varied
from tui.game.game import Game

POINTS = ("break mpol_rebind_task", "break linux-2.6.31.c:221", "watch task.mems_allowed")
LISTED = ["1 break mpol_rebind_task", "2 break linux-2.6.31.c:221", "3 watch task.mems_allowed"]


def points(game: Game) -> tuple[list[Breakpoint], list[Watchpoint]]:
    return game.session.breakpoints, game.session.watchpoints


def test_what_a_point_says_of_itself_names_it_again() -> None:
    program = new_game().machine.program
    places = [parse_breakpoint(program, function.name) for function in program.functions]
    places += [breakpoint_at(program, program.name, line) for line in range(1, 250, 7)]
    assert all(parse_breakpoint(program, str(place)) == place for place in places)
    watched = parse_watchpoint(program, "task.mems_allowed")
    assert parse_watchpoint(program, str(watched)) == watched


def test_a_number_is_a_line_of_the_kernel_file_wherever_the_thread_stands() -> None:
    game = new_game("in-place/1")
    while (shown := game.view.threads[0].file) == game.machine.program.name:
        game.session.step(0)
        game.looked[0] = len(game.session.now.state.threads[0].frames) - 1
    assert shown == "nodemask.h"
    answered(game, "break 213")
    (point,) = game.session.breakpoints
    assert point.file == game.machine.program.name
    assert answered(game, "mark 213").sentence.startswith(f"marked: {point.where}")


def test_a_place_is_told_with_its_file_and_line() -> None:
    game = new_game("in-place/1")
    assert answered(game, "break get_page_from_freelist").sentence.startswith(
        "breakpoint at get_page_from_freelist (linux-2.6.31.c:"
    )
    assert (
        answered(new_game("in-place/1"), "until get_page_from_freelist")
        .lines[-1]
        .startswith("A came to get_page_from_freelist (linux-2.6.31.c:")
    )


def test_a_what_if_keeps_the_points_and_stops_at_them() -> None:
    game = new_game("in-place/1", *POINTS)
    other = varied(game, "new_mems=0-1")
    assert points(other) == points(game)
    assert answered(other, "continue r").sentence == answered(game, "continue r").sentence
    answered(other, "delete")
    assert len(game.session.breakpoints) == 2


@pytest.mark.parametrize("back", [(), ("set",)], ids=["what-if", "and as it is again"])
def test_line_mode_keeps_the_points_over_a_what_if(
    back: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path))
    lines = (*POINTS, "set new_mems=0-1", *back, "points")
    told = call("play", "in-place/1", "--plain", typed="\n".join(lines)).stdout.splitlines()
    assert [line for line in told if line in LISTED] == LISTED


async def test_the_screen_keeps_the_points_over_a_what_if_and_back() -> None:
    async with playing(new_game("in-place/1", *POINTS)) as player:
        plain = player.game
        player.screen.act("set new_mems=0-1")
        await player.done()
        changed = player.game
        assert changed is not plain
        assert points(changed) == points(plain)
        player.screen.act("delete 2")
        player.screen.act("set")
        await player.done()
        assert player.game is plain
        assert points(plain) == points(changed)
        assert len(plain.session.breakpoints) == 1
