# SPDX-License-Identifier: GPL-2.0-or-later
"""Playing the moves of a replay on a machine, variations included, as a tree of moments."""

from __future__ import annotations

from itertools import pairwise

from attrs import define, field, frozen

from puzzles.notation import Comment, Digest, Line, Move, Replay, Variation
from puzzles.schedules import numbered
from sim import Machine
from sim.debugger import Moment, extend, first_moment, letters, obstacle, pending
from sim.machine.digest import digest


@frozen
class Divergence:
    """A place where a run is not what its replay says.

    `step` counts from boot: the step that cannot be made, or the one after which the state differs. `expected` is
    what the replay asks for, `actual` what is there instead. `variation` says that it is not in the main line.
    """

    step: int
    expected: str
    actual: str
    variation: bool = False

    def __str__(self) -> str:
        """Give the place as `at step 9: expected a step of A, but A waits for mm.mmap_sem: held by R`."""
        where = " of a variation" if self.variation else ""
        return f"at step {self.step}{where}: expected {self.expected}, but {self.actual}"


@frozen(eq=False)
class Check:
    """A digest of the file beside the one of the moment where it stands."""

    moment: Moment
    claim: str
    actual: str
    variation: bool

    @property
    def fits(self) -> bool:
        """Whether the file saw this state."""
        return self.claim == self.actual


@define(eq=False)
class Played:
    """What came of a replay's moves: the moment at boot, the last one of the main line, and what belongs to which.

    `comments` and `checks` are in the order of the file. `main` is the divergence of the main line, `others` those of
    variations: a line ends at the first move that cannot be made.
    """

    machine: Machine
    boot: Moment
    last: Moment
    comments: list[tuple[Moment, str]] = field(factory=list)
    checks: list[Check] = field(factory=list)
    main: Divergence | None = None
    others: list[Divergence] = field(factory=list)


def play(machine: Machine, replay: Replay) -> Played:
    """Play a replay from boot as far as its moves are possible. Raises CompileError as Machine.boot."""
    boot = first_moment(machine)
    played = Played(machine, boot, boot)
    played.last = _play_line(played, replay.line, boot, variation=False)
    for parent, child in pairwise(played.last.line()):
        parent.chosen = child
    return played


def _play_line(played: Played, line: Line, start: Moment, *, variation: bool) -> Moment:
    """Play one line from a moment; the moment where it ends."""
    now = branch = start
    for item in line.items:
        if isinstance(item, Variation):
            _play_line(played, item.line, branch, variation=True)
        elif isinstance(item, Comment):
            played.comments.append((now, item.text))
        elif isinstance(item, Digest):
            played.checks.append(Check(now, item.digits, digest(played.machine, now.state), variation))
        else:
            branch = now
            now, problem = _play_move(played.machine, now, item)
            if problem:
                _report(played, Divergence(now.steps + 1, _expected(item), problem, variation))
                break
    return now


def _play_move(machine: Machine, now: Moment, move: Move) -> tuple[Moment, str]:
    """Make the steps of a move: the moment after the last that was possible, and why the next one was not."""
    number = numbered(machine, move)
    if number is None:
        return now, f"there is no thread {move.thread}, only {', '.join(letters(machine))}"
    for _ in range(move.count):
        if reason := obstacle(machine, now, number):
            return now, reason + _next(machine, now, number)
        now = extend(machine, now, number)
    return now, ""


def _expected(move: Move) -> str:
    return f"a drain of {move.thread}'s store buffer" if move.drain else f"a step of {move.thread}"


def _next(machine: Machine, now: Moment, move: int) -> str:
    operation = pending(machine, now.state, move) if move >= 0 else None
    return f" (its next operation: {operation.sentence})" if operation else ""


def _report(played: Played, divergence: Divergence) -> None:
    if divergence.variation:
        played.others.append(divergence)
    else:
        played.main = divergence


def difference(machine: Machine, check: Check) -> Divergence:
    """Say what differs where a digest does not fit."""
    actual = f"#{check.actual} is reached{_last_operation(machine, check.moment)}"
    return Divergence(check.moment.steps, f"the state #{check.claim}", actual, check.variation)


def _last_operation(machine: Machine, now: Moment) -> str:
    if now.parent is None or now.thread is None:
        return " at boot"
    if now.move is not None and now.move < 0:
        return f" after a drain of {machine.threads[now.thread].letter}'s store buffer"
    operation = pending(machine, now.parent.state, now.thread)
    assert operation is not None
    return f" after {machine.threads[now.thread].letter}: {operation.sentence}"
