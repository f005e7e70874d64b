# SPDX-License-Identifier: GPL-2.0-or-later
"""The run of a game as a replay: its text, and a file of the player's own."""

from __future__ import annotations

from pathlib import Path

from puzzles import storage
from puzzles.judging.claims import SAFE
from puzzles.judging.referee import BLINDFOLD, HELP, SHOWN, with_items
from puzzles.notation import RESULT, Replay, write_replay
from puzzles.replays import make_replay
from puzzles.replays.tried import with_tried
from puzzles.schedules import schedule_line
from sim.debugger import Moment
from tui.game.game import Game
from tui.view.counts import counts


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
    return write_replay(replay if replay.header(RESULT) == SAFE else with_help(game, replay, end))


def with_help(game: Game, replay: Replay, end: Moment) -> Replay:
    """A replay of the run to a moment of a game that says with which help it came about."""
    if help_ := _help(game, replay.header(HELP), end):
        replay = replay.with_header(HELP, help_)
    return replay.with_header(BLINDFOLD, "yes") if game.blindfold is end else replay


def _help(game: Game, said: str | None, end: Moment) -> str:
    """What the header Help is to say of the run to a moment, where a replay that was opened says `said` of it."""
    own, shown = game.own_run(end), game.has_shown(end)
    if own is not None:
        return said or own.help
    if game.opened is None or not shown:
        said = with_items(said, str(game.page.help))
    return with_items(said, SHOWN if shown else "")


def save_run(game: Game, name: str, *, over: bool) -> str:
    """Save the run of a game in a file of the player's own, over an existing one only if `over`; what was written.

    A run that nothing has shown him is his when he opens it again. Raises SaveError, and ValueError as `replay_text`.
    """
    text = replay_text(game)
    write_file(Path(name), text, over=over)
    if game.opened is not None:
        return f"saved {name}: the replay as it was opened, with what was played since"
    if not game.is_shown:
        game.note_own_run()
    return f"saved {name}: {counts(game.session.now)}"


def schedule_text(game: Game) -> str:
    """The run that led to where a game is, as a schedule of one line."""
    return schedule_line(game.machine, (moment.move for moment in game.session.now.line() if moment.move is not None))


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
