# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace show`."""

from __future__ import annotations

from pathlib import Path

from tui.cli.broken import tell_unbuildable
from tui.explorer.proofs import Proofs
from tui.plain.pages import level_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import Code
from tui.player.locations import cache_folder
from tui.player.opening import open_level
from tui.player.packs import pack_around
from tui.terminal.echo import echo


def show(folder: Path | None, id_: str, *, kernel_source: bool) -> Code:
    """Print the facts of a level, or its kernel file."""
    pack = pack_around(folder, id_)
    level = open_level(pack, id_)
    if kernel_source:
        echo(level.source.text.rstrip("\n"))
    else:
        print_lines(level_lines(level, Proofs(cache_folder(), pack).known(level)))
    return tell_unbuildable((level,))
