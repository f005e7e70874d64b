# SPDX-License-Identifier: GPL-2.0-or-later
"""From what was typed to packs, levels, replays and games. Everything here raises BadInput."""

from __future__ import annotations

from pathlib import Path

from puzzles.claims import Settled
from puzzles.levels import (
    Level,
    LevelError,
    Pack,
    Source,
    build_machine,
    named_kernel,
    read_kernel,
    shown_in,
)
from puzzles.notation import LEVEL, MAX_BYTES, Replay, ReplayError, read_replay
from puzzles.replays import Verification, VerifyError, verify
from puzzles.storage import StorageError, read_file
from sim import Outcome
from sim.explore import Limits
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.player.failure import BadInput
from tui.player.options import Changes
from tui.player.packs import level_text, open_level


def open_game(pack: Pack, id_: str, changes: Changes, proofs: Proofs | None = None) -> Game:
    """A level at its start, changed as asked."""
    level = open_level(pack, id_)
    if changes.goal:
        level = level.asking(outcome_named(changes.goal))
    kernel = open_kernel(changes.kernel, level, pack)
    try:
        machine = build_machine(level, kernel, changes.sets)
    except LevelError as error:
        raise BadInput(level_text(error)) from None
    kernel_name = str(changes.kernel) if changes.kernel else ""
    shown = shown_in(level, machine.program) if kernel else level
    return Game(shown, machine, changes.sets, kernel_name, proofs=proofs or Proofs())


def outcome_named(name: str) -> Outcome:
    """The outcome that can be a goal, by its name."""
    goals = [outcome for outcome in Outcome if outcome is not Outcome.OPEN]
    for outcome in goals:
        if outcome.value == name:
            return outcome
    raise BadInput(f"no outcome {name!r}; there are {', '.join(goal.value for goal in goals)}")


def open_kernel(path: Path | None, level: Level, pack: Pack) -> Source | None:
    """A kernel file for a level, by its path, or by the name of one of the pack's or the game's; None for none."""
    if path is None:
        return None
    try:
        if path.name == str(path) and not path.is_file():
            return named_kernel(path.name, pack.folder)
        return read_kernel(path, level)
    except LevelError as error:
        raise BadInput(level_text(error)) from None
    except ValueError as problem:
        raise BadInput(str(problem)) from None


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
) -> tuple[Level, Verification]:
    """The level that a replay names, and how well the replay fits it; the last two arguments are those of verify."""
    id_ = replay.header(LEVEL)
    if id_ is None:
        raise BadInput(f'{path}: the replay names no level; add a header like [{LEVEL} "in-place/1"]')
    try:
        level = open_level(pack, id_)
        return level, verify(replay, level, open_kernel(kernel, level, pack), limits, settled)
    except VerifyError as error:
        raise BadInput(f"{path}: {error}") from None
    except LevelError as error:
        raise BadInput(f"{path}: {level_text(error)}") from None
    except BadInput as error:
        raise BadInput(f"{path}: {error.message}") from None
