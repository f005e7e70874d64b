# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace hint`: the whole hint ladder from a point of a run."""

from __future__ import annotations

from pathlib import Path

from puzzles.limits.bounds import Bounds
from puzzles.wins.help import RUNGS
from puzzles.wins.ledger import Ledger
from tui.actions.advice import MORE
from tui.actions.commands import CommandError, answered
from tui.cli.progress import watched
from tui.cli.run import play, stopped_text
from tui.explorer.analysis import Analysis
from tui.plain.paragraphs import print_lines
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.opening import open_game
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.terminal.echo import echo


def hint(folder: Path | None, id_: str, schedule: str, bounds: Bounds, changes: Changes) -> ExitCode:
    """Print every rung of the ladder after a schedule."""
    pack = pack_around(folder, id_)
    game = open_game(pack, id_, changes)
    game.share(Ledger(data_folder(), folder))
    game.analysis = Analysis(game.machine, bounds, bounds)
    stopped = play(game, schedule) if schedule.strip() else ""
    if stopped:
        echo(stopped_text(game, stopped, "hint", changes, pack), err=True)
        return ExitCode.NOT_REACHED
    hints: list[str] = []
    with watched() as watcher:
        try:
            hints += (answered(game, "hint", watcher).sentence for _ in range(RUNGS))
        except CommandError as problem:
            untold = str(problem)
        else:
            untold = ""
    print_lines(dict.fromkeys(text.removesuffix(MORE) for text in hints))
    if untold:
        echo(f"Error: {untold}", err=True)
    if watcher.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.NOT_REACHED if untold else ExitCode.DONE
