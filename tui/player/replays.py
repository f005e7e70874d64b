# SPDX-License-Identifier: GPL-2.0-or-later
"""The run of a game as a replay: its text, and a file of the player's own."""

from __future__ import annotations

from pathlib import Path

from puzzles import storage
from puzzles.judging.claims import SAFE
from puzzles.judging.referee import HELP, with_shown
from puzzles.notation import RESULT, write_replay
from puzzles.replays import make_replay
from puzzles.replays.tried import with_tried
from puzzles.schedules import schedule_line
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
