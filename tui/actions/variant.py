# SPDX-License-Identifier: GPL-2.0-or-later
"""What if: the level with other initial values."""

from __future__ import annotations

from puzzles.levels import LevelError, build_machine
from tui.actions.arguments import in_own_run
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import Vary
from tui.game.game import Game


def set_(game: Game, text: str) -> Reply:
    """Begin the level anew with one more initial value changed; without one, as it is."""
    in_own_run(game)
    if game.kernel:
        raise CommandError("this game was begun with --kernel; leave, and begin it with --kernel and --set")
    if not text and not game.sets:
        raise CommandError("set what? give an lvalue and its value, such as task.mems_allowed=0-1")
    try:
        varied(game, text)
    except LevelError as problem:
        raise CommandError(problem.problems[0].message) from None
    return Reply(request=Vary(text))


def varied(game: Game, text: str) -> Game:
    """The level of a game at its start, with one more initial value changed, or as it is. Raises LevelError."""
    sets = (*(earlier for earlier in game.sets if _word(earlier) != _word(text)), text) if text else ()
    other = Game(game.level, build_machine(game.level, None, sets), sets, proofs=game.proofs, ledger=game.ledger)
    other.take_points(game)
    other.marks = list(game.marks)
    return other


def _word(text: str) -> str:
    """The lvalue of a change, of which the later one replaces the earlier."""
    return text.partition("=")[0].strip()
