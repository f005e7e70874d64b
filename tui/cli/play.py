# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace play`, on the screen or line by line."""

from __future__ import annotations

from pathlib import Path

from puzzles.levels import Pack
from tui.cli.listing import tell_broken
from tui.cli.terminal import open_screen, say, why_no_screen
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.plain import LineMode
from tui.plain.reading import is_typed, read_lines
from tui.player.failure import BadInput, Code
from tui.player.library import Library
from tui.player.locations import cache_folder, data_folder, sweep_all
from tui.player.opening import Changes, open_game, open_pack
from tui.player.runs import Begin, Runs
from tui.terminal.echo import echo


def play(folder: Path | None, id_: str | None, changes: Changes, begin: Begin, *, plain: bool, color: bool) -> Code:
    """Play a level, or begin with the list of levels."""
    if id_ is None and changes.words:
        raise BadInput("--set, --kernel and --goal change a level; name the level too")
    sweep_all()
    pack = open_pack(folder)
    proofs = Proofs(cache_folder(), pack)
    game = open_game(pack, id_, changes, proofs) if id_ else None
    if game is None:
        tell_broken(pack)
    reason = why_no_screen()
    if plain or reason:
        if not plain:
            echo(f"{reason}: playing line by line, as with --plain", err=True)
        return _line_mode(pack, game, proofs, begin, color=color)
    if changes.words:
        return open_screen(pack, game=game, begin=begin)
    return open_screen(pack, id_, begin=begin)


def _line_mode(pack: Pack, game: Game | None, proofs: Proofs, begin: Begin, *, color: bool) -> Code:
    def open_other(id_: str) -> Game:
        return open_game(pack, id_, Changes(), proofs)

    runs = Runs(data_folder())
    library = Library(data_folder())
    mode = LineMode(pack, library, open_other, say(color=color), proofs, game, runs, begin, typed=is_typed())
    return mode.run(read_lines(lambda: mode.prompt))
