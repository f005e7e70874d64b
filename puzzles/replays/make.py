# SPDX-License-Identifier: GPL-2.0-or-later
"""From a run to its replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from puzzles.judging.claims import SAFE, Settled
from puzzles.judging.judge import judge
from puzzles.levels import Level, level_hash
from puzzles.notation import (
    LEVEL,
    LEVEL_HASH,
    PREEMPTIONS,
    RESULT,
    SEMANTICS,
    STATES,
    STEPS,
    Digest,
    Line,
    LineItem,
    Replay,
)
from puzzles.reasons.because import BECAUSE, format_because
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.replays.whatif import GOAL, KERNEL, SET, format_sets, kernel_hash
from puzzles.schedules import notated
from sim import Machine
from sim.debugger import Moment
from sim.machine.digest import digest
from sim.reasons import Statement

STEPS_BETWEEN_DIGESTS: Final = 8


def make_replay(
    level: Level, machine: Machine, moment: Moment, sets: Sequence[str] = (), *, other_kernel: bool = False
) -> Replay:
    """The replay of the run that led to a moment, headers and digests included.

    `machine` is the one that it was played on; `sets` and `other_kernel` say what was changed in it. A digest stands
    at the end, and wherever the thread changes with at least STEPS_BETWEEN_DIGESTS steps since the last one. Raises
    ValueError for a run that no replay can hold.
    """
    headers = stated_headers(level, machine, moment, sets, other_kernel=other_kernel)
    return Replay(headers, Line(tuple(_items(machine, moment))))


def make_claim(level: Level, settled: Settled, marks: Iterable[Statement] = ()) -> Replay:
    """The replay of a claim that turned out right: no moves, only what was claimed and how many states were tried.

    `marks` are the statements because of which. Raises ValueError for a claim that is wrong or undecided, and for more
    marks than a replay can hold.
    """
    if not settled.right:
        raise ValueError(f"the claim that {level.id} is safe is {settled.answer.value}: there is nothing to keep.")
    because = format_because(marks)
    reason = ((BECAUSE, because),) if because else ()
    return Replay((*_named(level), (RESULT, SAFE), (STATES, str(settled.states)), *reason))


def _named(level: Level) -> tuple[tuple[str, str], ...]:
    return (LEVEL, level.id), (LEVEL_HASH, level_hash(level)), (SEMANTICS, SEMANTICS_VERSION)


def stated_headers(
    level: Level, machine: Machine, moment: Moment, sets: Sequence[str] = (), *, other_kernel: bool = False
) -> tuple[tuple[str, str], ...]:
    """The headers, but for Format, of the run that led to a moment; arguments as for `make_replay`."""
    judged = judge(machine, moment)
    headers = [
        *_named(level),
        (RESULT, judged.outcome.value),
        (STEPS, str(judged.score.steps)),
        (PREEMPTIONS, str(judged.score.preemptions)),
    ]
    if sets:
        headers.append((SET, format_sets(sets)))
    if level.other_goal:
        headers.append((GOAL, level.goal.outcome.value))
    if other_kernel:
        headers.append((KERNEL, kernel_hash(machine.program)))
    return tuple(headers)


def _items(machine: Machine, moment: Moment) -> Iterator[LineItem]:
    digested = 0
    for before, now in pairwise(moment.line()):
        if before.turn not in (None, now.turn) and before.steps - digested >= STEPS_BETWEEN_DIGESTS:
            yield Digest(digest(machine, before.state))
            digested = before.steps
        assert now.move is not None
        yield notated(machine, now.move)
    if moment.steps:
        yield Digest(digest(machine, moment.state))
