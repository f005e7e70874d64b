# SPDX-License-Identifier: GPL-2.0-or-later
"""Moments: the states of a run and of the branches beside it, as a tree."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from attrs import field

from sim.classes import define
from sim.debugger.pending import why_not
from sim.machine.events import Event
from sim.machine.key import state_key
from sim.machine.machine import Machine
from sim.machine.state import CIRCLES, Outcome, State, thread_of


@define(eq=False)
class Moment:
    """A state that was reached, and how.

    `move` is the one that led here (None at boot), `turn` the thread that took the last step: a drain changes it not,
    nor is it ever a preemption. `steps` (drains among them) and `preemptions` count from boot.
    `circle` is LIVELOCK or SPIN where that thread came back to a state of this run by its own steps alone. `children`
    are the moments that follow, in the order in which they were played; `chosen` the one that forward leads to.
    `stretch` maps the keys of the states since this move began to be the only one to the last moment of each; `same`
    is the one of this moment's state before, where there was one.
    """

    state: State = field(repr=False)
    parent: Moment | None = field(default=None, repr=False)
    move: int | None = None
    turn: int | None = None
    events: tuple[Event, ...] = ()
    steps: int = 0
    preemptions: int = 0
    circle: Outcome | None = None
    children: list[Moment] = field(factory=list, repr=False)
    chosen: Moment | None = field(default=None, repr=False)
    stretch: dict[Hashable, Moment] = field(factory=dict, repr=False)
    same: Moment | None = field(default=None, repr=False)

    @property
    def thread(self) -> int | None:
        """The thread that took the step which led here, or whose buffer was drained; None at boot."""
        return None if self.move is None else thread_of(self.move)

    @property
    def outcome(self) -> Outcome:
        """How the run ended; OPEN while it goes on."""
        return self.state.outcome

    def line(self) -> Iterator[Moment]:
        """The moments from boot to this one."""
        moments = [self]
        while moments[-1].parent is not None:
            moments.append(moments[-1].parent)
        return reversed(moments)

    def future(self) -> Iterator[Moment]:
        """The moments after this one, along the chosen branches."""
        after = self.chosen
        while after is not None:
            yield after
            after = after.chosen


def first_moment(machine: Machine) -> Moment:
    """The moment of boot. Raises CompileError as Machine.boot."""
    return Moment(machine.boot())


def extend(machine: Machine, moment: Moment, move: int) -> Moment:
    """The moment after a move that is enabled: a known child, or a new branch."""
    for child in moment.children:
        if child.move == move:
            moment.chosen = child
            return child
    child = _once_more(moment, move) or _new(machine, moment, move)
    moment.children.append(child)
    moment.chosen = child
    return child


def _once_more(moment: Moment, move: int) -> Moment | None:
    """The moment after a move on a circle that was gone round before: nothing is new in it. None elsewhere."""
    before = moment.same
    if before is None or moment.circle is None or moment.move != move or moment.children:
        return None
    child = next((child for child in before.children if child.move == move), None)
    # Words that cannot be read again are shown too, and may differ from turn to turn.
    if child is None or before.state != moment.state:
        return None
    return Moment(
        child.state, moment, move, moment.turn, child.events, moment.steps + 1, moment.preemptions, moment.circle,
        stretch=moment.stretch, same=child,
    )  # fmt: skip


def _new(machine: Machine, moment: Moment, move: int) -> Moment:
    step = machine.step(moment.state, move)
    turn = move if move >= 0 else moment.turn
    preempts = moment.turn not in (None, turn) and machine.enabled(moment.state, moment.turn or 0)
    stretch = _stretch(machine, moment, move)
    steps, preemptions = moment.steps + 1, moment.preemptions + preempts
    child = Moment(step.state, moment, move, turn, step.events, steps, preemptions, stretch=stretch)
    key = state_key(machine.program, step.state)
    same, stretch[key] = stretch.get(key), child
    if same is not None and same.steps < steps:  # else it was tried here, and taken back
        child.same = same
        child.circle = _circle(machine, moment, move, same.steps) if move >= 0 else None
    return child


def _stretch(machine: Machine, moment: Moment, move: int) -> dict[Hashable, Moment]:
    """The keys of the states since this move began to be the only one; shared along an unbranched stretch."""
    if moment.move == move and not moment.children:
        return moment.stretch
    stretch: dict[Hashable, Moment] = {}
    at: Moment | None = moment
    while at is not None:
        stretch.setdefault(state_key(machine.program, at.state), at)
        at = at.parent if at.move == move else None
    return stretch


def _circle(machine: Machine, moment: Moment, thread: int, begun: int) -> Outcome:
    """The circle that a thread closes after a moment: a livelock if nobody else could move since step `begun`."""
    others = [move for move in machine.moves if move != thread]
    at: Moment | None = moment
    while at is not None and at.steps >= begun:
        if any(machine.enabled(at.state, other) for other in others):
            return Outcome.SPIN
        at = at.parent
    return Outcome.LIVELOCK


def reached(machine: Machine, moment: Moment) -> bool:
    """Whether the outcome and condition of the goal have come about at this moment; a livelock is also a spin."""
    goal = machine.goal
    if goal is None:
        return False
    if goal.outcome in CIRCLES:
        circles = (goal.outcome, Outcome.LIVELOCK)
        return moment.circle in circles and machine.condition_holds(moment.state)
    return machine.at_goal(moment.state)


def over(machine: Machine, moment: Moment) -> bool:
    """Whether the run has ended at this moment."""
    return moment.outcome is not Outcome.OPEN or reached(machine, moment)


def obstacle(machine: Machine, moment: Moment, move: int) -> str:
    """Why a move cannot be made at this moment, in a sentence; "" where it can."""
    ended = "the run is over: the goal is reached" if over(machine, moment) else ""
    return why_not(machine, moment.state, move) or ended
