# SPDX-License-Identifier: GPL-2.0-or-later
"""The top line: which level, what to reach, how far."""

from __future__ import annotations

from attrs import frozen
from textual.content import Content

from tui.lines.text import GAP, MUTED, fit, line, spread
from tui.view.model import MARKED, Reach, View


@frozen
class TopLine:
    """The slice of the view that the top line shows; `marks` are as many lines as are marked as reasons."""

    level: str
    title: str
    era: str
    goal: str
    steps: int
    preemptions: int
    over: bool
    won: bool
    reach: Reach | None = None
    what_if: str = ""
    help: str = ""
    marks: int = 0

    @classmethod
    def of(cls, view: View) -> TopLine:
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
            view.what_if,
            view.help,
            len(view.marks),
        )


_REACH = {Reach.IN: "bold $text-success", Reach.OUT: "bold $text-warning"}


def status_line(status: TopLine, width: int) -> Content:
    """The level on the left, the goal and the count on the right.

    Where there is little room the era, then the title and the help are left out; nothing but the words of a goal is
    ever cut.
    """
    level = line((status.level, "bold $text-primary"))
    titled = line(level, "  ", status.title)
    if status.what_if:
        level = line(level, ("  what if", "bold $text-warning"))
        titled = line(level, " ", status.what_if)
    count = _count(status)
    help_ = (f"  help: {status.help}" if status.help else "", "$text-warning")
    marked = (f"  {status.marks} marked" if status.marks else "", "$text-warning")
    full = line(titled, "   ", (status.era, MUTED), help_, marked, GAP)
    helped = ("  helped" if status.help else "", "$text-warning")
    sign = (f"  {MARKED}{status.marks}" if status.marks else "", "$text-warning")
    for left in (
        full,
        line(titled, help_, marked),
        line(titled, helped, sign),
        line(level, helped, sign),
        line(titled, sign),
        line(level, sign),
        level,
    ):
        right = line(_goal(status), count)
        if left.cell_length + 2 + right.cell_length <= width:
            return spread(left, right, width)
    reach = line(_reach(status))
    room = width - level.cell_length - 1 - reach.cell_length - count.cell_length
    return spread(level, line(fit(line((status.goal, "bold")), room), reach, count), width)


def _goal(status: TopLine) -> Content:
    label = ("won ", "bold $text-success") if status.won else ("goal ", MUTED)
    return line(label, (status.goal, "bold"), _reach(status))


def _reach(status: TopLine) -> tuple[str, str]:
    return (f": {status.reach.value}", _REACH[status.reach]) if status.reach else ("", "")


def _count(status: TopLine) -> Content:
    return line(
        ("   step ", MUTED),
        (str(status.steps), "bold"),
        ("  preempt ", MUTED),
        (str(status.preemptions), "bold"),
        ("  over" if status.over and not status.won else "", "bold $text-warning"),
    )
