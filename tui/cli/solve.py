# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace solve` and `oomrace odds`: what the explorer knows of a level."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from puzzles.judging.faults import fault_report, fault_text, why_undecided
from puzzles.limits.bounds import Bounds
from puzzles.limits.guard import limits
from puzzles.limits.memory import memory_text
from puzzles.schedules import schedule_line
from puzzles.wins.ledger import Ledger, WasSettled, WasShown
from sim import Machine, Outcome
from sim import explore as search
from sim.machine.witness import objection
from tui.cli.progress import Watcher, watched
from tui.player.failure import ExitCode
from tui.player.locations import data_folder
from tui.player.machines import Opened, open_machine, outcome_named
from tui.player.options import Changes
from tui.player.packs import pack_around
from tui.player.verdicts import note_verdict
from tui.terminal.echo import echo
from tui.view.counts import counts


def solve(
    folder: Path | None, id_: str, goal: str | None, bounds: Bounds, changes: Changes, *, as_json: bool
) -> ExitCode:
    """Search a level for its goal, or another outcome; print the verdict at once, then the best schedules."""
    opened = open_machine(pack_around(folder, id_), id_, changes)
    machine, asked = opened.machine, outcome_named(goal) if goal else opened.level.goal.outcome
    tell, ledger = (_silent if as_json else echo), Ledger(data_folder(), folder)
    with watched() as watcher:
        allowed = limits(bounds, watcher)
        solution = search.reach(machine, asked, allowed)
        _replay(machine, asked, solution)
        if solution.witness is not None:
            watcher.clear()
            _show(opened, asked, solution, ledger, changed=bool(changes.words))
            tell(_reached(machine, asked, solution.witness))
        solution = search.improved(machine, asked, solution, allowed)
        _replay(machine, asked, solution)
    _show(opened, asked, solution, ledger, changed=bool(changes.words))
    if asked is opened.level.goal.outcome and solution.verdict is not search.Verdict.UNDECIDED:
        note_verdict(opened.level, folder, ledger)
    for text in (*_lines(machine, asked, solution, watcher), *_claim(opened, asked, solution)):
        tell(text)
    if as_json:
        echo(json.dumps(_report(machine, solution, watcher), indent=2))
    if watcher.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.NOT_REACHED if solution.verdict is search.Verdict.UNDECIDED else ExitCode.DONE


def _show(opened: Opened, asked: Outcome, solution: search.Solution, ledger: Ledger, *, changed: bool) -> None:
    """Note in the ledger of a level that schedules which win it are shown, which settles it as it is."""
    if asked is not opened.level.goal.outcome:
        return
    schedules = {best.schedule for best in solution.best} | ({solution.witness} if solution.witness else set())
    for moves in sorted(schedules):
        ledger.note(opened.level.id, WasShown(schedule_line(opened.machine, moves)))
    if schedules and not changed:
        ledger.note(opened.level.id, WasSettled())


def _silent(_text: str) -> None:
    pass


def _replay(machine: Machine, goal: Outcome, solution: search.Solution) -> None:
    """Play all schedules that were found, without the explorer. Raises ClickException for one that does not hold."""
    schedules: list[tuple[tuple[int, ...], int | None, int | None]]
    schedules = [(best.schedule, best.preemptions, None) for best in solution.best]
    if solution.witness is not None:
        schedules.append((solution.witness, None, solution.turn or None))
    for moves, preemptions, turn in schedules:
        wrong = objection(machine, goal, moves, preemptions, turn)
        if wrong:
            raise click.ClickException(
                f"the explorer is wrong, please report it: {schedule_line(machine, moves)} is no witness: {wrong}"
            )


def _reached(machine: Machine, goal: Outcome, witness: tuple[int, ...]) -> str:
    steps = f"{len(witness)} step{'' if len(witness) == 1 else 's'}"
    return f"{goal.words}: reachable, in {steps}: {schedule_line(machine, witness)}"


