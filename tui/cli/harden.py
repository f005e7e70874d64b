# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace harden`: settings of a level that tell its story and cannot be won by trying numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from puzzles.harden.measure import Fate, Figures, figures, story_of
from puzzles.harden.search import Hardened, Hardening
from puzzles.harden.toml import toml_text
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.wins.ledger import Ledger, WasShown
from sim.explore import Halted, goals, state_graph, with_one_number
from tui.cli.progress import Watcher, watched
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.machines import open_machine
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.terminal.echo import echo
from tui.view.counts import counts


@frozen
class HardenOptions:
    """How many settings to try, which seed the search begins with, and how many of the best to print."""

    most: int
    seed: int
    best: int


def harden(folder: Path | None, id_: str, bounds: Bounds, plan: HardenOptions, *, as_json: bool) -> ExitCode:
    """Print how a level stands, what was tried, and the best settings found."""
    opened = open_machine(pack_around(folder, id_), id_, Changes())
    with watched() as watcher:
        allowed = limits(bounds, watcher)
        try:
            graph = state_graph(opened.machine, allowed)
            if not goals(graph, allowed):
                echo(f"Error: {id_} is safe: no schedule reaches its goal, and no recipe", err=True)
                return ExitCode.NOT_REACHED
            now = figures(graph, with_one_number(opened.machine, allowed), allowed)
            _note(Ledger(data_folder(), folder), id_, now)
            search = _searched(
                Hardening(opened.level, story_of(graph, allowed), allowed, plan.seed, plan.most), watcher
            )
        except Halted as halt:
            echo(f"Error: {id_}: {halt}", err=True)
            return ExitCode.INTERRUPTED if watcher.interrupted else ExitCode.NOT_REACHED
    chosen = [each for each in search.best if each.figures.weakness < now.weakness][: plan.best]
    echo(json.dumps(_report(search, now, chosen), indent=2) if as_json else "\n".join(_lines(search, now, chosen)))
    if watcher.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.DONE if chosen else ExitCode.NOT_REACHED


def _searched(search: Hardening, watcher: Watcher) -> Hardening:
    """Search until the limits stop it, ctrl+c among them."""
    watcher.line = lambda: (
        f"{search.tried:,} settings tried, {search.fates[Fate.RESISTS]:,} resist, {watcher.seconds:.0f} s"
    )
    search.run()
    return search


def _note(ledger: Ledger, id_: str, now: Figures) -> None:
    """Note in the ledger of a level that schedules which win it are shown."""
    for schedule in filter(None, dict.fromkeys((now.recipe, now.recipe2))):
        ledger.note(id_, WasShown(schedule))


def _lines(search: Hardening, now: Figures, chosen: Sequence[Hardened]) -> Iterator[str]:
    yield f"{search.level.id} now: {_stands(now)}"
    yield f"{_count(search.tried, 'setting')} tried, {search.stopped or 'all there are'}; of these"
    for fate in Fate:
        if search.fates[fate]:
            yield f"    {search.fates[fate]:6,} {fate.value}"
    yield f"changed: {', '.join(f'{axis} {count:,}' for axis, count in sorted(search.axes.items()))}"
    if not chosen:
        yield "none tells the same story and resists more; try another --seed, more --max-settings or --max-seconds"
    for number, hardened in enumerate(chosen, 1):
        yield f"\n# {number}: {'; '.join(hardened.setting.changes)}"
        yield f"# {_stands(hardened.figures)}"
        yield f"# {counts(hardened.figures)}: {hardened.figures.schedule}"
        yield toml_text(hardened.setting.level, search.level)


def _stands(stands: Figures) -> str:
    recipe = stands.recipe and f"recipe {stands.recipe}"
    recipe2 = "no recipe" if stands.recipe2 is None else f"no recipe, recipe2 {stands.recipe2}"
    return f"{recipe or recipe2}; dice 1 in {stands.dice:.3g}; {_count(stands.states, 'state')}"


def _report(search: Hardening, now: Figures, chosen: Sequence[Hardened]) -> dict[str, object]:
    return {
        "level": search.level.id,
        "now": _figures(now),
        "tried": search.tried,
        "stopped": search.stopped or None,
        "fates": {fate.name.lower(): search.fates[fate] for fate in Fate},
        "axes": dict(sorted(search.axes.items())),
        "settings": [
            {
                "changes": list(hardened.setting.changes),
                **_figures(hardened.figures),
                "toml": toml_text(hardened.setting.level, search.level),
            }
            for hardened in chosen
        ],
    }


def _figures(stands: Figures) -> dict[str, object]:
    return {
        "recipe": stands.recipe,
        "recipe2": stands.recipe2,
        "dice": float(f"{stands.dice:.3g}"),
        "preemptions": stands.preemptions,
        "steps": stands.steps,
        "schedule": stands.schedule,
        "states": stands.states,
    }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
