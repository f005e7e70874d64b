# SPDX-License-Identifier: GPL-2.0-or-later
"""A schedule in one line, as typed on a command line: moves and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from puzzles.notation.draft import read_move
from puzzles.notation.errors import ReplayError
from puzzles.notation.lexer import ReplayToken, tokens
from puzzles.notation.limits import MAX_STEPS
from puzzles.notation.moves import Move, merge_runs


def parse_schedule(text: str) -> tuple[Move, ...]:
    """Read `A8 R14 A3`, `a8r14a3`, `AARRA`, `~A` into merged runs; an empty text is an empty schedule.

    Raises ReplayError for anything that is no move, and for more than MAX_STEPS steps.
    """
    moves: list[Move] = []
    room = MAX_STEPS
    for token in tokens(text):
        try:
            moves.append(_read(token, room))
        except ValueError as fault:
            raise ReplayError.at(text, token.start(), str(fault)) from None
        room -= moves[-1].count
    return tuple(merge_runs(moves))


def format_schedule(moves: Iterable[Move]) -> str:
    """Write moves as `A8 R14 A3`, with neighbours merged, in one line however long."""
    return " ".join(map(str, merge_runs(moves)))


def _read(token: ReplayToken, room: int) -> Move:
    if token.lastgroup != "move":
        raise ValueError("a schedule holds moves only, like A8 R14 ~A: delete this, or save it in a file.")
    return read_move(token, room)
