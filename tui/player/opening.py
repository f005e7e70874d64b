# SPDX-License-Identifier: GPL-2.0-or-later
"""From what was typed to packs, levels, replays and games. Everything here raises BadInput."""

from __future__ import annotations

from pathlib import Path

from puzzles.judging.claims import Settled
from puzzles.levels import Level, LevelError, Pack, shown_in
from puzzles.notation import LEVEL, MAX_BYTES, Replay, ReplayError, read_replay
from puzzles.reasons.because import named
from puzzles.reasons.trials import Trials
from puzzles.replays import SET, Verification, VerifyError, verify
from puzzles.replays.showing import shown_on, shown_replay
from puzzles.replays.whatif import as_asked, read_sets
from puzzles.schedules import schedule_line
from puzzles.storage import StorageError, read_file
from puzzles.wins.help import HelpKind
from sim.debugger import Moment, over, reached
from sim.explore import Limits
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.player.failure import BadInput
from tui.player.machines import open_kernel, open_machine
from tui.player.options import Changes
from tui.player.packs import level_text, open_level


def open_game(pack: Pack, id_: str, changes: Changes, proofs: Proofs | None = None) -> Game:
    """A level at its start, changed as asked."""
    opened = open_machine(pack, id_, changes)
    kernel = str(changes.kernel) if changes.kernel else ""
    return Game(opened.level, opened.machine, changes.sets, kernel, proofs=proofs or Proofs())


def open_replay(path: Path) -> Replay:
    """The replay in a file."""
    try:
        return read_replay(read_file(path, MAX_BYTES))
    except (StorageError, ReplayError) as problem:
        raise BadInput(f"{path}: {problem}") from None


def open_verdict(
    path: Path,
    replay: Replay,
    pack: Pack,
    kernel: Path | None,
    limits: Limits | None = None,
    settled: Settled | None = None,
    trials: Trials | None = None,
) -> tuple[Level, Verification]:
    """The level that a replay names, and how well the replay fits it; the last three arguments are those of verify."""
    id_ = replay.header(LEVEL)
    if id_ is None:
        raise BadInput(f'{path}: the replay names no level; add a header like [{LEVEL} "in-place/1"]')
    try:
        level = open_level(pack, id_)
        return level, verify(replay, level, open_kernel(kernel, level, pack), limits, settled, trials)
    except VerifyError as error:
        raise BadInput(f"{path}: {error}") from None
    except LevelError as error:
        raise BadInput(f"{path}: {level_text(error)}") from None
    except BadInput as error:
        raise BadInput(f"{path}: {error.message}") from None


def replayed_game(level: Level, verdict: Verification, replay: Replay, kernel: Path | None) -> Game:
    """A game at its start, whose future is the main line of a replay and whose branches are its variations."""
    played = verdict.played
    game = Game(
        shown_in(as_asked(level, replay), played.machine.program),
        played.machine,
        read_sets(replay.header(SET)),
        str(kernel) if kernel else "",
    )
    game.session.now = game.since = played.boot
    game.opened, game.comments = replay, replay_comments(verdict)
    game.message = "; ".join((str(verdict), *game.comments.get(played.boot, ())))
    _show(game, verdict, shown_replay(replay.line))
    return game


def _show(game: Game, verdict: Verification, line: str) -> None:
    """Note what a replay shows: a way to the goal, or begun, and what became of a claim; not how a run is lost."""
    settled = verdict.settled
    if settled is not None and settled.right:
        game.help(HelpKind.CLAIM)
        for mark, _ in verdict.marks:
            game.name(named(game.machine.program, mark))
        game.settle()
        return
    if settled is not None and settled.counterexample is not None:
        game.show(schedule_line(game.machine, settled.counterexample))
    ends = shown_on(game.machine, (line,)).ends
    if any(reached(game.machine, end) or not over(game.machine, end) for end in ends):
        game.show(line)


def replay_comments(verdict: Verification) -> dict[Moment, list[str]]:
    """The comments of a replay by the moment that they stand behind."""
    texts: dict[Moment, list[str]] = {}
    for moment, text in verdict.played.comments:
        texts.setdefault(moment, []).append(text)
    return texts
