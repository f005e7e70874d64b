# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace reset`: the help that the player had with a level, forgotten."""

from __future__ import annotations

from pathlib import Path

from puzzles.wins.ledger import Ledger
from tui.actions.reset import reset_help
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.packs import open_level, pack_around
from tui.terminal.echo import echo


def reset(folder: Path | None, id_: str) -> ExitCode:
    """Forget the help that there was with a level, and say so."""
    level = open_level(pack_around(folder, id_), id_)
    ledger = Ledger(data_folder(), folder)
    echo(f"{reset_help(ledger, level.id)}.")
    if trouble := ledger.take_trouble():
        echo(f"Error: {trouble}", err=True)
        return ExitCode.NOT_REACHED
    return ExitCode.DONE
