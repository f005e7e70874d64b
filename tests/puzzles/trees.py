# SPDX-License-Identifier: GPL-2.0-or-later
"""What a session has been through, as values that can be compared."""

from __future__ import annotations

from typing import TypeAlias

from sim.debugger import Moment, Session

Tree: TypeAlias = list[tuple[int, int | None, bool, bool]]


def tree(session: Session) -> Tree:
    """All moments of a session in order of play: depth, move, whether forward leads there, whether it is there."""
    found: Tree = []
    waiting: list[Moment] = [next(iter(session.now.line()))]
    while waiting:
        at = waiting.pop()
        chosen = at.parent is None or at.parent.chosen is at
        found.append((at.steps, at.move, chosen, at is session.now))
        waiting += reversed(at.children)
    return found