def _lines(machine: Machine, goal: Outcome, solution: search.Solution, watcher: Watcher) -> Iterator[str]:
    count = f"{solution.states:,} states, {solution.transitions:,} transitions"
    count += f", {watcher.seconds:.3f} s, {memory_text(watcher.memory)}"
    why = why_undecided(machine, solution)
    if solution.verdict is search.Verdict.UNREACHABLE:
        yield f"{goal.words}: unreachable; all schedules were tried: {count}"
        return
    if solution.verdict is search.Verdict.UNDECIDED:
        yield f"{goal.words}: undecided: {why}"
    for best in solution.best:
        yield f"{counts(best)}: {schedule_line(machine, best.schedule)}"
    if solution.turn:
        yield f"the last {solution.turn} of the shortest go round the circle once"
    if solution.verdict is search.Verdict.REACHABLE and why:
        among = f"among schedules of up to {solution.within:,} steps" if solution.within else "of other schedules"
        yield f"{'the best ' if solution.best else 'nothing is known '}{among}: {why}"
    yield f"looked at: {count}"


def _claim(opened: Opened, goal: Outcome, solution: search.Solution) -> Iterator[str]:
    """What the search means for the claim that a level is safe, where that is what it asks for."""
    if not opened.level.goal.safe or goal is not opened.level.goal.outcome:
        return
    if solution.verdict is search.Verdict.UNREACHABLE:
        yield f"so the claim that this level is safe is right; `oomrace reasons {opened.level.id}` says because of what"
    elif solution.verdict is search.Verdict.REACHABLE:
        yield "so the claim that this level is safe is wrong"


def _report(machine: Machine, solution: search.Solution, watcher: Watcher) -> dict[str, object]:
    witness = solution.witness
    fewest = min((best.preemptions for best in solution.best if best.schedule == witness), default=None)
    return {
        "verdict": solution.verdict.value,
        "witness": schedule_line(machine, witness) if witness is not None else None,
        "steps": len(witness) if witness is not None else None,
        "preemptions": fewest,
        "pareto": [
            {"preemptions": best.preemptions, "steps": best.steps, "schedule": schedule_line(machine, best.schedule)}
            for best in solution.best
        ],
        "states": solution.states,
        "transitions": solution.transitions,
        "memory": watcher.memory,
        "seconds": round(watcher.seconds, 6),
        "within": solution.within,
        "bound": solution.bound or None,
        "fault": fault_report(machine, solution.fault) if solution.fault else None,
    }


def odds(folder: Path | None, id_: str, bounds: Bounds, changes: Changes, *, as_json: bool) -> ExitCode:
    """Print how many schedules there are, how many win, and the chance of winning by throwing dice."""
    opened = open_machine(pack_around(folder, id_), id_, changes)
    try:
        with watched() as watcher:
            allowed = limits(bounds, watcher)
            graph = search.state_graph(opened.machine, allowed)
            goals = search.goals(graph, allowed)
            fault = search.doubt(opened.machine, opened.level.goal.outcome, set(graph.outcomes.values()), allowed)
            chances = search.odds(graph, goals, allowed)
    except search.Halted as halt:
        return _undecided(opened, str(halt), interrupted=watcher.interrupted)
    if fault and not goals:
        return _undecided(opened, fault_text(opened.machine, fault))
    note_verdict(opened.level, folder)
    faults = fault_text(opened.machine, fault) if fault else ""
    if as_json:
        echo(json.dumps(_odds_report(opened.machine, chances, fault), indent=2))
    else:
        echo("\n".join(_odds_lines(opened, chances, faults)))
    return ExitCode.DONE


def _undecided(opened: Opened, why: str, *, interrupted: bool = False) -> ExitCode:
    echo(f"Error: {opened.level.id}: undecided: {why}", err=True)
    return ExitCode.INTERRUPTED if interrupted else ExitCode.NOT_REACHED


def _odds_report(machine: Machine, chances: search.Odds, fault: search.ModelFault | None) -> dict[str, object]:
    return {
        "schedules": chances.schedules,
        "wins": chances.wins,
        "low": chances.low,
        "high": chances.high,
        "fault": fault_report(machine, fault) if fault else None,
    }


def _odds_lines(opened: Opened, chances: search.Odds, faults: str) -> Iterator[str]:
    winning, wins = ("not safe", "shows that it is not safe") if opened.level.goal.safe else ("winning", "wins")
    yield f"schedules: {_count(chances.schedules)}, {winning}: {_count(chances.wins)}"
    if chances.high == 0:
        yield f"a random scheduler never {wins}"
    else:
        yield f"a random scheduler {wins} 1 in {chances.one_in:.3g}"
    if faults:
        yield f"schedules that end in a fault count as not {winning}: {faults}"


def _count(number: int | None) -> str:
    return "unbounded" if number is None else f"{number:,}"
