# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a schedule that was typed was not taken, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from puzzles.schedules import schedule_line
from sim.debugger import Session
from sim.machine.state import thread_of


def untaken_text(session: Session, moves: Sequence[int], done: int) -> str:
    """Where a schedule stopped before its move number `done`, and which were not taken; "" where that is all of it."""
    move = moves[done]
    before = sum(1 for _ in takewhile(move.__eq__, reversed(moves[:done])))
    behind = sum(1 for _ in takewhile(move.__eq__, moves[done:]))
    texts = [_stopped(session, move, before, before + behind)] if before + behind > 1 else []
    rest = schedule_line(session.machine, moves[done + behind :])
    if rest:
        texts.append(f"{rest} was not taken")
    return "; ".join(texts)


def _stopped(session: Session, move: int, taken: int, wanted: int) -> str:
    letter, count = session.machine.threads[thread_of(move)].letter, f"{taken} of {wanted}"
    if session.now.state.threads[thread_of(move)].finished:
        return f"{letter} has finished after {count} steps"
    if session.over:
        return f"the run is over after {count} steps of {letter}"
    return f"{letter}'s buffer is drained after {count} stores" if move < 0 else f"{letter} waits after {count} steps"
