# SPDX-License-Identifier: GPL-2.0-or-later
"""From what was typed to a level's machine. Everything here raises BadInput."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from puzzles.levels import Level, LevelError, Pack, Source, build_machine, named_kernel, read_kernel, shown_in
from sim import Machine, Outcome
from tui.player.failure import BadInput
from tui.player.options import Changes
from tui.player.packs import level_text, open_level


@frozen(eq=False)
class Opened:
    """A level with the changes that were asked for, as far as they are the level's, and its machine."""

    level: Level
    machine: Machine


def open_machine(pack: Pack, id_: str, changes: Changes) -> Opened:
    """A level's machine, changed as asked."""
    level = open_level(pack, id_)
    if changes.goal:
        level = level.asking(outcome_named(changes.goal))
    kernel = open_kernel(changes.kernel, level, pack)
    try:
        machine = build_machine(level, kernel, changes.sets)
    except LevelError as error:
        raise BadInput(level_text(error)) from None
    return Opened(shown_in(level, machine.program) if kernel else level, machine)


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
