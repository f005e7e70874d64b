# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's wins and best scores, and replays saved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from puzzles import storage
from puzzles.claims import SAFE, Settled
from puzzles.levels import LevelError, Pack
from puzzles.notation import RESULT, write_replay
from puzzles.records import best_of, best_win, save_win
from puzzles.referee import HELP, with_shown
from puzzles.replays import make_claim, make_replay
from puzzles.replays.tried import with_tried
from puzzles.schedules import schedule_line
from puzzles.score import Score
from puzzles.wins import RecordError, claimed_wins, stem
from tui.game.game import Game
from tui.game.saved import Saved
from tui.view.words import counts


@frozen
class Library:
    """The folder with the player's wins; with None nothing is stored.

    Whatever cannot be read or written is told in a sentence, never raised. `unstored` holds the replays of the wins
    that could not be written, so that they can be printed instead.
    """

    folder: Path | None = None
    unstored: list[str] = field(factory=list)

    def bests(self, pack: Pack) -> tuple[Mapping[str, Score], str]:
        """The best score of each level that was won, by id, and what could not be read ("" for nothing)."""
        bests: dict[str, Score] = {}
        if self.folder is None:
            return bests, ""
        try:
            claims = claimed_wins(self.folder)
        except RecordError as problem:
            return bests, f"your wins are not shown: {problem}"
        for id_ in pack.ids:
            try:
                win = best_of(claims[stem(id_)], pack.level(id_)) if stem(id_) in claims else None
            except LevelError:
                continue  # it is told where the level is opened
            if win:
                bests[id_] = win.score
        return bests, ""

    def save_claim(self, game: Game, settled: Settled) -> Saved:
        """Store the claim that a game's level is safe, which has just turned out right."""
        if self.folder is None:
            return Saved()
        try:
            before = best_win(self.folder, game.level)
            save_win(self.folder, game.level, make_claim(game.level, settled))
            _forget(game)
        except RecordError as problem:
            return self._not_stored(problem, problem.text)
        return Saved("saved: proved before" if before else "saved: your first win of this level")

    def save(self, game: Game) -> Saved:
        """Store the run of a game that has just been won."""
        if self.folder is None:
            return Saved()
        text = ""
        try:
            before = best_win(self.folder, game.level)
            text = replay_text(game)
            win = save_win(self.folder, game.level, make_replay(game.level, game.machine, game.session.now))
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


def _forget(game: Game) -> None:
    """A run that is stored as a win need not be kept any more."""
    if game.keeper is not None:
        game.keeper.drop()


class SaveError(Exception):
    """A replay that was not written; the message says why."""


def replay_text(game: Game) -> str:
    """The replay of the run that led to where a game is; in an opened replay all of that, and what was tried in it.

    Raises ValueError for what no replay can hold.
    """
    end, other = game.session.now, bool(game.kernel)
    if game.opened is None:
        replay = make_replay(game.level, game.machine, end, game.sets, other_kernel=other)
    else:
        replay, end = with_tried(game.opened, game.level, game.machine, game.boot, game.sets, other_kernel=other)
    if game.has_shown(end) and replay.header(RESULT) != SAFE:
        replay = replay.with_header(HELP, with_shown(replay.header(HELP)))
    return write_replay(replay)


def saved_sentence(game: Game, name: str) -> str:
    """What `save` has written into a file."""
    if game.opened is None:
        return f"saved {name}: {counts(game.session.now)}"
    return f"saved {name}: the replay as it was opened, with what was played since"


def schedule_text(game: Game) -> str:
    """The run that led to where a game is, as a schedule of one line."""
    return schedule_line(game.machine, (one.move for one in game.session.now.line() if one.move is not None))


def write_file(path: Path, text: str, *, over: bool) -> None:
    """Write a replay to a file, over an existing one only if `over`. Raises SaveError."""
    try:
        path = path.expanduser()
        storage.write_file(path, text.encode(), over=over)
    except storage.Taken:
        raise SaveError(f"{path} is there already; `save! {path}` writes over it") from None
    except storage.StorageError as problem:
        raise SaveError(f"{path} {problem}") from None
    except RuntimeError:
        raise SaveError(f"{path} cannot be written: there is no such user") from None
