# SPDX-License-Identifier: GPL-2.0-or-later
"""Schedules that a player was shown, and which runs they are found in again.

A run is a shown one if it passes through a state that a shown schedule passes through after its first preemption, or if
swapping neighbouring moves that commute turns one into the other. In a schedule without a preemption the first step of
another thread while stores of the last one wait in its buffer counts as one. The state in which a run has ended is not
passed through: most wins of a level end in the same one. What a player had reached by himself before a schedule was
shown stays his.

A shown schedule is kept as a line of text: its moves in replay notation, variations included. In one that was shown in
the middle of a game, each `|` divides steps whose states the player had reached already from steps that were new to
him, beginning with the former.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from attrs import frozen

from puzzles.notation import Line, Move, Replay, Variation, format_line, read_replay
from puzzles.replays.play import play
from puzzles.schedules import schedule_line
from sim import Machine, State
from sim.debugger import Moment, extend, first_moment, over
from sim.machine.key import state_key
from sim.machine.state import thread_of

MOST_SWAPS: Final = 10_000
"""Swaps of neighbouring moves that are tried; orders that lie further apart count as different ones."""


def shown_line(machine: Machine, moves: Iterable[int], reached: Collection[Hashable] = ()) -> str:
    """A schedule that is shown, as a line; `reached` are the keys of the states that the player has reached before."""
    at = first_moment(machine)
    steps: list[tuple[bool, int]] = []
    for move in moves:
        at = extend(machine, at, move)
        steps.append((state_key(machine.program, at.state) in reached, move))
    turns = [(own, schedule_line(machine, (move for _, move in run))) for own, run in groupby(steps, lambda s: s[0])]
    if not any(own for own, _ in turns):
        return " ".join(text for _, text in turns)
    parts = [*([] if turns[0][0] else [""]), *(text for _, text in turns)]
    return " | ".join(parts if len(parts) > 1 else [*parts, ""]).strip()


def shown_replay(line: Line) -> str:
    """All lines of a replay that is shown, as one line: its moves and variations, without what is said about them."""
    return format_line(_moves_alone(line))


def _moves_alone(line: Line) -> Line:
    items = (item for item in line.items if isinstance(item, Move | Variation))
    return Line(tuple(Variation(_moves_alone(item.line)) if isinstance(item, Variation) else item for item in items))


@frozen(eq=False)
class Shown:
    """What shown schedules lead to on a machine.

    `states` are the keys of the states after their turning points, `ends` the moments in which they end.
    """

    machine: Machine
    states: frozenset[Hashable]
    ends: tuple[Moment, ...]

    def holds(self, run: Moment) -> bool:
        """Whether the run that led to a moment is one that was shown."""
        if self.states and any(state_key(self.machine.program, moment.state) in self.states for moment in run.line()):
            return True
        moves = moves_to(run)
        as_long = (end for end in self.ends if end.steps == run.steps)
        return any(equivalent(self.machine, moves_to(end), moves) for end in as_long)


@lru_cache(maxsize=16)
def shown_on(machine: Machine, lines: tuple[str, ...]) -> Shown:
    """What shown schedules lead to on a machine, each as far as it is possible there.

    Raises ValueError for a line that is none.
    """
    states: set[Hashable] = set()
    ends: list[Moment] = []
    for line in lines:
        replay, own = _read(line)
        for moment in _moments(play(machine, replay).boot):
            if moment.steps in own:
                continue
            if moment.preemptions and not over(machine, moment):
                states.add(state_key(machine.program, moment.state))
            if moment.steps and not moment.children:
                ends.append(moment)
                states.update(_after_overtaking(machine, moment, own))
    return Shown(machine, frozenset(states), tuple(ends))


def _after_overtaking(machine: Machine, end: Moment, own: Collection[int]) -> Iterator[Hashable]:
    """The keys of the states of a schedule without a preemption after a thread first overtook the stores of another."""
    if end.preemptions:
        return
    overtaken = False
    for moment in end.line():
        overtaken = overtaken or _overtakes(machine, moment)
        if overtaken and moment.steps not in own and not over(machine, moment):
            yield state_key(machine.program, moment.state)


def _overtakes(machine: Machine, moment: Moment) -> bool:
    """Whether the step to a moment was taken while stores of the thread that went before it waited in its buffer."""
    before = moment.parent
    if before is None or before.turn in (None, moment.turn):
        return False
    drains = (move for move in machine.moves if move < 0 and thread_of(move) == before.turn)
    return any(machine.enabled(before.state, drain) for drain in drains)


def is_shown_line(text: str) -> bool:
    """Whether a text is a schedule as `shown_line` and `shown_replay` write it."""
    try:
        _read(text)
    except ValueError:
        return False
    return True


def _read(text: str) -> tuple[Replay, frozenset[int]]:
    """The moves of a shown line, and the steps whose states are the player's own."""
    parts = [read_replay(f'[Format "1"]\n{part}'.encode()) for part in text.split("|")]
    own: set[int] = set()
    begun = 0
    for number, part in enumerate(parts):
        end = begun + part.line.steps
        own.update(range(begun + 1, end + 1) if len(parts) > 1 and number % 2 == 0 else ())
        begun = end
    return Replay((), Line(tuple(item for part in parts for item in part.line.items))), frozenset(own)


def _moments(boot: Moment) -> Iterator[Moment]:
    """A moment and all that follow it on every branch."""
    left = [boot]
    while left:
        moment = left.pop()
        left += moment.children
        yield moment


def reached_keys(machine: Machine, boot: Moment) -> frozenset[Hashable]:
    """The keys of the states on all branches that begin at a moment."""
    return frozenset(state_key(machine.program, moment.state) for moment in _moments(boot))


def moves_to(moment: Moment) -> tuple[int, ...]:
    """The moves that led to a moment."""
    return tuple(earlier.move for earlier in moment.line() if earlier.move is not None)


def equivalent(machine: Machine, schedule: Sequence[int], other: Sequence[int]) -> bool:
    """Whether swapping neighbouring moves that commute turns one schedule into the other.

    Two moves commute where both orders are possible and lead to the same state. Each move of `schedule` is looked for
    in `other` and brought forward to its place, swap by swap.
    """
    if sorted(schedule) != sorted(other):
        return False
    line = list(other)
    states = [machine.boot()]
    room = MOST_SWAPS
    for place, move in enumerate(schedule):
        brought_from = line.index(move, place)
        room -= brought_from - place
        for at in range(len(states) - 1, brought_from + 1):
            states.append(machine.step(states[at], line[at]).state)
        for at in range(brought_from - 1, place - 1, -1):
            if room < 0 or not _swap(machine, line, states, at):
                return False
    return True


def _swap(machine: Machine, line: list[int], states: list[State], at: int) -> bool:
    """Exchange two neighbouring moves, if they commute; whether they do."""
    first, second = line[at : at + 2]
    if not machine.enabled(states[at], second):
        return False
    between = machine.step(states[at], second).state
    if not machine.enabled(between, first):
        return False
    after = machine.step(between, first).state
    if state_key(machine.program, after) != state_key(machine.program, states[at + 2]):
        return False
    line[at], line[at + 1] = second, first
    states[at + 1] = between
    return True
