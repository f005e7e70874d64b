# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of the end of a run, and of a claim: the same for the screen and for line mode."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from puzzles.judging.referee import Ruling, rule_claim
from puzzles.judging.score import Score
from puzzles.reasons.because import format_because, read_because
from puzzles.reasons.claim import Claimed
from puzzles.wins.ledger import OwnRun
from puzzles.wins.stars import Rating, Worth, rating
from tui.game.game import Game
from tui.game.saved import Saved
from tui.player.library import Library, claim_help
from tui.player.replays import schedule_text


@frozen
class Recorded:
    """The end of a run or a claim: what it is worth, whether that is news, and what became of it, where it is news.

    `settles` says that it settles the level, as each win does.
    """

    ruling: Ruling
    first: bool
    saved: Saved
    settles: bool = False


def record_run(game: Game, library: Library) -> Recorded:
    """Rule on the run at whose end a game stands; a win is stored the first time it is reached."""
    ruling = game.ruling
    game.solved = game.solved or (ruling.reached and not ruling.shown)
    recorded = _recorded(game, ruling, schedule_text(game), lambda: library.save(game))
    if ruling.won and recorded.first:
        game.note_own_run()
    return recorded


def saved_run(game: Game) -> Saved:
    """What became of the run at whose end a game stands."""
    return game.recorded.get(schedule_text(game), Saved())


def record_claim(game: Game, claimed: Claimed, library: Library) -> Recorded:
    """Rule on the settled claim that the level of a game is safe; one that wins is stored the first time."""
    assert claimed.settled is not None
    shown = game.has_named(claimed.statements)
    ruling = rule_claim(
        game.level.ask, claimed.settled, bears=claimed.bears, changed=not game.scored,
        nothing_bears=claimed.nothing_bears, shown=shown,
    )  # fmt: skip
    game.solved = game.solved or ruling.won
    end, settles = format_because(claimed.statements), game.scored and claimed.settles and not shown

    def save() -> Saved:
        lines = read_because(end)
        worth = Worth(Score(0, 0), claim_help(game), claim=True, lines=lines, whole=claimed.missing == 0)
        return evolve(library.save_claim(game, claimed), worth=worth)

    recorded = _recorded(game, ruling, end, save, settles=settles)
    if ruling.won and recorded.first:
        game.note(OwnRun(end, claim_help(game)))
    return recorded


def claims_rating(game: Game) -> Rating | None:
    """What the claims are worth together that won in this game; None where there was none."""
    return rating((saved.worth for saved in game.recorded.values() if saved.worth), ())


def _recorded(game: Game, ruling: Ruling, end: str, save: Callable[[], Saved], *, settles: bool = False) -> Recorded:
    settles = settles or ruling.won
    if settles:
        game.settle()
    if not ruling.reached:
        return Recorded(ruling, first=True, saved=Saved())
    before = game.recorded.get(end)
    if before is not None and (before.won or not ruling.won):
        return Recorded(ruling, first=False, saved=Saved(worth=before.worth), settles=settles)
    game.recorded[end] = evolve(save(), won=True) if ruling.won else Saved(ruling.why_not)
    return Recorded(ruling, first=True, saved=game.recorded[end], settles=settles)
