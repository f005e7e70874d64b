# SPDX-License-Identifier: GPL-2.0-or-later
"""The help that a player had with a level, forgotten; that it was is not."""

from __future__ import annotations

from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Ledger, WasReset
from tui.actions.arguments import in_own_run
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game

HELP = "help"


def reset(game: Game, text: str) -> Reply:
    """Forget what has helped with the level of a game."""
    if text != HELP:
        raise CommandError("reset what? reset help forgets what has helped you with this level; restart begins again")
    in_own_run(game)
    sentence = reset_help(game.ledger, game.level.id)
    game.light, game.hinted, game.warning = None, None, game.warning or game.ledger.take_trouble()
    return Reply((sentence,))


def reset_help(ledger: Ledger, level_id: str) -> str:
    """Forget what has helped with a level, and say what that means; nothing is noted where nothing has."""
    page = ledger.page(level_id)
    lasting = f"; {page.help.lasting} stays, reset or not" if page.help.lasting else ""
    if page.help.is_new:
        since = " since the last reset" if HelpKind.RESET in page.help.counts else ""
        return f"nothing {'else ' if lasting else ''}has helped you with {level_id}{since}{lasting}"
    ledger.note(level_id, WasReset())
    return (
        f"forgotten for {level_id}: {page.help}{lasting}. What was shown can win again."
        " That you have reset it is kept, so the star for a win without help is not given any more"
    )
