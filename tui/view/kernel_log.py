# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log up to a moment; that of a long run costs no more at each step than that of a short one."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from puzzles.levels import Level
from sim import Machine
from sim.debugger import Moment
from sim.machine.events import Ended, Marked
from tui.view.model import LogLine
from tui.view.words import event_text, oom_report

_LOGS: WeakKeyDictionary[Moment, tuple[LogLine, ...]] = WeakKeyDictionary()


def log_at(level: Level, machine: Machine, moment: Moment) -> tuple[LogLine, ...]:
    """What the kernel log says at a moment of a game of the level."""
    unread: list[Moment] = []
    at: Moment | None = moment
    while at is not None and at not in _LOGS:
        unread.append(at)
        at = at.parent
    log = _LOGS[at] if at is not None else ()
    for step in reversed(unread):
        log = _LOGS[step] = (*log, *more) if (more := tuple(_written(level, machine, step))) else log
    return log


def _written(level: Level, machine: Machine, moment: Moment) -> Iterator[LogLine]:
    """What the step that led to a moment has written."""
    for event in moment.events:
        if isinstance(event, Ended):
            yield LogLine(moment.steps, event_text(machine, moment.state, event), final=True)
            for text in oom_report(level, machine, moment.state):
                yield LogLine(moment.steps, text, final=True)
        elif isinstance(event, Marked):
            yield LogLine(moment.steps, event_text(machine, moment.state, event))
