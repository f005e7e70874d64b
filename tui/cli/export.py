# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace export`: a level for another tool to check."""

from __future__ import annotations

from pathlib import Path

import click

from sim.explore import Bound, TooLarge, state_graph
from sim.explore.promela import promela
from tui.failure import Code
from tui.opening import Changes, open_game, open_pack


def export(folder: Path | None, id_: str, changes: Changes, max_states: int) -> Code:
    """Print a level as a Promela model; the exit code is 1 where it has more states than this."""
    game = open_game(open_pack(folder), id_, changes)
    try:
        graph = state_graph(game.machine, Bound(max_states))
    except TooLarge as problem:
        click.echo(f"Error: {id_}: {problem}; allow more with --max-states", err=True)
        return Code.NOT_REACHED
    what = [*changes.sets, *([changes.kernel.name] if changes.kernel else [])]
    click.echo(promela(graph, f'{id_} "{game.level.title}"' + "".join(f", {one}" for one in what)), nl=False)
    return Code.DONE
