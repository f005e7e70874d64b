# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a thread stands, in words: its function, the walk that it is in, and the node that it asks about."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.zones import zonelist
from sim import Machine, State
from sim.debugger import Moment, backtrace
from sim.machine.events import Accessed, Event
from tui.view.scan import asks, position
from tui.view.walk import walk_at
from tui.view.words import event_text

_END = "the end of the zonelist"


def standing(machine: Machine, moment: Moment, thread: int) -> str:
    """Where a thread's next operation is: "in g, within f; pass with the low mark, asking about node 1".

    A function of a header is told with the one of the kernel file that it works for. "" once the thread has finished.
    """
    state = moment.state
    stack = backtrace(machine, state, thread)
    if not stack:
        return ""
    inner, outer = stack[-1].function, _kernel_function(machine, state, thread)
    within = f", within {outer}" if outer not in ("", inner) else ""
    walk, place = walk_at(machine, moment, thread), _place(machine, state, thread)
    named = f"; {walk}" if walk else ""
    at = f", {'asking about' if _asks(machine, state, thread, place) else 'at'} {place}" if place else ""
    return f"in {inner}{within}{named}{at}"


def walk_text(machine: Machine, moment: Moment, thread: int) -> str:
    """The walk of a thread's next operation, briefly: "pass with the low mark: node 1?"; "" outside of one.

    It is a question where a read asks about the node. A walk that nothing names goes by its function.
    """
    walk, place = walk_at(machine, moment, thread), _place(machine, moment.state, thread)
    if not walk and not place:
        return ""
    name = str(walk) if walk else f"in {_kernel_function(machine, moment.state, thread)}"
    question = "?" if _asks(machine, moment.state, thread, place) else ""
    return f"{name}: {place}{question}" if place else name


def step_texts(machine: Machine, moment: Moment) -> Iterator[str]:
    """What the step to a moment did, in sentences; the access with where its thread stood then."""
    before = moment.parent or moment
    for event in moment.events:
        where = standing(machine, before, event.thread) if isinstance(event, Accessed) else ""
        yield event_text(machine, moment.state, event) + (f" ({where})" if where else "")


def done_text(machine: Machine, moment: Moment, event: Event) -> str:
    """An event of the step to a moment in a sentence; an access with the walk that it belongs to."""
    where = walk_text(machine, moment.parent or moment, event.thread) if isinstance(event, Accessed) else ""
    return event_text(machine, moment.state, event) + (f" ({where})" if where else "")


def _kernel_function(machine: Machine, state: State, thread: int) -> str:
    """The innermost function of the kernel file itself that a thread is in; "" in none."""
    stack = backtrace(machine, state, thread)
    return next((frame.function for frame in reversed(stack) if frame.span.file == machine.program.name), "")


def _place(machine: Machine, state: State, thread: int) -> str:
    """Where a thread is in a zonelist; "" where it is in none."""
    place = position(machine, state, thread)
    if place is None:
        return ""
    node, entry = place
    nodes = zonelist(machine, state, node)
    return f"node {nodes[entry]}" if entry < len(nodes) else _END


def _asks(machine: Machine, state: State, thread: int, place: str) -> bool:
    """Whether what a thread does next is a read about the node that it is at."""
    return place not in ("", _END) and asks(machine, state, thread)
