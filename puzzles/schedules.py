# SPDX-License-Identifier: GPL-2.0-or-later
"""Between the moves of a machine, which are numbers, and those of the notation, which are letters."""

from __future__ import annotations

from collections.abc import Iterable

from puzzles.notation import Move, expand, format_schedule, parse_schedule
from sim import Machine
from sim.machine.letters import letters
from sim.machine.state import thread_of


def notated(machine: Machine, move: int) -> Move:
    """A move of a machine as it is written: `A1` for a step, `~A` for a drain."""
    return Move(machine.threads[thread_of(move)].letter, 1, move < 0)


def schedule_line(machine: Machine, moves: Iterable[int]) -> str:
    """Moves of a machine in one line: `A8 R14 ~A A3`."""
    return format_schedule(notated(machine, move) for move in moves)


def numbered(machine: Machine, move: Move) -> int | None:
    """The machine's number of a written move; None where it has no such thread."""
    for index, thread in enumerate(machine.threads):
        if thread.letter == move.thread:
            return ~index if move.drain else index
    return None


def move_numbers(machine: Machine, text: str) -> list[int]:
    """The numbers of the moves in a schedule such as `A8 R14 ~A A3`.

    Raises ReplayError as `parse_schedule`, and ValueError for a thread that the machine does not have.
    """
    numbers: list[int] = []
    for move in expand(parse_schedule(text)):
        number = numbered(machine, move)
        if number is None:
            raise ValueError(f"no thread {move.thread}; there are {', '.join(letters(machine))}")
        numbers.append(number)
    return numbers
