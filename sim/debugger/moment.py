# SPDX-License-Identifier: GPL-2.0-or-later
"""Moments: the states of a run and of the branches beside it, as a tree."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from attrs import define, field

from sim.machine.events import Event
from sim.machine.key import state_key
from sim.machine.machine import Machine
from sim.machine.state import Outcome, State


@define(eq=False)
class Moment:
    """A state that was reached, and how.

    `thread` is the index of the thread whose step led here (None at boot), `steps` and `preemptions` count from boot.
    `circle` is LIVELOCK or SPIN where that thread came back to a state of this run by its own steps alone. `children`
    are the moments that follow, in the order in which they were played; `chosen` the one that forward leads to.
    """

    state: State = field(repr=False)
    parent: Moment | None = field(default=None, repr=False)
    thread: int | None = None
    events: tuple[Event, ...] = ()
    steps: int = 0
    preemptions: int = 0
    circle: Outcome | None = None
    children: list[Moment] = field(factory=list, repr=False)
    chosen: Moment | None = field(default=None, repr=False)
    _stretch: dict[Hashable, int] = field(factory=dict, repr=False)

    @property
    def outcome(self) -> Outcome:
        """How the run ended; OPEN while it goes on."""
        return self.state.outcome

    def line(self) -> Iterator[Moment]:
        """The moments from boot to this one."""
        found = [self]
        while found[-1].parent is not None:
            found.append(found[-1].parent)
        return reversed(found)

    def future(self) -> Iterator[Moment]:
        """The moments after this one, along the chosen branches."""
        after = self.chosen
        while after is not None:
            yield after
            after = after.chosen


def first_moment(machine: Machine) -> Moment:
    """The moment of boot. Raises CompileError as Machine.boot."""
    return Moment(machine.boot())


def extend(machine: Machine, moment: Moment, thread: int) -> Moment:
    """The moment after a step of a thread that is enabled: a known child, or a new branch."""
    for child in moment.children:
        if child.thread == thread:
            moment.chosen = child
            return child
    step = machine.step(moment.state, thread)
    preempts = moment.thread not in (None, thread) and machine.enabled(moment.state, moment.thread or 0)
    stretch = _stretch(machine, moment, thread)
    key = state_key(machine.program, step.state)
    circle = _circle(machine, step.state, thread) if key in stretch else None
    stretch.setdefault(key, moment.steps + 1)
    child = Moment(
        step.state,
        moment,
        thread,
        step.events,
        moment.steps + 1,
        moment.preemptions + preempts,
        circle,
        stretch=stretch,
    )
    moment.children.append(child)
    moment.chosen = child
    return child


def _stretch(machine: Machine, moment: Moment, thread: int) -> dict[Hashable, int]:
    """The keys of the states since this thread began to move alone; shared along an unbranched stretch."""
    if moment.thread == thread and not moment.children:
        return moment._stretch  # noqa: SLF001
    found: dict[Hashable, int] = {}
    at: Moment | None = moment
    while at is not None:
        found[state_key(machine.program, at.state)] = at.steps
        at = at.parent if at.thread == thread else None
    return found


def _circle(machine: Machine, state: State, thread: int) -> Outcome:
    others = (i for i in range(len(machine.threads)) if i != thread)
    return Outcome.SPIN if any(machine.enabled(state, other) for other in others) else Outcome.LIVELOCK


def won(machine: Machine, moment: Moment) -> bool:
    """Whether the goal is reached at this moment; a livelock is also a spin."""
    goal = machine.goal
    if goal is None:
        return False
    if goal.outcome in (Outcome.LIVELOCK, Outcome.SPIN):
        circles = (goal.outcome, Outcome.LIVELOCK)
        return moment.circle in circles and machine.condition_holds(moment.state)
    return machine.won(moment.state)


def over(machine: Machine, moment: Moment) -> bool:
    """Whether the run has ended at this moment."""
    return moment.outcome is not Outcome.OPEN or won(machine, moment)
