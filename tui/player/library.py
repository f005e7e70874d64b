# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's wins and best scores. What plays them again is loaded where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from puzzles.judging.score import Score
from puzzles.levels.listing import Listed, Pack
from puzzles.wins.files import RecordError
from puzzles.wins.help import LESSON
from puzzles.wins.scores import Scores
from puzzles.wins.stars import Rating
from tui.game.saved import Saved

if TYPE_CHECKING:
    from puzzles.levels import Level
    from puzzles.notation import Replay
    from puzzles.reasons.claim import Claimed
    from tui.game.game import Game


@frozen
class Library:
    """The folder with the player's wins; with None nothing is stored.

    Whatever cannot be read or written is told in a sentence, never raised. `unstored` holds the replays of the wins
    that could not be written, so that they can be printed instead.
    """

    folder: Path | None = None
    unstored: list[str] = field(factory=list)
    verified: Scores = field(factory=Scores)

    def bests(self, pack: Pack) -> tuple[Mapping[str, Score], str]:
        """The best score of each level that was won, by id, and what could not be read ("" for nothing)."""
        return self.verified.bests(self.folder, pack) if self.folder else ({}, "")

    def ratings(self, pack: Pack, listed: Iterable[Listed]) -> tuple[Mapping[str, Rating], str]:
        """What each level that was won has come to, as `bests`; `listed` are those of the pack with all known par."""
        return self.verified.ratings(self.folder, pack, listed) if self.folder else ({}, "")

    def best_win(self, level: Level) -> Replay | None:
        """The replay of the best win of a level; None where there is none that can be read."""
        if self.folder is None:
            return None
        from puzzles.wins.records import best_win

        with suppress(RecordError):
            win = best_win(self.folder, level)
            return win.replay if win else None
        return None

    def save_claim(self, game: Game, claimed: Claimed) -> Saved:
        """Store the claim that a game's level is safe, which has just turned out right."""
        if self.folder is None:
            return Saved()
        from puzzles.wins.records import best_win, keep_claim, save_win

        try:
            keep_claim(game.level, claimed)
            before = best_win(self.folder, game.level)
            if before and game.page.lesson_opened:
                return Saved("not saved: after the lesson a claim is worth no more than the one before it")
            save_win(self.folder, game.level, _claim(game, claimed))
            _forget(game)
        except RecordError as problem:
            return self._not_stored(problem, problem.text)
        return Saved(f"saved: your claim of {_lines(claimed)}" if before else "saved: your first win of this level")

    def save(self, game: Game) -> Saved:
        """Store the run of a game that has just been won."""
        if self.folder is None:
            return Saved()
        from puzzles.replays import make_replay
        from puzzles.wins.records import best_win, save_win
        from tui.player.replays import replay_text, with_help

        text = ""
        try:
            before = best_win(self.folder, game.level)
            text = replay_text(game)
            end = game.session.now
            replay = with_help(game, make_replay(game.level, game.machine, end), end)
            win = save_win(self.folder, game.level, replay)
            _forget(game)
        except RecordError as problem:
            return self._not_stored(problem, problem.text or text or replay_text(game))
        if before is None:
            return Saved("saved: your first win of this level")
        if win.score.better(before.score):
            return Saved(f"saved: your new best; before: {before.score}")
        return Saved(f"saved; your best: {before.score}")

    def _not_stored(self, problem: RecordError, replay: str) -> Saved:
        self.unstored.append(replay)
        return Saved(f"your win is not stored: {problem}", replay)


def _claim(game: Game, claimed: Claimed) -> Replay:
    """The replay of a claim, which says with which help it came about."""
    from puzzles.judging.referee import HELP
    from puzzles.replays import make_claim

    assert claimed.settled is not None
    claim, help_ = make_claim(game.level, claimed.settled, claimed.statements), claim_help(game)
    return claim.with_header(HELP, help_) if help_ else claim


def _lines(claimed: Claimed) -> str:
    count = len(claimed.marks)
    return f"{count} line" if count == 1 else f"{count} lines"


def claim_help(game: Game) -> str:
    """The help with which a claim comes about now, as its header has it."""
    from puzzles.judging.referee import with_items

    return with_items(str(game.page.help), LESSON if game.page.lesson_opened else "")


def _forget(game: Game) -> None:
    """A run that is stored as a win need not be kept any more."""
    if game.keeper is not None:
        game.keeper.drop()
