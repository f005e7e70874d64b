# SPDX-License-Identifier: GPL-2.0-or-later
"""What commands beside the game tell of the question that a level asks is help with it."""

from __future__ import annotations

from pathlib import Path

from puzzles.judging.ask import Ask
from puzzles.levels import Level
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Helped, Ledger
from tui.player.locations import data_folder


def note_verdict(level: Level, pack: Path | None, ledger: Ledger | None = None) -> None:
    """Note that it is told whether the goal of a level can be reached, where that is asked and not settled.

    It is noted of a changed machine, too: what is changed may be nothing. `pack` is the folder of the level's pack,
    None for the game's own.
    """
    ledger = ledger or Ledger(data_folder(), pack)
    if level.ask is Ask.DECIDE and not ledger.page(level.id).settled:
        ledger.note(level.id, Helped(HelpKind.VERDICT))
