# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdicts of kernel-history.md 18, for every cell that a kernel file can express.

Every schedule is tried. What calls the OOM killer is read from a shortest witness, replayed on the machine itself.
"""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from sim import Goal, Machine, Outcome
from sim.explore import Verdict
from sim.numa import Topology
from sim.numa.topology import Node
from tests.puzzles.kernels import (
    FAULT,
    FAULT_EXHAUSTED,
    READ,
    READ_EXHAUSTED,
    WRITES,
    Boot,
    allocator,
    bound,
    killer,
    machine,
    one_flip,
    outcomes,
    rebinder,
    several,
    solved,
    witness,
)

FLIPS = "flip_for_ever(&cpuset)"
THREE_NODES = Topology(
    (Node(220, 200, (0,)), Node(220, 15, (1,)), Node(220, 200, (2,))), ((10, 20, 30), (20, 10, 20), (30, 20, 10))
)
SAFE, NULL, PASSES, LOOP = "", "pagefault_out_of_memory", "__alloc_pages_may_oom", "__alloc_pages_internal"


@frozen
class Cell:
    """A row of the table: the allocator's CPU (its zonelist starts there), its policy, the cpuset before and after."""

    name: str
    cpu: int
    task: str | None = None
    mapping: str | None = None
    mems: str = "0"
    new: str = "1"


CELLS = (
    Cell("task BIND, 0 to 1, ZL 1,0", 1, task="0"),
    Cell("task BIND, 1 to 0, ZL 0,1", 0, task="1", mems="1", new="0"),
    Cell("task BIND, 0 to 1, ZL 0,1", 0, task="0"),
    Cell("mapping BIND 0, 0 to 1, ZL 1,0", 1, mapping="0"),
    Cell("mapping BIND 0, 0-1 to 1", 1, mapping="0", mems="0-1"),
    Cell("no policy, 0 to 1, ZL 1,0", 1),
    Cell("no policy, 0-1 to 1", 1, mems="0-1"),
    Cell("task BIND 0, 0-1 to 1, ZL 1,0", 1, task="0", mems="0-1"),
    Cell("no policy, 0 to 1, ZL 0,1", 0),
)
# For each kernel file who calls the killer in each cell. The last two cells are those of 6.2, 16 (P-7) and 8.5; the row
# of 6.4, which the history does not have, follows from the model: the rebind of a mapping in the middle of a fault.
TABLE = {
    "linux-2.6.29.c": (SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE),
    "linux-2.6.31.c": (NULL, NULL, SAFE, PASSES, PASSES, SAFE, SAFE, NULL, SAFE),
    "linux-2.6.35.c": (SAFE, SAFE, SAFE, PASSES, PASSES, SAFE, SAFE, SAFE, SAFE),
    "linux-3.2.c": (SAFE, SAFE, SAFE, PASSES, PASSES, SAFE, SAFE, NULL, SAFE),
    "linux-3.3.c": (SAFE, SAFE, SAFE, PASSES, PASSES, NULL, SAFE, SAFE, SAFE),
    "linux-3.4.c": (SAFE, SAFE, SAFE, PASSES, PASSES, SAFE, SAFE, SAFE, SAFE),
    "linux-4.7.c": (PASSES, PASSES, SAFE, PASSES, PASSES, PASSES, SAFE, PASSES, SAFE),
    "linux-4.10.c": (SAFE, SAFE, SAFE, PASSES, PASSES, SAFE, SAFE, SAFE, SAFE),
    "linux-4.13.c": (SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE),
    "linux-6.4.c": (SAFE, SAFE, SAFE, PASSES, PASSES, SAFE, SAFE, SAFE, SAFE),
    "linux-6.5.c": (SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE),
    "linux-6.16.c": (SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE, SAFE),
}
KERNELS = tuple(TABLE)


def of_cell(kernel: str, cell: Cell, more: Boot | None = None) -> Machine:
    return one_flip(kernel, cell.cpu, {**bound(cell.task, cell.mapping, cell.mems), **(more or {})}, cell.new)


