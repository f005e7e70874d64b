# SPDX-License-Identifier: GPL-2.0-or-later
"""Machines made straight from the game's kernel files, without a level, and what the explorer finds in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import sim
from puzzles.zones import boot_image
from sim import Goal, Limit, Machine, Outcome, State, Thread
from sim.explore import Limits, Solution, Verdict, explore, solve
from sim.machine.events import Accessed
from sim.numa import Topology, node_of_cpu
from sim.numa.topology import Node

PUZZLES = Path(__file__).parents[2] / "puzzles"
TWO_NODES = Topology((Node(220, 200, (0,)), Node(220, 200, (1,))))
FAULT, FAULT_EXHAUSTED = "do_page_fault(&vma)", "no_memory_for(&task, &vma)"
READ, READ_EXHAUSTED = "do_generic_file_read()", "no_memory_for(&task, NULL)"
WRITE, WRITES = "cpuset_write_mems(&cpuset, &new_mems)", "administrator(&cpuset)"

Boot = Mapping[str, int | str]


@cache
def program(kernel: str) -> sim.Program:
    """A kernel file of the game, compiled with the game's headers."""
    headers = {path.name: path.read_text("utf-8") for path in (PUZZLES / "include").glob("*.h")}
    return sim.compile((PUZZLES / "kernels" / kernel).read_text("utf-8"), headers, kernel)


def machine(
    kernel: str,
    threads: Sequence[Thread],
    boot: Boot,
    topology: Topology = TWO_NODES,
    limits: tuple[Limit, ...] = (),
    *,
    goal: Outcome = Outcome.OOM_PREMATURE,
    tso: bool = False,
) -> Machine:
    """A machine of these nodes; each thread runs on the node of its CPU."""
    placed = tuple(
        Thread(one.letter, one.name, one.run, one.cpu, node_of_cpu(topology, one.cpu), one.current, one.exhausted)
        for one in threads
    )
    image = {key: value for key, value in boot_image(topology).items() if key not in boot}
    return Machine(program(kernel), placed, {**image, **boot}, limits, Goal(goal), tso=tso)


def bound(task: str | None, mapping: str | None, mems: str, flags: int = 0) -> dict[str, int | str]:
    """Boot values of a task in a cpuset, with an MPOL_BIND policy, or a mapping with one, or neither."""
    values: dict[str, int | str] = {"cpuset.mems_allowed": mems, "task.mems_allowed": mems}
    for name, place, nodes in (("task_policy", "task.mempolicy", task), ("vma_policy", "vma.vm_policy", mapping)):
        if nodes is not None:
            values |= {place: f"&{name}", f"{name}.mode": "MPOL_BIND", f"{name}.flags": flags}
            values |= {f"{name}.nodes": nodes, f"{name}.w": nodes if flags else mems}
    return values


def allocator(run: str = FAULT, exhausted: str = FAULT_EXHAUSTED, cpu: int = 1) -> Thread:
    return Thread("A", "allocator", run, cpu, current="task", exhausted=exhausted)


def rebinder(run: str = WRITE, cpu: int = 0) -> Thread:
    return Thread("R", "rebind", run, cpu, current="shell")


def several(first: str, second: str, count: int) -> dict[str, int | str]:
    """Boot values for a row of writes to cpuset.mems that take turns."""
    return {f"writes[{place}]": (first, second)[place % 2] for place in range(count)}


def outcomes(playing: Machine) -> set[Outcome]:
    """How runs of a machine can end; the search must have come to its end."""
    found = explore(playing, None)
    assert found.verdict is Verdict.UNREACHABLE
    return set(found.outcomes)


def witness(playing: Machine) -> tuple[int, ...] | None:
    """A shortest schedule to the machine's goal, if there is any."""
    found = explore(playing, playing.goal.outcome if playing.goal else None, Limits(500_000))
    assert found.verdict is not Verdict.UNDECIDED
    return found.witness


def killer(playing: Machine) -> str:
    """The function that calls out_of_memory() at the end of a shortest schedule to a premature OOM; "" without one."""
    schedule = witness(playing)
    if schedule is None:
        return ""
    state: State = playing.boot()
    for move in schedule:
        step = playing.step(state, move)
        state = step.state
    assert state.outcome is Outcome.OOM_PREMATURE
    return next(event.function for event in step.events if isinstance(event, Accessed))


def solved(playing: Machine) -> Solution:
    assert playing.goal is not None
    return solve(playing, playing.goal.outcome)


def one_flip(kernel: str, cpu: int, boot: Boot, new: str = "1", *, tso: bool = False) -> Machine:
    """One page fault on this CPU, one write to cpuset.mems on the other."""
    threads = allocator(cpu=cpu), rebinder(cpu=1 - cpu)
    return machine(kernel, threads, {**boot, "new_mems": new}, tso=tso)
