# SPDX-License-Identifier: GPL-2.0-or-later
"""What an OOM state says of the request, the task and the memory; and what constrained_alloc() makes of it."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

import sim
from puzzles.oomlog import Constraint, Facts, Request, constraint, oom_constraint, read_facts
from puzzles.oomlog.eras import version_of
from puzzles.zones import NodeMemory
from sim import Machine, Outcome, Thread
from tests.puzzles.oom_states import KERNELS, MAPPING, TASK, alone, level_on, one_flip

FAULTING = sorted(path.name for path in KERNELS.glob("linux-*.c") if "do_page_fault" in path.read_text("utf-8"))
BOTH = "cpuset.mems_allowed=0-1 task.mems_allowed=0-1"


def node(number: int, free: int = 200) -> NodeMemory:
    return NodeMemory(number, pages=220, free=free, reclaimable=0, min=20, low=25, high=30)


FACTS = Facts("hog", 0, 101, (), Request.FAULT, None, frozenset({0, 1}), "/", (node(0), node(1)))


@frozen
class Case:
    """Where a schedule of the history is played, and what it leaves."""

    level: str
    cpu: int
    kernel: str
    sets: str
    request: Request
    nodemask: frozenset[int] | None
    verdict: Constraint


# kernel-history.md 15.1, "Consequences", on the kernels of those scenarios.
SCENARIOS = {
    "S1-A": Case(TASK, 1, "linux-2.6.31.c", "", Request.UNKNOWN, None, Constraint.NONE),
    "S1-B": Case(MAPPING, 1, "linux-2.6.31.c", "", Request.FAULT, frozenset({0}), Constraint.CPUSET),
    "S3-A": Case(MAPPING, 1, "linux-3.4.c", "", Request.FAULT, frozenset({0}), Constraint.MEMORY_POLICY),
    "S5-A": Case(MAPPING, 1, "linux-4.10.c", "", Request.FAULT, frozenset({0}), Constraint.MEMORY_POLICY),
    "S4-A": Case(TASK, 1, "linux-4.7.c", "task.mempolicy=NULL", Request.FAULT, None, Constraint.CPUSET),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios_of_the_history(name: str) -> None:
    case = SCENARIOS[name]
    level, machine = level_on(case.level, case.cpu, case.kernel, case.sets)
    state = one_flip(machine)
    facts = read_facts(machine, state)
    assert state.outcome is Outcome.OOM_PREMATURE
    assert (facts.request, facts.nodemask, facts.mems) == (case.request, case.nodemask, frozenset({1}))
    assert oom_constraint(level, machine, state) is case.verdict
    assert (facts.comm, facts.cpu, facts.cpuset) == ("allocator", case.cpu, "cpuset")


@pytest.mark.parametrize("kernel", FAULTING)
def test_a_bound_mapping_in_every_kernel(kernel: str) -> None:
    level, machine = level_on(MAPPING, 0, kernel, f"{BOTH} zones[0].free=15")
    state = alone(machine)
    facts = read_facts(machine, state)
    assert state.outcome is Outcome.OOM_GENUINE
    assert (facts.request, facts.nodemask, facts.mems) == (Request.FAULT, frozenset({0}), frozenset({0, 1}))
    old = version_of(level, machine) in ((2, 6, 29), (2, 6, 31))
    assert oom_constraint(level, machine, state) is (Constraint.NONE if old else Constraint.MEMORY_POLICY)


@pytest.mark.parametrize("kernel", ["linux-2.6.31.c", "linux-4.7.c", "linux-6.16.c"])
def test_a_read_asks_for_a_page_of_the_page_cache(kernel: str) -> None:
    level, _ = level_on(TASK, 1, kernel, "")
    allocator = evolve(level.threads[0], run="do_generic_file_read()", exhausted="no_memory_for(&task, NULL)")
    _, built = level_on(TASK, 1, kernel, "zones[0].free=20")
    machine = Machine(built.program, (allocator, level.threads[1]), built.boot_values)
    facts = read_facts(machine, alone(machine))
    assert (facts.request, facts.nodemask) == (Request.FILE, frozenset({0}))
    assert facts.calls[0] == "__alloc_pages_may_oom"
    assert facts.calls[-1] == "do_generic_file_read"


def test_memory_is_that_of_the_state_and_not_that_of_boot() -> None:
    _, machine = level_on(MAPPING, 0, "linux-2.6.31.c", f"{BOTH} zones[0].free=10 zones[0].reclaimable=5")
    state = alone(machine)
    assert state.outcome is Outcome.OOM_GENUINE
    assert read_facts(machine, state).nodes == (node(0, free=15), node(1))


SMALL = """\
typedef struct { unsigned long bits[1]; } nodemask_t;
struct task_struct { nodemask_t mems_allowed; };
struct cpuset { struct task_struct *const tasks[2]; };
struct task_struct task;
struct cpuset sets[2] = { { { 0 } }, { { &task } } };
nodemask_t policy;
const nodemask_t bound = { { 4 } };
int word;
struct alloc_context { const nodemask_t *nodemask; };
bool never(void) { return false; }
static void kill(int reason)
{
	allocation_begin();
	word = reason;
	out_of_memory();
}
static void may_oom(const struct alloc_context *ac) { kill(ac->nodemask != NULL); }
void by_context(void)
{
	struct alloc_context ac = { &policy };
	may_oom(&ac);
}
void without_mask(void)
{
	struct alloc_context ac = { 0 };
	may_oom(&ac);
}
void inside_one(void)
{
	struct alloc_context ac = { &policy };
	kill(ac.nodemask != NULL);
}
static void pass(const nodemask_t *nodemask) { kill(nodemask != NULL); }
void no_mask_at_all(int nodemask) { kill(nodemask); }
void inner_mask_counts(const nodemask_t *nodemask) { pass(nodemask ? &bound : &policy); }
"""


def small(run: str, current: str = "task", name: str = "a") -> Facts:
    thread = Thread("A", name, run, current=current, exhausted="never()")
    machine = Machine(sim.compile(SMALL, {}), (thread,), {"policy": "0-1,3", "task.mems_allowed": "0,2"})
    state = machine.step(machine.boot(), 0).state
    return read_facts(machine, machine.step(state, 0).state)


@pytest.mark.parametrize(
    ("run", "nodemask"),
    [
        ("by_context()", frozenset({0, 1, 3})),
        ("without_mask()", None),
        ("inside_one()", frozenset({0, 1, 3})),
        ("inner_mask_counts(&policy)", frozenset({2})),
        ("inner_mask_counts(NULL)", frozenset({0, 1, 3})),
        ("no_mask_at_all(3)", None),
    ],
)
def test_the_mask_is_that_of_the_innermost_frame_that_has_one(run: str, nodemask: frozenset[int] | None) -> None:
    assert small(run).nodemask == nodemask


def test_the_cpuset_is_the_one_whose_tasks_name_the_task() -> None:
    assert small("by_context()").cpuset == "sets[1]"
    assert small("by_context()").mems == frozenset({0, 2})


def test_a_thread_without_a_task_is_in_the_root_cpuset_with_all_nodes() -> None:
    facts = small("by_context()", current="")
    assert (facts.cpuset, facts.mems, facts.nodes) == ("/", frozenset(), ())


def test_the_kernel_keeps_fifteen_characters_of_a_name() -> None:
    assert small("by_context()", name="a thread with a long name").comm == "a thread with a"


@pytest.mark.parametrize(
    ("version", "nodemask", "mems", "verdict"),
    [
        ((2, 6, 24), None, {0, 1}, Constraint.NONE),
        ((2, 6, 24), {0}, {0, 1}, Constraint.NONE),
        ((2, 6, 31), {0}, {1}, Constraint.CPUSET),
        ((2, 6, 31), None, {0}, Constraint.CPUSET),
        ((2, 6, 35), None, {0, 1}, Constraint.NONE),
        ((2, 6, 35), {0}, {0, 1}, Constraint.MEMORY_POLICY),
        ((2, 6, 35), {0, 1}, {0, 1}, Constraint.NONE),
        ((3, 4), {0, 1}, {1}, Constraint.CPUSET),
        ((3, 4), {0}, {1}, Constraint.MEMORY_POLICY),
        ((6, 16), None, {1}, Constraint.CPUSET),
        ((6, 16), {0, 1, 7}, {0, 1}, Constraint.NONE),
        ((6, 16), set(), {0, 1}, Constraint.MEMORY_POLICY),
    ],
)
def test_constrained_alloc(
    version: tuple[int, ...], nodemask: set[int] | None, mems: set[int], verdict: Constraint
) -> None:
    facts = evolve(FACTS, nodemask=None if nodemask is None else frozenset(nodemask), mems=frozenset(mems))
    assert constraint(version, facts) is verdict
    assert constraint(version, evolve(facts, request=Request.UNKNOWN)) is Constraint.NONE
