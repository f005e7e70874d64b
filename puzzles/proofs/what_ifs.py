# SPDX-License-Identifier: GPL-2.0-or-later
"""The questions that a level asks once it is settled: their answers, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from puzzles.judging.claims import Answer, Settled, settle
from puzzles.levels import Level, LevelError, Question, build_machine, changed, level_hash
from puzzles.levels.what_if import plays_alike
from puzzles.limits.bounds import WHAT_IF
from puzzles.proofs.finding import Finding, Kind, in_level
from puzzles.proofs.proof import WhatIfProof
from sim import Machine
from sim.explore import Limits, Verdict

_VERDICTS = {
    Answer.RIGHT: Verdict.UNREACHABLE,
    Answer.WRONG: Verdict.REACHABLE,
    Answer.UNDECIDED: Verdict.UNDECIDED,
}


def settle_what_ifs(level: Level, limits: Limits | None = None) -> tuple[tuple[WhatIfProof, ...], tuple[Finding, ...]]:
    """The answers to a level's questions, and what is wrong with these: then there is no answer of that one.

    Each is searched as far as in the game, where the player waits for it.
    """
    proofs: list[WhatIfProof] = []
    findings: list[Finding] = []
    for index, question in enumerate(level.what_ifs):
        key = f"what_if[{index}]"
        try:
            proof = _settled(level, question, limits)
            proofs.append(proof)
            findings += _wrong(level, question, proof, key, limits)
        except LevelError as error:
            findings += (_unbuildable(level, key, problem.message) for problem in error.problems)
    return tuple(proofs), tuple(findings)


def what_if_machine(level: Level, question: Question) -> Machine:
    """The machine of a level after the change of a question. Raises LevelError."""
    return build_machine(changed(level, question))


def _settled(level: Level, question: Question, limits: Limits | None) -> WhatIfProof:
    other = changed(level, question)
    bounds = limits or Limits()
    settled: Settled = settle(build_machine(other), evolve(bounds, states=min(bounds.states, WHAT_IF.states)))
    return WhatIfProof(level_hash(other), _VERDICTS[settled.answer], settled.states, settled.bound)


def _wrong(level: Level, question: Question, proof: WhatIfProof, key: str, limits: Limits | None) -> Iterator[Finding]:
    if plays_alike(build_machine(level), what_if_machine(level, question)):
        yield in_level(level, "its change is none: the level plays as before", "change something else", key)
    if proof.bound:
        yield _undecided(level, proof.bound, key, limits)


def _undecided(level: Level, bound: str, key: str, limits: Limits | None) -> Finding:
    """No fault of the question where the search was not allowed to go as far as in the game."""
    message = f"its answer is undecided: {bound}"
    if limits is not None and limits.states < WHAT_IF.states:
        advice = "allow more with --max-states, --max-memory or --max-seconds"
        return in_level(level, message, advice, key, Kind.WARNING)
    return in_level(
        level, message, f"a player waits for the answer: make it one of at most {WHAT_IF.states:,} states", key
    )


def _unbuildable(level: Level, key: str, message: str) -> Finding:
    what, _, advice = message.partition("; ")
    return in_level(level, f"after its change: {what}", advice, key)
