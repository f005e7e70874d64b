# SPDX-License-Identifier: GPL-2.0-or-later
"""What line mode says of runs that were left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from puzzles.journals import KeptRun
from puzzles.levels import Level, Pack
from tui.game.game import Game
from tui.plain.paragraphs import Exact
from tui.player.command_line import command_line
from tui.player.options import Begin
from tui.player.runs import run_text

QUESTION: Final = "y goes on with it, n begins anew and leaves it, d discards it and begins anew"


def offer_lines(level: Level, left: Sequence[KeptRun]) -> Iterator[str]:
    """The question whether to go on with the run that was left last."""
    yield f"a run of {level.id} was left: {run_text(left[0])}"
    if len(left) > 1:
        older = len(left) - 1
        runs, are = ("an older run", "is") if older == 1 else (f"{older} older runs", "are")
        yield f"{runs} of it {are} kept, too, and {are} offered once this one is discarded"
    yield QUESTION


def not_resumed_lines(pack: Pack, level: Level, left: Sequence[KeptRun], outdated: str, begin: Begin) -> Iterator[str]:
    """What to know where a level begins anew: that a run was left, or that none was which could be gone on with."""
    if left:
        yield f"a run of {level.id} was left: {run_text(left[0])}"
        yield Exact(f"to go on with it: {_resume(pack, level)}")
    elif begin is Begin.RESUME:
        yield f"no run of {level.id} was left: it begins anew"
    if outdated:
        yield outdated


def kept_lines(pack: Pack, game: Game) -> Iterator[str]:
    """How to go on with a run that is kept."""
    if game.session.now.steps and game.keeper is not None and game.keeper.kept:
        yield Exact(f"it is kept; to go on with it: {_resume(pack, game.level)}")


def _resume(pack: Pack, level: Level) -> str:
    return command_line("play", level.id, "--resume", pack=pack)
