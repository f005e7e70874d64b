# SPDX-License-Identifier: GPL-2.0-or-later
"""The rebind arithmetic of the newest kernel file, on 50 sequences that a real 6.1 printed (kernel-history.md 12.2).

The file's own functions make both policies, write each mask to cpuset.mems, and allocate a page under each policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from sim import Machine, State, Thread
from sim.machine.events import Marked
from sim.numa import Topology
from sim.numa.topology import Node
from sim.operations.marks import MarkKind
from tests.puzzles.kernels import machine

DATA = Path(__file__).parents[1] / "data" / "rebind-6.1.txt"
DISTANCE = ((10, 12, 20, 20), (12, 10, 20, 20), (20, 20, 10, 12), (20, 20, 12, 10))
MODES = {
    "bind": "MPOL_BIND",
    "interleave": "MPOL_INTERLEAVE",
    "prefer": "MPOL_PREFERRED",
    "prefer-many": "MPOL_PREFERRED_MANY",
}
FLAGS = {"": "0", "static": "MPOL_F_STATIC_NODES", "relative": "MPOL_F_RELATIVE_NODES"}
ASKED = re.compile(r"\(([\w-]+),(\w*),user=([0-9a-f]+),errno=(\d+)\)")
PRINTED = re.compile(r"mems\d=(\w+) err=0 task=(\S+) get=(\w+) next=\S+ taskpage=(\d) vma=(\S+) vmapage=(\d)")
WRITES = 4


@frozen
class Asked:
    """A policy as the program asked for it, the user's mask, and whether it was refused."""

    mode: str
    flags: str
    user: int
    refused: bool


@frozen
class Printed:
    """What was printed of a policy: its text, what the user gets when he asks, the node of a new page."""

    text: str
    get: int | None
    page: int


def sequences() -> Iterator[tuple[int, Asked, Asked, list[tuple[int, Printed, Printed]]]]:
    """For each line the CPU's node, both policies as asked for, and for each write the mask and what was printed."""
    for line in DATA.read_text("utf-8").splitlines():
        if line.startswith("R "):
            cpu = int(re.findall(r"cpu=(\d)", line)[0])
            task, vma = (Asked(m, f, int(u, 16), e != "0") for m, f, u, e in ASKED.findall(line))
            records = [
                (int(mems, 16), Printed(one, int(get, 16), int(page)), Printed(other, None, int(vma_page)))
                for mems, one, get, page, other, vma_page in PRINTED.findall(line)
            ]
            yield cpu, task, vma, records


def nodes(mask: int) -> str:
    """A mask in the kernel's list format: "0-1,3"."""
    runs = [found.span() for found in re.finditer("1+", f"{mask:b}"[::-1])]
    return ",".join(f"{first}-{end - 1}" if end - first > 1 else f"{first}" for first, end in runs)


def boot(task: Asked, vma: Asked, masks: list[int]) -> dict[str, int | str]:
    values: dict[str, int | str] = {"cpuset.mems_allowed": nodes(masks[0]), "task.mems_allowed": nodes(masks[0])}
    values |= {f"writes[{place}]": nodes(mask) for place, mask in enumerate(masks)}
    for name, asked, user in (("task_policy", task, "new_nodes"), ("vma_policy", vma, "new_mems")):
        values |= {f"{name}.mode": MODES[asked.mode], f"{name}.flags": FLAGS[asked.flags], user: nodes(asked.user)}
    return values


def threads() -> tuple[Thread, ...]:
    """One for each call, in order: both policies are made, then for each mask a write and a page under each policy."""
    calls = ["do_set_mempolicy(&task_policy, &new_nodes)", "do_mbind(&vma, &vma_policy, &new_mems)"]
    for place in range(WRITES):
        calls += [f"cpuset_write_mems(&cpuset, &writes[{place}])", "do_generic_file_read()", "do_page_fault(&vma)"]
    return tuple(Thread(chr(ord("A") + i), f"call {i}", call, i, current="task") for i, call in enumerate(calls))


def ran(playing: Machine, state: State, thread: int) -> tuple[State, int | None]:
    """The state after a thread has run alone to its end, and the node of the page that it got, if any."""
    node = None
    while state.threads[thread].pending is not None:
        step = playing.step(state, thread)
        for event in step.events:
            if isinstance(event, Marked) and event.kind is MarkKind.PAGE_ALLOCATED:
                zone = playing.program.place("zones[0]")[0]
                node = ((event.value or 0) - zone) // (playing.program.place("zones[1]")[0] - zone)
        state = step.state
    return state, node


def word(playing: Machine, state: State, lvalue: str) -> int:
    return state.memory[playing.image.index[playing.program.place(lvalue)[0]]]


def shown(playing: Machine, state: State, name: str, asked: Asked) -> tuple[str, int]:
    """A policy as the data prints it, and the mask that get_mempolicy() answers with."""
    mask = word(playing, state, f"{name}.nodes.bits[0]")
    flags = f"={asked.flags}" if asked.flags else ""
    user = word(playing, state, f"{name}.w.bits[0]") if asked.flags else mask
    return f"{asked.mode}{flags}:{nodes(mask)}", user


@pytest.mark.parametrize("number", range(50))
def test_policies_move_as_on_a_real_kernel(number: int) -> None:
    home, task, vma, records = list(sequences())[number]
    cpus = tuple(range(len(threads())))
    topology = Topology(tuple(Node(220, 200, cpus if node == home else ()) for node in range(4)), DISTANCE)
    playing = machine("linux-6.16.c", threads(), boot(task, vma, [mems for mems, _, _ in records]), topology)
    state = playing.boot()
    for call in (0, 1):
        state, _ = ran(playing, state, call)
    assert word(playing, state, "task.mempolicy") == (0 if task.refused else playing.program.place("task_policy")[0])
    assert word(playing, state, "vma.vm_policy") == (0 if vma.refused else playing.program.place("vma_policy")[0])

    for place, (_, of_task, of_vma) in enumerate(records):
        state, _ = ran(playing, state, 2 + 3 * place)
        state, task_page = ran(playing, state, 3 + 3 * place)
        state, vma_page = ran(playing, state, 4 + 3 * place)
        expected = ("default", 0) if task.refused else shown(playing, state, "task_policy", task)
        assert (of_task.text, of_task.get) == expected
        assert of_vma.text == (expected[0] if vma.refused else shown(playing, state, "vma_policy", vma)[0])
        assert of_vma.page == vma_page
        assert of_task.page == task_page


def test_there_are_as_many_sequences_as_were_printed() -> None:
    assert [len(records) for _, _, _, records in sequences()] == [WRITES] * 50
