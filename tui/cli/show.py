# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace show`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from puzzles.levels import Level, LevelError, Pack
from puzzles.proofs import Proof, known_proof
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from tui.cli.broken import tell_unbuildable
from tui.plain.level import level_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import ExitCode
from tui.player.locations import cache_folder, data_folder
from tui.player.packs import open_level, pack_around
from tui.player.settled import settled
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo


def show(folder: Path | None, id_: str, *, kernel_source: bool, everything: bool) -> ExitCode:
    """Print the facts of a level, or its kernel file; with `everything`, what is proved although it is not settled."""
    pack = pack_around(folder, id_)
    level = open_level(pack, id_)
    if kernel_source:
        echo(level.source.text.rstrip("\n"))
    else:
        proof = _proof(pack, level) if everything or _is_settled(pack, level) else None
        if proof is not None:
            note_verdict(level, folder)
        print_lines(level_lines(level, proof))
    return tell_unbuildable((level,))


def _is_settled(pack: Pack, level: Level) -> bool:
    bests, _ = Scores(cache_folder()).bests(data_folder(), pack)
    return level.id in settled(bests, Ledger(data_folder(), pack.folder).settled([level.id]))


def _proof(pack: Pack, level: Level) -> Proof | None:
    """What is proved of a level: by the game's lock file, which needs no explorer, else by what else there is."""
    try:
        proof = known_proof(level)
    except LevelError:
        return None  # told behind all else
    if proof is None:
        proof = import_module("tui.explorer.proofs").Proofs(cache_folder(), pack).known(level)
    return proof
