# SPDX-License-Identifier: GPL-2.0-or-later
"""Sentences about what happened: the same in every mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from puzzles.levels import Level
from puzzles.proofs import known_proof
from sim import Machine, Outcome, State
from sim.debugger import letters, name_of, word_text
from sim.kernelc.types import Array, Struct
from sim.machine.events import Accessed, Blocked, Ended, Event, Finished, Marked

OUTCOMES = {
    Outcome.OOM_PREMATURE: "premature OOM",
    Outcome.OOM_GENUINE: "genuine OOM",
    Outcome.BUG: "BUG",
    Outcome.FAULT: "fault in the model",
    Outcome.DEADLOCK: "deadlock",
    Outcome.LIVELOCK: "livelock",
    Outcome.SPIN: "spin",
    Outcome.PAGE_FORBIDDEN: "page from a forbidden node",
    Outcome.ENOMEM: "allocation failed",
    Outcome.PAGE: "page allocated",
    Outcome.FINISHED: "all threads finished",
    Outcome.OPEN: "still running",
}
_MARKS = {
    "allocation_begin": "allocation begins",
    "allocation_failed": "allocation failed: NULL",
    "rebind_begin": "rebind begins",
    "rebind_end": "rebind ends",
}


def event_text(machine: Machine, state: State, event: Event) -> str:
    """One event in a sentence; `state` is the state after it."""
    names = letters(machine)
    match event:
        case Accessed():
            return f"{names[event.thread]} {_access(machine, event)}"
        case Blocked():
            word = machine.word(state, event.address)
            lock = name_of(machine.program, event.address)
            return f"{names[event.thread]} waits for {lock}: {word_text(machine.program, event.address, word, names)}"
        case Marked():
            return f"{names[event.thread]}: {_mark(machine, event)}"
        case Finished():
            return f"{names[event.thread]} has finished"
        case Ended():
            return ending_text(machine, state)


def _access(machine: Machine, event: Accessed) -> str:
    if event.old is None or event.new is None:
        return "calls the OOM killer" if event.kind == "out_of_memory" else f"barrier {event.kind}"
    names = letters(machine)
    name = name_of(machine.program, event.address)
    old, new = (word_text(machine.program, event.address, word, names) for word in (event.old, event.new))
    if event.kind == "read":
        return f"read {name} = {old}"
    if event.kind == "write":
        return f"wrote {name} {old} -> {new}"
    if event.old != event.new and not event.kind.startswith(("cmpxchg", "atomic")):
        return f"{event.kind} {name}: {new}"
    return f"{event.kind} {name} {old} -> {new}"


def _mark(machine: Machine, event: Marked) -> str:
    if event.name == "page_allocated":
        node = node_of_zone(machine, event.value or 0)
        return f"page of node {node} allocated" if node is not None else "page allocated"
    return _MARKS[event.name]


def node_of_zone(machine: Machine, address: int) -> int | None:
    """The node of a struct zone at an address; None where it has no const member `node`."""
    zone = machine.program.scope.find_tag("zone")
    member = (zone.layout.members or {}).get("node") if isinstance(zone, Struct) else None
    return machine.image.constants[address + member.offset] if member and address else None


def ending_text(machine: Machine, state: State) -> str:
    """How the run ended, in a sentence."""
    ending = state.ending
    if ending.outcome in (Outcome.OOM_PREMATURE, Outcome.OOM_GENUINE):
        free, pages = free_pages(machine, state)
        kind = "premature" if ending.outcome is Outcome.OOM_PREMATURE else "deserved: its nodes were exhausted"
        return f"OOM killer invoked by {letters(machine)[ending.thread]} with {free} of {pages} pages free: {kind}"
    where = f" at {ending.span}" if ending.span.line else ""
    return f"{OUTCOMES[ending.outcome]}{where}" + (f": {ending.sentence}" if ending.sentence else "")


def free_pages(machine: Machine, state: State) -> tuple[int, int]:
    """Free pages and all pages of the machine; zero where the kernel has no zones."""
    free = pages = 0
    for zone in zones(machine):
        free += machine.word(state, zone["free"])
        pages += machine.word(state, zone["pages"])
    return free, pages


def zones(machine: Machine) -> Iterator[dict[str, int]]:
    """The members of each zone with memory, as addresses by name."""
    found = next((one for one in machine.program.globals if one.name == "zones"), None)
    if found is None or not isinstance(found.type, Array) or not isinstance(found.type.element, Struct):
        return
    members = found.type.element.layout.members or {}
    if not {"node", "pages", "free", "reclaimable", "watermark"} <= set(members):
        return
    step = found.type.element.layout.size
    for index in range(found.type.count):
        start = found.address + index * step
        if machine.image.constants[start + members["pages"].offset]:
            yield {name: start + member.offset for name, member in members.items()}


def oom_report(machine: Machine, state: State, shown: tuple[str, ...]) -> list[str]:
    """What the kernel log says after an OOM: each node's pages and marks, the masks, the verdict."""
    if state.outcome not in (Outcome.OOM_PREMATURE, Outcome.OOM_GENUINE):
        return []
    lines = [
        f"{machine.threads[state.ending.thread].name} invoked oom-killer at {state.ending.span}",
        "Mem-Info:",
    ]
    for zone in zones(machine):
        word = {name: machine.word(state, address) for name, address in zone.items() if name != "lru_lock"}
        low, mid, high = (machine.word(state, zone["watermark"] + i) for i in range(3))
        lines.append(
            f"Node {word['node']} free:{word['free']} min:{low} low:{mid} high:{high} reclaimable:{word['reclaimable']}"
        )
    lines += shown
    premature = state.outcome is Outcome.OOM_PREMATURE
    instant = "at no instant" if premature else "at some instant"
    lines.append(f"verdict: {'premature' if premature else 'genuine'}; {instant} were all its nodes exhausted")
    return lines


def either(words: Sequence[str]) -> str:
    """Words to choose from: `a`, `a or r`, `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def counts(preemptions: int, steps: int) -> str:
    """A score: preemptions count first."""
    return f"{preemptions} preemption{'' if preemptions == 1 else 's'}, {steps} step{'' if steps == 1 else 's'}"


def par_lines(level: Level) -> Iterator[tuple[str, str]]:
    """What the explorer knows of a level, a label and a text each; nothing for a level without a committed proof."""
    proof = known_proof(level)
    if proof is None:
        return
    if proof.par:
        yield "best of all", " or ".join(counts(par.preemptions, par.steps) for par in proof.par)
    if proof.wins and proof.schedules and proof.wins < proof.schedules:
        share = f"{proof.wins:,} of {proof.schedules:,} schedules win"
        yield "by chance", f"{share}; throwing dice at each step wins 1 in {proof.one_in}"


def goal_text(level: Level) -> str:
    """The goal in words."""
    condition = f", with {level.goal.condition}" if level.goal.condition else ""
    return OUTCOMES[level.goal.outcome] + condition
