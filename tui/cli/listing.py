# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace levels` and `oomrace show`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from puzzles.levels import Level, LevelError, Pack, build_machine
from tui.explorer.proofs import Proofs
from tui.plain.pages import level_lines, list_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import Code
from tui.player.library import Library
from tui.player.locations import cache_folder, data_folder
from tui.player.opening import level_text, open_level, open_pack
from tui.terminal.echo import echo


def levels(folder: Path | None, *, as_json: bool) -> Code:
    """Print all levels; what is broken is told on the error stream."""
    pack = open_pack(folder)
    if as_json:
        echo(json.dumps([_summary(level) for level in pack.levels], indent=2, ensure_ascii=False))
    else:
        bests, problem = Library(data_folder()).bests(pack)
        print_lines(list_lines(pack, bests, Proofs(cache_folder(), pack)))
        if problem:
            echo(problem, err=True)
    built = _tell_unbuildable(pack.levels) if folder else Code.DONE
    return max(tell_broken(pack), built)


def _summary(level: Level) -> dict[str, str | bool]:
    return {
        "id": level.id,
        "title": level.title,
        "goal": level.goal.outcome.value,
        "condition": level.goal.condition,
        "safe": level.goal.safe,
        "kernel": level.kernel,
    }


def tell_broken(pack: Pack) -> Code:
    """Tell on the error stream what of a pack cannot be played; the exit code that this means."""
    for problem in pack.problems:
        echo(str(problem), err=True)
    for error in pack.broken.values():
        echo(level_text(error), err=True)
    return Code.NOT_REACHED if pack.problems or pack.broken else Code.DONE


def _tell_unbuildable(levels: Iterable[Level]) -> Code:
    """Tell on the error stream which levels do not fit their kernel; the exit code that this means."""
    code = Code.DONE
    for level in levels:
        try:
            build_machine(level)
        except LevelError as error:
            echo(level_text(error), err=True)
            code = Code.NOT_REACHED
    return code


def show(folder: Path | None, id_: str, *, kernel_source: bool) -> Code:
    """Print the facts of a level, or its kernel file."""
    pack = open_pack(folder)
    level = open_level(pack, id_)
    if kernel_source:
        echo(level.source.text.rstrip("\n"))
    else:
        print_lines(level_lines(level, Proofs(cache_folder(), pack).known(level)))
    return _tell_unbuildable((level,))
