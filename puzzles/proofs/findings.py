# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a level, beyond what the loader can see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from attrs import evolve

from puzzles.claims import Answer, settle
from puzzles.levels import Level, build_machine
from puzzles.notation import Replay
from puzzles.proofs.prove import Proof
from puzzles.proofs.zonelists import zonelist_findings
from puzzles.replays import verify
from puzzles.schedules import move_numbers, schedule_line
from sim import Machine, Outcome
from sim.explore import Verdict, explore
from sim.machine.witness import objection

MAX_COLUMNS = 80


def findings(level: Level, proof: Proof, solution: Replay | None) -> Iterator[str]:
    """What is wrong with a level and its proof, a sentence each.

    That is the goal, the schedules of the proof, the stored solution, a thread that reaches the goal alone, faults of
    the model, zonelists that the era did not have, and long lines.
    """
    machine = build_machine(level)
    yield from _safe(level, machine, proof) if level.goal.safe else _broken(level, machine, proof)
    if explore(machine, Outcome.FAULT).verdict is not Verdict.UNREACHABLE:
        yield "on some schedule the model faults; oomrace solve --goal fault gives one"
    if solution is not None and not verify(solution, level).scored:
        yield f"the stored solution does not {'prove it safe' if level.goal.safe else 'reach the goal'}"
    yield from zonelist_findings(level, machine)
    yield from _long_lines(level)


def _safe(level: Level, machine: Machine, proof: Proof) -> Iterator[str]:
    settled = settle(machine)
    if settled.counterexample is not None:
        schedule = schedule_line(machine, settled.counterexample)
        yield f"it is to be proved safe, but {schedule} reaches {level.goal.outcome.words}"
    elif not settled.right or proof.verdict is not Verdict.UNREACHABLE:
        yield f"it is to be proved safe, but that is {settled.answer.value}: {settled.bound or proof.verdict.value}"


def _broken(level: Level, machine: Machine, proof: Proof) -> Iterator[str]:
    if proof.verdict is not Verdict.REACHABLE:
        yield f"the goal {level.goal.outcome.words} is {proof.verdict.value}"
    yield from _refused(level, machine, proof)
    if len(machine.threads) > 1:
        yield from _alone(machine)


def _refused(level: Level, machine: Machine, proof: Proof) -> Iterator[str]:
    """What the independent replayer has against the schedules of a proof."""
    for par in proof.par:
        moves = move_numbers(machine, par.schedule)
        wrong = objection(machine, level.goal.outcome, moves, par.preemptions)
        if wrong or len(moves) != par.steps:
            yield f"{par.schedule} is no witness: {wrong or f'it has {len(moves)} steps, not {par.steps}'}"


def _alone(machine: Machine) -> Iterator[str]:
    for thread in machine.threads:
        alone = settle(evolve(machine, threads=(thread,), limits=()))
        if alone.answer is Answer.WRONG and machine.goal is not None:
            yield f"{thread.letter} alone reaches {machine.goal.outcome.words}"


def _long_lines(level: Level) -> Iterator[str]:
    texts = {"briefing": level.briefing, "debrief": level.debrief}
    lines = chain.from_iterable(((name, line) for line in text.splitlines()) for name, text in texts.items())
    for name, line in lines:
        if len(line) > MAX_COLUMNS:
            yield f"{name}: a line has {len(line)} columns; {MAX_COLUMNS} fit: {line.strip()[:30]}..."
