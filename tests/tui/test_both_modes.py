# SPDX-License-Identifier: GPL-2.0-or-later
"""Both modes agree: of one state the screen and line mode tell the same, in the same words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from puzzles.levels import Level, build_machine
from puzzles.notation.schedule import format_schedule
from puzzles.replays.stored import solution
from puzzles.schedules import move_numbers, schedule_line
from sim import Machine
from tests.tui.playing import PACK
from tests.tui.telling import in_lines, on_screen
from tui.game.game import Game


def schedules(level: Level, machine: Machine) -> Iterator[list[int]]:
    """Threads in turn, one after the other with the last one first, and the stored solution."""
    moves = list(machine.moves)
    yield [moves[step * 7 // 3 % len(moves)] for step in range(60)]
    yield [move for move in reversed(moves) for _ in range(80)]
    replay = solution(level.id)
    if replay is not None:
        yield move_numbers(machine, format_schedule(replay.line.moves))


def states(game: Game) -> Iterator[str]:
    """The moments of some schedules, now and then and at the end: the game is there, and the moves are told."""
    for schedule in schedules(game.level, game.machine):
        game.session.go(game.boot)
        taken: list[int] = []
        for move in schedule:
            if game.session.over:
                break
            if game.session.can_move(move):
                if len(taken) == 11:
                    yield schedule_line(game.machine, taken)
                game.begin()
                game.session.step(move)
                taken.append(move)
        yield schedule_line(game.machine, taken)


@pytest.mark.parametrize("level", PACK().levels, ids=lambda level: level.id)
def test_of_one_state_both_modes_tell_the_same(level: Level) -> None:
    game = Game(level, build_machine(level))
    for moves in states(game):
        screen, lines = on_screen(game), in_lines(game)
        for subject, told in screen.items():
            assert lines[subject] == told, f"{subject}, in {level.id} after {moves or 'nothing'}"
