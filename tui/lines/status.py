# SPDX-License-Identifier: GPL-2.0-or-later
"""The top line: which level, what to reach, how far."""

from __future__ import annotations

from attrs import frozen
from textual.content import Content

from tui.lines.text import MUTED, line, spread
from tui.view import View
from tui.words import IN_REACH, OUT_OF_REACH


@frozen
class Status:
    """The slice of the view that the top line shows."""

    level: str
    title: str
    era: str
    goal: str
    steps: int
    preemptions: int
    over: bool
    won: bool
    reach: str = ""

    @classmethod
    def of(cls, view: View) -> Status:
        """The status of a view."""
        return cls(
            view.level,
            view.title,
            view.era,
            view.goal,
            view.steps,
            view.preemptions,
            view.over,
            view.won,
            view.reach,
        )


_REACH = {IN_REACH: "bold $text-success", OUT_OF_REACH: "bold $text-warning"}


def status_line(status: Status, width: int) -> Content:
    """The level on the left, the goal and the count on the right."""
    lost = status.over and not status.won
    right = line(
        ("won ", "bold $text-success") if status.won else ("goal ", MUTED),
        (status.goal, "bold"),
        (f": {status.reach}" if status.reach else "", _REACH.get(status.reach, "")),
        ("   step ", MUTED),
        (str(status.steps), "bold"),
        ("  preempt ", MUTED),
        (str(status.preemptions), "bold"),
        ("  over" if lost else "", "bold $text-warning"),
    )
    left = line((status.level, "bold $text-primary"), "  ", status.title)
    era = line("   ", (status.era, MUTED))
    if left.cell_length + era.cell_length + right.cell_length + 6 <= width:
        left = line(left, era)
    return spread(left, right, width)
