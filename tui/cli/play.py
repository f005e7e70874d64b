# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace play`, on the screen or line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.broken import tell_broken
from tui.cli.terminal import open_screen, say, services_for, why_no_screen
from tui.plain.reading import is_typed, read_lines
from tui.player.failure import BadInput, ExitCode
from tui.player.locations import sweep_all
from tui.player.options import Begin, Changes
from tui.player.packs import listed_pack
from tui.player.services import Services
from tui.terminal.echo import echo

if TYPE_CHECKING:
    from tui.game.game import Game


def play(folder: Path | None, id_: str | None, changes: Changes, begin: Begin, *, plain: bool, color: bool) -> ExitCode:
    """Play a level, or begin with the list of levels."""
    if id_ is None and changes.words:
        raise BadInput("--set, --kernel and --goal change a level; name the level too")
    sweep_all()
    pack = listed_pack(folder)
    services, game = services_for(pack, begin), None
    reason = why_no_screen()
    if id_ is None:
        tell_broken(pack)
    elif plain or reason or changes.words or not (pack.proved and id_ in pack.ids):
        game = _opened(services, id_, changes)
    if not plain and reason:
        echo(f"{reason}: playing line by line, as with --plain", err=True)
    if plain or reason:
        return _line_mode(services, game, color=color)
    return open_screen(services, None if changes.words else id_, game if changes.words else None)


def _opened(services: Services, id_: str, changes: Changes) -> Game:
    from tui.player.opening import open_game

    return open_game(services.pack, id_, changes, services.proofs)


def _line_mode(services: Services, game: Game | None, *, color: bool) -> ExitCode:
    from tui.plain.loop import LineMode

    mode = LineMode(services, say(color=color), game, typed=is_typed())
    return mode.run(read_lines(lambda: mode.prompt))
