# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace harden`: settings of a level that tell its story and cannot be won by trying numbers."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import frozen

from puzzles.harden.broken import BrokenFigures
from puzzles.harden.level import level_now
from puzzles.harden.search import Figures, Hardened, Hardening
from puzzles.levels import Pack
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.proofs.standing import figures_of
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Helped, Ledger, WasNamed, WasSettled, WasShown
from sim.explore import Halted
from tui.cli.harden_report import harden_lines, harden_report
from tui.cli.progress import watched
from tui.explorer.proofs import Proofs
from tui.player.failure import ExitCode
from tui.player.locations import cache_folder, data_folder
from tui.player.machines import open_machine
from tui.player.options import Changes
from tui.player.packs import open_pack, pack_around
from tui.terminal.echo import echo


@frozen
class HardenOptions:
    """How many settings to try, which seed the search begins with, and how many of the best to print."""

    most: int
    seed: int
    best: int


def harden(folder: Path | None, id_: str, bounds: Bounds, options: HardenOptions, *, as_json: bool) -> ExitCode:
    """Print how a level stands, what was tried, and the best settings found."""
    level = open_machine(pack_around(folder, id_), id_, Changes()).level
    easy = _first_claims(open_pack(folder)) if level.goal.safe else ()
    with watched() as watcher:
        allowed = limits(bounds, watcher)
        try:
            now = level_now(level, easy, allowed)
        except Halted as halt:
            echo(f"Error: {id_} as it is: {halt}", err=True)
            return ExitCode.INTERRUPTED if watcher.interrupted else ExitCode.NOT_REACHED
        _note(Ledger(data_folder(), folder), id_, now.figures)
        search = Hardening(level, now.measure, allowed, options.seed, options.most)
        watcher.line = lambda: (
            f"{search.tried:,} settings tried, {search.fates[now.wanted]:,} {now.wanted.value}, {watcher.seconds:.0f} s"
        )
        search.run()
    chosen = _better(search, now.figures)[: options.best]
    if as_json:
        echo(json.dumps(harden_report(search, now.figures, chosen), indent=2))
    else:
        echo("\n".join(harden_lines(search, now.figures, chosen)))
    if watcher.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.DONE if chosen else ExitCode.NOT_REACHED


def _first_claims(pack: Pack) -> tuple[str, ...]:
    """The statements that bear in most levels of a pack; none where not all of it is proved."""
    proofs = Proofs(cache_folder(), pack)
    figures = figures_of(pack.levels, {level.id: proofs.known(level) for level in pack.levels})
    return tuple(claim.statement for claim in figures.claims or ()) if figures else ()


def _note(ledger: Ledger, id_: str, now: Figures) -> None:
    """Note in the ledger of a level what is shown of it as it is: schedules that win it, or statements that bear."""
    if isinstance(now, BrokenFigures):
        for schedule in filter(None, dict.fromkeys((now.recipe, now.recipe2))):
            ledger.note(id_, WasShown(schedule))
    elif now.marks:
        ledger.note(id_, Helped(HelpKind.CLAIM))
        for mark in now.marks:
            ledger.note(id_, WasNamed(mark))
        ledger.note(id_, WasSettled())


def _better(search: Hardening, now: Figures) -> list[Hardened]:
    return [hardened for hardened in search.best if hardened.figures.weakness < now.weakness]
