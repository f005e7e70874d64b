# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a journal tells to the tree of moments of a session."""

from __future__ import annotations

from puzzles.journals.outline import Outline
from puzzles.schedules import numbered
from sim.debugger import Moment, Session, extend, obstacle


def restore(session: Session, told: Outline) -> str:
    """Play the tree of a journal in a session that stands at boot, and go to where the player was.

    Says why the tree ends earlier than the journal; "" where it does not.
    """
    moments = {0: session.now}
    problem = ""
    for number in range(1, len(told.parents)):
        before = moments.get(told.parents[number])
        made = _made(session, before, told, number) if before else ""
        if isinstance(made, Moment):
            moments[number] = made
        else:
            problem = problem or made
    for number, chosen in told.chosen().items():
        if number in moments and chosen in moments:
            moments[number].chosen = moments[chosen]
    session.go(moments[_last_made(told, moments)])
    return problem


def _made(session: Session, before: Moment, told: Outline, number: int) -> Moment | str:
    """The moment with a number, or why there is none."""
    move = told.moves[number]
    index = numbered(session.machine, move) if move else None
    if index is None:
        return f"at step {before.steps + 1} it moves a thread that there is not"
    if index not in session.machine.moves:
        return f"at step {before.steps + 1} it drains a store buffer that there is not"
    why = obstacle(session.machine, before, index)
    return f"its step {before.steps + 1} is not possible: {why}" if why else extend(session.machine, before, index)


def _last_made(told: Outline, moments: dict[int, Moment]) -> int:
    at = told.at
    while at not in moments:
        at = told.parents[at]
    return at
