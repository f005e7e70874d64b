# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a journal tells to the tree of moments of a session."""

from __future__ import annotations

from puzzles.journals.outline import Outline
from puzzles.schedules import numbered
from sim.debugger import Moment, Session, extend, obstacle


def restore(session: Session, tree: Outline) -> str:
    """Play the tree of a journal in a session that stands at boot, and go to where the player was.

    Says why the tree ends earlier than the journal; "" where it does not.
    """
    moments = {0: session.now}
    problem = ""
    for number in range(1, len(tree.parents)):
        before = moments.get(tree.parents[number])
        made = _made(session, before, tree, number) if before else ""
        if isinstance(made, Moment):
            moments[number] = made
        else:
            problem = problem or made
    for number, chosen in tree.chosen().items():
        if number in moments and chosen in moments:
            moments[number].chosen = moments[chosen]
    session.go(moments[_last_made(tree, moments)])
    return problem


def _made(session: Session, before: Moment, tree: Outline, number: int) -> Moment | str:
    """The moment with a number, or why there is none."""
    move = tree.moves[number]
    index = numbered(session.machine, move) if move else None
    if index is None:
        return f"at step {before.steps + 1} it moves a thread that there is not"
    if index not in session.machine.moves:
        return f"at step {before.steps + 1} it drains a store buffer that there is not"
    why = obstacle(session.machine, before, index)
    return f"its step {before.steps + 1} is not possible: {why}" if why else extend(session.machine, before, index)


def _last_made(tree: Outline, moments: dict[int, Moment]) -> int:
    at = tree.at
    while at not in moments:
        at = tree.parents[at]
    return at
