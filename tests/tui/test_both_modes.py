# SPDX-License-Identifier: GPL-2.0-or-later
"""Both modes agree: of one state the screen and line mode tell the same, in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from puzzles.levels import Level, build_machine
from puzzles.notation.schedule import format_schedule
from puzzles.replays.showing import moves_to
from puzzles.replays.stored import solution
from puzzles.schedules import move_numbers, schedule_line
from sim import Machine
from sim.debugger import Moment
from tests.tui.playing import PACK, new_game, playing
from tests.tui.telling import PAGES, PANELS, SILENT, end_in_lines, end_on_screen, in_lines, on_screen
from tui.actions.commands import answered
from tui.game.game import Game
from tui.plain.tell import ending_lines
from tui.player.services import Services
from tui.screens.ends import loss_text, run_text
from tui.widgets.desk import Desk

LIT: Final = ("tour/7", "tour/4", "in-place/1", "in-place/2")
"""Levels in which it takes a moment to find out whether the goal is in reach, which is told there."""


def schedules(level: Level, machine: Machine) -> Iterator[list[int]]:
    """None yet, threads in turn, one after the other with the last one first, and the stored solution."""
    moves = list(machine.moves)
    yield []
    yield [moves[step * 7 // 3 % len(moves)] for step in range(20)]
    yield [move for move in reversed(moves) for _ in range(80)]
    replay = solution(level.id)
    if replay is not None:
        yield move_numbers(machine, format_schedule(replay.line.moves))


def states(game: Game) -> Iterator[str]:
    """The ends of some schedules, each once, as far as these can be followed: the game is there, the moves are told."""
    ends: set[Moment] = set()
    for schedule in schedules(game.level, game.machine):
        game.session.go(game.boot)
        for move in schedule:
            if not game.session.over and game.session.can_move(move):
                game.begin()
                game.session.step(move)
        if game.session.now not in ends:
            ends.add(game.session.now)
            yield schedule_line(game.machine, moves_to(game.session.now))


@pytest.mark.parametrize("level", PACK().levels, ids=lambda level: level.id)
def test_of_one_state_both_modes_tell_the_same(level: Level) -> None:
    game, services = Game(level, build_machine(level)), Services(PACK())
    if level.id in LIT:
        answered(game, "light")
    for moves in states(game):
        place = f"in {level.id} after {moves or 'nothing'}"
        screen, lines = on_screen(game), in_lines(game)
        for subject, told in screen.items():
            assert lines[subject] == told, f"{subject}, {place}"
        if game.session.over:
            end = list(ending_lines(game, services))
            log = ["kernel log:", *game.report] if game.report and "more: log" in end else []
            assert end_in_lines([*end, *log]) == end_on_screen(run_text(game, services)), f"the end, {place}"
            assert end[0].partition(". ")[2].rstrip(".") in loss_text(game), f"the end in the message, {place}"


async def test_each_panel_of_the_play_screen_is_told_in_line_mode() -> None:
    async with playing(new_game()) as player:
        shown = {type(widget) for widget in player.screen.query_one(Desk).query("*") if not widget.children}
    assert shown - set(SILENT) == set(PANELS), "tests/tui/telling.py has the subjects of each panel, read in both modes"
    subjects = [subject for subjects in PANELS.values() for subject in subjects]
    assert sorted([*subjects, *PAGES]) == sorted(on_screen(new_game()))
    assert all(PANELS.values())
