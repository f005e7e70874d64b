# SPDX-License-Identifier: GPL-2.0-or-later
"""From a session to its view: pure functions, no screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from puzzles.judging.judge import judge
from puzzles.levels import Level
from puzzles.zones import memory_of_nodes, zonelist
from sim import Machine
from sim.debugger import (
    Moment,
    Session,
    backtrace,
    change_texts,
    frame_locals,
    letters,
    object_text,
    pending,
    shared_text,
    store_buffer,
    why_not,
)
from sim.kernelc.model.source import NOWHERE
from sim.kernelc.model.types import Lock, Type, leaves
from sim.machine.events import Accessed, Drained
from tui.view.goals import top_goal
from tui.view.kernel_log import log_at
from tui.view.model import (
    EntryView,
    LocalLine,
    NodeView,
    ScanView,
    Standing,
    ThreadView,
    TimelineView,
    View,
    WordView,
)
from tui.view.roles import roles
from tui.view.scan import scan_at
from tui.view.standing import walk_text

NEAR = 512
"""Steps on either side of the present one for which there is room on the widest screen."""

NO_FRAMES: Mapping[int, int] = MappingProxyType({})


def make_view(
    level: Level,
    session: Session,
    since: Moment,
    active: int,
    message: str,
    looked: Mapping[int, int] = NO_FRAMES,
) -> View:
    """The view of a session.

    `since` is the moment before the last command: what changed since then is marked; `active` is the index of the
    thread that the player works with; `message` is shown as it is. `looked` maps
    threads to the frame that the player has chosen to look at.
    """
    machine, now = session.machine, session.now
    before = _before(now, since)
    words = tuple(_words(level, machine, now, before))
    return View(
        level=level.id,
        title=level.title,
        era=level.era,
        goal=top_goal(level),
        steps=now.steps,
        preemptions=now.preemptions,
        won=session.won,
        over=session.over,
        threads=tuple(_thread(session, i, before, active, looked) for i in range(len(machine.threads))),
        nodes=tuple(_nodes(machine, now, before)),
        scans=tuple(_scans(machine, now)),
        words=words,
        timeline=timeline_view(machine, now, NEAR),
        log=log_at(level, machine, now),
        breakpoints=tuple(session.breakpoints),
        message=message,
    )


def _thread(session: Session, index: int, before: Moment, active: int, looked: Mapping[int, int]) -> ThreadView:
    machine, state = session.machine, session.now.state
    thread = machine.threads[index]
    stack = backtrace(machine, state, index)
    shown = looked.get(index, session.shown_depth(index))
    span = stack[shown].span if stack else NOWHERE
    operation = pending(machine, state, index)
    return ThreadView(
        letter=thread.letter,
        name=thread.name,
        role=roles(machine.threads)[thread.letter],
        cpu=thread.cpu,
        node=thread.node,
        status=_status(session, index),
        next=operation.sentence if operation else "",
        walk=walk_text(machine, session.now, index),
        why=why_text(session, index),
        stack=stack,
        shown=shown,
        span=span,
        file=span.file,
        locals=tuple(_locals(machine, session.now, before, index, shown)),
        active=index == active,
        buffer=store_buffer(machine, state, index),
    )


def why_text(session: Session, move: int) -> str:
    """Why a thread cannot move, or its store buffer not be drained, in a sentence; "" when it can."""
    if move >= 0 and session.now.state.threads[move].finished:
        return f"{session.machine.threads[move].letter} has finished"
    if session.over:
        return f"the run is over: {judge(session.machine, session.now).outcome.words}"
    return why_not(session.machine, session.now.state, move)


def _status(session: Session, index: int) -> Standing:
    private = session.now.state.threads[index]
    if private.finished:
        return "finished"
    if session.over:
        return "stopped"
    if session.machine.held(session.now.state, index):
        return "held"
    return "ready" if session.can_move(index) else "blocked"


def _locals(machine: Machine, now: Moment, before: Moment, index: int, shown: int) -> Iterator[LocalLine]:
    if not now.state.threads[index].frames:
        return
    frames = before.state.threads[index].frames
    frame = now.state.threads[index].frames[shown]
    same = shown < len(frames) and frames[shown].function == frame.function
    old = {local.name: local.value for local in frame_locals(machine, before.state, index, shown)} if same else {}
    for local in frame_locals(machine, now.state, index, shown):
        yield LocalLine(local.name, local.value, old.get(local.name, local.value) != local.value)


def _nodes(machine: Machine, now: Moment, before: Moment) -> Iterator[NodeView]:
    old = {memory.number: memory.free for memory in memory_of_nodes(machine, before.state)}
    for memory in memory_of_nodes(machine, now.state):
        yield NodeView(
            node=memory.number,
            pages=memory.pages,
            free=memory.free,
            reclaimable=memory.reclaimable,
            low_marks=(memory.min, memory.low, memory.high),
            old=old.get(memory.number, memory.free),
        )


def _scans(machine: Machine, now: Moment) -> Iterator[ScanView]:
    for index, thread in enumerate(machine.threads):
        scan = scan_at(machine, now, index)
        if scan is None:
            continue
        nodes = zonelist(machine, now.state, scan.node)
        reasons = dict(scan.reasons)
        entries = tuple(
            EntryView(node, reasons.get(place, ""), scan.position == place) for place, node in enumerate(nodes)
        )
        at_end = scan.position is not None and scan.position >= len(nodes)
        yield ScanView(thread.letter, scan.node, entries, at_end, scan.position is None, str(scan.walk or ""))


def _words(level: Level, machine: Machine, now: Moment, before: Moment) -> Iterator[WordView]:
    show = level.show
    for is_lock, lvalues in ((False, (*show.masks, *show.counters)), (True, show.locks)):
        for lvalue in lvalues:
            address, type_ = _place(machine, lvalue)
            value = object_text(machine, now.state, 0, address, type_)
            old = object_text(machine, before.state, 0, address, type_)
            if isinstance(type_, Lock):
                value, old = (shared_text(machine, moment.state, address) for moment in (now, before))
            addresses = {address + offset for offset, _, _ in leaves(type_)}
            writer = _writer(machine, now, before, addresses) if old != value else ""
            yield WordView(lvalue, value, old if old != value else "", writer, is_lock)


@lru_cache(maxsize=1024)
def _place(machine: Machine, lvalue: str) -> tuple[int, Type]:
    return machine.program.place(lvalue, "show")


def _writer(machine: Machine, now: Moment, before: Moment, addresses: set[int]) -> str:
    at: Moment | None = now
    while at is not None and at is not before:
        for event in at.events:
            if not isinstance(event, Accessed | Drained) or (isinstance(event, Accessed) and event.buffered):
                continue
            if event.address in addresses and event.old != event.new:
                return machine.threads[event.thread].letter
        at = at.parent
    return ""


def timeline_view(machine: Machine, now: Moment, reach: int | None = None) -> TimelineView:
    """The interleaving around a moment, up to `reach` steps on either side; None is all of it."""
    line = [*reversed([*islice(_back(now), reach)]), *islice(now.future(), reach)]
    start = max(line[0].steps - 1, 0)
    steps = [moment for moment in line if moment.thread is not None]
    names = letters(machine)
    return TimelineView(
        roles(machine.threads),
        "".join(names[moment.thread or 0] for moment in steps),
        now.steps,
        forks=tuple(moment.steps for moment in line if len(moment.children) > 1),
        switches=tuple(moment.steps for moment in steps if _is_preemption(moment)),
        drains=tuple(moment.steps for moment in steps if moment.move is not None and moment.move < 0),
        start=start,
    )


def _is_preemption(moment: Moment) -> bool:
    return moment.parent is not None and moment.preemptions > moment.parent.preemptions


def _back(moment: Moment) -> Iterator[Moment]:
    at: Moment | None = moment
    while at is not None:
        yield at
        at = at.parent


def _before(now: Moment, since: Moment) -> Moment:
    """The moment to compare with: where the last command began, if it led from there to here, else one step back."""
    at: Moment | None = now
    while at is not None and at.steps > since.steps:
        at = at.parent
    return since if at is since else (now.parent or now)


def changes_text(machine: Machine, now: Moment, before: Moment) -> str:
    """The shared words that differ between two moments, in words: "task.mems_allowed {0} -> {1}"."""
    return "; ".join(text for _, text in change_texts(machine, before.state, now.state))