@pytest.mark.parametrize(("place", "cell"), list(enumerate(CELLS)), ids=lambda one: getattr(one, "name", str(one)))
@pytest.mark.parametrize("kernel", KERNELS)
def test_one_flip_kills_where_the_table_says_so(kernel: str, place: int, cell: Cell) -> None:
    expected = TABLE[kernel][place]
    playing = of_cell(kernel, cell)
    assert killer(playing) == expected
    allowed = {Outcome.PAGE, *([Outcome.OOM_PREMATURE] if expected else [])}
    assert outcomes(playing) - {Outcome.ENOMEM} == allowed


def test_a_fault_without_a_page_is_repeated_in_6_4_only() -> None:
    """The scan finds nothing when the mapping's nodes move between two of its reads: VM_FAULT_OOM, and once more."""
    seen = {
        (kernel, cell.name) for kernel in KERNELS for cell in CELLS if Outcome.ENOMEM in outcomes(of_cell(kernel, cell))
    }
    assert seen == {("linux-6.4.c", CELLS[3].name), ("linux-6.4.c", CELLS[4].name)}


@pytest.mark.parametrize(
    ("kernel", "place", "fewest"),
    [
        ("linux-2.6.31.c", 3, 1),
        ("linux-2.6.35.c", 3, 2),
        ("linux-2.6.35.c", 4, 2),
        ("linux-3.2.c", 3, 2),
        ("linux-3.2.c", 4, 1),
        ("linux-3.2.c", 7, 1),
        ("linux-3.3.c", 3, 1),
        ("linux-3.3.c", 4, 1),
        ("linux-3.3.c", 5, 1),
        ("linux-3.4.c", 3, 1),
        ("linux-4.7.c", 5, 1),
        ("linux-4.10.c", 3, 1),
        ("linux-6.4.c", 3, 3),
    ],
)
def test_fewest_preemptions(kernel: str, place: int, fewest: int) -> None:
    assert solved(of_cell(kernel, CELLS[place])).best[0].preemptions == fewest


def by_system_call(kernel: str, case: str, count: int) -> Machine:
    """Several writes during one allocation without mmap_sem: section 18's second table."""
    if case == "three nodes":
        boot = {**bound(None, None, "0-1"), **several("1-2", "0-1", count)}
        return machine(kernel, (allocator(READ, READ_EXHAUSTED, 2), rebinder(WRITES)), boot, THREE_NODES)
    boot = {**bound("0" if case == "task BIND" else None, None, "0"), **several("1", "0", count)}
    return machine(kernel, (allocator(READ, READ_EXHAUSTED), rebinder(WRITES)), boot)


@pytest.mark.parametrize(
    ("kernel", "case", "fewest"),
    [
        ("linux-2.6.31.c", "task BIND", 5),
        ("linux-2.6.31.c", "no policy", 5),
        ("linux-3.4.c", "task BIND", 7),
        ("linux-3.4.c", "no policy", 7),
        ("linux-3.4.c", "three nodes", 7),
        ("linux-4.10.c", "three nodes", 9),
    ],
)
def test_flips_that_it_takes(kernel: str, case: str, fewest: int) -> None:
    assert witness(by_system_call(kernel, case, fewest)) is not None
    assert witness(by_system_call(kernel, case, fewest - 1)) is None


@pytest.mark.parametrize(
    ("kernel", "case", "count"),
    [
        ("linux-2.6.29.c", "task BIND", 9),
        ("linux-4.10.c", "no policy", 9),
        ("linux-4.10.c", "task BIND", 5),
        ("linux-4.13.c", "task BIND", 5),
        ("linux-4.13.c", "three nodes", 9),
        ("linux-6.16.c", "three nodes", 9),
    ],
)
def test_schemes_that_many_flips_do_not_break(kernel: str, case: str, count: int) -> None:
    assert witness(by_system_call(kernel, case, count)) is None


