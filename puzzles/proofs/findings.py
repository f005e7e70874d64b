# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a level that can be built, beyond what the loader can see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from puzzles.judging.claims import settle
from puzzles.judging.faults import fault_text
from puzzles.levels import Level, build_machine
from puzzles.notation import Replay
from puzzles.notes import section
from puzzles.proofs.finding import Finding, Kind, in_level
from puzzles.proofs.proof import Proof
from puzzles.proofs.zonelists import zonelist_findings
from puzzles.replays import verify
from puzzles.schedules import move_numbers, schedule_line
from sim import Goal, Machine, Outcome, Rules
from sim.debugger import letters, serial_wins
from sim.explore import Limits, Verdict, explore, fault_after
from sim.machine.witness import objection

_EXPRESSIONS: Final = {"goal": "goal.condition", "allowed": "allowed"}
"""What the expressions of a level.toml are called where they fault, and their keys."""

_REACHED_BY_RUNNING = (Outcome.PAGE, Outcome.FINISHED)


def findings(level: Level, proof: Proof, solution: Replay | None, limits: Limits | None = None) -> Iterator[Finding]:
    """What is wrong with a level and its proof.

    That is the goal, the schedules of the proof, the stored solution, a serial order that reaches the goal, faults of
    the model, notes that there are not, and zonelists that the era did not have.
    """
    machine = build_machine(level)
    faults = tuple(_faults(level, machine, proof, limits))
    yield from faults
    if proof.bound and not faults:
        yield _bounded(level, proof)
    yield from _safe(level, machine, proof, limits) if level.goal.safe else _broken(level, machine, proof)
    if solution is not None and not _proves(level, solution):
        said = "prove it safe" if level.goal.safe else "reach the goal"
        yield in_level(level, f"the stored solution does not {said}", "solve the level again and store that")
    yield from _notes(level)
    yield from _idle_rules(level, machine, limits)
    for message, advice in zonelist_findings(level, machine):
        yield in_level(level, message, advice, "other_zonelists" if level.other_zonelists else "era")


def _proves(level: Level, solution: Replay) -> bool:
    """Whether a stored solution wins; in a variant a right claim is enough, as no statement alone may be its reason."""
    verification = verify(solution, level)
    return verification.won or bool(level.variant_of and level.goal.safe and verification.ruling.reached)


def _idle_rules(level: Level, machine: Machine, limits: Limits | None) -> Iterator[Finding]:
    """Each rule that no run breaks, as the only one."""
    for key, rule in _each_rule(level.rules):
        if explore(evolve(machine, rules=rule), Outcome.RULE_BROKEN, limits).verdict is Verdict.UNREACHABLE:
            yield in_level(level, "no run breaks this rule", "drop it, or make it stricter", f"rules.{key}")


def _each_rule(rules: Rules) -> Iterator[tuple[str, Rules]]:
    if rules.preemptions is not None:
        yield "preemptions", Rules(preemptions=rules.preemptions)
    for index, letter in enumerate(rules.never_waits):
        yield f"never_waits[{index}]", Rules(never_waits=(letter,))
    for index, place in enumerate(rules.never_enters):
        yield f"never_enters[{index}]", Rules(never_enters=(place,))


def _notes(level: Level) -> Iterator[Finding]:
    for index, number in enumerate(level.notes):
        try:
            section(number)
        except ValueError as problem:
            message, _, advice = str(problem).partition("; ")
            yield in_level(level, message, advice, f"notes[{index}]")


def _bounded(level: Level, proof: Proof) -> Finding:
    """That a search was stopped, and what was known by then."""
    advice = "allow more with --max-states, --max-memory or --max-seconds, or make the level smaller"
    if proof.verdict is Verdict.REACHABLE:
        what = f"the goal {level.goal.outcome.words} can be reached, but not all is known of it"
        return in_level(level, f"{what}: {proof.bound}", advice, kind=Kind.WARNING)
    return in_level(level, f"it is undecided whether the goal can be reached: {proof.bound}", advice)


def _safe(level: Level, machine: Machine, proof: Proof, limits: Limits | None) -> Iterator[Finding]:
    if proof.verdict is not Verdict.REACHABLE:
        yield from _reasons(level, proof)
        return
    schedule = schedule_line(machine, settle(machine, limits).counterexample or ())
    yield in_level(
        level,
        f"it is to be proved safe, but {schedule} reaches {level.goal.outcome.words}",
        "make it safe, or drop `safe`",
        "goal",
    )


def _reasons(level: Level, proof: Proof) -> Iterator[Finding]:
    """That nobody can win a level that is safe, as nothing can be named, or that this is not known."""
    more = "allow more with --max-states, --max-memory or --max-seconds, or make the level smaller"
    if proof.reasons is None and proof.undecided:
        yield in_level(level, f"it is undecided because of which statements it is safe: {proof.undecided[0]}", more)
    elif proof.reasons == () and proof.undecided:
        said = "; ".join(proof.undecided)
        yield in_level(level, f"it is undecided whether any statement alone is the reason: {said}", more)
    elif proof.reasons == () and not level.variant_of:
        advice = "give it another setting, or make it a variant with `variant_of`"
        said = "it is safe, and no statement alone is the reason: nobody could win it"
        yield in_level(level, said, advice, "goal")


def _broken(level: Level, machine: Machine, proof: Proof) -> Iterator[Finding]:
    if proof.verdict is Verdict.UNREACHABLE:
        advice = "ask for another outcome, or for a proof with safe = true"
        yield in_level(level, f"the goal {level.goal.outcome.words} is unreachable", advice, "goal")
    yield from _refused(level, machine, proof)
    if len(machine.threads) > 1 and not _is_plain(level.goal):
        yield from _serial(level, machine)


def _refused(level: Level, machine: Machine, proof: Proof) -> Iterator[Finding]:
    """What the independent replayer has against the schedules of a proof."""
    for par in proof.par:
        moves = move_numbers(machine, par.schedule)
        wrong = objection(machine, level.goal.outcome, moves, par.preemptions)
        if wrong or len(moves) != par.steps:
            yield _no_witness(level, par.schedule, wrong or f"it has {len(moves)} steps, not {par.steps}")
    for schedule in (proof.recipe, proof.recipe2):
        if schedule and (wrong := objection(machine, level.goal.outcome, move_numbers(machine, schedule))):
            yield _no_witness(level, schedule, wrong)


def _no_witness(level: Level, schedule: str, wrong: str) -> Finding:
    return in_level(level, f"{schedule} is no witness: {wrong}", "the explorer is wrong; please report it")


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


def _faults(level: Level, machine: Machine, proof: Proof, limits: Limits | None) -> Iterator[Finding]:
    """The fault at the end of a shortest schedule, at its place in the kernel file."""
    search = explore(machine, Outcome.FAULT, limits)
    if search.witness is None:
        if search.bound and not proof.bound:
            yield in_level(level, f"it is undecided whether the model faults: {search.bound}")
        return
    fault = fault_after(machine, search.witness)
    what = "and so it is undecided whether the goal can be reached"
    message = fault_text(machine, fault) + (f", {what}" if proof.verdict is Verdict.UNDECIDED else "")
    if (key := _EXPRESSIONS.get(fault.span.file)) or not fault.span.line:
        yield in_level(level, message, "correct it", key or "kernel")
        return
    file = level.source.file(fault.span.file)
    yield Finding(level.id, file, message, "correct it", line=fault.span.line, column=fault.span.column)
