# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace export`: a level for another tool to check."""

from __future__ import annotations

from pathlib import Path

from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from sim.explore import Halted, state_graph
from sim.promela.model import promela
from tui.cli.progress import watched
from tui.player.failure import ExitCode
from tui.player.machines import open_machine
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo


def export(folder: Path | None, id_: str, bounds: Bounds, changes: Changes) -> ExitCode:
    """Print a level as a Promela model; the exit code is 1 where it has more states than this."""
    opened = open_machine(pack_around(folder, id_), id_, changes)
    try:
        with watched() as watcher:
            graph = state_graph(opened.machine, limits(bounds, watcher))
    except Halted as halt:
        echo(f"Error: {id_}: {halt}; allow more with --max-states, --max-memory or --max-seconds", err=True)
        return ExitCode.NOT_REACHED
    note_verdict(opened.level, folder)
    what = [*changes.sets, *([changes.kernel.name] if changes.kernel else [])]
    echo(promela(graph, f'{id_} "{opened.level.title}"' + "".join(f", {change}" for change in what)), nl=False)
    return ExitCode.DONE
