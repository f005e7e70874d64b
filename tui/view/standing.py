# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a thread stands, in words: its function, and the node of a zonelist that it asks about."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.zones import zonelist
from sim import Machine, State
from sim.debugger import Moment, backtrace
from sim.machine.events import Accessed
from tui.view.scan import position
from tui.view.words import event_text


def standing(machine: Machine, state: State, thread: int) -> str:
    """The function of a thread's next operation, and the node that it asks about: "in f, asking about node 1".

    A function of a header is told with the one of the kernel file that it works for. "" once the thread has finished.
    """
    stack = backtrace(machine, state, thread)
    if not stack:
        return ""
    inner = stack[-1].function
    outer = [frame.function for frame in stack if frame.span.file == machine.program.name][-1:]
    within = f", within {outer[0]}" if outer and outer[0] != inner else ""
    return f"in {inner}{within}{_asking(machine, state, position(machine, state, thread))}"


def _asking(machine: Machine, state: State, place: tuple[int, int] | None) -> str:
    if place is None:
        return ""
    node, entry = place
    nodes = zonelist(machine, state, node)
    return f", asking about node {nodes[entry]}" if entry < len(nodes) else ", at the end of the zonelist"


def step_texts(machine: Machine, moment: Moment) -> Iterator[str]:
    """What the step to a moment did, in sentences; the access with where its thread stood then."""
    for event in moment.events:
        before = moment.parent.state if moment.parent else moment.state
        where = standing(machine, before, event.thread) if isinstance(event, Accessed) else ""
        yield event_text(machine, moment.state, event) + (f" ({where})" if where else "")
