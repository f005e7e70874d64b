# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a level that can be built, beyond what the loader can see."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.claims import settle
from puzzles.levels import Level, build_machine
from puzzles.notation import Replay
from puzzles.proofs.finding import Finding, Kind, in_level
from puzzles.proofs.prove import Proof
from puzzles.proofs.zonelists import zonelist_findings
from puzzles.replays import verify
from puzzles.schedules import move_numbers, schedule_line
from sim import Goal, Machine, Outcome
from sim.debugger import letters, serial_wins
from sim.explore import Limits, Search, Verdict, explore
from sim.machine.witness import objection

_REACHED_BY_RUNNING = (Outcome.PAGE, Outcome.FINISHED)


def findings(level: Level, proof: Proof, solution: Replay | None, limits: Limits | None = None) -> Iterator[Finding]:
    """What is wrong with a level and its proof.

    That is the goal, the schedules of the proof, the stored solution, a serial order that reaches the goal, faults of
    the model, and zonelists that the era did not have.
    """
    machine = build_machine(level)
    yield from _safe(level, machine, proof, limits) if level.goal.safe else _broken(level, machine, proof)
    yield from _faults(level, machine, limits)
    if solution is not None and not verify(solution, level).won:
        said = "prove it safe" if level.goal.safe else "reach the goal"
        yield in_level(level, f"the stored solution does not {said}", "solve the level again and store that")
    for message, advice in zonelist_findings(level, machine):
        yield in_level(level, message, advice, "other_zonelists" if level.other_zonelists else "era")


def _safe(level: Level, machine: Machine, proof: Proof, limits: Limits | None) -> Iterator[Finding]:
    settled = settle(machine, limits)
    if settled.counterexample is not None:
        schedule = schedule_line(machine, settled.counterexample)
        yield in_level(
            level,
            f"it is to be proved safe, but {schedule} reaches {level.goal.outcome.words}",
            "make it safe, or drop `safe`",
            "goal",
        )
    elif not settled.right or proof.verdict is not Verdict.UNREACHABLE:
        why = settled.bound or proof.verdict.value
        yield in_level(level, f"it is to be proved safe, but that is {settled.answer.value}: {why}", "", "goal")


def _broken(level: Level, machine: Machine, proof: Proof) -> Iterator[Finding]:
    if proof.verdict is not Verdict.REACHABLE:
        advice = "ask for another outcome, or for a proof with safe = true"
        yield in_level(level, f"the goal {level.goal.outcome.words} is {proof.verdict.value}", advice, "goal")
    yield from _refused(level, machine, proof)
    if len(machine.threads) > 1 and not _is_plain(level.goal):
        yield from _serial(level, machine)


def _refused(level: Level, machine: Machine, proof: Proof) -> Iterator[Finding]:
    """What the independent replayer has against the schedules of a proof."""
    for par in proof.par:
        moves = move_numbers(machine, par.schedule)
        wrong = objection(machine, level.goal.outcome, moves, par.preemptions)
        if wrong or len(moves) != par.steps:
            said = wrong or f"it has {len(moves)} steps, not {par.steps}"
            yield in_level(level, f"{par.schedule} is no witness: {said}", "the explorer is wrong; please report it")


def _is_plain(goal: Goal) -> bool:
    """Whether a goal is what threads come to that simply run: an exercise, no race."""
    return goal.outcome in _REACHED_BY_RUNNING and not goal.condition


def _serial(level: Level, machine: Machine) -> Iterator[Finding]:
    """The first serial order that reaches the goal."""
    for run in serial_wins(machine):
        order = ", ".join(letters(machine)[thread] for thread in run.order)
        yield in_level(
            level,
            f"no race is needed: in the order {order}, each to its end, {schedule_line(machine, run.schedule)} reaches "
            f"{level.goal.outcome.words}",
            "ask for what only a race reaches",
            "goal",
            Kind.WARNING,
        )
        return


def _faults(level: Level, machine: Machine, limits: Limits | None) -> Iterator[Finding]:
    found = explore(machine, Outcome.FAULT, limits)
    if found.verdict is Verdict.REACHABLE:
        yield _fault(level, machine, found)
    elif found.verdict is Verdict.UNDECIDED:
        yield in_level(level, f"whether the model faults on some schedule is undecided: {found.bound}")


def _fault(level: Level, machine: Machine, found: Search) -> Finding:
    """The fault at the end of a schedule, at its place in the kernel file."""
    state = machine.boot()
    for move in found.witness or ():
        state = machine.step(state, move).state
    ending = state.ending
    message = f"on the schedule {schedule_line(machine, found.witness or ())} the model faults: {ending.sentence}"
    advice = "correct the kernel file"
    if not ending.span.line:
        return in_level(level, message, advice, "kernel")
    file = level.source.file(ending.span.file)
    return Finding(level.id, file, message, advice, line=ending.span.line, column=ending.span.column)
