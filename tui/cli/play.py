# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace play`, on the screen or line by line."""

from __future__ import annotations

from pathlib import Path

from tui.cli.broken import tell_broken
from tui.cli.terminal import open_screen, say, services_for, why_no_screen
from tui.plain.loop import LineMode
from tui.plain.reading import is_typed, read_lines
from tui.player.failure import BadInput, Code
from tui.player.locations import sweep_all
from tui.player.opening import open_game
from tui.player.options import Begin, Changes
from tui.player.packs import listed_pack
from tui.terminal.echo import echo


def play(folder: Path | None, id_: str | None, changes: Changes, begin: Begin, *, plain: bool, color: bool) -> Code:
    """Play a level, or begin with the list of levels."""
    if id_ is None and changes.words:
        raise BadInput("--set, --kernel and --goal change a level; name the level too")
    sweep_all()
    pack = listed_pack(folder)
    services = services_for(pack, begin)
    game = open_game(pack, id_, changes, services.proofs) if id_ else None
    if game is None:
        tell_broken(pack)
    reason = why_no_screen()
    if plain or reason:
        if not plain:
            echo(f"{reason}: playing line by line, as with --plain", err=True)
        mode = LineMode(services, say(color=color), game, typed=is_typed())
        return mode.run(read_lines(lambda: mode.prompt))
    if changes.words:
        return open_screen(services, game=game)
    return open_screen(services, id_)
