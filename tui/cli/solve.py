# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace solve` and `oomrace odds`: what the explorer knows of a level."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import click
from attrs import frozen

from puzzles.schedules import schedule_line
from sim import Machine, Outcome
from sim import explore as search
from sim.machine.witness import objection
from tui.failure import BadInput, Code
from tui.game import Game
from tui.opening import Changes, open_game, open_pack
from tui.words import counts


@frozen
class Asked:
    """What to search for: an outcome by name (None: the level's own), and how far."""

    goal: str | None
    max_states: int
    max_memory: int


def solve(folder: Path | None, id_: str, asked: Asked, changes: Changes, *, as_json: bool) -> Code:
    """Search a level for its goal, or another outcome, and print the verdict with the best schedules."""
    game = open_game(open_pack(folder), id_, changes)
    goal = _goal(asked.goal) if asked.goal else game.level.goal.outcome
    begun = time.perf_counter()
    with _Bar(asked.max_states) as bar:
        found = search.solve(game.machine, goal, search.Bound(asked.max_states, asked.max_memory), bar.show)
    seconds = time.perf_counter() - begun
    _replay(game.machine, goal, found)
    if as_json:
        click.echo(json.dumps(_report(game.machine, found, seconds), indent=2))
    else:
        click.echo("\n".join((*_lines(game.machine, goal, found, seconds), *_claim(game, goal, found))))
    return Code.NOT_REACHED if found.verdict is search.Verdict.UNDECIDED else Code.DONE


def _replay(machine: Machine, goal: Outcome, found: search.Solution) -> None:
    """Play all schedules that were found, without the explorer. Raises ClickException for one that does not hold."""
    told: list[tuple[tuple[int, ...], int | None, int | None]]
    told = [(best.schedule, best.preemptions, None) for best in found.best]
    if found.witness is not None:
        told.append((found.witness, None, found.turn or None))
    for moves, preemptions, turn in told:
        wrong = objection(machine, goal, moves, preemptions, turn)
        if wrong:
            raise click.ClickException(
                f"the explorer is wrong, please report it: {schedule_line(machine, moves)} is no witness: {wrong}"
            )


def _goal(name: str) -> Outcome:
    goals = [one for one in Outcome if one is not Outcome.OPEN]
    for outcome in goals:
        if outcome.value == name:
            return outcome
    raise BadInput(f"no outcome {name!r}; there are {', '.join(one.value for one in goals)}")


def _lines(machine: Machine, goal: Outcome, found: search.Solution, seconds: float) -> Iterator[str]:
    count = f"{found.states} states, {found.transitions} transitions, {seconds:.3f} s"
    if found.states:
        count += f", {found.memory // found.states} bytes a state"
    if found.verdict is search.Verdict.UNREACHABLE:
        yield f"{goal.words}: unreachable; all schedules were tried: {count}"
    elif found.verdict is search.Verdict.UNDECIDED:
        yield f"{goal.words}: undecided, stopped at {found.bound}: {count}"
    else:
        yield f"{goal.words}: reachable: {count}"
    if found.witness is not None and not found.best:
        yield f"shortest: {len(found.witness)} steps: {schedule_line(machine, found.witness)} (others: {found.bound})"
    for best in found.best:
        yield f"{counts(best)}: {schedule_line(machine, best.schedule)}"
    if found.turn:
        yield f"the last {found.turn} of the shortest go round the circle once"


def _claim(game: Game, goal: Outcome, found: search.Solution) -> Iterator[str]:
    """What the search means for the claim that a level is safe, where that is what it asks for."""
    if not game.level.goal.safe or goal is not game.level.goal.outcome:
        return
    if found.verdict is search.Verdict.UNREACHABLE:
        yield "so the claim that this level is safe is right: claim safe"
    elif found.verdict is search.Verdict.REACHABLE:
        yield "so the claim that this level is safe is wrong"


def _report(machine: Machine, found: search.Solution, seconds: float) -> dict[str, object]:
    witness = found.witness
    fewest = min((one.preemptions for one in found.best if one.schedule == witness), default=None)
    return {
        "verdict": found.verdict.value,
        "witness": schedule_line(machine, witness) if witness is not None else None,
        "steps": len(witness) if witness is not None else None,
        "preemptions": fewest,
        "pareto": [
            {"preemptions": one.preemptions, "steps": one.steps, "schedule": schedule_line(machine, one.schedule)}
            for one in found.best
        ],
        "states": found.states,
        "transitions": found.transitions,
        "memory": found.memory,
        "seconds": round(seconds, 6),
        "bound": found.bound or None,
    }


class _Bar:
    """A line on a terminal that says how far a search has come; nothing elsewhere."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.shown = False
        self.begun = time.perf_counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, progress: search.Progress) -> bool:
        """Tell the progress, at most every tenth of a second; always go on."""
        now = time.perf_counter()
        if sys.stderr.isatty() and now - self.begun > _PATIENCE:
            rate = progress.states / (now - self.begun)
            text = f"{progress.states} states, {progress.frontier} waiting, {rate:.0f} states/s, at most {self.most}"
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            self.shown = True
        return True


_PATIENCE = 0.3


def odds(folder: Path | None, id_: str, changes: Changes, *, as_json: bool) -> Code:
    """Print how many schedules there are, how many win, and the chance of winning by throwing dice."""
    game = open_game(open_pack(folder), id_, changes)
    try:
        graph = search.state_graph(game.machine)
    except search.TooLarge as problem:
        raise BadInput(f"{id_}: undecided: {problem}") from None
    found = search.odds(graph, search.goals(graph))
    if as_json:
        click.echo(
            json.dumps(
                {"schedules": found.schedules, "wins": found.wins, "low": found.low, "high": found.high}, indent=2
            )
        )
        return Code.DONE
    winning, wins = ("not safe", "shows that it is not safe") if game.level.goal.safe else ("winning", "wins")
    click.echo(f"schedules: {_count(found.schedules)}, {winning}: {_count(found.wins)}")
    if found.high == 0:
        click.echo(f"a scheduler that throws dice never {wins}")
    else:
        click.echo(f"a scheduler that throws dice {wins} 1 in {found.one_in:.3g}")
    return Code.DONE


def _count(number: int | None) -> str:
    return "unbounded" if number is None else f"{number:,}"
