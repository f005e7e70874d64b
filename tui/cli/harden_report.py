# SPDX-License-Identifier: GPL-2.0-or-later
"""What `oomrace harden` has found, in lines and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import asdict

from puzzles.harden.broken import BrokenFigures
from puzzles.harden.fate import Fate
from puzzles.harden.search import Figures, Hardened, Hardening
from puzzles.harden.toml import toml_text
from tui.view.counts import counts


def harden_lines(search: Hardening, now: Figures, chosen: Sequence[Hardened]) -> Iterator[str]:
    """How the level stands, what was tried, and the settings that were chosen, as TOML."""
    yield f"{search.level.id} now: {_stands(now)}"
    yield f"{_count(search.tried, 'setting')} tried, {search.stopped}; of these"
    for fate in Fate:
        if search.fates[fate]:
            yield f"    {search.fates[fate]:6,} {fate.value}"
    yield f"changed: {', '.join(f'{axis} {count:,}' for axis, count in sorted(search.axes.items()))}"
    if not chosen:
        yield "none tells the same story and resists more; try another --seed, more --max-settings or --max-seconds"
    for number, hardened in enumerate(chosen, 1):
        yield f"\n# {number}: {'; '.join(hardened.setting.changes)}"
        yield f"# {_stands(hardened.figures)}"
        if isinstance(hardened.figures, BrokenFigures):
            yield f"# {counts(hardened.figures)}: {hardened.figures.schedule}"
        yield toml_text(hardened.setting.level, search.level)


def _stands(stands: Figures) -> str:
    states = _count(stands.states, "state")
    if not isinstance(stands, BrokenFigures):
        said = f"because of {' | '.join(stands.reasons)}" if stands.reasons else "no statement alone is the reason"
        easy = f"; {_count(len(stands.easy), 'first claim')} of the pack among them" if stands.easy else ""
        return f"safe, {said}{easy}; {states}"
    recipe = stands.recipe and f"recipe {stands.recipe}"
    recipe2 = "no recipe" if stands.recipe2 is None else f"no recipe, recipe2 {stands.recipe2}"
    return f"{recipe or recipe2}; dice 1 in {stands.dice:.3g}; {states}"


def harden_report(search: Hardening, now: Figures, chosen: Sequence[Hardened]) -> dict[str, Any]:
    """The same as values; see levels.md."""
    return {
        "level": search.level.id,
        "now": _figures(now),
        "tried": search.tried,
        "stopped": search.stopped,
        "fates": {fate.name.lower(): search.fates[fate] for fate in Fate if search.fates[fate]},
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


def _figures(stands: Figures) -> dict[str, Any]:
    values = asdict(stands)
    return values | {"dice": float(f"{stands.dice:.3g}")} if isinstance(stands, BrokenFigures) else values


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
