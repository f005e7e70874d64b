# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a level once it is settled, each part by a command of its own."""

from __future__ import annotations

from tui.actions.reply import CommandError, Reply
from tui.actions.requests import ShowDebrief
from tui.game.debrief import note_lines, settled_claim, source_lines
from tui.game.game import Game
from tui.view.stars import UNSETTLED


def debrief(game: Game, _text: str) -> Reply:
    """The whole story, which tells what a claim may lack. Raises Unknown where one that won must be tried again."""
    own = _settled(game)
    if settled_claim(own) is not None and not own.page.lesson_opened:
        own.tell()
    return Reply(request=ShowDebrief())


def sources(game: Game, _text: str) -> Reply:
    """Where the story comes from."""
    return Reply(source_lines(_settled(game).level))


def notes(game: Game, _text: str) -> Reply:
    """Where the notes tell more."""
    return Reply(note_lines(_settled(game).level))


def _settled(game: Game) -> Game:
    """The player's own game. Raises CommandError before its level is settled."""
    if not (game.own.is_settled or game.own.solved):
        raise CommandError(UNSETTLED)
    return game.own