@pytest.mark.parametrize("cell", [CELLS[0], CELLS[5]], ids=lambda cell: cell.name)
@pytest.mark.parametrize(("run", "exhausted"), [(FAULT, FAULT_EXHAUSTED), (READ, READ_EXHAUSTED)])
def test_counted_readers_are_safe_however_often_it_flips(cell: Cell, run: str, exhausted: str) -> None:
    boot = {**bound(cell.task, cell.mapping, cell.mems), **several("1", "0", 2)}
    playing = machine("linux-2.6.35.c", (allocator(run, exhausted, cell.cpu), rebinder(FLIPS)), boot)
    assert witness(playing) is None


def test_generations_are_safe_for_21_flips() -> None:
    boot = {**bound("0", None, "0"), **several("1", "0", 21)}
    assert witness(machine("linux-2.6.29.c", (allocator(), rebinder(WRITES)), boot)) is None


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_page_of_a_node_that_the_cpuset_has_lost_is_possible_in_all_schemes(kernel: str) -> None:
    """Harmless by design (kernel-history.md 0.3, FORBIDDEN)."""
    boot = {**bound(None, None, "0"), "new_mems": "1"}
    threads = allocator(cpu=0), rebinder(cpu=1)
    allowed = "node_isset(zone->node, &cpuset.mems_allowed)"
    playing = evolve(machine(kernel, threads, boot, goal=Outcome.PAGE_FORBIDDEN), allowed=allowed)
    assert witness(playing) is not None


def test_generations_leave_a_task_on_old_nodes_until_it_allocates() -> None:
    """The write is over, and the task still counts on what it had: only in scheme 0 (kernel-history.md 3.5)."""
    boot = {**bound(None, None, "0"), "new_mems": "1"}
    differ = "task.mems_allowed.bits[0] != cpuset.mems_allowed.bits[0]"
    goal = Goal(Outcome.FINISHED, differ)
    alone = {kernel: evolve(machine(kernel, (rebinder(),), boot), goal=goal) for kernel in KERNELS}
    stale = {kernel for kernel, playing in alone.items() if solved(playing).verdict is Verdict.REACHABLE}
    assert stale == {"linux-2.6.29.c"}


def short_of_memory(cell: Cell, looks: int, allocates: int) -> Machine:
    """Node 0 is below its min mark; 2.6.28 - 2.6.30 look again before they reclaim, and reclaim may allocate."""
    boot: Boot = {"zones[0].free": 15, "zones[0].reclaimable": 40}
    return of_cell("linux-2.6.29.c", cell, {**boot, "looks_before_reclaim": looks, "reclaim_allocates": allocates})


@pytest.mark.parametrize("mems", ["0", "0-1"])
@pytest.mark.parametrize(("task", "mapping", "looks", "allocates", "expected"), [
    (None, "0", 0, 0, SAFE),
    (None, "0", 0, 1, LOOP),
    (None, "0", 1, 0, LOOP),
    (None, "0", 1, 1, LOOP),
    ("0", None, 0, 1, SAFE),
    ("0", None, 1, 0, SAFE),
    ("0", None, 1, 1, SAFE),
    (None, None, 0, 1, SAFE),
    (None, None, 1, 1, SAFE),
])  # fmt: skip
def test_generations_with_their_node_short_die_of_a_look_in_the_middle(
    task: str | None, mapping: str | None, looks: int, allocates: int, expected: str, mems: str
) -> None:
    cell = Cell("", 0, task, mapping, mems)
    assert killer(short_of_memory(cell, looks, allocates)) == expected


@pytest.mark.parametrize(("looks", "allocates"), [(0, 1), (1, 0)])
def test_a_look_in_the_middle_takes_one_preemption(looks: int, allocates: int) -> None:
    found = solved(short_of_memory(Cell("", 0, mapping="0"), looks, allocates))
    assert found.best[0].preemptions == 1
