# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the goal of a game went out of reach."""

from __future__ import annotations

from sim.debugger import Moment
from sim.explore import Halted
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.view.standing import done_text


def lost_at(game: Game) -> Moment | None:
    """The moment at which the goal went out of reach; None where it can be reached, or has been.

    Raises Unknown, and Halted where a search did not tell.
    """
    lost: Moment | None = None
    moment: Moment | None = game.session.now
    while moment is not None and game.analysis.distance(moment.state) is None:
        lost, moment = moment, moment.parent
    return lost


def known_loss(game: Game) -> Moment | None:
    """`lost_at`, and None where that is not known, or not to be told."""
    if not game.tells_reach:
        return None
    try:
        return lost_at(game)
    except (Halted, Unknown):
        return None


def loss_text(game: Game) -> str:
    """Where the goal went out of reach, in words; "" where it did not, or where that is not known or not to be told."""
    return moment_text(game, known_loss(game))


def moment_text(game: Game, lost: Moment | None) -> str:
    """That the goal went out of reach at a moment; "" for None, and for the start."""
    if lost is None or not lost.events:
        return ""
    return f"the goal went out of reach at step {lost.steps}: {done_text(game.machine, lost, lost.events[0])}"
