# SPDX-License-Identifier: GPL-2.0-or-later
"""A schedule on another kernel: each run of one thread goes on to the same landmark there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from itertools import groupby, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from puzzles.judging.judge import Judgement, judge
from puzzles.limits.bounds import TRANSFER
from puzzles.limits.guard import limits as default_limits
from puzzles.replays.renamed import name_among
from sim import Machine
from sim.debugger import Moment, backtrace, extend, first_moment, letters, name_of, obstacle, word_text
from sim.debugger.naming import names
from sim.debugger.sentences import in_function
from sim.debugger.session import SKIPPED
from sim.explore import Halted, Limits, Progress
from sim.machine.events import Accessed, Drained
from sim.operations.kinds import OperationKind
from sim.ordinal import ordinal


@frozen
class PortableOperation:
    """What a move did, in words that another kernel may share: thread, function, kind, and the word's name.

    `kind` is None for a drain. The function is the innermost one outside of the headers that the debugger does not
    show either. A call of the OOM killer counts wherever it stands.
    """

    thread: str
    function: str
    kind: OperationKind | None
    name: str

    def __str__(self) -> str:
        """Give the operation as `write task.mems_allowed in cpuset_change_task_nodemask`."""
        return f"drain {self.name}" if self.kind is None else in_function(self.kind, self.name, self.function)


@frozen
class Landmark:
    """Where a run of one thread ends: at an operation of it, which it has then done `times` times since boot.

    `steps` is the length of that run.
    """

    operation: PortableOperation
    times: int
    steps: int

    def __str__(self) -> str:
        """Give the landmark as `read task.mems_allowed in policy_nodemask for the 2nd time`."""
        return f"{self.operation} for the {ordinal(self.times)} time" if self.times > 1 else str(self.operation)


class Death(Enum):
    """Why a thread does not come to a landmark."""

    NO_THREAD = "there is no such thread"
    STUCK = "it cannot move, has finished, or the run is over"
    CIRCLE = "it goes round in circles"
    LIMIT = "it was not followed further"


@frozen
class ChangedRead:
    """A read that did not go as where the schedule was played: the moment after it, and the value that it saw there.

    "" where the thread did no such read there at all.
    """

    moment: Moment
    value: str = ""


_Key: TypeAlias = tuple[PortableOperation, str]
"""A read, and the innermost function of the kernel file itself that it is for."""


@frozen
class _Read:
    """A read of a run: the moment after it, what it is, how often its thread has done that by then, and the value."""

    moment: Moment
    key: _Key
    number: int
    value: str


@frozen
class Transferred:
    """What became of a schedule on another machine.

    `last` is where it led. `died` is the landmark that could not be reached, `run` the number of the run of one thread
    that ends there, from 1, and `death` says why; None, 0 and None where all of them were reached. `claimed` is how the
    schedule ended where it was played, `judgement` how it ends here. `changed` is where the last
    thread that moved began to do something else, None where that is not known.
    """

    last: Moment
    claimed: Judgement
    judgement: Judgement
    run: int = 0
    died: Landmark | None = None
    death: Death | None = None
    changed: ChangedRead | None = None

    @property
    def lives(self) -> bool:
        """Whether the schedule does here what it did there."""
        return self.died is None and self.judgement.outcome is self.claimed.outcome


def landmarks(machine: Machine, moment: Moment) -> tuple[Landmark, ...]:
    """The landmarks of the runs of one thread that led to a moment, in order."""
    done: Counter[PortableOperation] = Counter()
    passed: list[Landmark] = []
    for _, run in groupby(pairwise(moment.line()), key=lambda pair: pair[1].move):
        operations = [operation_of(machine, before, after) for before, after in run]
        done.update(operations)
        passed.append(Landmark(operations[-1], done[operations[-1]], len(operations)))
    return tuple(passed)


def operation_of(machine: Machine, before: Moment, after: Moment) -> PortableOperation:
    """What the move from one moment to the next did."""
    for event in after.events:
        if isinstance(event, Drained):
            return PortableOperation(_letter(machine, event.thread), "", None, name_of(machine.program, event.address))
        if isinstance(event, Accessed):
            views = backtrace(machine, before.state, event.thread)
            shown = [view.function for view in views if view.span.file not in SKIPPED]
            name = name_of(machine.program, event.address) if event.old is not None else ""
            function = "" if event.kind is OperationKind.OUT_OF_MEMORY else (shown or [event.function])[-1]
            return PortableOperation(_letter(machine, event.thread), function, event.kind, name)
    raise ValueError("a move without an operation")


def _letter(machine: Machine, thread: int) -> str:
    return machine.threads[thread].letter


def transfer(played_on: Machine, moment: Moment, machine: Machine, limits: Limits | None = None) -> Transferred:
    """Follow the run that led to a moment of one machine on another one, from landmark to landmark.

    A thread that does not come to its landmark within as many steps as `limits` have states is taken to never come
    there. Raises Halted where they end it earlier; CompileError as Machine.boot.
    """
    limits = limits or default_limits(TRANSFER)
    claimed = judge(played_on, moment)
    words = {name.text for name in names(machine.program).values()}
    done: Counter[PortableOperation] = Counter()
    before = now = first_moment(machine)
    ended = Transferred(now, claimed, judge(machine, now))
    for run, played in enumerate(landmarks(played_on, moment), 1):
        landmark = evolve(played, operation=_renamed(played.operation, words))
        before, (now, death) = now, _towards(machine, now, landmark, done, limits)
        ended = Transferred(now, claimed, judge(machine, now))
        if death is not None:
            ended = evolve(ended, run=run, died=landmark, death=death)
            break
    if ended.lives:
        return ended
    return evolve(ended, changed=_changed(machine, before, now, _played(played_on, moment, words)))


def _renamed(operation: PortableOperation, words: Collection[str]) -> PortableOperation:
    """An operation on a word as that is called on a machine with these."""
    return evolve(operation, name=name_among(operation.name, words))


def _towards(
    machine: Machine, now: Moment, landmark: Landmark, done: Counter[PortableOperation], limits: Limits
) -> tuple[Moment, Death | None]:
    """How far the way to a landmark leads, and why it ends short of it (None where it does not)."""
    threads = letters(machine)
    asked = landmark.operation
    if asked.thread not in threads:
        return now, Death.NO_THREAD
    thread = threads.index(asked.thread)
    move = ~thread if asked.kind is None else thread
    begun = done[asked]
    for _ in range(limits.states):
        if why := limits.watch(Progress(now.steps, 0, 0)):
            raise Halted(why)
        if done[asked] >= landmark.times:
            return now, None
        # What was not done on the way to the circle, nor on it, will never be.
        if now.circle is not None and now.move == move and done[asked] == begun:
            return now, Death.CIRCLE
        if obstacle(machine, now, move):
            return now, Death.STUCK
        before, now = now, extend(machine, now, move)
        done[operation_of(machine, before, now)] += 1
    return now, Death.LIMIT


def _changed(machine: Machine, before: Moment, last: Moment, played: Mapping[_Key, list[str]]) -> ChangedRead | None:
    """The first read between two moments that saw another value than there; else the first that was not done there."""
    reads = [read for read in _reads(machine, last) if read.moment.steps > before.steps]
    for read in reads:
        values = played.get(read.key, [])
        if read.number <= len(values) and values[read.number - 1] != read.value:
            return ChangedRead(read.moment, values[read.number - 1])
    new = (read.moment for read in reads if before.parent is not None and read.key not in played)
    return next(map(ChangedRead, new), None)


def _played(machine: Machine, moment: Moment, words: Collection[str]) -> Mapping[_Key, list[str]]:
    """What the reads of a run saw, in order; `words` are those of the machine on which it is followed."""
    values: dict[_Key, list[str]] = {}
    for read in _reads(machine, moment):
        operation, function = read.key
        values.setdefault((_renamed(operation, words), function), []).append(read.value)
    return values


def _reads(machine: Machine, moment: Moment) -> Iterator[_Read]:
    """The reads of a run."""
    numbers: Counter[_Key] = Counter()
    for before, after in pairwise(moment.line()):
        for event in after.events:
            if isinstance(event, Accessed) and event.kind is OperationKind.READ and event.old is not None:
                views = backtrace(machine, before.state, event.thread)
                own = [view.function for view in views if view.span.file == machine.program.name]
                key = operation_of(machine, before, after), (own or [""])[-1]
                numbers[key] += 1
                value = word_text(machine.program, event.address, event.old, letters(machine))
                yield _Read(after, key, numbers[key], value)
