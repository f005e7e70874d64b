# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace levels`. What only a pack without an index needs is loaded when it is needed."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from puzzles.levels.listing import Listed, Pack
from puzzles.wins.scores import Scores
from tui.cli.broken import tell_broken, tell_unbuildable
from tui.plain.listing import list_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import ExitCode
from tui.player.locations import cache_folder, data_folder
from tui.player.packs import listed_pack
from tui.terminal.echo import echo


def levels(folder: Path | None, *, as_json: bool) -> ExitCode:
    """Print all levels; what is broken is told on the error stream."""
    pack = listed_pack(folder)
    if as_json:
        echo(json.dumps([_summary(level) for level in pack.listed], indent=2, ensure_ascii=False))
    else:
        pack = _with_pars(pack)
        bests, problem = Scores(cache_folder()).bests(data_folder(), pack)
        print_lines(list_lines(pack, bests))
        if problem:
            echo(problem, err=True)
    built = tell_unbuildable(pack.levels) if folder else ExitCode.DONE
    return max(tell_broken(pack), built)


def _summary(level: Listed) -> dict[str, str | bool]:
    return {
        "id": level.id,
        "title": level.title,
        "goal": level.goal.outcome,
        "condition": level.goal.condition,
        "safe": level.goal.safe,
        "kernel": level.kernel,
    }


def _with_pars(pack: Pack) -> Pack:
    """The pack with all par in its list; that of the game is kept for the next time."""
    if pack.proved:
        return pack
    proofs = import_module("tui.explorer.proofs").Proofs(cache_folder(), pack)
    listed: Pack = proofs.keep_list() or proofs.with_pars(pack)
    return listed
