# SPDX-License-Identifier: GPL-2.0-or-later
"""Verifying a replay: everything is recomputed, and what its headers claim is compared, never trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, assert_never

from puzzles.judging.claims import SAFE, Answer, Settled, settle
from puzzles.judging.judge import Judgement, judge
from puzzles.judging.referee import HELP, says_shown
from puzzles.levels import Level, LevelError, Source, build_machine, level_hash
from puzzles.limits.bounds import CLAIM
from puzzles.limits.guard import limits as limits_from
from puzzles.notation import LEVEL, LEVEL_HASH, PREEMPTIONS, RESULT, STATES, STEPS, Replay
from puzzles.reasons.because import BECAUSE, read_because
from puzzles.reasons.claim import PART_SENTENCE
from puzzles.reasons.trials import Trials
from puzzles.replays.play import Divergence, Played, difference, play
from puzzles.replays.semantics import other_meaning
from puzzles.replays.verdict import Status, Verification, VerifyError
from puzzles.replays.whatif import KERNEL, SET, as_asked, kernel_hash, read_sets
from sim import Machine, Outcome
from sim.explore import Limits
from sim.reasons import Bearing

MAX_NOTES: Final = 20

TriedName: TypeAlias = tuple[str, Bearing | None]
TriedNames: TypeAlias = tuple[TriedName, ...]


def verify(
    replay: Replay,
    level: Level,
    kernel: Source | None = None,
    limits: Limits | None = None,
    settled: Settled | None = None,
    trials: Trials | None = None,
) -> Verification:
    """Play a replay on a level and say how well it fits.

    Exact: every move is possible and every digest fits, and the level is the same or digests vouch for it.
    Compatible: the same outcome by other states. Diverged: a move is not possible, or another outcome is reached by
    other states. A replay whose result is that the level is safe is settled anew, as far as `limits`: such a claim can
    also be refuted, or stay undecided. `settled` is what is known already of that claim about the level as it is. What
    such a claim names as its reasons is tried anew where it is right and the level unchanged; `trials` keeps that for
    the next replay.

    `kernel` is needed for a replay that was played on a changed kernel. Raises VerifyError for a replay of another
    level, without its kernel, or with changes that the level does not have; LevelError for a broken level.
    """
    try:
        level = as_asked(level, replay)
    except ValueError as problem:
        raise VerifyError(str(problem)) from None
    same_level = replay.header(LEVEL_HASH) == level_hash(level)
    _check_level(replay, level, same_level=same_level)
    machine = _machine(replay, level, kernel)
    own = kernel_hash(build_machine(level).program if kernel else machine.program)
    notes = [*_foreign(replay, machine, replay.header(KERNEL) or own, same_level=same_level)]
    same = not notes
    played = play(machine, replay)
    judged = judge(machine, played.last)
    differing = [difference(machine, check) for check in played.checks if not check.fits]
    changed = bool(read_sets(replay.header(SET))) or level.other_goal or kernel_hash(machine.program) != own
    if replay.header(RESULT) != SAFE or played.main is not None:
        settled = None
    elif settled is None or changed:
        settled = settle(machine, limits)
    divergence = played.main or (None if settled else _other_outcome(replay, judged, differing, same=same))
    marks: TriedNames = ()
    missing: int | None = None
    if settled is not None and settled.right and not changed:
        trials = trials or Trials()
        marks = tuple(_marks(replay, level, machine, trials, limits))
        if marks and all(bearing is Bearing.BEARS for _, bearing in marks):
            missing = trials.missing(level, machine, (mark for mark, _ in marks), limits)
    claims = () if divergence else (*_false_claims(replay, judged, settled), *_false_marks(marks))
    notes += claims
    notes += [str(difference) for difference in (*differing, *played.others) if difference != divergence]
    answer = _status(played, divergence, same=same)
    return Verification(
        _unproved(settled) or answer, judged, divergence, tuple(_few(notes)), claims, same_level, changed,
        says_shown(replay.header(HELP)), level.ask, answer, played, settled, marks, missing,
    )  # fmt: skip


def _check_level(replay: Replay, level: Level, *, same_level: bool) -> None:
    named = replay.header(LEVEL)
    if not same_level and named not in (None, level.id):
        raise VerifyError(f"this replay is for the level {named}, not for {level.id}: open it there.")


def _machine(replay: Replay, level: Level, kernel: Source | None) -> Machine:
    sets, played_on = read_sets(replay.header(SET)), replay.header(KERNEL)
    try:
        machine = build_machine(level, kernel, sets)
    except LevelError as error:
        if not sets or kernel is not None:
            raise
        build_machine(level)  # a broken level is not the replay's fault
        raise VerifyError(f"the changes in the header {SET} do not fit the level: {error}") from None
    if kernel is None and played_on and played_on != kernel_hash(machine.program):
        raise VerifyError("this replay was played on another kernel: give that with --kernel.")
    return machine


def _foreign(replay: Replay, machine: Machine, played_on: str, *, same_level: bool) -> Iterator[str]:
    """Why the states need not be those that the replay saw; `played_on` names the kernel that it saw them on."""
    if not same_level:
        names_a_hash = replay.header(LEVEL_HASH) is not None
        yield (
            "the level has changed since"
            if names_a_hash
            else "the replay does not say which version of the level it is for"
        )
    if problem := other_meaning(replay, machine):
        yield problem
    if played_on != kernel_hash(machine.program):
        yield "the kernel is not the one that the replay was played on"


def _other_outcome(
    replay: Replay, judged: Judgement, differing: Sequence[Divergence], *, same: bool
) -> Divergence | None:
    """The divergence of a run that went through to another end than it claims, by other states."""
    claim = replay.header(RESULT)
    in_main = [difference for difference in differing if not difference.variation]
    if claim == judged.outcome.value or (same and not in_main):
        return None
    if in_main:
        return in_main[0]
    if claim is None:
        return None
    return Divergence(judged.score.steps, f"the outcome '{_words(claim)}'", f"it is '{judged.outcome.words}'")


def _words(outcome: str) -> str:
    """An outcome as a player reads it, from its name in a replay; a name that is none stays as it is."""
    return next((candidate.words for candidate in Outcome if candidate.value == outcome), outcome)


def _false_claims(replay: Replay, judged: Judgement, settled: Settled | None) -> Iterator[str]:
    truth = {
        RESULT: judged.outcome.value if settled is None else SAFE,
        STEPS: str(judged.score.steps),
        PREEMPTIONS: str(judged.score.preemptions),
    }
    if settled is not None and settled.right:
        truth[STATES] = str(settled.states)
    for name, true in truth.items():
        claim = replay.header(name)
        if claim is not None and claim != true:
            yield f"the header {name} says {claim!r}, but it is {true}"


def _marks(
    replay: Replay, level: Level, machine: Machine, trials: Trials, limits: Limits | None
) -> Iterator[TriedName]:
    """What a claim names as its reasons, each tried again; as long as `limits` allow."""
    allowed = limits or limits_from(CLAIM)
    for mark in read_because(replay.header(BECAUSE)):
        yield mark, trials.bearing(level, machine, mark, allowed)


def _false_marks(marks: TriedNames) -> Iterator[str]:
    for mark, bearing in marks:
        match bearing:
            case None:
                yield f"the header {BECAUSE} names '{mark}', which is no statement of this kernel that can be marked"
            case Bearing.SAFE:
                yield f"the header {BECAUSE} names '{mark}': still safe without it"
            case Bearing.PART:
                yield f"the header {BECAUSE} names '{mark}': {PART_SENTENCE}"
            case Bearing.UNDECIDED:
                yield f"the header {BECAUSE} names '{mark}': not decided within the bound"
            case Bearing.BEARS:
                pass
            case _:
                assert_never(bearing)


def _unproved(settled: Settled | None) -> Status | None:
    """What is to be said of a claim that is not right."""
    if settled is None or settled.right:
        return None
    return Status.REFUTED if settled.answer is Answer.WRONG else Status.UNDECIDED


def _status(played: Played, divergence: Divergence | None, *, same: bool) -> Status:
    if divergence is not None:
        return Status.DIVERGED
    checks = [check.fits for check in played.checks if not check.variation]
    return Status.EXACT if all(checks) and (same or checks) else Status.COMPATIBLE


def _few(notes: list[str]) -> Iterator[str]:
    yield from notes[:MAX_NOTES]
    if len(notes) > MAX_NOTES:
        yield f"and {len(notes) - MAX_NOTES} more of this kind"
